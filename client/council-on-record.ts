import { formatDate } from '../domain/calendar/civil-date.ts';
import { localDate } from '../domain/calendar/london.ts';
import { authorityDifferences, type Difference } from '../domain/authority/change/differences.ts';
import type { LifecycleStart } from '../domain/lifecycle/state.ts';
import type { Authority } from '../domain/schemas/authority.ts';
import type { KeptAuthority } from '../register/authority-files.ts';
import { hasIt, mustBeTheSame, mustHaveItsName } from './apply-authority.ts';
import { constitutionTitle } from './files/rules.ts';

type Loaded = Omit<LifecycleStart, 'startedBy'>;

/** Reads the same inspection for a council as it is on record. @throws FileProblems where it does not fit that council */
export type Reread = (authority: Authority) => Loaded;

const RENAMED =
  'Where the council itself has another name now, say that first: duecourse authority apply FILE --renamed';

/** Differences that are named; of more it is said how many. */
const MAX_NAMED = 3;

/**
 * An inspection's file by its council's file on record. That one counts in every inspection of the council, and is changed
 * by what is made for it alone (`authority apply`, the administration's pages), which tell all of them: a start tells none.
 *
 * @param kept the file on record; null where none is yet, and the file's own is kept with the start
 * @throws FileProblems where the inspection does not fit the council on record; BadRequest where that is another council
 */
export function byCouncilOnRecord<L extends Loaded>(
  loaded: L,
  kept: KeptAuthority | null,
  again: (authority: Authority) => L,
): { loaded: L; otherCouncil: string | undefined } {
  const { authority } = loaded.facts;
  if (kept === null || hasIt(authority, kept.authority)) return { loaded, otherCouncil: undefined };
  mustBeTheSame(kept.authority, authority);
  mustHaveItsName(kept.authority, authority, RENAMED);
  const differences = authorityDifferences(kept.authority, authority, constitutionTitle);
  return { loaded: again(kept.authority), otherCouncil: inWords(kept, differences) };
}

function inWords({ authority, keptAt }: KeptAuthority, differences: readonly Difference[]): string {
  const named = differences.slice(0, MAX_NAMED).map(({ what, before, after }) => {
    return `${what}: ${before ?? 'nothing'} on record, ${after ?? 'nothing'} in the file`;
  });
  const more = differences.length - named.length;
  return `${authority.name} on record (since ${formatDate(localDate(keptAt))}) is not as the file has it, and the record counts. ${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}. Where the file is right, bring it to every inspection of the council: duecourse authority apply FILE`;
}
