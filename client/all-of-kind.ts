import type { RegisterEntry } from '../domain/lifecycle/entry.ts';
import type { EntriesOfKind } from '../register/reads.ts';
import type { Register } from '../register/register.ts';

/** Entries read at a time. */
const PAGE = 1000;

/** All entries of one kind, the oldest first, a page at a time. */
export async function allOfKind(
  register: Pick<Register, 'entriesOfKind'>,
  of: EntriesOfKind,
): Promise<RegisterEntry[]> {
  const entries: RegisterEntry[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const page = await register.entriesOfKind(of, { offset, limit: PAGE });
    entries.push(...page.entries);
    if (page.entries.length < PAGE) return entries;
  }
}
