import { describe, expect, test } from 'vitest';
import { composeMail } from '../../activities/mail/compose.ts';
import type { Actor } from '../../domain/commands/actor.ts';
import { audit } from '../../domain/audit/audit.ts';
import { delivered } from '../../domain/lifecycle/delivered.ts';
import type { Digest } from '../../domain/lifecycle/digest.ts';
import { farewells, toBeTold } from '../../domain/lifecycle/farewells.ts';
import { INSPECTION_STATUSES, isListed } from '../../domain/lifecycle/inspection-status.ts';
import { calendarOf } from '../../domain/lifecycle/state.ts';
import { summaryOf, viewOf } from '../../domain/lifecycle/view.ts';
import { nextWake } from '../../domain/lifecycle/wake.ts';
import { Story } from '../../domain/preview/story.ts';
import { startOf } from '../support/facts.ts';
import { refusalSentence } from '../support/refusals.ts';

const NOW = '2016-02-22T10:00:00.000Z';
const as = (role: string): Actor => ({ id: 'somebody', role });
const administrator = as('democratic-services');
const parts = {
  actions: [
    { id: 'a', title: 'Audit', owner: 'team-manager', due: '2016-04-29' },
    { id: 'b', title: 'Brief', owner: 'head-of-service', due: '2016-05-31' },
  ],
};
const begun = (at = NOW): Story => new Story(startOf(parts), at);
const withdraw = (story: Story, reason = 'It is Northborough’s.', actor = administrator): Story =>
  story.command({ name: 'withdraw', payload: { reason } }, actor);
const emailOf = (role: string): string => `${role}@anyborough.example.org`;
const told = (story: Story): string[] =>
  story.mails.filter(({ withdrawn }) => withdrawn !== undefined).map((mail) => `${mail.day} ${mail.recipient.email}`);

describe('an inspection that was started by mistake', () => {
  test('ends, with every duty, and says why on record', () => {
    const story = withdraw(begun());
    expect(story.state.status).toBe('withdrawn');
    expect(story.entries.at(-1)).toMatchObject({
      kind: 'inspection-withdrawn',
      actor: administrator,
      text: 'Withdrawn by Democratic Services Manager, because it was started by mistake: It is Northborough’s.',
      data: { reason: 'It is Northborough’s.' },
    });
    const view = viewOf(story.state, story.now);
    expect(view).toMatchObject({
      status: 'withdrawn',
      withdrawn: { by: 'democratic-services', at: NOW, reason: 'It is Northborough’s.' },
    });
    expect(summaryOf(story.state, story.now)).toEqual({ overdue: 0, nextDue: null, nextDueAt: null });
    // Each duty's row says that nobody has to do it.
    const lapsed = story.entries.filter(({ kind }) => kind === 'milestone-lapsed');
    expect(lapsed.length).toBe(story.entries.filter(({ kind }) => kind === 'milestone-planned').length);
    expect(lapsed.every(({ row }) => row?.status === 'lapsed')).toBe(true);
  });

  test('everybody who had mail about it is told once, whatever they have to do; nobody else, and nothing more', () => {
    const story = begun();
    const mailed = new Set(story.mails.map(({ recipient }) => recipient.email));
    expect(mailed).toContain(emailOf('team-manager'));
    withdraw(story.until('2016-03-01T10:00:00.000Z')).until('2017-01-01T00:00:00.000Z');
    expect(told(story).sort()).toEqual([...mailed].map((email) => `2016-03-01 ${email}`).sort());
    expect(mailed).not.toContain(emailOf('chief-executive'));
    const after = story.mails.filter(({ at }) => at > '2016-03-01T10:00:00.000Z');
    expect(after).toEqual([]);
    expect(nextWake(story.state, story.now)).toBeUndefined();
  });

  test('so is who is only beside an owner', () => {
    const actions = [{ id: 'a', title: 'Audit', owner: 'head-of-service', with: ['team-manager'], due: '2016-04-29' }];
    const story = new Story(startOf({ actions }), NOW);
    withdraw(story.until('2016-02-22T10:05:00.000Z'));
    expect(told(story)).toContain(`2016-02-22 ${emailOf('team-manager')}`);
  });

  test('whose start nobody has been told yet is withdrawn without a word, but to whoever started it', () => {
    // Late on a Friday: the mails of the start go on Monday.
    const story = begun('2016-02-19T20:00:00.000Z');
    expect(story.mails.map(({ recipient }) => recipient.email)).toEqual([emailOf('democratic-services')]);
    withdraw(story).until('2016-04-01T10:00:00.000Z');
    expect(told(story)).toEqual([`2016-02-22 ${emailOf('democratic-services')}`]);
    expect(story.mails).toHaveLength(2);
  });

  test('is told within sending hours, and tried again where the mail server puts it off', () => {
    const story = begun();
    story.until('2016-03-01T20:00:00.000Z');
    let tries = 0;
    story.deliver = ({ recipient }) => {
      if (recipient.email !== emailOf('team-manager')) return 'sent';
      return ++tries < 3 ? 'delayed' : 'sent';
    };
    withdraw(story);
    expect(told(story)).toEqual([]);
    story.until('2016-03-03T10:00:00.000Z');
    expect(told(story).filter((each) => each.endsWith(emailOf('team-manager')))).toHaveLength(1);
    expect(tries).toBe(3);
    expect(told(story).every((each) => each.startsWith('2016-03-02'))).toBe(true);
  });

  test('who can’t be reached for good is not tried again, and nobody else hears of that', () => {
    const story = begun();
    story.deliver = ({ recipient }) => (recipient.email === emailOf('team-manager') ? 'undeliverable' : 'sent');
    const before = story.mails.length;
    withdraw(story.until('2016-03-01T10:00:00.000Z')).until('2016-06-01T10:00:00.000Z');
    expect(story.mails.slice(before).every(({ withdrawn }) => withdrawn !== undefined)).toBe(true);
    expect(toBeTold(story.state)).toEqual([]);
  });

  test('an earlier mail that goes in its place, of a try that died, leaves it to be told', () => {
    const { state, now } = withdraw(begun('2016-02-22T10:00:00.000Z').until('2016-03-01T20:00:00.000Z'));
    const hours = { calendar: calendarOf(state), sending: state.facts.authority.sending };
    const at = '2016-03-02T09:00:00.000Z';
    const [first] = farewells(state, at, hours);
    if (first === undefined) throw new Error('nobody is to be told');
    const { email } = first.recipient;
    const after = (milestones?: string[]): string[] =>
      toBeTold(
        delivered(
          state,
          [{ digest: first }],
          [{ digest: first.id, outcome: 'sent', reason: null, ...(milestones === undefined ? {} : { milestones }) }],
          now,
        ),
      );
    expect(after(['improvement-actions/a'])).toContain(email);
    expect(after()).not.toContain(email);
    expect(after([])).not.toContain(email);
  });

  test('an address that belongs to nobody here any more is not written to', () => {
    const story = begun().until('2016-03-01T10:00:00.000Z');
    const { authority } = story.state.facts;
    const roles = authority.roles.map((role) =>
      role.id === 'team-manager' ? { ...role, email: 'successor@anyborough.example.org' } : role,
    );
    story.command({ name: 'changeAuthority', payload: { authority: { ...authority, roles } } }, administrator);
    withdraw(story).until('2016-03-04T10:00:00.000Z');
    const emails = told(story).map((each) => each.slice(11));
    expect(emails).not.toContain(emailOf('team-manager'));
    expect(emails).toContain(emailOf('head-of-service'));
  });
});

describe('the mail that tells of it', () => {
  const mailOf = (reason: string) => {
    const story = withdraw(begun().until('2016-03-01T10:00:00.000Z'), reason);
    const digest = story.mails.find(
      ({ withdrawn, recipient }) => withdrawn !== undefined && recipient.email === emailOf('team-manager'),
    );
    if (digest === undefined) throw new Error('the owner is not told');
    return composeMail(digest satisfies Digest, { from: 'duecourse <d@example.org>', boardUrl: 'https://b.example' });
  };

  test('says so, by whom and why, takes the entries out of the reader’s calendar, and brings none', () => {
    const { subject, text, attachments, headers } = mailOf('It is Northborough’s.');
    expect(subject).toBe('Withdrawn: Anyborough 2016');
    expect(text).toContain(
      'This inspection was started by mistake, and was withdrawn on Tuesday 1 March 2016 by Democratic Services Manager: It is Northborough’s.',
    );
    expect(text).toContain('no more will come');
    expect(text).not.toContain('Why this date');
    expect(attachments.map(({ filename }) => filename)).toEqual(['no-longer-due.ics']);
    expect(attachments[0]?.content).toContain('No longer due: Audit');
    expect(attachments[0]?.content).toContain('METHOD:CANCEL');
    expect(headers['List-Unsubscribe']).toBeUndefined();
  });

  test('hostile words stay words', () => {
    const { html, subject, text } = mailOf('<script>alert(1)</script> {{ 7*7 }}');
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}');
    expect(html).not.toContain('<script>');
    expect(text).toContain('{{ 7*7 }}');
    expect(subject).not.toContain('script');
  });
});

describe('what is refused', () => {
  test.each(['chief-executive', 'director', 'assistant-director', 'team-manager', 'scrutiny-chair'])(
    'a withdrawal by %s: only an administrator may',
    (role) => {
      expect(refusalSentence(() => withdraw(begun(), 'x', as(role)))).toMatch(
        /may not withdraw the inspection\. Administrators may\.$/,
      );
    },
  );

  test('anything once it is withdrawn, a second withdrawal too', () => {
    const story = withdraw(begun());
    expect(refusalSentence(() => withdraw(story))).toBe(
      'Anyborough 2016 is withdrawn; nothing more can be done to it.',
    );
    expect(
      refusalSentence(() =>
        story.command({ name: 'complete', payload: { milestone: 'improvement-actions/a' } }, administrator),
      ),
    ).toMatch(/is withdrawn/);
    const closed = begun()
      .command({ name: 'waive', payload: { milestone: 'written-action-plan', reason: 'x' } }, administrator)
      .command(
        {
          name: 'close',
          payload: { reason: 'done', homes: [{ action: 'rest', to: 'dropped', said: 'no longer needed' }] },
        },
        administrator,
      );
    expect(refusalSentence(() => withdraw(closed))).toMatch(/is closed; nothing more can be done/);
  });
});

describe('its record', () => {
  test('is whole: a past day is known as it was, and the day of its end as withdrawn', () => {
    const story = withdraw(begun().until('2016-05-10T10:00:00.000Z'));
    const before = audit('anyborough/test', story.entries, '2016-05-09');
    expect(before.status).toBe('open');
    expect(before.milestones.filter(({ overdue }) => overdue).map(({ milestone }) => milestone)).toEqual([
      'improvement-actions/a',
    ]);
    const after = audit('anyborough/test', story.entries, '2016-05-10');
    expect(after).toMatchObject({ status: 'withdrawn', endedAt: '2016-05-10T10:00:00.000Z' });
    expect(after.milestones.some(({ overdue }) => overdue)).toBe(false);
  });

  test('one status alone is on no list', () => {
    expect(Object.keys(INSPECTION_STATUSES).filter((status) => !isListed({ status: status as 'open' }))).toEqual([
      'withdrawn',
    ]);
  });
});
