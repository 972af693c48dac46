import { describe, expect, test } from 'vitest';
import type { Actor } from '../../domain/commands/actor.ts';
import { apply } from '../../domain/commands/apply.ts';
import { byMail } from '../../client/web/forms/by-mail.ts';
import type { Command } from '../../domain/commands/commands.ts';
import { firstMailAt } from '../../domain/lifecycle/first-mail.ts';
import { roleTitle } from '../../domain/authority/roles.ts';
import { namedIn } from '../../domain/lifecycle/digest.ts';
import { toldNext } from '../../domain/lifecycle/told-next.ts';
import { Story } from '../../domain/preview/story.ts';
import { startOf } from '../support/facts.ts';

const NOW = '2016-02-24T10:00:00.000Z';
const ACTION = 'improvement-actions/audit';
const administrator: Actor = { id: 'x', role: 'democratic-services' };
const command = (name: string, payload: object): Command => ({ name, payload }) as unknown as Command;

/** An inspection whose people have had the mail of its first days; with what has been done in it. */
function story(...done: Command[]): Story {
  const begun = new Story(
    startOf({ actions: [{ id: 'audit', title: 'Audit of case files', owner: 'team-manager', due: '2016-04-29' }] }),
    '2016-02-22T10:00:00.000Z',
  ).until(NOW);
  for (const each of done) begun.command(each, administrator);
  return begun.until('2016-02-25T12:00:00.000Z');
}

const complete = command('complete', { milestone: ACTION });
const CASES: [what: string, before: Command[], given: Command, told: [to: string, kind: string][]][] = [
  [
    'opened again',
    [complete],
    command('reopen', { milestone: ACTION, reason: 'a slip' }),
    [['Team Manager', 'reopened']],
  ],
  [
    'given to somebody else',
    [],
    command('reassign', { milestone: ACTION, to: 'head-of-service', reason: 'leave' }),
    [['Head of Service', 'reassigned']],
  ],
  [
    'put on hold',
    [],
    command('hold', { milestone: ACTION, reason: 'a decision is awaited', reviewOn: '2016-03-15' }),
    [['Team Manager', 'held']],
  ],
  ['done', [], complete, []],
];

describe('who is told because of a change', () => {
  test.each(CASES)('%s', (_what, before, given, told) => {
    const begun = story(...before);
    const next = toldNext(begun.state, apply(begun.state, given, administrator, begun.now), begun.now);
    expect(next.map(({ to, kind }) => [to, kind])).toEqual(told);
    expect(next.every(({ about, readBy }) => about === 'Audit of case files' && readBy === null)).toBe(true);
  });

  test.each(CASES)('%s: those mails go, at that time, and no others', (_what, before, given) => {
    const begun = story(...before);
    const next = toldNext(begun.state, apply(begun.state, given, administrator, begun.now), begun.now);
    const sent = begun.mails.length;
    begun.command(given, administrator).until('2016-02-26T12:00:00.000Z');
    const mails = begun.mails.slice(sent).flatMap((mail) =>
      namedIn(mail)
        .filter(({ milestone }) => milestone === ACTION)
        .flatMap(({ kind }) => mail.recipient.roles.map(({ title }) => [title, kind, mail.at])),
    );
    expect(mails).toEqual(next.map(({ to, kind, at }) => [to, kind, at]));
  });

  test('of a withdrawal everybody hears who has had mail, once; what was begun and never told of, nobody', () => {
    const begun = story();
    const withdraw = command('withdraw', { reason: 'started by mistake' });
    const next = toldNext(begun.state, apply(begun.state, withdraw, administrator, begun.now), begun.now);
    const sent = begun.mails.length;
    begun.command(withdraw, administrator).until('2016-03-01T12:00:00.000Z');
    const heard = begun.mails
      .slice(sent)
      .flatMap((mail) => mail.recipient.roles.map(({ title }) => `${title} ${mail.at}`));
    expect(next.map(({ to, at }) => `${to} ${at}`).toSorted()).toEqual(heard.toSorted());
    expect(next.map(({ to }) => to)).toContain(roleTitle(begun.state.facts.authority, 'team-manager'));
    expect(next.every(({ about, kind }) => about === null && kind === 'withdrawn')).toBe(true);
  });

  test('somebody else reads what goes to a role that nobody holds', () => {
    const begun = story();
    const given = command('reassign', { milestone: ACTION, to: 'vacant-post', reason: 'leave' });
    const [one] = toldNext(begun.state, apply(begun.state, given, administrator, begun.now), begun.now);
    expect(one).toMatchObject({ to: 'Virtual School Head', readBy: 'Democratic Services Manager' });
  });
});

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

describe('what is said before a start, and when owners then hear of it', () => {
  test.each([...HOURS, ['on Good Friday', '2016-03-25T10:00:00.000Z'] as const])('%s', (_when, hour) => {
    const start = startOf({ actions: [{ id: 'audit', title: 'Audit', owner: 'team-manager', due: '2016-05-31' }] });
    const begun = new Story(start, hour).until('2016-04-29T12:00:00.000Z');
    const first = (role: string) => begun.to(`${role}@anyborough.example.org`)[0]?.at;
    expect(first('team-manager')).toBe(firstMailAt(start, hour));
    expect(first('democratic-services')).toBe(hour);
  });

  test('in words', () => {
    expect(byMail('2016-02-24T14:00:00.000Z', '2016-02-24T14:00:00.000Z')).toBe('by mail at once');
    expect(byMail('2016-02-25T09:00:00.000Z', '2016-02-24T14:00:00.000Z')).toBe(
      'by mail at 9:00am on Thursday 25 February 2016',
    );
  });
});
