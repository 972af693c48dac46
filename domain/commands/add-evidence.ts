import { SHA256 } from '../evidence/evidence.ts';
import { EVIDENCE_LIMITS, isEvidenceType, sizeInWords } from '../evidence/kinds.ts';
import { endedMilestone } from '../lifecycle/ended.ts';
import { record } from '../lifecycle/record.ts';
import type { LifecycleState } from '../lifecycle/state.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { Refusal } from '../refusal.ts';
import { command } from './definition.ts';
import { endedId, findMilestone } from './find-milestone.ts';
import { WHOEVER_WORKS_ON_OR_ACCEPTS_IT } from './may.ts';

const ASIDE = { aside: 'its file is kept in the register first: client/evidence.ts' };

/**
 * What shows that a duty was met, or how far it has come: a link, or a file that the register has already, by its SHA-256.
 * Met or not, the duty stays as it is.
 */
export const addEvidence = command({
  subject: 'milestone',
  title: 'Add evidence',
  help: 'A link, or a file, that shows that it was met. It stays with the duty, and the record tells whether a file is still the one that was added.',
  fields: {
    title: { kind: 'line', label: 'What is it?', hint: 'For example: Minutes of the board, 12 May.' },
    link: { kind: 'link', label: 'Link', optional: true },
    sha256: { kind: 'line', label: 'SHA-256 of the file', optional: true },
    name: { kind: 'line', label: 'Name of the file', optional: true },
    bytes: { kind: 'number', label: 'Its size in bytes', optional: true },
    type: { kind: 'line', label: 'Its content type', optional: true },
    note: { kind: 'line', label: 'Note', optional: true },
  },
  may: WHOEVER_WORKS_ON_OR_ACCEPTS_IT,
  verb: 'add evidence to it',
  done: 'The evidence is on record.',
  entries: ['evidence-added'],
  form: ASIDE,
  cli: ASIDE,
  duty: (about, state) => whicheverMilestone(state, about),
  apply(state, { milestone: id, ...given }, { actor, now }) {
    const milestone = whicheverMilestone(state, id);
    mustBeEvidence(given);
    const { title, link, name, bytes } = given;
    const what = name === undefined ? (link ?? '') : `${name}, ${sizeInWords(bytes ?? 0)}`;
    const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    return record(state, now, [
      {
        kind: 'evidence-added',
        about: milestone.id,
        actor,
        text: `${milestone.title}: evidence added: ${title} (${what}).`,
        data: said,
      },
    ]);
  },
});

/** In hand, or ended: evidence is often found later. */
function whicheverMilestone(state: LifecycleState, name: string): Milestone {
  return endedMilestone(state, endedId(state, name) ?? name) ?? findMilestone(state, name);
}

interface Given {
  link?: string | undefined;
  sha256?: string | undefined;
  name?: string | undefined;
  bytes?: number | undefined;
  type?: string | undefined;
}

function mustBeEvidence({ link, sha256, name, bytes, type }: Given): void {
  if ((link === undefined) === (sha256 === undefined))
    throw new Refusal('wrong-state', 'Evidence is a link or a file: give one of the two.', 'link');
  if (link !== undefined) return;
  const isFile =
    SHA256.test(sha256 ?? '') &&
    name !== undefined &&
    name.length <= EVIDENCE_LIMITS.name &&
    bytes !== undefined &&
    bytes > 0 &&
    bytes <= EVIDENCE_LIMITS.fileBytes &&
    isEvidenceType(type ?? '');
  if (!isFile)
    throw new Refusal('wrong-state', 'A file of evidence has a SHA-256, a name, a size and a type that is kept here.');
}
