import type { RegisterEntry } from '../lifecycle/entry.ts';

/** A file of evidence: the register has its content, under its SHA-256. */
export interface EvidenceFile {
  /** SHA-256 of its content, 64 hexadecimal digits. */
  sha256: string;
  name: string;
  bytes: number;
  type: string;
}

/** One piece of evidence of a duty, as the record has it. */
export interface Evidence {
  /** The number of the entry that tells of it. */
  seq: number;
  /** UTC. */
  at: string;
  milestone: string;
  title: string;
  link: string | null;
  file: EvidenceFile | null;
  note: string | null;
  /** The role that gave it. */
  by: string;
}

export const SHA256 = /^[0-9a-f]{64}$/;

/** What an entry says of evidence; undefined of any other, and of one whose words were erased. */
export function evidenceIn({ kind, seq, at, milestone, actor, data }: RegisterEntry): Evidence | undefined {
  if (kind !== 'evidence-added' || milestone === null) return undefined;
  const text = (name: string): string | null => {
    const value = data[name];
    return typeof value === 'string' ? value : null;
  };
  const [title, sha256, name, type] = [text('title'), text('sha256'), text('name'), text('type')];
  if (title === null) return undefined;
  const { bytes } = data;
  const file =
    sha256 === null || name === null || type === null || typeof bytes !== 'number'
      ? null
      : { sha256, name, bytes, type };
  return { seq, at, milestone, title, link: text('link'), file, note: text('note'), by: actor?.role ?? '' };
}
