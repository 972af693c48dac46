import { loadRulePack, resolveRules } from '../../../client/files/rules.ts';
import type { LifecycleStart } from '../../../domain/lifecycle/state.ts';
import { type Authority, authority as authoritySchema } from '../../../domain/schemas/authority.ts';
import type { Command } from '../../../domain/commands/commands.ts';
import { constitution as constitutionSchema } from '../../../domain/schemas/constitution.ts';
import { council, startOf } from '../../support/facts.ts';

/** The instant at which every lifecycle of the state machine begins: a Monday morning. */
export const START = '2016-02-22T10:00:00.000Z';

/** A council with everything that a council can have: papers before its meetings, a lead member, somebody away. */
export const AUTHORITY: Authority = authoritySchema.parse({
  ...council,
  roles: [
    ...council.roles,
    { id: 'lead-member', title: 'Lead Member', email: 'lead-member@anyborough.example.org', capacity: 'member' },
    { id: 'scrutiny-officer', title: 'Scrutiny Officer', email: 'scrutiny-officer@anyborough.example.org' },
  ],
  chain: { ...council.chain, leadMember: 'lead-member' },
  partners: [
    {
      id: 'nhs',
      name: 'Anyborough NHS Trust',
      lead: 'director',
      chain: { head: 'chief-nurse' },
      roles: [
        {
          id: 'chief-nurse',
          title: 'Chief Nurse',
          email: 'chief-nurse@anyborough-nhs.example.org',
          capacity: 'manager',
        },
        { id: 'nurse', title: 'Nurse', email: 'nurse@anyborough-nhs.example.org', reportsTo: 'chief-nurse' },
        { id: 'clerk', title: 'Clerk' },
      ],
    },
  ],
  sustained: { after: [1, 2] },
  laterDates: { cap: 2, beyond: 'scrutiny-officer' },
  people: [
    { email: 'director@anyborough.example.org', digest: 'weekly', weeklyOn: 'thursday' },
    {
      email: 'head-of-service@anyborough.example.org',
      away: [{ from: '2016-04-04', until: '2016-04-15', delegate: 'team-manager' }],
    },
  ],
  bodies: [
    {
      id: 'cabinet',
      name: 'Cabinet',
      meetings: ['2016-05-24', { on: '2016-08-23', cancelled: 'for want of business' }, '2016-09-06', '2016-11-22'],
      papers: { officer: 'democratic-services', reportDays: 8 },
    },
  ],
});

const constitution = constitutionSchema.parse({
  id: 'anyborough',
  version: 1,
  title: 'Constitution of Anyborough',
  valid: { from: '2010-01-01' },
  callIn: {
    publishWithin: { n: 2, unit: 'working-day' },
    window: { n: 5, unit: 'working-day' },
    closes: '24:00',
    who: 'five members',
    scrutinyWithin: { n: 15, unit: 'working-day' },
    reconsiderWithin: { n: 7, unit: 'working-day' },
    councilWithin: { n: 30, unit: 'calendar-day' },
  },
  citation: { cite: 'the tests', confidence: 'U' },
});

const action = (id: string, owner: string, due: unknown, acceptedBy?: object) => ({
  ...{ id, title: `Action ${id}`, owner, due },
  ...(acceptedBy === undefined ? {} : { acceptedBy }),
});

/**
 * An inspection in which every kind of duty is owed: statutory, promised, in cycles, to members, and, where `papers`
 * says so, before meetings.
 */
export function startOfAll(papers: boolean): LifecycleStart {
  const start = startOf({
    commitments: [
      { rule: 'cabinet-update', body: 'cabinet', key: true, owner: 'assistant-director', round: {} },
      // Often enough that its misses pile up.
      { rule: 'member-briefing', every: { n: 14, unit: 'calendar-day' }, owner: 'head-of-service' },
    ],
    actions: [
      {
        ...action('a1', 'team-manager', '2016-03-04', { role: 'head-of-service' }),
        with: ['director', 'vacant-post'],
      },
      action('a2', 'vacant-post', '2016-04-29', { body: 'cabinet', within: 5 }),
      action('a3', 'director', { n: 3, unit: 'month' }),
      { ...action('a5', 'nurse', '2016-03-18'), with: ['clerk'] },
      { ...action('a4', 'lead-member', '2016-06-30'), sustained: { after: [1, 2], askedOf: 'head-of-service' } },
    ],
    measures: [
      {
        ...{ id: 'cases', title: 'Cases', unit: 'cases', direction: 'down', source: 'a count' },
        target: { value: 10, by: '2016-12-31' },
      },
    ],
    training: [{ id: 'session', title: 'Session for members', on: '2016-04-12', owner: 'democratic-services' }],
    decisions: [{ id: 'd0', title: 'Adopt the plan', takenOn: '2016-02-19' }],
    questions: [{ id: 'q0', askedOn: '2016-02-19', by: 'ward 1', text: 'How many?' }],
  });
  const rules = [
    ...start.facts.rules.slice(0, 1),
    ...resolveRules(loadRulePack('commitments')),
    ...resolveRules(loadRulePack('cqc')),
  ];
  const authority = papers ? AUTHORITY : { ...AUTHORITY, bodies: AUTHORITY.bodies.map(withoutPapers) };
  return { ...start, facts: { ...start.facts, rules, authority, constitution } };
}

function withoutPapers({ papers: _papers, ...body }: Authority['bodies'][number]): Authority['bodies'][number] {
  return body;
}

/** How far a decision has come, and what else has happened, before the state machine takes over: the first so many of these. */
export const PROLOGUE: readonly Command[] = [
  { name: 'publishDecision', payload: { decision: 'd0', on: '2016-02-22' } },
  { name: 'callIn', payload: { decision: 'd0', by: 'five members', reasons: 'its cost' } },
  { name: 'resolveCallIn', payload: { decision: 'd0', outcome: 'refer-back' } },
  { name: 'reconsider', payload: { decision: 'd0', outcome: 'amended' } },
  {
    name: 'waive',
    payload: { milestone: 'plan-submission/written-action-plan', reason: 'agreed with the inspectorate' },
  },
];
