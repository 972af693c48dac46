import { isWorkingDay, onOrBefore, onTheWall, workingDaysFrom } from './days.ts';
import type { Entry, InspectionRecord, Row } from './record.ts';

/** The council as it is known beside the register, which holds no addresses. */
export interface Council {
  roles: readonly { id: string; email?: string | undefined; reportsTo?: string | undefined }[];
  director: string;
  chiefExecutive: string;
  /** Whole days on which nobody works, beside weekends. */
  holidays: ReadonlySet<string>;
  /** When its mail goes out, local time: `09:00`. */
  sendingTime: string;
}

/** A notice that somebody must have had. */
export interface Owed {
  milestone: string;
  title: string;
  to: string;
  /** From this local time on, and on this day unless there was an outage. */
  from: string;
  /** Up to the end of this day. */
  until: string;
  /** Up to this local time the duty stood as it did then: afterwards there may have been nothing left to tell. */
  stoodUntil: string;
  why: string;
}

/** From one entry about a milestone to the next: how it stood. `from` and `until` are local times. */
export interface Stretch extends Row {
  from: string;
  until: string;
  kind: string;
  promisedOn?: string;
}

const FOREVER = '9999-12-31 00:00:00';
/** A notice that falls due so shortly before the record's end may still be under way: it is not yet owed. */
export const UNDER_WAY_MS = 120_000;

/** How each milestone stood, entry by entry. */
export function stretchesOf({ entries }: InspectionRecord): Map<string, Stretch[]> {
  const all = new Map<string, Stretch[]>();
  for (const { milestone, at, kind, row, data } of entries.toSorted(bySeq)) {
    if (milestone === null || row === null) continue;
    const before = all.get(milestone) ?? [];
    const from = onTheWall(at);
    const last = before.at(-1);
    if (last !== undefined) last.until = from;
    const promised = kind === 'milestone-acknowledged' ? String(data['promisedOn']) : last?.promisedOn;
    const keeps = promised !== undefined && row.owner === (last?.owner ?? row.owner);
    before.push({ ...row, from, until: FOREVER, kind, ...(keeps ? { promisedOn: promised } : {}) });
    all.set(milestone, before);
  }
  return all;
}

const bySeq = (a: Entry, b: Entry): number => a.seq - b.seq;
const isPending = (status: string): boolean => status === 'open' || status === 'held';

/**
 * What somebody must have had by an instant, by the ladder as it is promised to councils: to the owner 20, 10, 5 and 2
 * working days before and on the day itself; late, to the manager after 1, the director after 5, the chief executive
 * after 10 and every 5 from then on. And at the start a notice to each owner and to whoever started it; when a duty is
 * moved or passed on, one to its owner.
 */
export function owedBy(record: InspectionRecord, council: Council, until: string): Owed[] {
  const end = onTheWall(new Date(Date.parse(until) - UNDER_WAY_MS).toISOString());
  return [...stretchesOf(record)].flatMap(([milestone, stretches]) => [
    ...announced(milestone, stretches, record, council, end),
    ...climbed(milestone, stretches, council, end),
  ]);
}

function announced(
  milestone: string,
  stretches: readonly Stretch[],
  { startedBy, entries }: InspectionRecord,
  council: Council,
  end: string,
): Owed[] {
  const begun = onTheWall(entries.find((each) => each.kind === 'inspection-started')?.at ?? '');
  return stretches.flatMap((each, index): Owed[] => {
    const first = index === 0 && each.from === begun;
    if (
      each.status !== 'open' ||
      !(first || each.kind === 'milestone-extended' || each.kind === 'milestone-reassigned')
    )
      return [];
    const morning = sendingTimeFrom(each.from, council);
    const next = `${workingDaysFrom(morning.slice(0, 10), 1, council.holidays)} 23:59:59`;
    const open = stretches.slice(index).find((later) => !isPending(later.status) || later.owner !== each.owner);
    if (`${morning.slice(0, 10)} 23:59:59` > end || (open !== undefined && open.from < next)) return [];
    const stoodUntil = open?.from ?? FOREVER;
    const owed = { milestone, title: each.title, from: each.from, until: next, stoodUntil };
    const owner = { ...owed, to: addressOf(each.owner, council), why: first ? 'it has started' : each.kind };
    return first ? [owner, { ...owed, to: addressOf(startedBy, council), why: 'who started it' }] : [owner];
  });
}

function climbed(milestone: string, stretches: readonly Stretch[], council: Council, end: string): Owed[] {
  return versions(stretches).flatMap((version) => {
    const { due, owner, from, title } = version;
    return ladder(due, owner, council, end.slice(0, 10)).flatMap(({ on, to, why }): Owed[] => {
      const ready = `${on} ${council.sendingTime}:00`;
      const standing = stretches.find((each) => each.from <= ready && ready < each.until);
      if (ready <= from || ready > end || standing === undefined || !isOwedIn(standing, version, ready)) return [];
      // Whoever finished it within the second may have been first.
      if (standing.until <= addSeconds(ready, 60)) return [];
      const stoodUntil = standing.until;
      return [{ milestone, title, to: addressOf(to, council), from: ready, until: `${on} 23:59:59`, stoodUntil, why }];
    });
  });
}

function isOwedIn(standing: Stretch, { dueVersion, owner }: Stretch, ready: string): boolean {
  const { promisedOn, due } = standing;
  // A promise pauses nothing beyond the due date.
  const silent = promisedOn !== undefined && (promisedOn < due ? promisedOn : due) >= ready.slice(0, 10);
  return standing.status === 'open' && standing.dueVersion === dueVersion && standing.owner === owner && !silent;
}

/** The first stretch of each due date and owner. */
function versions(stretches: readonly Stretch[]): Stretch[] {
  return stretches.filter((each, index) => {
    const before = stretches[index - 1];
    return before === undefined || before.dueVersion !== each.dueVersion || before.owner !== each.owner;
  });
}

function ladder(
  due: string,
  owner: string,
  council: Council,
  until: string,
): { on: string; to: string; why: string }[] {
  const { holidays } = council;
  const manager = council.roles.find((each) => each.id === owner)?.reportsTo;
  const rungs = [20, 10, 5, 2].map((n) => ({
    on: workingDaysFrom(due, -n, holidays),
    to: owner,
    why: `${n} working days before`,
  }));
  rungs.push({ on: onOrBefore(due, holidays), to: owner, why: 'the day itself' });
  const late = (n: number, to: string) => rungs.push({ on: workingDaysFrom(due, n, holidays), to, why: `${n} late` });
  if (manager !== undefined) late(1, manager);
  late(5, council.director);
  for (let n = 10; (rungs.at(-1)?.on ?? until) < until; n += 5) late(n, council.chiefExecutive);
  return rungs.filter(({ on }) => on <= until);
}

function sendingTimeFrom(wall: string, { holidays, sendingTime }: Council): string {
  const day = wall.slice(0, 10);
  const today = `${day} ${sendingTime}:00`;
  return isWorkingDay(day, holidays) && wall <= today
    ? today
    : `${workingDaysFrom(day, 1, holidays)} ${sendingTime}:00`;
}

export function addressOf(role: string, { roles }: Council): string {
  return (roles.find((each) => each.id === role)?.email ?? '').toLowerCase();
}

const addSeconds = (wall: string, seconds: number): string =>
  new Date(Date.parse(`${wall.replace(' ', 'T')}Z`) + seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
