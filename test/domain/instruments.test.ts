import { describe, expect, test } from 'vitest';
import type { CommandName, CommandPayload, Command } from '../../domain/commands/commands.ts';
import { asFile } from '../../domain/lifecycle/as-file.ts';
import { calendarDataOf } from '../../domain/lifecycle/state.ts';
import { keepCalendar } from '../../domain/calendar/kept-calendar.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { Story } from '../../domain/preview/story.ts';
import { commands } from '../../domain/schemas/commands.ts';
import { inspection as inspectionSchema } from '../../domain/schemas/inspection.ts';
import { startOf } from '../support/facts.ts';
import { NOTICE_RULES, notice } from '../support/instruments.ts';
import { refusalSentence } from '../support/refusals.ts';

const START = '2016-02-22T10:00:00.000Z';
const NOTICED = '2016-03-14T10:00:00.000Z';
const administrator = { id: 'x', role: 'democratic-services' };
const OWN_PLAN = 'plan-submission/written-action-plan';
const PLAN = 'plan-submission/notice--written-action-plan';
const ANSWER = 'other-reporting/notice--answer';

const ruled = { instrument: 'notice', ...NOTICE_RULES };

/** An inspection whose file has the notice already. */
const withNotice = (parts: Record<string, unknown> = {}, on = '2016-02-19') => {
  const given = startOf({ instruments: [notice(on)], ...parts });
  return { ...given, facts: { ...given.facts, instruments: [ruled] } };
};

function give<N extends CommandName>(story: Story, name: N, payload: CommandPayload<N>): Story {
  return story.command({ name, payload } as unknown as Command, administrator);
}
const dues = ({ state }: Story) =>
  Object.fromEntries(Object.entries(state.kept).map(([id, { due, status = 'open' }]) => [id, `${due} ${status}`]));
const added = (on = '2016-03-11') =>
  give(new Story(startOf({}), START).until(NOTICED), 'addInstrument', {
    instrument: notice(on),
    framework: NOTICE_RULES,
  });

describe('an instrument that comes to an inspection that runs', () => {
  test('starts the duties of its own framework from its own dates, called after it and explained by it', () => {
    const story = added();
    expect(dues(story)).toEqual({
      [OWN_PLAN]: '2016-06-30 open',
      // 28 days after 11 March, and three months after it; Saturdays and all.
      [ANSWER]: '2016-04-08 open',
      [PLAN]: '2016-06-11 open',
    });
    const plan = story.milestone(PLAN);
    expect(plan?.title).toBe('Plan in answer to the notice (Improvement notice)');
    expect(plan?.explanation).toContain(
      'It follows from Improvement notice, which was issued by Department for Education.',
    );
    expect(story.milestone(OWN_PLAN)?.explanation.join(' ')).not.toContain('Improvement notice');
    expect(story.entries.find(({ kind }) => kind === 'instrument-added')?.text).toBe(
      'Added by Democratic Services Manager: Improvement notice was issued by Department for Education.',
    );
    expect(viewOf(story.state, NOTICED).instruments).toEqual([
      {
        ...{ id: 'notice', title: 'Improvement notice', issuedBy: 'Department for Education', framework: 'notices' },
        events: [{ kind: 'notice-received', on: '2016-03-11', number: 1 }],
      },
    ]);
  });

  test('tells the owner of each of its duties once', () => {
    const told = added()
      .until('2016-03-16T18:00:00.000Z')
      .mails.flatMap(({ notices }) => notices)
      .filter(({ milestone }) => milestone === ANSWER || milestone === PLAN);
    expect(told.map(({ milestone, kind }) => `${milestone} ${kind}`).sort()).toEqual([
      // So near that it is its first reminder as well.
      `${ANSWER} reminder`,
      `${PLAN} planned`,
    ]);
  });

  test('of a promise of its framework only what is promised under it follows', () => {
    const promised = withNotice({ commitments: [{ rule: 'board-report', instrument: 'notice' }] });
    const board = Object.keys(dues(new Story(promised, START))).filter((id) => id.startsWith('cabinet-updates/'));
    expect(board[0]).toBe('cabinet-updates/notice--board-report-1');
    const none = withNotice({ commitments: [{ rule: 'board-report' }] });
    expect(Object.keys(dues(new Story(none, START))).filter((id) => id.includes('board-report'))).toEqual([]);
  });

  test('is what its own events and corrections are under, and nothing of the inspection’s own moves', () => {
    const again = give(added(), 'event', { kind: 'notice-received', on: '2016-03-14', instrument: 'notice' });
    expect(dues(again)).toMatchObject({ [OWN_PLAN]: '2016-06-30 open', [`${ANSWER}-event-2`]: '2016-04-11 open' });
    expect(again.entries.find(({ kind }) => kind === 'event-recorded')?.text).toBe(
      'Recorded by Democratic Services Manager: the notice was received on Monday 14 March 2016 under Improvement notice.',
    );
    const corrected = give(added(), 'correctEvent', {
      kind: 'notice-received',
      on: '2016-03-10',
      instrument: 'notice',
      reason: 'the post stamp',
    });
    expect(dues(corrected)).toMatchObject({ [ANSWER]: '2016-04-07 open', [OWN_PLAN]: '2016-06-30 open' });
    expect(refusalSentence(() => give(added(), 'event', { kind: 'notice-received', on: '2016-03-14' }))).toMatch(
      /^Nothing in this inspection counts from it that the notice was received\./,
    );
  });

  test('takes a report of its own, its corrections and its re-issue', () => {
    const given = startOf({ actions: [] });
    const reported = notice('2016-03-11', {
      framework: undefined,
      events: undefined,
      report: { received: '2016-03-10' },
    });
    const start = {
      ...given,
      facts: {
        ...given.facts,
        inspection: {
          ...given.facts.inspection,
          instruments: [reported],
          actions: inspectionSchema.shape.actions.parse([
            {
              ...{ id: 'weekly', title: 'Weekly data', owner: 'team-manager' },
              due: { n: 1, unit: 'month', from: 'report-received', instrument: 'notice' },
            },
          ]),
        },
      },
    };
    const DUTY = 'improvement-actions/weekly';
    const story = () => new Story(start, START).until(NOTICED);
    expect(dues(story())[DUTY]).toBe('2016-04-11 open');
    const moved = give(story(), 'correct', { received: '2016-03-08', instrument: 'notice', reason: 'the stamp' });
    expect(dues(moved)).toMatchObject({ [DUTY]: '2016-04-08 open', [OWN_PLAN]: '2016-06-30 open' });
    const reissued = give(story(), 'reissue', { received: '2016-03-14', instrument: 'notice', note: 'A page.' });
    expect(dues(reissued)).toMatchObject({ [DUTY]: '2016-04-14 open', [OWN_PLAN]: '2016-06-30 open' });
    expect(viewOf(reissued.state, NOTICED).instruments[0]?.report).toEqual({
      received: '2016-03-14',
      earlier: [{ received: '2016-03-10', note: 'A page.' }],
    });
  });

  test('whoever issued it sends its plan back and accepts it, and the inspection’s own plan is another', () => {
    const submitted = give(added(), 'submit', { milestone: PLAN });
    const back = give(submitted, 'sendBack', { milestone: PLAN, to: '2016-07-01', reason: 'No figures.' });
    const [own, under] = [back.state.facts.inspection, back.state.facts.inspection.instruments?.[0]];
    expect(own.events).toBeUndefined();
    expect(under?.events?.['plan-returned']).toEqual([{ on: '2016-03-14', duty: PLAN }]);
    const accepted = give(give(back, 'submit', { milestone: PLAN }), 'accept', { milestone: PLAN });
    expect(dues(accepted)).toMatchObject({ [PLAN]: '2016-07-01 completed', [OWN_PLAN]: '2016-06-30 open' });
    expect(accepted.entries.map(({ text }) => text).join(' ')).toContain('Department for Education');
    expect(refusalSentence(() => give(accepted, 'reopen', { milestone: PLAN, reason: 'a slip' }))).toContain(
      'was accepted on Monday 14 March 2016, which ends it for good',
    );
  });

  test('is withdrawn: its duties lapse and their owners are told once; what was met stays met', () => {
    const met = give(added(), 'complete', { milestone: ANSWER });
    const gone = give(met, 'withdrawInstrument', { instrument: 'notice', reason: 'lifted by the department' });
    expect(dues(gone)).toEqual({
      [OWN_PLAN]: '2016-06-30 open',
      [PLAN]: '2016-06-11 lapsed',
    });
    expect(gone.state.ended[ANSWER]).toMatchObject({ status: 'completed' });
    const later = gone.until('2016-03-16T18:00:00.000Z');
    const told = later.mails.flatMap(({ notices }) => notices).filter(({ kind }) => kind === 'withdrawn');
    expect(told.map(({ milestone, text }) => [milestone, text])).toEqual([
      [PLAN, 'Nobody has to do it any more, because Improvement notice was withdrawn: lifted by the department.'],
    ]);
    expect(refusalSentence(() => give(gone, 'withdrawInstrument', { instrument: 'notice', reason: 'again' }))).toBe(
      'The inspection has no instrument that counts beside its own report.',
    );
    expect(
      refusalSentence(() => give(gone, 'event', { kind: 'notice-received', on: '2016-03-11', instrument: 'notice' })),
    ).toBe('The instrument "notice" does not count any more: lifted by the department');
    expect(
      refusalSentence(() => give(gone, 'addInstrument', { instrument: notice('2016-03-11'), framework: NOTICE_RULES })),
    ).toBe('The inspection has an instrument "notice" already, or has had one: give this one another short name.');
  });
});

describe('under an instrument that has no report, what counts from nothing in particular counts from what it came by', () => {
  const own = { title: 'Call', act: 'Call.', instrument: 'notice' };
  test.each([
    ['a cycle', { every: { n: 2, unit: 'week' } }, '2016-03-29'],
    ['a period', { due: { n: 2, unit: 'week' } }, '2016-03-29'],
    ['a period from its event', { due: { n: 2, unit: 'week', from: 'notice-received' } }, '2016-03-29'],
    ['a day', { due: '2016-04-01' }, '2016-04-01'],
  ])('%s', (_what, when, due) => {
    const start = withNotice({ commitments: [{ id: 'call', ...own, ...when }] }, '2016-03-11');
    const story = new Story(start, NOTICED);
    const [duty] = Object.keys(dues(story)).filter((id) => id.startsWith('other-reporting/notice--call'));
    const call = story.milestone(duty ?? '');
    expect(call?.due).toBe(due);
    if (!('due' in when) || typeof when.due !== 'string')
      expect(call?.explanation[0]).toBe('The notice was received on Friday 11 March 2016 (Improvement notice).');
    // The inspection's own report has nothing to do with it.
    const corrected = give(story, 'correct', { published: '2016-02-18', reason: 'a slip' });
    expect(corrected.milestone(duty ?? '')?.due).toBe(due);
    if (due === '2016-03-29') {
      const moved = { kind: 'notice-received', on: '2016-03-10', instrument: 'notice', reason: 'a slip' } as const;
      expect(give(corrected, 'correctEvent', moved).milestone(duty ?? '')?.due).toBe('2016-03-24');
    }
  });

  test('an action too; and its report is neither corrected nor issued again, as it has none', () => {
    const due = { n: 2, unit: 'week', instrument: 'notice' };
    const start = withNotice({ actions: [{ id: 'data', title: 'Data', owner: 'team-manager', due }] }, '2016-03-11');
    const story = new Story(start, NOTICED);
    expect(dues(story)['improvement-actions/data']).toBe('2016-03-29 open');
    for (const [name, payload] of [
      ['correct', { received: '2016-03-10', reason: 'x' }],
      ['reissue', { received: '2016-03-10', note: 'x' }],
    ] as const)
      expect(refusalSentence(() => give(story, name, { ...payload, instrument: 'notice' }))).toBe(
        'Improvement notice has no report of its own. What is on file of it: notice-received. Correct that with correct-event.',
      );
  });
});

describe('refused of an instrument', () => {
  const story = () => new Story(startOf({}), START).until(NOTICED);
  test.each([
    ['2016-03-15', 'It can’t be that the notice was received on Tuesday 15 March 2016, in the future'],
    ['2199-12-31', 'in the future'],
  ])('is one that comes on %s', (on, said) => {
    const sentence = refusalSentence(() =>
      give(story(), 'addInstrument', { instrument: notice(on), framework: NOTICE_RULES }),
    );
    expect(sentence.replace("'", '’')).toContain(said);
  });

  test('is one of the same title, which nobody could tell apart, or that is withdrawn already', () => {
    const twin = { instrument: notice('2016-03-10', { id: 'twin' }), framework: NOTICE_RULES };
    expect(refusalSentence(() => give(added(), 'addInstrument', twin))).toBe(
      'The inspection has "Improvement notice" already, as notice. If this is another, give it a title by which people can tell them apart.',
    );
    const gone = { instrument: notice('2016-03-10', { withdrawn: 'x' }), framework: NOTICE_RULES };
    expect(refusalSentence(() => give(story(), 'addInstrument', gone))).toBe(
      'An instrument that is withdrawn already starts nothing: leave it out.',
    );
  });

  test.each([
    ['neither a report nor an event', { events: undefined }, 'when did it come?'],
    [
      'an event twice a day',
      { events: { 'notice-received': [{ on: '2016-03-10' }, { on: '2016-03-10' }] } },
      'one a day',
    ],
    ['a visit that ends first', { fieldwork: { from: '2016-03-10', until: '2016-03-01' } }, 'before it begins'],
    [
      'a report before its visit',
      { fieldwork: { from: '2016-03-01', until: '2016-03-05' }, report: { received: '2016-03-04' } },
      'before the visit ended',
    ],
  ])('is one with %s, in a file and by command', (_what, parts, said) => {
    const bad = { ...notice('2016-03-11'), ...parts };
    expect(JSON.stringify(commands.addInstrument.safeParse({ instrument: bad }).error?.issues)).toContain(said);
    const file = { reference: 'x', title: 'x', framework: 'x', instruments: [bad] };
    expect(JSON.stringify(inspectionSchema.safeParse(file).error?.issues)).toContain(said);
  });

  test('is one whose rules are another’s', () => {
    const other = { ...NOTICE_RULES, pack: { id: 'other', version: 1 } };
    expect(
      refusalSentence(() => give(story(), 'addInstrument', { instrument: notice('2016-03-11'), framework: other })),
    ).toBe('The rules that came with the instrument are not those of its framework.');
    expect(refusalSentence(() => give(story(), 'addInstrument', { instrument: notice('2016-03-11') }))).toBe(
      'The rules that came with the instrument are not those of its framework.',
    );
  });

  test('is the twenty-first', () => {
    const instruments = Array.from({ length: 20 }, (_none, n) =>
      notice('2016-02-19', { id: `n${n}`, title: `Notice ${n}`, framework: undefined }),
    );
    const full = new Story(startOf({ instruments }), START).until(NOTICED);
    expect(
      refusalSentence(() => give(full, 'addInstrument', { instrument: notice('2016-03-11'), framework: NOTICE_RULES })),
    ).toBe('An inspection can have 20 instruments that count, and 50 with those that were withdrawn: it has as many.');
  });

  test.each(['event', 'correctEvent', 'correct', 'reissue', 'withdrawInstrument'] as const)(
    '%s under one that is not there',
    (name) => {
      const payload = {
        ...{ kind: 'notice-received', on: '2016-03-11', received: '2016-03-11', note: 'x', reason: 'x' },
        instrument: 'notise',
      };
      expect(refusalSentence(() => give(added(), name, payload as never))).toBe(
        'There is no instrument "notise" in this inspection; did you mean "notice"? It has: notice.',
      );
    },
  );

  test('its withdrawal, while the plan counts from it', () => {
    const counted = withNotice({
      actions: [
        {
          ...{ id: 'data', title: 'Data', owner: 'team-manager' },
          due: { n: 1, unit: 'month', from: 'notice-received', instrument: 'notice' },
        },
      ],
      commitments: [{ rule: 'board-report', instrument: 'notice' }],
    });
    expect(
      refusalSentence(() =>
        give(new Story(counted, START), 'withdrawInstrument', { instrument: 'notice', reason: 'lifted' }),
      ),
    ).toBe(
      'The plan counts from it: action data, promise board-report. Revise the plan first: give them another date, or withdraw them.',
    );
  });
});

describe('revising the plan', () => {
  const edit = (item: object, what: 'action' | 'promise' | 'recommendation') =>
    ({ edits: [{ kind: 'put', what, item }], reason: 'the notice' }) as unknown as CommandPayload<'revise'>;
  const recommendations: string[] = [];

  test('an action counts from a notice, a promise follows its rule, a recommendation is its own', () => {
    const due = { n: 2, unit: 'month', convention: 'after', from: 'notice-received', instrument: 'notice' };
    const data = { id: 'data', title: 'Data', owner: 'team-manager', due, recommendations };
    expect(dues(give(added(), 'revise', edit(data, 'action')))['improvement-actions/data']).toBe('2016-05-11 open');
    const board = { rule: 'board-report', instrument: 'notice' };
    expect(Object.keys(dues(give(added(), 'revise', edit(board, 'promise'))))).toContain(
      'cabinet-updates/notice--board-report-1',
    );
    const made = { id: 'n1', text: 'Appoint a board.', instrument: 'notice' };
    expect(give(added(), 'revise', edit(made, 'recommendation')).state.facts.inspection.recommendations).toEqual([
      made,
    ]);
  });

  test.each([
    ['action', { id: 'data', title: 'Data', owner: 'team-manager', recommendations }, 'Action data'],
    ['promise', { id: 'data', title: 'Data', act: 'Send data.' }, 'Promise data'],
    ['recommendation', { id: 'data', text: 'Data.' }, 'Recommendation data'],
    ['promise', { rule: 'board-report' }, 'Promise board-report'],
  ] as const)('an unknown instrument of one: %s', (what, item, title) => {
    const due = { n: 2, unit: 'month', convention: 'after', from: 'notice-received', instrument: 'none' };
    const own = what === 'action' || 'act' in item ? { due } : { instrument: 'none' };
    expect(refusalSentence(() => give(added(), 'revise', edit({ ...item, ...own }, what)))).toContain(
      `${title}: there is no instrument "none"`,
    );
  });
});

test('an inspection with instruments is a file that can be started again, the same', () => {
  const story = give(added(), 'submit', { milestone: ANSWER });
  const { facts } = story.state;
  const calendar = keepCalendar(calendarDataOf(story.state));
  const { inspection, differences } = asFile({ facts, calendar }, viewOf(story.state, NOTICED), story.entries, NOTICED);
  expect(differences).toEqual([]);
  expect(inspectionSchema.parse(JSON.parse(JSON.stringify(inspection))).instruments).toEqual([notice('2016-03-11')]);
});
