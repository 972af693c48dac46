import { describe, expect, test } from 'vitest';
import { apply } from '../../../domain/commands/apply.ts';
import { COMMAND_NAMES, type Command, type CommandName } from '../../../domain/commands/commands.ts';
import { dueNotices } from '../../../domain/lifecycle/due-notices.ts';
import { hoursOf } from '../../../domain/lifecycle/wake.ts';
import { milestonesOf } from '../../../domain/lifecycle/milestones.ts';
import { stateFrom, statePiece } from '../../../domain/lifecycle/shared-state.ts';
import type { LifecycleState } from '../../../domain/lifecycle/state.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { BEFORE, copyOf, EXTREMES, OWNER, story as everything } from '../../support/every-command.ts';
import { roleTitle } from '../../../domain/authority/roles.ts';
import type { Digest } from '../../../domain/lifecycle/digest.ts';
import { type ToldNext, toldNext } from '../../../domain/lifecycle/told-next.ts';
import type { Story } from '../../../domain/preview/story.ts';

/** At which hours people do things: a day's mail may have gone or not, nobody may be written to, a day off may be next. */
const HOURS = [
  ['once today’s mail has gone', '2016-02-22T14:00:00.000Z'],
  ['before the day’s mail', '2016-02-23T08:30:00.000Z'],
  ['on a day without any', '2016-02-24T14:00:00.000Z'],
  ['on a Friday evening', '2016-02-26T20:00:00.000Z'],
  ['at night', '2016-02-25T03:00:00.000Z'],
  ['on a Saturday', '2016-02-27T12:00:00.000Z'],
  ['when it is nearly due', '2016-04-27T14:00:00.000Z'],
] as const;

/** Of each command, at each hour, so many that are taken. */
const MOST = 4;

/** Beside those at the ends of what a schema takes: a later date of which reminders are due already. */
const MORE: Partial<Record<CommandName, object[]>> = {
  extend: [{ milestone: 'improvement-actions/audit', to: '2016-05-05', reason: 'more time' }],
  close: [
    { reason: 'over', homes: [{ action: 'rest', to: 'business-as-usual', said: 'head-of-service' }] },
    { reason: 'over', homes: [{ action: 'rest', to: 'inspection', said: '2027' }] },
  ],
};

/** A mail that tells a role (its title) of a duty (its title; null: of the inspection as a whole), as toldNext has it. */
const isIn =
  ({ to, about, kind }: ToldNext, { facts }: LifecycleState, titles: ReadonlyMap<string, string>) =>
  (mail: Digest): boolean =>
    about === null
      ? mail.withdrawn !== undefined && mail.recipient.roles.some(({ title }) => title === to)
      : mail.tells.some(
          ({ milestone, tells }) =>
            titles.get(milestone) === about &&
            tells.some(
              (tell) =>
                roleTitle(facts.authority, tell.to) === to &&
                (tell.announced === undefined ? tell.rung !== undefined : tell.announced.kind === kind),
            ),
        );

/** How a state looks to the pages that read it. */
const asRead = (state: LifecycleState): LifecycleState => stateFrom(statePiece(state, { piece: 0 }, '').text);

describe('what is said before a change of when who is told, and when that is then told', () => {
  const compared = new Map<CommandName, number>();

  describe.each(COMMAND_NAMES)('%s', (name) => {
    test.each(HOURS)('%s', (_when, hour) => {
      const told = copyOf(everything());
      const prepared = (BEFORE[name] ?? ((each: Story) => each))(told).until(hour);
      const by = { id: 'x', role: OWNER.has(name) ? 'team-manager' : 'democratic-services' };
      let taken = 0;
      for (const payload of [...(MORE[name] ?? []), ...EXTREMES[name]]) {
        if (taken >= MOST) break;
        const given = { name, payload } as Command;
        const state = asRead(prepared.state);
        let after: LifecycleState;
        try {
          after = apply(state, given, by, prepared.now);
        } catch (error) {
          if (error instanceof Refusal) continue;
          throw error;
        }
        taken++;
        const next = toldNext(state, after, prepared.now);
        const then = copyOf(prepared);
        const sent = then.mails.length;
        then.command(given, by);
        const titles = new Map(
          [...milestonesOf(prepared.state), ...milestonesOf(after), ...milestonesOf(then.state)].map((each) => [
            each.id,
            each.title,
          ]),
        );
        const last = next
          .map(({ at }) => at)
          .toSorted()
          .at(-1);
        if (last !== undefined) then.until(last);
        const mails = then.mails.slice(sent);
        for (const each of next) {
          const [first] = mails.filter(isIn(each, after, titles));
          expect([payload, each, first?.at]).toEqual([payload, each, each.at]);
        }
        // Nobody is told at once of whom nothing was said, nor of what was to be told to them anyway.
        const anyway = dueNotices(prepared.state, prepared.now, hoursOf(prepared.state));
        const unsaid = mails
          .filter(({ at }) => at === prepared.now)
          .flatMap((mail) =>
            mail.tells.flatMap(({ milestone, tells }) =>
              tells
                .filter(
                  ({ to }) =>
                    !anyway.some((notice) => notice.milestone === milestone && notice.to === to) &&
                    !next.some(
                      (said) =>
                        said.about === titles.get(milestone) && said.to === roleTitle(after.facts.authority, to),
                    ),
                )
                .map(({ to }) => `${milestone} ${to}`),
            ),
          );
        expect([payload, unsaid]).toEqual([payload, []]);
        compared.set(name, (compared.get(name) ?? 0) + 1);
      }
    });
  });

  test('each command has been looked at', () => {
    expect(COMMAND_NAMES.filter((name) => !compared.has(name))).toEqual([]);
  });
});
