import { createHash } from 'node:crypto';
import { roleTitle } from '../../domain/authority/roles.ts';
import { canonical } from '../../domain/canonical.ts';
import { formatInstant } from '../../domain/calendar/london.ts';
import type { Actor } from '../../domain/commands/actor.ts';
import type { Document } from '../../domain/documents/document.ts';
import { fingerprintOf } from '../../domain/documents/frozen.ts';
import { partsOf } from '../../domain/inspection-ref.ts';
import type { Freezing, ListedFrozen } from '../../register/frozen.ts';
import type { Register } from '../../register/register.ts';
import { type AllFromRegister, documentName, documentOf, type WantedDocument } from './of-inspection.ts';
import type { ReportedInspection } from './reported-inspection.ts';

const TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** SHA-256, as 64 hexadecimal digits. */
const sha256Of = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex');

/** A document with its fingerprint in its foot: the hash of what it says, without the foot. */
export function withFingerprint(document: Document, asAt: string): { document: Document; fingerprint: string } {
  const fingerprint = fingerprintOf(sha256Of(canonical({ ...document, asAt })));
  const frozen = `As at ${formatInstant(asAt)}. Fingerprint ${fingerprint}`;
  return { document: { ...document, frozen }, fingerprint };
}

/**
 * Freezes a document of an inspection as it stands: its file is kept, and its hash stands in the record.
 *
 * @param write as a Word file, on the council's own template where it has one
 * @param now an instant, UTC
 * @returns what is on record of it; undefined where there is no such decision
 */
export async function freeze(
  register: AllFromRegister & Pick<Register, 'frozen'>,
  found: ReportedInspection,
  {
    asked,
    actor,
    now,
    write,
  }: { asked: WantedDocument; actor: Actor; now: string; write(document: Document): Promise<Buffer> },
): Promise<Freezing | undefined> {
  const made = await documentOf(register, found, asked);
  if (made === undefined) return undefined;
  const asAt = found.view.now;
  const { document, fingerprint } = withFingerprint(made, asAt);
  const content = await write(document);
  const what = asked.kind === 'decision' ? `decision-${asked.decision ?? ''}` : asked.kind;
  const freezing: Freezing = {
    ...partsOf(found.ref),
    ...{ kind: asked.kind, title: document.title, at: now, asAt, fingerprint, actor, content, type: TYPE },
    who: roleTitle(found.facts.authority, actor.role),
    file: {
      sha256: sha256Of(content),
      name: documentName(found.ref, what, document),
      bytes: content.length,
      type: TYPE,
    },
  };
  await register.frozen.freeze(freezing);
  return freezing;
}

/** The frozen document whose file this is, to the byte; undefined where there is none. */
export async function frozenAs(
  { frozen }: Pick<Register, 'frozen'>,
  content: Uint8Array,
  authorities: readonly string[],
): Promise<(ListedFrozen & { authority: string }) | undefined> {
  const sha256 = sha256Of(content);
  for (const authority of authorities) {
    const found = (await frozen.list({ authority })).find(({ file }) => file.sha256 === sha256);
    if (found !== undefined) return { ...found, authority };
  }
  return undefined;
}
