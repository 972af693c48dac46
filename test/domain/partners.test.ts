import { describe, expect, test } from 'vitest';
import { pageOf } from '../../activities/mail/page.ts';
import { addresseeOf } from '../../domain/authority/addressee.ts';
import type { Actor } from '../../domain/commands/actor.ts';
import type { Command } from '../../domain/commands/commands.ts';
import { milestoneOf } from '../../domain/lifecycle/milestones.ts';
import { openLifecycle } from '../../domain/lifecycle/open-lifecycle.ts';
import { roleAtStep } from '../../domain/plan/ladder.ts';
import { Story } from '../../domain/preview/story.ts';
import { type Authority, authority as authoritySchema } from '../../domain/schemas/authority.ts';
import { council, startOf } from '../support/facts.ts';
import { refusalSentence } from '../support/refusals.ts';

const NOW = '2016-02-22T10:00:00.000Z';
const administrator: Actor = { id: 'x', role: 'democratic-services' };
const CLINIC = 'improvement-actions/clinic';
const by = (role: string): Actor => ({ id: 'y', role });
const at = (role: string) => `${role}@anyborough-nhs.example.org`;

const NHS = {
  id: 'nhs',
  name: 'Anyborough NHS Trust',
  lead: 'assistant-director',
  chain: { head: 'chief-nurse' },
  roles: [
    { id: 'chief-nurse', title: 'Chief Nurse', email: at('chief-nurse') },
    {
      id: 'ward-manager',
      title: 'Ward Manager',
      email: at('ward-manager'),
      reportsTo: 'chief-nurse',
      capacity: 'manager',
    },
    { id: 'nurse', title: 'Designated Nurse', email: at('nurse'), reportsTo: 'ward-manager' },
    { id: 'clerk', title: 'Clerk' },
  ],
};
const withPartner = (partner: object = NHS, more: object = {}): Authority =>
  authoritySchema.parse({
    ...council,
    roles: [
      ...council.roles,
      { id: 'lead-member', title: 'Lead Member', email: 'lead-member@anyborough.example.org', capacity: 'member' },
    ],
    chain: { ...council.chain, leadMember: 'lead-member' },
    partners: [partner],
    ...more,
  });

const begun = (authority = withPartner()) => {
  const start = startOf({
    actions: [
      { id: 'clinic', title: 'Open the clinic', owner: 'nurse', due: '2016-03-31' },
      { id: 'records', title: 'Share the records', owner: 'team-manager', with: ['nurse'], due: '2016-04-29' },
      { id: 'desk', title: 'Staff the desk', owner: 'clerk', due: '2016-04-29' },
    ],
  });
  return new Story({ ...start, facts: { ...start.facts, authority } }, NOW);
};
const answer = (command: Command, role: string, story = begun()) =>
  refusalSentence(() => story.command(command, by(role)));

describe('what a partner misses', () => {
  test('goes up at the partner first, and is told to the council’s lead for it at each step; to nobody above', () => {
    const told = begun()
      .until('2016-05-10T12:00:00.000Z')
      .mails.flatMap(({ recipient, notices, day }) =>
        notices
          .filter(({ milestone, overdue }) => milestone === CLINIC && overdue)
          .map(({ step }) => `${day} ${recipient.email.split('@')[0] ?? ''} ${step}`),
      );
    // Due on Thursday 31 March: 1, 5 and 10 working days late, and then every 5.
    expect(told).toEqual([
      '2016-04-01 assistant-director partner-lead',
      '2016-04-01 ward-manager manager',
      '2016-04-07 assistant-director partner-lead',
      '2016-04-07 chief-nurse director',
      '2016-04-14 assistant-director partner-lead',
      '2016-04-14 chief-nurse chief-executive',
      '2016-04-21 assistant-director partner-lead',
      '2016-04-21 chief-nurse chief-executive',
      '2016-04-28 assistant-director partner-lead',
      '2016-04-28 chief-nurse chief-executive',
      '2016-05-06 assistant-director partner-lead',
      '2016-05-06 chief-nurse chief-executive',
    ]);
  });

  test('is said in words: whose it is there, and why the lead hears of it', () => {
    const { mails } = begun().until('2016-04-01T12:00:00.000Z');
    const because = (email: string) => {
      const mail = mails.find(({ recipient, day }) => recipient.email === email && day === '2016-04-01');
      return mail === undefined ? undefined : pageOf(mail, 1).notices[0]?.because;
    };
    expect(because('assistant-director@anyborough.example.org')).toBe(
      'It belongs to Designated Nurse, Anyborough NHS Trust and has not been met, 1 working day after it was due. It has gone up there; you get this because you answer for that partner here.',
    );
    expect(because(at('ward-manager'))).toBe(
      'It belongs to Designated Nurse, Anyborough NHS Trust and has not been met, 1 working day after it was due. You get this because you are the next in the chain.',
    );
  });

  test.each([
    ['nurse', ['ward-manager', 'chief-nurse', 'chief-nurse']],
    ['clerk', ['chief-nurse', 'chief-nurse', 'chief-nurse']],
    ['chief-nurse', ['assistant-director', 'assistant-director', 'assistant-director']],
  ])('of %s, step by step: %j', (owner, roles) => {
    const steps = ['manager', 'director', 'chief-executive'] as const;
    expect(steps.map((step) => roleAtStep(withPartner(), owner, step))).toEqual(roles);
  });

  test('where the head’s own duty is late, the lead is told once at a step', () => {
    const story = begun().command(
      { name: 'reassign', payload: { milestone: CLINIC, to: 'chief-nurse' } },
      administrator,
    );
    const told = story
      .until('2016-04-01T12:00:00.000Z')
      .mails.flatMap(({ recipient, notices }) => notices.filter(({ overdue }) => overdue).map(() => recipient.email));
    expect(told).toEqual(['assistant-director@anyborough.example.org']);
  });

  test('a notice that can’t be delivered goes up there too', () => {
    const story = begun();
    story.deliver = ({ recipient }) => (recipient.email === at('nurse') ? 'undeliverable' : 'sent');
    story.until('2016-04-01T12:00:00.000Z');
    const told = story.mails.filter(({ notices }) => notices.some(({ kind }) => kind === 'undeliverable'));
    expect([...new Set(told.map(({ recipient }) => recipient.email))]).toEqual([at('ward-manager')]);
  });
});

describe('a partner’s officer may do what an owner may to their own duties, and nothing else', () => {
  const done: Command = { name: 'complete', payload: { milestone: CLINIC } };
  test.each([
    ['the owner', done, 'nurse', 'accepted'],
    ['a manager of the partner', done, 'ward-manager', 'accepted'],
    ['a colleague', done, 'clerk', /^Clerk, Anyborough NHS Trust may not mark it as done\./],
    // No manager there, though the head of the chain.
    ['the head', done, 'chief-nurse', /may not mark it as done/],
    ['the council’s lead', done, 'assistant-director', 'accepted'],
    [
      'promise a day',
      { name: 'acknowledge', payload: { milestone: CLINIC, promisedOn: '2016-03-30' } },
      'nurse',
      'accepted',
    ],
    [
      'ask for a later date',
      { name: 'requestExtension', payload: { milestone: CLINIC, to: '2016-05-31', reason: 'x' } },
      'nurse',
      'accepted',
    ],
    [
      'grant one',
      { name: 'extend', payload: { milestone: CLINIC, to: '2016-05-31', reason: 'x' } },
      'ward-manager',
      /may not grant a later date for it/,
    ],
    [
      'pass it on',
      { name: 'reassign', payload: { milestone: CLINIC, to: 'clerk' } },
      'ward-manager',
      /may not give it/,
    ],
    [
      'report beside the owner',
      { name: 'progress', payload: { milestone: 'records', percent: 10 } },
      'nurse',
      'accepted',
    ],
    [
      'end what they are beside',
      { name: 'complete', payload: { milestone: 'records' } },
      'nurse',
      /may not mark it as done/,
    ],
    [
      'end the council’s',
      { name: 'complete', payload: { milestone: 'records' } },
      'ward-manager',
      /may not mark it as done/,
    ],
    [
      'correct the report',
      { name: 'correct', payload: { published: '2016-02-20', reason: 'x' } },
      'ward-manager',
      /may not/,
    ],
    ['ask a question', { name: 'ask', payload: { by: 'x', text: 'Why?' } }, 'ward-manager', /may not/],
    ['pass on work', { name: 'reassignMany', payload: { from: 'nurse', to: 'clerk' } }, 'ward-manager', /may not/],
  ] as [string, Command, string, string | RegExp][])('%s', (_what, command, role, expected) => {
    expect(answer(command, role)).toMatch(expected);
  });

  test('nor start an inspection, as a manager there', () => {
    const start = startOf({}, 'ward-manager');
    expect(
      refusalSentence(() => openLifecycle({ ...start, facts: { ...start.facts, authority: withPartner() } }, NOW)),
    ).toMatch(/may not start an inspection/);
  });

  test('whoever asks for a later date asks the council’s lead, who may grant it', () => {
    const story = begun().command(
      { name: 'requestExtension', payload: { milestone: CLINIC, to: '2016-05-31', reason: 'the builders' } },
      by('nurse'),
    );
    expect(milestoneOf(story.state, CLINIC)?.announcements.map(({ to }) => to)).toContain('assistant-director');
    story.command(
      { name: 'extend', payload: { milestone: CLINIC, to: '2016-05-31', reason: 'the builders' } },
      by('assistant-director'),
    );
    expect(milestoneOf(story.state, CLINIC)?.due).toBe('2016-05-31');
  });

  test('what the law asks of the council stays the council’s; its officer’s work does not go there whole', () => {
    const plan: Command = {
      name: 'reassign',
      payload: { milestone: 'plan-submission/written-action-plan', to: 'nurse' },
    };
    expect(answer(plan, 'democratic-services')).toBe(
      '"Written action plan to Ofsted" is asked of the council itself: it can’t be passed to Anyborough NHS Trust. Name its role beside the owner instead.',
    );
    const many = (from: string, to: string): Command => ({ name: 'reassignMany', payload: { from, to } });
    expect(answer(many('team-manager', 'nurse'), 'democratic-services')).toMatch(
      /can’t be passed whole to Anyborough NHS Trust/,
    );
    const story = begun();
    expect(answer(many('nurse', 'clerk'), 'democratic-services', story)).toBe('accepted');
    expect(milestoneOf(story.state, CLINIC)?.owner).toBe('clerk');
    expect(milestoneOf(story.state, 'improvement-actions/records')?.beside).toEqual(['clerk']);
  });
});

describe('mail to a partner', () => {
  const away = (email: string, delegate: string) => ({
    email,
    away: [{ from: '2016-03-01', until: '2016-03-31', delegate }],
  });
  test.each([
    ['its holder', {}, 'nurse', at('nurse')],
    ['nobody holds it: the head of the chain', {}, 'clerk', at('chief-nurse')],
    ['away: the colleague who stands in', { people: [away(at('nurse'), 'ward-manager')] }, 'nurse', at('ward-manager')],
    [
      'nobody holds it, and the head is away with a stand-in',
      { people: [away(at('chief-nurse'), 'ward-manager')] },
      'clerk',
      at('ward-manager'),
    ],
  ])('%s', (_what, more, role, email) => {
    expect(addresseeOf(withPartner(NHS, more), role, '2016-03-10').email).toBe(email);
  });

  test('where nobody there has an address it goes to the council’s lead for it', () => {
    const silent = { ...NHS, roles: NHS.roles.map(({ id, title }) => ({ id, title })) };
    expect(addresseeOf(withPartner(silent), 'nurse', '2016-03-10')).toEqual({
      email: 'assistant-director@anyborough.example.org',
      standsIn: true,
    });
  });

  test('a new holder there is told what is theirs', () => {
    const roles = NHS.roles.map((role) => (role.id === 'nurse' ? { ...role, email: at('new-nurse') } : role));
    const story = begun()
      .command({ name: 'changeAuthority', payload: { authority: withPartner({ ...NHS, roles }) } }, administrator)
      .until('2016-02-24T12:00:00.000Z');
    expect(
      story
        .to(at('new-nurse'))[0]
        ?.notices.map(({ milestone, kind }) => `${milestone} ${kind}`)
        .sort(),
    ).toEqual(['improvement-actions/clinic reassigned', 'improvement-actions/records reassigned']);
  });
});

describe('a partner’s part of an authority’s file', () => {
  const [head, ward, nurse, clerk] = NHS.roles;
  const mistakes = (partners: object[], more: object = {}): string[] => {
    const read = authoritySchema.safeParse({ ...council, partners, ...more });
    return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  };
  test.each([
    [
      'a role of the council’s name',
      { ...NHS, roles: [{ ...head, id: 'director' }, nurse], chain: { head: 'director' } },
      /partners\.0\.roles\.0\.id: the role "director" is one of the council’s already/,
    ],
    [
      'the same role twice',
      { ...NHS, roles: [head, ward, nurse, nurse] },
      /partners\.0\.roles\.3\.id: the role "nurse" is one of Anyborough NHS Trust’s already/,
    ],
    [
      'a head of another organisation',
      { ...NHS, chain: { head: 'director' } },
      /partners\.0\.chain\.head: expected one of Anyborough NHS Trust’s roles/,
    ],
    [
      'a manager of another organisation',
      { ...NHS, roles: [head, { ...ward, reportsTo: 'director' }, nurse] },
      /partners\.0\.roles\.1\.reportsTo: expected one of Anyborough NHS Trust’s roles/,
    ],
    [
      'a lead that is the partner’s own',
      { ...NHS, lead: 'chief-nurse' },
      /partners\.0\.lead: expected one of the council’s own roles/,
    ],
    [
      'a circle',
      { ...NHS, roles: [{ ...head, reportsTo: 'nurse' }, ward, nurse, clerk] },
      /Chief Nurse answers to Designated Nurse, who answers to Ward Manager, who answers to Chief Nurse/,
    ],
    [
      'an administrator',
      { ...NHS, roles: [{ ...head, capacity: 'administrator' }] },
      /partners\.0\.roles\.0\.capacity: /,
    ],
  ])('is refused: %s', (_what, partner, sentence) => {
    expect(mistakes([partner]).join('\n')).toMatch(sentence);
  });

  test('is refused: twice, and a stand-in of another organisation', () => {
    expect(mistakes([NHS, { ...NHS, roles: [{ ...head, id: 'other' }], chain: { head: 'other' } }])).toEqual([
      'partners.1.id: the partner "nhs" is defined twice',
    ]);
    const people = [{ email: at('nurse'), away: [{ from: '2016-03-01', until: '2016-03-31', delegate: 'director' }] }];
    expect(mistakes([NHS], { people })).toEqual([
      expect.stringMatching(
        /^people\.0\.away\.0\.delegate: expected one of Anyborough NHS Trust's roles \(chief-nurse, /,
      ),
    ]);
  });
});
