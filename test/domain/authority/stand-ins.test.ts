import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addresseeOf, readersOf } from '../../../domain/authority/addressee.ts';
import { standInNews } from '../../../domain/authority/standing-in.ts';
import { newStandInsAway, standInsAway } from '../../../domain/authority/stand-ins-away.ts';
import { WITHOUT_END } from '../../../domain/authority/absence.ts';
import { addDays } from '../../../domain/calendar/civil-date.ts';
import type { Authority, Person } from '../../../domain/schemas/authority.ts';
import { council } from '../../support/facts.ts';

const FIRST = '2026-12-01';
const DAYS = 25;
const day = (n: number): string => addDays(FIRST, n);
const at = (role: string): string => `${role}@anyborough.example.org`;
const ADMINISTRATOR = council.chain.administrator;
const ROLES = ['head-of-service', 'team-manager', 'assistant-director', 'director', ADMINISTRATOR];

type Away = Person['away'][number] & { role: string };

const withPeople = (all: readonly Away[]): Authority => ({
  ...council,
  people: ROLES.map((role) => ({
    email: at(role),
    digest: 'daily',
    weeklyOn: 'monday',
    away: all.filter((each) => each.role === role).map(({ from, until, delegate }) => ({ from, until, delegate })),
  })),
});

const absence = fc
  .record({
    role: fc.constantFrom(...ROLES),
    delegate: fc.constantFrom(...ROLES),
    first: fc.nat(DAYS - 1),
    length: fc.nat(8),
    endless: fc.nat(9).map((n) => n === 0),
  })
  .filter(({ role, delegate }) => role !== delegate)
  .map(({ role, delegate, first, length, endless }): Away => ({
    ...{ role, delegate, from: day(first) },
    until: endless ? WITHOUT_END : day(first + length),
  }));

/** Who reads what comes for a role on one day, asked of the absences alone; `covers`: not the holder's own mail. */
function readerBy(all: readonly Away[], role: string, on: string): { email: string; covers: boolean } {
  const awayOf = (each: string) => all.find((one) => one.role === each && one.from <= on && on <= one.until);
  const seen: string[] = [];
  for (let now = role; ; now = awayOf(now)?.delegate ?? now) {
    if (awayOf(now) === undefined) return { email: at(now), covers: now !== role };
    if (seen.includes(now)) break;
    seen.push(now);
  }
  return awayOf(ADMINISTRATOR) === undefined
    ? { email: at(ADMINISTRATOR), covers: true }
    : { email: at(role), covers: false };
}

describe('who gets the mail, and until when', () => {
  test('is what a look at each day by itself says, whoever stands in for whomever', () => {
    fc.assert(
      fc.property(fc.array(absence, { maxLength: 10 }), fc.constantFrom(...ROLES), fc.nat(DAYS), (all, role, n) => {
        const authority = withPeople(all);
        const own = readerBy(all, role, day(n));
        // Beyond the last day of any absence nothing changes any more: an endless one lasts.
        const rest = Array.from({ length: DAYS + 20 }, (_, more) => n + more);
        const other = rest.find((each) => {
          const { email, covers } = readerBy(all, role, day(each));
          return email !== own.email || covers !== own.covers;
        });
        const coversUntil = other === undefined ? WITHOUT_END : day(other - 1);
        expect(addresseeOf(authority, role, day(n))).toEqual({
          ...{ email: own.email, standsIn: false },
          ...(own.covers ? { coversUntil } : {}),
        });
        const daily = readersOf(authority, role, { from: day(n), until: day(n + 15) }).flatMap(
          ({ email, from, until }) =>
            Array.from({ length: DAYS + 20 }, (_, more) => addDays(from, more))
              .filter((each) => each <= until)
              .map((each) => [each, email]),
        );
        expect(daily).toEqual(
          Array.from({ length: 16 }, (_, more) => [day(n + more), readerBy(all, role, day(n + more)).email]),
        );
      }),
      { numRuns: 500 },
    );
  });

  test('of a chain each piece has its own last day', () => {
    const chain = withPeople([
      { role: 'head-of-service', from: '2026-12-01', until: '2026-12-18', delegate: 'team-manager' },
      { role: 'team-manager', from: '2026-12-07', until: '2026-12-09', delegate: 'director' },
    ]);
    const read = (on: string) => {
      const { email, coversUntil } = addresseeOf(chain, 'head-of-service', on);
      return [email, coversUntil];
    };
    expect(read('2026-12-01')).toEqual([at('team-manager'), '2026-12-06']);
    expect(read('2026-12-08')).toEqual([at('director'), '2026-12-09']);
    expect(read('2026-12-10')).toEqual([at('team-manager'), '2026-12-18']);
  });
});

describe('a stand-in who is away too', () => {
  const HEAD: Away = { role: 'head-of-service', from: '2026-12-01', until: '2026-12-18', delegate: 'team-manager' };
  const STAND_IN: Away = { role: 'team-manager', from: '2026-12-07', until: '2026-12-09', delegate: 'director' };
  const [head, standIn, both] = [[HEAD], [STAND_IN], [HEAD, STAND_IN]].map(withPeople) as [
    Authority,
    Authority,
    Authority,
  ];
  const SAID = `From Monday 7 December 2026 to Wednesday 9 December 2026 Head of Service is away, and Team Manager, who was to stand in, is away too: what comes for Head of Service goes to Director of Children’s Services (${at('director')}) then.`;

  test.each([
    ['whoever stands in is marked away', head],
    ['somebody away is named as stand-in', standIn],
  ])('is said once, whichever comes second: %s', (_what, before) => {
    expect(newStandInsAway(before, both, FIRST)).toEqual([SAID]);
    expect(newStandInsAway(both, both, FIRST)).toEqual([]);
    expect(newStandInsAway(both, before, FIRST)).toEqual([]);
  });

  test('is said of the days that are to come, at its place in the file', () => {
    expect(standInsAway(both, '2026-12-08')).toMatchObject([
      { path: ['people', 0, 'away', 0, 'delegate'], text: expect.stringMatching(/^From Tuesday 8 December/) as string },
    ]);
    expect(standInsAway(both, '2026-12-09')).toMatchObject([
      { text: expect.stringMatching(/^On Wednesday 9 December 2026 Head of Service/) as string },
    ]);
    expect(standInsAway(both, '2026-12-10')).toEqual([]);
  });

  test('until further notice, and on each run of days by itself', () => {
    const endless = withPeople([
      { ...HEAD, until: WITHOUT_END },
      { ...STAND_IN, until: '2026-12-07' },
      { ...STAND_IN, from: '2026-12-21', until: WITHOUT_END },
    ]);
    expect(standInsAway(endless, FIRST).map(({ text }) => text.slice(0, 50))).toEqual(
      [
        'On Monday 7 December 2026 Head of Service is away, ',
        'From Monday 21 December 2026 until further notice, ',
      ].map((text) => text.slice(0, 50)),
    );
  });

  test('on any day on which that is so, and on no other', () => {
    fc.assert(
      fc.property(fc.array(absence, { maxLength: 8 }), (all) => {
        // Of each person's times away none overlaps another: the page and the file's readers go by the first.
        const apart = all.filter(
          (each, n) =>
            !all.slice(0, n).some((one) => one.role === each.role && one.from <= each.until && each.from <= one.until),
        );
        const isGap = (role: string, on: string) => {
          const away = apart.find((one) => one.role === role && one.from <= on && on <= one.until);
          return away !== undefined && readerBy(apart, role, on).email !== at(away.delegate);
        };
        for (const n of Array.from({ length: DAYS }, (_, each) => each)) {
          const today = day(n);
          const isSaid = standInsAway(withPeople(apart), today).length > 0;
          const isSo = Array.from({ length: DAYS + 20 }, (_, more) => day(n + more)).some((on) =>
            ROLES.some((role) => isGap(role, on)),
          );
          expect([today, isSaid]).toEqual([today, isSo]);
        }
      }),
    );
  });
});

describe('who is told that they stand in', () => {
  test('everybody who gets mail in place of another on a day on which they did not before, or no longer does; and nobody else', () => {
    const rest = Array.from({ length: DAYS + 20 }, (_, n) => day(n));
    const inPlace = (all: readonly Away[], on: string) =>
      ROLES.flatMap((role) => {
        const { email, covers } = readerBy(all, role, on);
        return covers ? [`${role} ${email}`] : [];
      });
    fc.assert(
      fc.property(fc.array(absence, { maxLength: 6 }), fc.array(absence, { maxLength: 6 }), (before, after) => {
        const differ = (email: string) =>
          rest.some((on) => {
            const [was, is] = [inPlace(before, on), inPlace(after, on)].map((all) =>
              all.filter((each) => each.endsWith(` ${email}`)),
            );
            return was?.join() !== is?.join();
          });
        const told = standInNews(withPeople(before), withPeople(after), FIRST).map(({ email }) => email);
        expect(told.toSorted()).toEqual(ROLES.map(at).filter(differ).toSorted());
      }),
    );
  });

  test('not of what is over, nor who holds no role any more', () => {
    const head: Away = { role: 'head-of-service', from: '2026-11-01', until: '2026-11-30', delegate: 'team-manager' };
    expect(standInNews(council, withPeople([head]), FIRST)).toEqual([]);
    const coming = withPeople([{ ...head, until: '2026-12-05' }]);
    expect(standInNews(council, coming, FIRST).map(({ email }) => email)).toEqual([at('team-manager')]);
    const roles = council.roles.map((role) => (role.id === 'team-manager' ? { ...role, email: at('new') } : role));
    expect(standInNews(coming, { ...coming, roles: roles }, FIRST)).toMatchObject([
      { email: at('new'), of: [{ who: 'Head of Service', before: [], after: [{ from: FIRST, until: '2026-12-05' }] }] },
    ]);
  });
});
