import type { EvidenceFile } from '../evidence/evidence.ts';
import type { RegisterEntry } from '../lifecycle/entry.ts';

/** A document of which an inspection can freeze one. */
export type FrozenKind = 'update' | 'briefing' | 'board-pack' | 'decision';

/** What each is called. */
export const FROZEN_KINDS: Record<FrozenKind, string> = {
  update: 'Quarterly update',
  briefing: 'Briefing for members',
  'board-pack': 'Board pack',
  decision: 'Record of a decision',
};

/** A document that was frozen: the register has its file, to the byte. */
export interface FrozenDocument {
  kind: FrozenKind;
  title: string;
  /** When it was frozen, UTC. */
  at: string;
  /** The instant as at which its figures are, UTC. */
  asAt: string;
  /** The role that did. */
  by: string;
  /** Of its content, as it stands in its foot. */
  fingerprint: string;
  file: EvidenceFile;
}

/** What an entry says of a frozen document; undefined of any other, and of one whose words were erased. */
export function frozenIn({ kind, at, actor, data }: RegisterEntry): FrozenDocument | undefined {
  if (kind !== 'document-frozen') return undefined;
  const text = (name: string): string => {
    const value = data[name];
    return typeof value === 'string' ? value : '';
  };
  const [what, sha256] = [text('what'), text('sha256')];
  const { bytes } = data;
  if (!isFrozenKind(what) || sha256 === '' || typeof bytes !== 'number') return undefined;
  return {
    ...{ kind: what, title: text('title'), at, asAt: text('asAt'), by: actor?.role ?? '' },
    fingerprint: text('fingerprint'),
    file: { sha256, bytes, name: text('name'), type: text('type') },
  };
}

export const isFrozenKind = (name: string): name is FrozenKind => Object.hasOwn(FROZEN_KINDS, name);

/** How much of a hash people compare by eye. */
const SHOWN = 12;

/**
 * A hash as people read it out.
 *
 * @example fingerprintOf('3f2a91bc07de…') // '3F2A-91BC-07DE'
 */
export const fingerprintOf = (hash: string): string =>
  hash.slice(0, SHOWN).toUpperCase().match(/.{4}/g)?.join('-') ?? '';
