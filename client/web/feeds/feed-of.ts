import { createHash } from 'node:crypto';
import { councilMark } from '../../../domain/authority/council-mark.ts';
import { type Meeting, meetingsOf } from '../../../domain/meetings/meetings.ts';
import type { ListedMilestone, PlacedRow } from '../../../domain/milestone/columns.ts';
import { isPending } from '../../../domain/milestone/milestone-state.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import { releaseOf } from '../../../platform/release.ts';
import type { FeedSubject } from '../../../register/access-keys.ts';
import type { MilestonePages } from '../lists.ts';
import type { WebParts } from '../parts.ts';
import { isNobody, membershipIn, type Person, rolesOf } from '../people.ts';

/** A duty in a calendar, with when it was last changed, UTC. */
export type FedDuty = PlacedRow & ListedMilestone & { changedAt: string };

/** A body's meetings, with which change of its council's file they are of, and when that was made, UTC. */
export interface FedMeetings {
  meetings: readonly Meeting[];
  /** What stands before each one's date in its id. */
  id: string;
  body: string;
  number: number;
  keptAt: string;
}

/** What a feed's address opens. */
export interface Feed {
  name: string;
  /** The same as long as nothing in it is otherwise. */
  mark: string;
  duties: AsyncIterable<FedDuty[]>;
  meetings: FedMeetings | undefined;
}

type FeedParts = Pick<WebParts, 'register'> & { pages: MilestonePages };

/** Duties that are read at a time. */
const AT_ONCE = 200;

/**
 * The feed of a key's subject; undefined where its maker may no longer see it.
 *
 * @param now an instant, UTC
 */
export async function feedOf(
  parts: FeedParts,
  subject: FeedSubject | { of: 'api' },
  person: Person,
  now: string,
): Promise<Feed | undefined> {
  if (isNobody(person) || subject.of === 'api') return undefined;
  return subject.of === 'person' ? ofPerson(parts, person, now) : ofCouncil(parts, subject, person, now);
}

async function ofPerson(parts: FeedParts, person: Person, now: string): Promise<Feed> {
  const rows = await parts.register.board.dutiesOf(rolesOf(person));
  const councils = [...person.memberships, ...person.guests].map(({ authority }) => authority);
  const duties = await fed(parts, rows, person, now);
  const overdue = duties.filter(({ standing }) => standing === 'overdue').length;
  return {
    name: 'My duties',
    mark: await markOf(parts, councils, [person.email, overdue]),
    duties: once(duties),
    meetings: undefined,
  };
}

async function ofCouncil(
  parts: FeedParts,
  subject: Extract<FeedSubject, { authority: string }>,
  person: Person,
  now: string,
): Promise<Feed | undefined> {
  const { board } = parts.register;
  const authority = membershipIn(person, subject.authority)?.authority;
  if (authority === undefined) return undefined;
  const body = subject.of === 'body' ? authority.bodies.find((each) => each.id === subject.body) : undefined;
  if (subject.of === 'body' && body === undefined) return undefined;
  const kept = body === undefined ? null : await board.keptAuthority(authority.id);
  const filter = { authorities: [authority.id], ...(body === undefined ? {} : { body: body.id }) };
  const { overdue } = await board.milestoneCounts(now, filter);
  async function* duties(): AsyncGenerator<FedDuty[]> {
    const seen = new Set<string>();
    for (let offset = 0; ; offset += AT_ONCE) {
      const rows = await board.milestones(now, filter, { offset, limit: AT_ONCE });
      // What moves in the list while it is read may be read twice.
      const fresh = rows.filter((row) => !seen.has(`${row.reference}/${row.milestone}`));
      for (const row of fresh) seen.add(`${row.reference}/${row.milestone}`);
      yield (await fed(parts, fresh, person, now)).filter(isPending);
      if (rows.length < AT_ONCE) return;
    }
  }
  return {
    name: body?.name ?? authority.name,
    mark: await markOf(parts, [authority], [body?.id ?? null, kept?.number ?? 0, overdue]),
    duties: duties(),
    meetings:
      body === undefined
        ? undefined
        : {
            ...{ meetings: meetingsOf(body), id: `${authority.id}-${body.id}`, body: body.name },
            ...{ number: kept?.number ?? 0, keptAt: kept?.keptAt ?? now },
          },
  };
}

async function* once<T>(all: T): AsyncGenerator<T> {
  yield all;
}

/** Rows as they are shown, each with when it was changed last. */
async function fed(
  { register, pages }: FeedParts,
  rows: readonly PlacedRow[],
  person: Person,
  now: string,
): Promise<FedDuty[]> {
  const changed = await register.board.changedAt(rows);
  const dated = rows.map((row, index) => ({ ...row, changedAt: changed[index] ?? row.dueAt }));
  return pages.listed(dated, person, now);
}

/**
 * Nothing of a feed is otherwise unless its councils' records or files are, or another duty has become late: that is asked
 * before anything of it is made.
 */
async function markOf(
  { register }: FeedParts,
  councils: readonly Authority[],
  more: readonly (string | number | null)[],
): Promise<string> {
  const heads = await register.board.headsOf(councils.map(({ id }) => id));
  const said = [releaseOf(), ...more, ...councils.flatMap((each) => [councilMark(each), heads.get(each.id) ?? ''])];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 32);
}
