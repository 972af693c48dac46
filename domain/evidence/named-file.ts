import { frozenIn } from '../documents/frozen.ts';
import type { EntryKind } from '../lifecycle/entry-kinds.ts';
import type { RegisterEntry } from '../lifecycle/entry.ts';
import { type EvidenceFile, evidenceIn } from './evidence.ts';

/** The entries that name a file of which the register has the content. */
export const NAME_FILES = ['evidence-added', 'document-frozen'] as const satisfies readonly EntryKind[];

/** The file that an entry names: evidence, or a document that was frozen; null where it names none, or its words were erased. */
export const fileNamedIn = (entry: RegisterEntry): EvidenceFile | null =>
  evidenceIn(entry)?.file ?? frozenIn(entry)?.file ?? null;
