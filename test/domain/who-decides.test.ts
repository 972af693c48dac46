import { describe, expect, test } from 'vitest';
import { recordOfDecision } from '../../domain/decisions/record-of-decision.ts';
import { decisionStanding } from '../../domain/decisions/standing.ts';
import type { Command, CommandPayload } from '../../domain/commands/commands.ts';
import { calendarOf } from '../../domain/lifecycle/state.ts';
import { approvalBefore } from '../../domain/meetings/approval.ts';
import { preparations } from '../../domain/meetings/preparations.ts';
import { plan } from '../../domain/plan/plan.ts';
import { Story } from '../../domain/preview/story.ts';
import { preview } from '../../domain/preview/preview.ts';
import { authority as authoritySchema } from '../../domain/schemas/authority.ts';
import { calendar, council, factsOf, startOf } from '../support/facts.ts';
import { refusalSentence } from '../support/refusals.ts';

// Decisions of a body of the executive or beside it, of a person, of a delegate; what can't be called in; when one takes effect.

const AUTHORITY = authoritySchema.parse({
  ...council,
  bodies: [
    {
      id: 'cabinet',
      name: 'Cabinet',
      meetings: ['2016-05-10', '2016-06-14'],
      papers: { officer: 'democratic-services' },
    },
    {
      id: 'council',
      name: 'Full Council',
      kind: 'council',
      meetings: ['2016-05-10', '2016-06-29'],
      papers: { officer: 'democratic-services' },
    },
    { id: 'audit', name: 'Audit Committee', kind: 'other' },
  ],
});
const administrator = { id: 'x', role: 'democratic-services' };
const NOW = '2016-05-12T10:00:00.000Z';
const story = () => {
  const start = startOf();
  return new Story({ ...start, facts: { ...start.facts, authority: AUTHORITY } }, NOW);
};
type Said = Partial<CommandPayload<'decide'>>;
const decide = (parts: Said): Command => ({
  name: 'decide',
  payload: {
    id: 'd',
    title: 'Agree',
    takenOn: '2016-05-10',
    publishedOn: '2016-05-11',
    key: false,
    urgent: false,
    ...parts,
  },
});
const decided = (parts: Said) => story().command(decide(parts), administrator);
const standing = ({ state, now }: Story) => {
  const [decision] = state.facts.inspection.decisions;
  return decision === undefined ? undefined : decisionStanding(decision, state.facts, calendarOf(state), now);
};
const WINDOW = 'call-in-window/d';
const called: Command = { name: 'callIn', payload: { decision: 'd', by: 'five members', reasons: 'its cost' } };
const member = { id: 'x', role: 'scrutiny-chair' };

describe('what can’t be called in', () => {
  test.each<[string, Said, string]>([
    [
      'full Council’s',
      { body: 'council' },
      "Full Council is not the executive, and only the executive's decisions can be called in.",
    ],
    [
      'a committee’s',
      { body: 'audit' },
      "Audit Committee is not the executive, and only the executive's decisions can be called in.",
    ],
    [
      'what its record says is not',
      { takenBy: 'director', key: true, notSubjectToCallIn: 'it carries out what Council resolved.' },
      'It is not subject to call-in: it carries out what Council resolved.',
    ],
    ['what is urgent', { urgent: true, reasons: 'winter' }, 'It is urgent, and exempt from call-in.'],
  ])('%s', (_name, parts, why) => {
    const told = decided(parts);
    expect(told.milestone(WINDOW)).toBeUndefined();
    expect(standing(told)).toEqual({ closesAt: null, open: false, from: '2016-05-10', why });
    expect(told.entries.find(({ kind }) => kind === 'decision-recorded')?.text).toContain(why);
    expect(refusalSentence(() => told.command(called, member))).toBe(`"Agree" can't be called in. ${why}`);
    // It is carried out at once.
    told.command({ name: 'implement', payload: { decision: 'd' } }, administrator);
  });

  test('what the executive decides can, whoever of it', () => {
    for (const parts of [{ body: 'cabinet' }, { takenBy: 'director' }, {}]) {
      const told = decided(parts);
      expect(told.milestone(WINDOW)?.due).toBe('2016-05-18');
      told.command(called, member);
    }
  });

  test('needs no constitution on file', () => {
    const start = startOf();
    const bare = { ...start, facts: { ...start.facts, authority: AUTHORITY, constitution: null } };
    expect(refusalSentence(() => new Story(bare, NOW).command(decide({ body: 'cabinet' }), administrator))).toContain(
      'has no constitution on file',
    );
    expect(standing(new Story(bare, NOW).command(decide({ body: 'council' }), administrator))?.from).toBe('2016-05-10');
  });
});

describe('who took it', () => {
  test('a person, by delegation and in consultation: the record says so, and nothing where nobody said it', () => {
    const partsOf = (parts: Said) => {
      const { state, now } = decided(parts);
      return recordOfDecision(state.facts, 'd', calendarOf(state), now);
    };
    const whole = partsOf({
      takenBy: 'director',
      underDelegation: 'Cabinet, 1 March 2016',
      inConsultationWith: 'the Lead Member',
      effectiveFrom: '2016-05-20',
    });
    expect(whole?.heading).toBe('Director of Children’s Services, Tuesday 10 May 2016');
    expect(whole?.parts.map(({ heading, text }) => `${heading}: ${text}`)).toEqual(
      expect.arrayContaining([
        'Taken by: Director of Children’s Services',
        'By delegation of: Cabinet, 1 March 2016',
        'In consultation with: the Lead Member',
        'Effective from: Friday 20 May 2016',
      ]),
    );
    const bare = partsOf({ body: 'cabinet' })?.parts.map(({ heading }) => heading);
    for (const heading of ['Taken by', 'By delegation of', 'In consultation with', 'Effective from'])
      expect(bare).not.toContain(heading);
    expect(decided({ takenBy: 'director', underDelegation: 'Cabinet' }).entries.map(({ text }) => text)).toContain(
      'Decision recorded: Agree, taken on Tuesday 10 May 2016 by Director of Children’s Services by delegation of Cabinet, published on Wednesday 11 May 2016.',
    );
  });

  test.each<[string, Said, string]>([
    [
      'both a body and a person',
      { body: 'cabinet', takenBy: 'director' },
      '"Agree": a body took it, or a person: where a person took it for a body, say that as the delegation.',
    ],
    ['nobody of the council', { takenBy: 'mayor' }, 'Anyborough Council has no role "mayor"'],
    [
      'full Council, a key decision',
      { body: 'council', key: true },
      '"Agree": Full Council takes no key decisions: those are the executive\'s.',
    ],
    [
      'a committee, urgently',
      { body: 'audit', urgent: true, reasons: 'x' },
      '"Agree": a decision of Audit Committee can\'t be called in, urgent or not.',
    ],
    [
      'before it was taken',
      { effectiveFrom: '2016-05-09' },
      '"Agree": it can\'t take effect on Monday 9 May 2016, before it was taken on Tuesday 10 May 2016.',
    ],
  ])('refused: %s', (_name, parts, sentence) => {
    expect(refusalSentence(() => decided(parts))).toContain(sentence);
  });
});

describe('from when it takes effect', () => {
  test('after its window: from then on, and not before', () => {
    const told = decided({ effectiveFrom: '2016-06-01' });
    expect(standing(told)?.why).not.toContain('Its record says');
    told.until('2016-05-23T12:00:00.000Z');
    expect(standing(told)).toMatchObject({ from: '2016-06-01' });
    const carried = () => told.command({ name: 'implement', payload: { decision: 'd' } }, administrator);
    expect(refusalSentence(carried)).toContain('it can be implemented from Wednesday 1 June 2016 on');
    told.until('2016-06-01T12:00:00.000Z');
    carried();
  });

  test('before its window has closed: on record, in its standing, and in preview', () => {
    const said = ' Its record says that it takes effect on Wednesday 18 May 2016, but its call-in window closes ';
    const told = decided({ effectiveFrom: '2016-05-18' });
    expect(told.entries.find(({ kind }) => kind === 'decision-recorded')?.text).toContain(`"Agree":${said}`);
    expect(standing(told)?.why).toContain(said);
    const decisions = [
      { id: 'd', title: 'Agree', takenOn: '2016-05-10', publishedOn: '2016-05-11', effectiveFrom: '2016-05-18' },
    ];
    expect(preview(factsOf({ decisions }), calendar).warnings.join(' ')).toContain(`"Agree":${said}`);
    // A day after its last one is not early, a day off or not.
    const later = decisions.map((each) => ({ ...each, effectiveFrom: '2016-05-19' }));
    expect(preview(factsOf({ decisions: later }), calendar).warnings.join(' ')).not.toContain('Its record says');
  });

  test.each([
    ['same-day', 'is free', false],
    ['next-working-day', 'is not', true],
  ] as const)(
    'where a window closes within its last day and effect is %s, the rest of that day %s',
    (takesEffect, _is, early) => {
      const decisions = [
        { id: 'd', title: 'Agree', takenOn: '2016-05-10', publishedOn: '2016-05-11', effectiveFrom: '2016-05-18' },
      ];
      const facts = factsOf({ decisions });
      const { constitution } = facts;
      if (constitution === null) throw new Error('the tests have a constitution');
      const midday = { ...constitution, callIn: { ...constitution.callIn, closes: '12:00', takesEffect } };
      const warnings = preview({ ...facts, constitution: midday }, calendar).warnings.join(' ');
      expect(warnings.includes('Its record says')).toBe(early);
    },
  );

  test.each([
    [
      'before its record was published',
      { publishedOn: undefined, implementedOn: '2016-05-12' },
      /Its record has not been published/,
    ],
    [
      'on the last day of its window',
      { implementedOn: '2016-05-18' },
      /from which on it could be: Its call-in window closed/,
    ],
    ['on the first day after it', { implementedOn: '2016-05-19' }, undefined],
    ['at once, where it was urgent', { urgent: true, reasons: 'a court date', implementedOn: '2016-05-11' }, undefined],
  ])('carried out by the file %s', (_when, more, said) => {
    const decisions = [{ id: 'd', title: 'Agree', takenOn: '2016-05-10', publishedOn: '2016-05-11', ...more }];
    const warnings = preview(factsOf({ decisions }), calendar).warnings.filter((each) =>
      each.includes('carried out on'),
    );
    if (said === undefined) expect(warnings).toEqual([]);
    else expect(warnings).toEqual([expect.stringMatching(said)]);
  });
});

describe('what full Council is asked', () => {
  const duty = { title: 'The plan', due: '2016-06-29', key: true };
  const facts = factsOf();
  const bodyOf = (id: string) => {
    const found = AUTHORITY.bodies.find((each) => each.id === id);
    if (found === undefined || facts.constitution === null) throw new Error(id);
    return { found, constitution: facts.constitution };
  };

  test('is in force on the day of its meeting: no window, no 28 days', () => {
    const { found, constitution } = bodyOf('council');
    const answer = approvalBefore(duty, found, constitution, calendar, '2016-05-02');
    expect(answer).toMatchObject({
      meeting: '2016-06-29',
      survivesCallIn: true,
      latest: { publish: '2016-06-29', decide: '2016-06-29', agenda: '2016-06-21', forwardPlan: null },
      warnings: [],
    });
    const none = approvalBefore({ ...duty, due: '2016-05-09' }, found, constitution, calendar, '2016-05-02');
    expect(none.warnings.join(' ')).not.toMatch(/call-in|urgency/);
    expect(approvalBefore(duty, bodyOf('cabinet').found, constitution, calendar, '2016-05-02').meeting).toBe(
      '2016-06-14',
    );
  });

  test('needs an agenda, and no notice of a key decision', () => {
    const [due] = plan(facts, calendar, { cycles: { until: '2016-12-31' } });
    if (due === undefined) throw new Error('nothing planned');
    const kinds = (id: string) =>
      preparations(
        [{ ...due, due: '2016-05-10' }],
        { body: bodyOf(id).found, key: true, inPrivate: false, name: 'x' },
        calendar,
        {
          cycles: { until: '2016-12-31' },
        },
      ).map((each) => each.rule.id);
    expect(kinds('council')).toEqual(['meeting-agenda']);
    expect(kinds('cabinet')).toEqual(['meeting-agenda', 'meeting-notice']);
  });
});
