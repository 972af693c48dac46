import { calendarOf } from '../../../domain/lifecycle/state.ts';
import { basename } from 'node:path';
import type { Register } from '../../../register/register.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import type { LifecycleStart } from '../../../domain/lifecycle/state.ts';
import { type Preview, preview } from '../../../domain/preview/preview.ts';
import type { Capacity } from '../../../domain/schemas/authority.ts';
import { wholeFile } from '../../files/file-problems.ts';
import { loadInspection } from '../../files/load.ts';
import { startOf } from '../../files/load-start.ts';
import { YamlFile } from '../../files/yaml-file.ts';
import { readyToStart } from '../../start-inspection.ts';
import type { Membership, Person } from '../people.ts';
import { notYours } from '../problems.ts';

/** An inspection file that somebody gave, ready to be started. */
export interface Uploaded {
  start: LifecycleStart;
  preview: Preview;
}

const STARTERS: readonly Capacity[] = ['manager', 'administrator'];

/** The authorities in which somebody may start an inspection. */
export function startableIn(person: Person): Membership[] {
  return person.memberships
    .map(({ authority, roles }) => ({ authority, roles: roles.filter((role) => STARTERS.includes(role.capacity)) }))
    .filter((each) => each.roles.length > 0);
}

/**
 * Reads an inspection file that came by the web. Its authority is the one on record here: what the file itself says of
 * roles and addresses does not count, so that nobody can make themselves something by a file.
 *
 * @throws FileProblems naming every part that is wrong; PageProblem where they may start none; Refusal where the lifecycle would
 */
export async function readUpload(
  text: string,
  name: string,
  person: Person,
  { register, now }: { register: Pick<Register, 'approvedHolidays'>; now: string },
): Promise<Uploaded> {
  const file = YamlFile.of(text, name);
  const membership = authorityOf(file, person);
  const loaded = startOf(loadInspection(file.without('authority'), membership.authority, { now }));
  const startedBy = { id: person.email, role: membership.roles[0]?.id ?? '' };
  const start = await readyToStart(loaded, startedBy, { register }, now);
  return { start, preview: preview(start.facts, calendarOf(start), { today: localDate(now) }) };
}

function authorityOf(file: YamlFile, person: Person): Membership {
  const mine = startableIn(person);
  if (mine.length === 0) throw notYours('Managers and administrators start inspections.');
  const written =
    typeof file.data === 'object' && file.data !== null && 'authority' in file.data ? file.data.authority : undefined;
  const named =
    typeof written === 'string'
      ? basename(written.replaceAll('\\', '/')).replace(/\.ya?ml$/, '')
      : typeof written === 'object' && written !== null && 'id' in written && typeof written.id === 'string'
        ? written.id
        : undefined;
  const only = mine.length === 1 ? mine[0] : undefined;
  const found = named === undefined ? only : mine.find((each) => each.authority.id === named);
  if (found !== undefined) return found;
  throw wholeFile(
    file.file,
    named === undefined ? 'no authority' : `the authority "${named.slice(0, 80)}"`,
    `expected one of yours: ${mine.map((each) => each.authority.id).join(', ')}`,
  );
}
