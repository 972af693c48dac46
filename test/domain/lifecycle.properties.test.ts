import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWeekend } from 'date-fns';
import { instantAt, localTime } from '../../domain/calendar/london.ts';
import { addDays } from '../../domain/calendar/civil-date.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Command } from '../../domain/commands/commands.ts';
import { calendar, startOf } from '../support/facts.ts';
import { Story } from '../../domain/preview/story.ts';

const ROLES = ['team-manager', 'head-of-service', 'director', 'democratic-services', 'scrutiny-chair', 'vacant-post'];
const MILESTONES = [
  'plan-submission/written-action-plan',
  'cabinet-updates/cabinet-update-1',
  'improvement-actions/a1',
  'improvement-actions/a2',
  'call-in-window/d1',
  'nothing',
];
const day = fc.integer({ min: 0, max: 500 }).map((n) => addDays('2016-02-19', n));
const milestone = fc.constantFrom(...MILESTONES);

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ name: fc.constantFrom('submit' as const, 'complete' as const), payload: fc.record({ milestone }) }),
  fc.record({
    name: fc.constant('extend' as const),
    payload: fc.record({ milestone, to: day, reason: fc.constant('more time') }),
  }),
  fc.record({
    name: fc.constant('hold' as const),
    payload: fc.record({ milestone, reviewOn: day, reason: fc.constant('waiting') }),
  }),
  fc.record({ name: fc.constant('release' as const), payload: fc.record({ milestone }) }),
  fc.record({ name: fc.constant('waive' as const), payload: fc.record({ milestone, reason: fc.constant('gone') }) }),
  fc.record({
    name: fc.constant('reassign' as const),
    payload: fc.record({ milestone, to: fc.constantFrom(...ROLES) }),
  }),
  fc.record({ name: fc.constant('acknowledge' as const), payload: fc.record({ milestone, promisedOn: day }) }),
  fc.record({
    name: fc.constant('decide' as const),
    payload: fc.record({
      id: fc.constant('d1'),
      title: fc.constant('Agree'),
      takenOn: day,
      publishedOn: day,
      key: fc.constant(false),
      urgent: fc.constant(false),
    }),
  }),
  fc.record({
    name: fc.constant('callIn' as const),
    payload: fc.record({ decision: fc.constant('d1'), by: fc.constant('members'), reasons: fc.constant('cost') }),
  }),
) as fc.Arbitrary<Command>;

const turn = fc.record({
  waitHours: fc.integer({ min: 0, max: 24 * 60 }),
  command,
  role: fc.constantFrom(...ROLES),
  outcome: fc.constantFrom('sent' as const, 'sent' as const, 'delayed' as const, 'undeliverable' as const),
});

type Turn = typeof turn extends fc.Arbitrary<infer T> ? T : never;

const parts = {
  commitments: [{ rule: 'cabinet-update' }],
  actions: [
    { id: 'a1', title: 'First', owner: 'team-manager', due: '2016-04-29' },
    { id: 'a2', title: 'Second', owner: 'vacant-post', due: { n: 5, unit: 'month' } },
  ],
};

function play(turns: Turn[], startDay: string): Story {
  const story = new Story(startOf(parts), instantAt(startDay, '10:30'));
  for (const { waitHours, command: asked, role, outcome } of turns) {
    story.deliver = () => outcome;
    story.until(new Date(Date.parse(story.now) + waitHours * 3_600_000).toISOString());
    try {
      story.command(asked, { id: 'x', role });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  story.deliver = () => 'sent';
  return story.until(new Date(Date.parse(story.now) + 90 * 24 * 3_600_000).toISOString());
}

const stories = fc.tuple(fc.array(turn, { maxLength: 12 }), day);

test('whatever people do: nobody but the starter gets mail outside sending hours', () => {
  fc.assert(
    fc.property(stories, ([turns, startDay]) => {
      for (const mail of play(turns, startDay).mails) {
        if (
          mail.at === instantAt(startDay, '10:30') &&
          mail.recipient.email === 'democratic-services@anyborough.example.org'
        )
          continue;
        expect(calendar.isWorkingDay(mail.day)).toBe(true);
        expect(isWeekend(new Date(`${mail.day}T12:00:00Z`))).toBe(false);
        expect(localTime(mail.at) >= '08:00' && localTime(mail.at) < '18:00').toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

test('whatever people do: nothing ended is mailed about but its end, and no reminder follows it', () => {
  fc.assert(
    fc.property(stories, ([turns, startDay]) => {
      const story = play(turns, startDay);
      const endedAt = new Map<string, string>();
      for (const entry of story.entries) {
        if (['milestone-submitted', 'milestone-completed', 'milestone-waived', 'window-closed'].includes(entry.kind))
          endedAt.set(entry.milestone ?? '', entry.at);
      }
      for (const mail of story.mails)
        for (const notice of mail.notices) {
          const end = endedAt.get(notice.milestone);
          if (end === undefined || mail.at < end) continue;
          expect(['window-closed', 'call-in-received', 'undeliverable']).toContain(notice.kind);
        }
    }),
    { numRuns: 60 },
  );
});

test('whatever people do: the register’s numbers have no gap, and each notice of a due date goes to a person once', () => {
  fc.assert(
    fc.property(stories, ([turns, startDay]) => {
      const story = play(turns, startDay);
      story.entries.forEach((entry, index) => expect(entry.seq).toBe(index + 1));
      const mails = story.mails.map((mail) => mail.id);
      expect(new Set(mails).size).toBe(mails.length);
      const told = story.mails.flatMap((mail) =>
        mail.notices
          .filter((notice) => notice.kind === 'due-today')
          .map((notice) => `${mail.recipient.email} ${notice.milestone} ${notice.dueVersion} ${notice.kind}`),
      );
      // A hold and a release may bring a due-day notice again only with a new due version; a duty may be passed on and back.
      const reassigned = story.entries.some((entry) => entry.kind === 'milestone-reassigned');
      if (!reassigned) expect(new Set(told).size).toBe(told.length);
    }),
    { numRuns: 60 },
  );
});
