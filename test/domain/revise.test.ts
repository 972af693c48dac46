import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CommandPayload } from '../../domain/commands/commands.ts';
import { Story } from '../../domain/preview/story.ts';
import { changesOf, type PlanChange, undone } from '../../domain/revisions/changes.ts';
import { changeInWords, valueInWords } from '../../domain/revisions/change-words.ts';
import { consequencesOf } from '../../domain/revisions/consequences.ts';
import { type Edit, editsBetween, revised } from '../../domain/revisions/edits.ts';
import type { PlanPart } from '../../domain/revisions/plan-items.ts';
import { inspection as inspectionSchema } from '../../domain/schemas/inspection.ts';
import { startOf } from '../support/facts.ts';
import { refusalIn } from '../support/refusals.ts';

const NOW = '2016-02-22T10:00:00.000Z';
const MANAGER = { id: 'x', role: 'director' };
const reason = 'the board said so';

const action = (id: string, parts: object = {}) => ({
  ...{ id, title: `Action ${id}`, owner: 'team-manager', due: '2016-06-30', recommendations: ['i'] },
  ...parts,
});
const start = () =>
  startOf({
    recommendations: [
      { id: 'i', text: 'Review assessments.' },
      { id: 'ii', text: 'Supervise.' },
    ],
    themes: [{ id: 'so-1', title: 'Practice', officer: 'head-of-service', recommendations: ['ii'] }],
    actions: [action('a1'), action('a2', { theme: 'so-1', owner: undefined }), action('a3', { due: '2016-09-30' })],
    commitments: [{ rule: 'cabinet-update' }],
  });
const story = () => new Story(start(), NOW);
const planOf = ({ state }: Story) => state.facts.inspection;
const revise = (told: Story, edits: Edit[], more: Partial<CommandPayload<'revise'>> = {}, by = MANAGER) =>
  told.command({ name: 'revise', payload: { edits, reason, ...more } }, by);
const refused = (edits: Edit[], more: Partial<CommandPayload<'revise'>> = {}, role = 'director') =>
  refusalIn(() => revise(story(), edits, more, { id: 'x', role }));
const put = (what: 'action', item: object) => ({ kind: 'put', what, item: inspectionAction(item) }) as Edit;
const inspectionAction = (item: object) => inspectionSchema.shape.actions.unwrap().parse([item])[0];
const withdraw = (what: 'action' | 'theme' | 'recommendation', id: string): Edit => ({ kind: 'withdraw', what, id });
const DUTY = 'improvement-actions/a1';
const MEASURE = {
  ...{ id: 'visits', title: 'Visits in time', unit: '%', direction: 'up' as const, source: 'Case system' },
  ...{ target: { value: 95, by: '2016-12-31' }, themes: [], actions: ['a1'], recommendations: [], values: [] },
};

describe('a plan is revised', () => {
  test('added, changed, withdrawn at once: dates follow, each owner is told once, all of it is on record', () => {
    const told = story().until('2016-03-01T12:00:00.000Z');
    const before = told.mails.length;
    revise(
      told,
      [
        put('action', action('a1', { due: '2016-07-29', title: 'Action one' })),
        put('action', action('a4', { owner: 'head-of-service' })),
        withdraw('action', 'a3'),
      ],
      { minute: 'Board of 1 March 2016, minute 12' },
    );
    expect(told.state.facts.revision).toBe(2);
    expect(told.milestone(DUTY)).toMatchObject({ title: 'Action one', due: '2016-07-29', dueVersion: 2 });
    expect(told.milestone('improvement-actions/a4')).toMatchObject({ status: 'open', owner: 'head-of-service' });
    expect(told.milestone('improvement-actions/a3')).toMatchObject({ status: 'lapsed' });
    expect(planOf(told).withdrawn).toEqual([
      { what: 'action', id: 'a3', title: 'Action a3', on: '2016-03-01', reason },
    ]);
    const entry = told.entries.find(({ kind }) => kind === 'plan-revised');
    expect(entry?.text).toBe(
      'Plan revised by Director of Children’s Services (revision 2): Action "Action one", title: "Action one", was "Action a1", Action "Action one", due: Friday 29 July 2016, was Thursday 30 June 2016, Action "Action a4" added, Action "Action a3" withdrawn. the board said so (Board of 1 March 2016, minute 12)',
    );
    expect(entry?.data).toMatchObject({ revision: 2, reason, minute: 'Board of 1 March 2016, minute 12' });

    told.until('2016-03-04T12:00:00.000Z');
    const after = told.mails.slice(before);
    expect(after.map(({ recipient: { roles } }) => roles.map(({ id }) => id))).toEqual([
      ['head-of-service'],
      ['team-manager'],
    ]);
    expect(
      after
        .flatMap(({ notices }) => notices)
        .map(({ milestone, kind }) => `${milestone} ${kind}`)
        .toSorted((a, b) => (a < b ? -1 : 1)),
    ).toEqual(['improvement-actions/a1 moved', 'improvement-actions/a3 withdrawn', 'improvement-actions/a4 planned']);
    expect(told.state.ended['improvement-actions/a3']).toMatchObject({ status: 'lapsed', title: 'Action a3' });
  });

  test('the date before stays in the explanation, the new one is explained by the plan itself', () => {
    const told = revise(story(), [put('action', action('a1', { due: '2016-07-29' }))]);
    const sentences = told.milestone(DUTY)?.explanation ?? [];
    expect(sentences[0]).toBe(
      'Moved from Thursday 30 June 2016 to Friday 29 July 2016, because the plan was revised (revision 2: the board said so).',
    );
    expect(sentences.join(' ')).not.toContain('How the date before it was worked out');
    expect(told.milestone(DUTY)?.moves).toHaveLength(1);
  });

  test('a date that was extended gives way to the one that the board sets; the ladder begins anew', () => {
    const told = story().command({ name: 'extend', payload: { milestone: DUTY, to: '2016-08-31', reason } }, MANAGER);
    revise(told, [put('action', action('a1', { due: '2016-07-29' }))]);
    expect(told.milestone(DUTY)).toMatchObject({ due: '2016-07-29', dueVersion: 3 });
    expect(told.milestone(DUTY)?.moves.map(({ from, to }) => [from, to])).toEqual([
      ['2016-06-30', '2016-08-31'],
      ['2016-08-31', '2016-07-29'],
    ]);
  });

  test('the new owner and the former one are told, by whatever the owner changed', () => {
    const cases: [Edit, string, string, string][] = [
      [put('action', action('a1', { owner: 'head-of-service' })), 'a1', 'team-manager', 'head-of-service'],
      [
        {
          kind: 'put',
          what: 'theme',
          item: { id: 'so-1', title: 'Practice', officer: 'team-manager', recommendations: ['ii'] },
        },
        'a2',
        'head-of-service',
        'team-manager',
      ],
    ];
    for (const [edit, id, from, to] of cases) {
      const told = revise(story(), [edit]);
      const duty = told.milestone(`improvement-actions/${id}`);
      expect(duty?.owner).toBe(to);
      expect(duty?.announcements.map(({ kind, to: whom }) => [kind, whom])).toEqual(
        expect.arrayContaining([
          ['reassigned', to],
          ['withdrawn', from],
        ]),
      );
    }
  });

  test('whoever had it by hand gives way to the owner that the plan names', () => {
    const told = story().command({ name: 'reassign', payload: { milestone: DUTY, to: 'director' } }, MANAGER);
    expect(told.milestone(DUTY)?.owner).toBe('director');
    revise(told, [put('action', action('a1', { owner: 'head-of-service' }))]);
    expect(told.milestone(DUTY)?.owner).toBe('head-of-service');
    expect(told.milestone(DUTY)).not.toHaveProperty('passedTo');
    revise(told, [put('action', action('a1', { owner: 'head-of-service', title: 'Again' }))]);
    expect(told.milestone(DUTY)?.owner).toBe('head-of-service');
  });

  test('who is put beside the owner, and who no longer is, is told so; the former owner has nothing more to do', () => {
    const told = revise(story(), [put('action', action('a1', { with: ['head-of-service'] }))]);
    const saidTo = () =>
      told
        .milestone(DUTY)
        ?.announcements.flatMap(({ kind, to, text }) => (kind === 'started' ? [] : [[kind, to, text]]));
    expect(saidTo()).toEqual([
      ['reassigned', 'head-of-service', expect.stringContaining('You are beside Team Manager from now on')],
    ]);
    revise(told, [put('action', action('a1'))]);
    expect(saidTo()).toEqual([
      ['withdrawn', 'head-of-service', expect.stringContaining('You are no longer beside Team Manager')],
    ]);
  });

  test('what others have set is changed only where they have agreed', () => {
    const notice = { setBy: 'the notice of 1 February 2016' };
    const set = () => revise(story(), [put('action', action('a1', notice))]);
    for (const edit of [
      put('action', action('a1')),
      put('action', action('a1', { ...notice, due: '2016-12-30' })),
      withdraw('action', 'a1'),
    ]) {
      expect(refusalIn(() => revise(set(), [edit]))?.message).toContain(
        "Action a1: the notice of 1 February 2016 set it: the council can't change it alone. Say who has agreed.",
      );
    }
    const agreed = revise(set(), [withdraw('action', 'a1')], { agreedBy: 'the Department' });
    expect(agreed.entries.findLast(({ kind }) => kind === 'plan-revised')?.data).toMatchObject({
      agreedBy: 'the Department',
    });
    expect(revise(set(), [put('action', action('a1', { ...notice, title: 'Other' }))]).milestone(DUTY)?.title).toBe(
      'Other',
    );
  });

  test('what was taken out of the plan is not opened again, before its mail has gone and after', () => {
    const told = revise(story(), [withdraw('action', 'a1')]);
    const again = () => told.command({ name: 'reopen', payload: { milestone: DUTY, reason } }, MANAGER);
    for (const at of ['2016-02-22T11:00:00.000Z', '2016-03-02T11:00:00.000Z']) {
      told.until(at);
      expect(refusalIn(again)?.message).toContain('no longer follows from what is on file');
    }
  });

  test('a cycle that is changed by its own command is a revision too: who had not seen it is refused', () => {
    const told = story();
    told.command(
      { name: 'changeCycle', payload: { promise: 'cabinet-update', what: 'ended', from: '2016-12-01', reason } },
      MANAGER,
    );
    expect(told.state.facts.revision).toBe(2);
    expect(refusalIn(() => revise(told, [withdraw('action', 'a1')], { expect: 1 }))?.code).toBe('wrong-revision');
  });

  test('split and merged: what was withdrawn says what has taken its place', () => {
    const told = revise(story(), [
      put('action', action('a1a', { replaces: ['a1'] })),
      put('action', action('a1b', { replaces: ['a1', 'a3'] })),
      withdraw('action', 'a1'),
      withdraw('action', 'a3'),
    ]);
    expect(planOf(told).withdrawn?.map(({ id, replacedBy }) => [id, replacedBy])).toEqual([
      ['a1', ['a1a', 'a1b']],
      ['a3', ['a1b']],
    ]);
  });

  test('a measure is added, changed and withdrawn; its values are no part of that', () => {
    const told = revise(story(), [{ kind: 'put', what: 'measure', item: MEASURE }]);
    told.command({ name: 'recordMeasure', payload: { measure: 'visits', value: 60 } }, MANAGER);
    expect(planOf(told).measures).toMatchObject([{ id: 'visits', values: [] }]);
    const { measures } = planOf(told);
    expect(editsBetween(planOf(told), { measures })).toEqual([]);
    revise(told, [{ kind: 'put', what: 'measure', item: { ...MEASURE, target: { value: 90, by: '2016-12-31' } } }]);
    expect(planOf(told).measures?.[0]?.target.value).toBe(90);
    revise(told, [{ kind: 'withdraw', what: 'measure', id: 'visits' }]);
    expect([planOf(told).measures, planOf(told).withdrawn?.map(({ what }) => what)]).toEqual([[], ['measure']]);
  });

  test.each(['2016-02-22T10:00:00.000Z', '2016-02-26T12:00:00.000Z'])(
    'whoever has a form of an action open that is taken out of the plan is told so where they press (%s)',
    (when) => {
      const split = put('action', action('a1b', { replaces: ['a1'] }));
      const told = revise(story(), [withdraw('action', 'a1'), split]).until(when);
      for (const [name, payload] of Object.entries({
        complete: {},
        progress: { rating: 'green' },
        acknowledge: { promisedOn: '2016-06-01' },
      }))
        expect(
          refusalIn(() =>
            told.command({ name, payload: { milestone: DUTY, ...payload } } as never, {
              id: 'y',
              role: 'team-manager',
            }),
          )?.message,
        ).toBe(
          `"Action a1" was taken out of the plan on Monday 22 February 2016 (${reason}): nobody has to do it any more. In its place: "Action a1b".`,
        );
    },
  );

  test('an action that is done stays done, whatever is said of it', () => {
    const told = story().command({ name: 'complete', payload: { milestone: DUTY } }, MANAGER);
    told.until('2016-03-01T12:00:00.000Z');
    expect(refusalIn(() => revise(told, [withdraw('action', 'a1')]))?.message).toContain(
      'Action a1: it is done: what has been done stays in the plan.',
    );
    revise(told, [put('action', action('a1', { title: 'Done, and called otherwise' }))]);
    expect(told.state.ended[DUTY]).toMatchObject({ status: 'completed' });
    expect(
      told
        .until('2016-03-04T12:00:00.000Z')
        .mails.flatMap(({ notices }) => notices)
        .some(({ milestone, kind }) => milestone === DUTY && kind !== 'started'),
    ).toBe(false);
  });

  test('what it would do is shown beforehand, by the same function', () => {
    const told = story().until('2016-03-01T12:00:00.000Z');
    const payload = { edits: [put('action', action('a1', { due: '2016-07-29' })), withdraw('action', 'a3')], reason };
    const shown = consequencesOf(told.state, payload, { actor: MANAGER, now: told.now });
    expect(shown.moves).toEqual([{ milestone: DUTY, title: 'Action a1', from: '2016-06-30', to: '2016-07-29' }]);
    expect(shown.told.map(({ role, about }) => [role, about.split(':')[0]])).toEqual([
      ['team-manager', 'Action a1'],
      ['team-manager', 'Action a3'],
    ]);
    expect(told.state.facts.revision).toBeUndefined();
  });

  test('that nobody has to accept an action any more is shown, whatever took that away', () => {
    const themes = [
      { id: 't1', title: 'One', officer: 'team-manager', acceptedBy: { role: 'head-of-service' } },
      { id: 't2', title: 'Two', officer: 'team-manager' },
    ];
    const actions = [{ id: 'a1', title: 'Action a1', theme: 't1', due: '2016-06-30' }];
    const told = new Story(startOf({ themes, actions }), NOW);
    const moved = { id: 'a1', title: 'Action a1', theme: 't2', due: '2016-06-30', recommendations: [] };
    const payload = { edits: [put('action', moved)], reason };
    const given = { actor: MANAGER, now: told.now };
    expect(consequencesOf(told.state, payload, given).accepted).toEqual([
      { milestone: DUTY, title: 'Action a1', from: 'Head of Service', to: null },
    ]);
    expect(
      consequencesOf(
        told.state,
        { ...payload, edits: [put('action', { ...moved, theme: 't1', due: '2016-07-01' })] },
        given,
      ).accepted,
    ).toEqual([]);
  });
});

describe('a revision is refused whole', () => {
  test.each<[string, Edit[], string]>([
    [
      'with an unknown role',
      [put('action', action('a4', { owner: 'directer' }))],
      'Action a4: Anyborough Council has no role "directer"; did you mean "director"?.',
    ],
    [
      'without an owner',
      [put('action', action('a4', { owner: undefined }))],
      'Action a4: it needs an owner, or a theme whose officer owns it.',
    ],
    [
      'with values of a measure',
      [{ kind: 'put', what: 'measure', item: { ...MEASURE, values: [{ on: '2016-02-19', value: 1 }] } }],
      'Measure visits: values are no part of the plan: give them with record-measure.',
    ],
    [
      'with a measure of nothing',
      [{ kind: 'put', what: 'measure', item: { ...MEASURE, actions: ['a9'] } }],
      'Measure visits: it names the action "a9", which is not in the plan.',
    ],
    [
      'in the past',
      [put('action', action('a4', { due: '2016-02-19' }))],
      'Action a4: it would be due on Friday 19 February 2016, which has passed.',
    ],
    [
      'of nothing',
      [withdraw('action', 'a9')],
      'Action a9: there is none of this name in the plan; did you mean "a1"?.',
    ],
    ['twice of one', [withdraw('action', 'a1'), withdraw('action', 'a1')], 'Action a1: it is in this revision twice.'],
    [
      'with a theme gone',
      [withdraw('theme', 'so-1')],
      'Action a2: it belongs to the theme "so-1", which is not in the plan.',
    ],
    [
      'with a recommendation gone',
      [withdraw('recommendation', 'i')],
      'Action a1: it answers the recommendation "i", which is not in the plan.',
    ],
    [
      'in place of what stays',
      [put('action', action('a4', { replaces: ['a1'] }))],
      'Action a4: it takes the place of "a1", which is not withdrawn in this revision.',
    ],
    [
      'in place of nothing',
      [put('action', action('a4', { replaces: ['a9'] }))],
      'Action a4: it takes the place of "a9", which is not in the plan.',
    ],
    [
      'of an unknown rule',
      [{ kind: 'put', what: 'promise', item: { rule: 'cabinet-updates' } }],
      'Promise cabinet-updates: there is no rule "cabinet-updates"; did you mean "cabinet-update"?.',
    ],
    [
      'that leaves a recommendation unanswered',
      [
        put('action', action('a1', { recommendations: [] })),
        put('action', action('a2', { theme: 'so-1', owner: undefined, recommendations: [] })),
        put('action', action('a3', { recommendations: [], due: '2016-09-30' })),
      ],
      'Recommendation i: no theme and no action would answer it any more.',
    ],
  ])('%s', (_name, edits, sentence) => {
    const refusal = refused(edits);
    expect([refusal?.code, refusal?.message]).toEqual(['wrong-plan', expect.stringContaining(sentence)]);
  });

  test('with a name that was used before, for ever', () => {
    const told = revise(story(), [withdraw('action', 'a3')]);
    expect(refusalIn(() => revise(told, [put('action', action('a3'))]))?.message).toContain(
      'Action a3: this name was used before, for "Action a3", withdrawn on Monday 22 February 2016: choose another.',
    );
  });

  test('where nothing changes, by who may not, and where somebody else was quicker', () => {
    expect(refused([put('action', action('a1'))])?.message).toBe(
      'That is the plan as it runs already; nothing changes.',
    );
    expect(refused([withdraw('action', 'a1')], {}, 'team-manager')).toMatchObject({ code: 'not-permitted' });
    const told = revise(story(), [withdraw('action', 'a1')], { expect: 1 });
    expect(refusalIn(() => revise(told, [withdraw('action', 'a3')], { expect: 1 }))).toMatchObject({
      code: 'wrong-revision',
      message:
        'Somebody else has revised the plan since you saw it: it is at revision 2, and you saw 1. Nothing was changed.',
    });
    expect(refusalIn(() => revise(story(), [withdraw('action', 'a3')], { expect: 2 }))?.code).toBe('wrong-revision');
  });
});

describe('the difference of two plans', () => {
  const item = fc.record(
    {
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      title: fc.constantFrom('One', 'Two'),
      owner: fc.constantFrom('director', 'team-manager'),
      due: fc.constantFrom('2016-05-02', '2016-06-01'),
      recommendations: fc.subarray(['i', 'ii']),
      measure: fc.constantFrom('Share', 'Count'),
    },
    { requiredKeys: ['id', 'title', 'due', 'recommendations'] },
  );
  const plan: fc.Arbitrary<PlanPart> = fc.record({
    recommendations: fc.constant([]),
    themes: fc.constant([]),
    actions: fc.uniqueArray(item, { selector: ({ id }) => id }),
    owners: fc.dictionary(fc.constantFrom('plan-submission', 'other-reporting'), fc.constantFrom('director', 'clerk')),
    commitments: fc.constant([]),
  });
  const sorted = ({ actions, owners }: PlanPart) => [actions.toSorted((a, b) => (a.id < b.id ? -1 : 1)), owners];

  test('makes the one of the other, and is taken back by what is on record', () => {
    fc.assert(
      fc.property(plan, plan, (before, after) => {
        const edits = editsBetween(before, after);
        const made = revised(before, edits, { on: '2016-02-22', reason });
        expect(sorted(made)).toEqual(sorted(after));
        expect(editsBetween(made, after)).toEqual([]);
        expect(sorted(undone(made, JSON.parse(JSON.stringify(changesOf(before, edits))) as PlanChange[]))).toEqual(
          sorted(before),
        );
      }),
    );
  });

  test('leaves alone what the proposal leaves out', () => {
    const { actions, themes } = planOf(story());
    expect(editsBetween(planOf(story()), { themes })).toEqual([]);
    expect(editsBetween(planOf(story()), { actions: actions.slice(1) })).toEqual([withdraw('action', 'a1')]);
  });

  test.each([
    [undefined, 'nothing'],
    [[], 'nothing'],
    [true, 'yes'],
    [7, '7'],
    ['2016-05-02', 'Monday 2 May 2016'],
    ['text', '"text"'],
    [['i', 'ii'], 'i, ii'],
    [{ n: 1, unit: 'month', convention: 'after', from: 'report-received' }, '1 month from report received'],
    [{ n: 3, unit: 'working-day', convention: 'after' }, '3 working days'],
    [{ title: 'Written update', act: 'Send it.' }, 'title "Written update", act "Send it."'],
  ])('%j is said as %s', (value, words) => expect(valueInWords(value)).toBe(words));

  test('a field of an item that had none says so', () =>
    expect(changeInWords({ kind: 'change', what: 'action', id: 'a', title: 'A', field: 'measure', to: 'Share' })).toBe(
      'Action a, measure: "Share", was nothing',
    ));

  test.each([
    ['action', 'owner', 'Action a, owner: "director", was as its theme says'],
    ['promise', 'title', 'Promise a, title: "director", was as its rule says'],
  ] as const)('where it comes from elsewhere what an %s’s %s was is said', (what, field, words) =>
    expect(changeInWords({ kind: 'change', what, id: 'a', title: 'A', field, to: 'director' })).toBe(words),
  );
});
