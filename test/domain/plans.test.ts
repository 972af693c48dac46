import fc from 'fast-check';
import { htmlValidator } from '../support/html-validator.ts';
import { describe, expect, test } from 'vitest';
import { renderDocument } from '../../client/web/render.ts';
import { documentAsMarkdown } from '../../domain/documents/as-markdown.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { Story } from '../../domain/preview/story.ts';
import { preview } from '../../domain/preview/preview.ts';
import { coverage, coverageGaps } from '../../domain/progress/coverage.ts';
import { progress, RAG_RULE } from '../../domain/progress/progress.ts';
import { DOCUMENT_FORMATS } from '../../client/cli/document-formats.ts';
import { mapTable, namesOf } from '../../domain/closed-table.ts';
import { leftInWords, type ProgressReport, progressReport, REPORT_SECTIONS } from '../../domain/progress/report.ts';
import { reportDocument } from '../../domain/progress/report-document.ts';
import { wordText } from '../support/word.ts';
import type { CommandPayload } from '../../domain/commands/commands.ts';
import { calendar, startOf } from '../support/facts.ts';
import { runs } from '../support/runs.ts';

const START = '2016-02-22T10:00:00.000Z';
const administrator = { id: 'x', role: 'democratic-services' };
const manager = { id: 'x', role: 'assistant-director' };

const recommendations = ['r1', 'r2', 'r3', 'r4'].map((id) => ({ id, text: `Recommendation ${id}` }));
const themes = [
  { id: 'practice', title: 'Practice', officer: 'head-of-service', recommendations: ['r1', 'r2'] },
  { id: 'leadership', title: 'Leadership', officer: 'director', recommendations: ['r2', 'r3'] },
];
const action = (id: string, theme: string, due: string, named: string[] = []) => ({
  id,
  title: `Action ${id}`,
  theme,
  due,
  recommendations: named,
});
const actions = [
  action('a1', 'practice', '2016-04-29'),
  action('a2', 'practice', '2016-05-27'),
  action('a3', 'practice', '2016-07-29', ['r1']),
  action('b1', 'leadership', '2016-05-31', ['r3']),
  action('b2', 'leadership', '2016-09-30', ['r3']),
];
const story = (parts: Record<string, unknown> = {}) =>
  new Story(startOf({ recommendations, themes, actions, ...parts }), START);

describe('coverage', () => {
  test('an action that names no recommendation answers those of its theme; one that does, those it names', () => {
    const { inspection } = story().state.facts;
    expect(
      coverage(inspection).map(({ recommendation, themes: under, actions: by }) => [recommendation, under, by]),
    ).toEqual([
      ['r1', ['practice'], ['a1', 'a2', 'a3']],
      ['r2', ['practice', 'leadership'], ['a1', 'a2']],
      ['r3', ['leadership'], ['b1', 'b2']],
      ['r4', [], []],
    ]);
  });

  test('what is under no theme, and what no action answers, is said each by itself, and in the preview', () => {
    const { facts } = story().state;
    expect(coverageGaps(facts.inspection)).toEqual([
      'No theme covers recommendation 4.',
      'No action covers recommendation 4.',
    ]);
    expect(preview(facts, calendar, { today: '2016-02-22' }).warnings).toEqual(
      expect.arrayContaining(['No theme covers recommendation 4.', 'No action covers recommendation 4.']),
    );
    expect(coverageGaps({ recommendations, themes, actions: [] })).toEqual([
      'No theme covers recommendation 4.',
      'No action covers recommendations 1, 2, 3, 4.',
    ]);
  });
});

describe('the rating of a theme', () => {
  const rated = (told: Story) =>
    Object.fromEntries(progress(viewOf(told.state, told.now)).map((each) => [each.theme, each]));

  test('says beside it what is not late yet and is expected to be, and that it is not rated by that', () => {
    const told = story();
    const expected = { milestone: 'improvement-actions/a1', rating: 'amber', forecast: '2016-05-20' };
    told.command({ name: 'progress', payload: expected }, manager);
    const theme = rated(told)['practice'];
    expect(theme).toMatchObject({ rag: 'green', open: 3, slipping: 1 });
    expect(theme === undefined ? '' : leftInWords(theme)).toBe('3 not late yet, 1 expected after its date');
    expect(RAG_RULE).toMatch(/^A theme is rated by the dates that have passed, not by what anybody says or expects/);
  });

  test('is green while nothing is late, red once a third of what is to be done is overdue, complete at the end', () => {
    const told = story();
    expect(rated(told)['practice']).toMatchObject({
      rag: 'green',
      done: 0,
      open: 3,
      overdue: 0,
      nextDue: '2016-04-29',
    });
    told.until('2016-05-03T12:00:00.000Z');
    // One of three to be done is overdue: a third.
    expect(rated(told)['practice']).toMatchObject({ rag: 'red', overdue: 1, open: 2 });
    for (const id of ['a1', 'a2'])
      told.command({ name: 'complete', payload: { milestone: `improvement-actions/${id}` } }, manager);
    expect(rated(told)['practice']).toMatchObject({ rag: 'green', done: 2, open: 1 });
    told.command(
      { name: 'waive', payload: { milestone: 'improvement-actions/a3', reason: 'no longer needed' } },
      manager,
    );
    expect(rated(told)['practice']).toMatchObject({ rag: 'complete', done: 2, gone: 1, nextDue: null });
  });

  test('is amber where fewer than a third are overdue, or one is on hold', () => {
    const many = Array.from({ length: 8 }, (_, index) =>
      action(`c${index}`, 'practice', index === 0 ? '2016-04-29' : '2016-09-30'),
    );
    const told = story({ actions: many }).until('2016-05-03T12:00:00.000Z');
    expect(rated(told)['practice']).toMatchObject({ rag: 'amber', overdue: 1, open: 7 });
    told.until('2016-05-17T12:00:00.000Z');
    // More than ten working days after 29 April (2 May is a bank holiday: the eleventh is Monday 16 May).
    expect(rated(told)['practice']?.rag).toBe('red');
    const held = story();
    held.command(
      { name: 'hold', payload: { milestone: 'improvement-actions/b2', reason: 'x', reviewOn: '2016-06-30' } },
      manager,
    );
    expect(rated(held)['leadership']).toMatchObject({ rag: 'amber', held: 1, open: 1 });
  });

  test('counts add up to the theme’s actions, whatever has happened to them', () => {
    const what = fc.constantFrom('complete', 'hold', 'waive', 'nothing');
    fc.assert(
      fc.property(
        fc.array(what, { minLength: 5, maxLength: 5 }),
        fc.integer({ min: 0, max: 200 }),
        (happened, days) => {
          const told = story();
          happened.forEach((each, index) => {
            const milestone = `improvement-actions/${actions[index]?.id ?? ''}`;
            if (each === 'complete') told.command({ name: 'complete', payload: { milestone } }, manager);
            if (each === 'hold')
              told.command({ name: 'hold', payload: { milestone, reason: 'x', reviewOn: '2017-06-30' } }, manager);
            if (each === 'waive') told.command({ name: 'waive', payload: { milestone, reason: 'x' } }, manager);
          });
          told.until(new Date(Date.parse(START) + days * 86_400_000).toISOString());
          for (const each of Object.values(rated(told)))
            expect(each.done + each.open + each.overdue + each.held + each.waiting + each.gone).toBe(
              each.theme === 'practice' ? 3 : 2,
            );
        },
      ),
      runs(15),
    );
  });
});

describe('a version of a plan', () => {
  const plan = (payload: Partial<CommandPayload<'recordPlan'>>) =>
    ({ name: 'recordPlan', payload: { plan: 'improvement-plan', version: 1, stage: 'draft', ...payload } }) as const;

  test('goes from draft to submitted, and the register has each stage', () => {
    const told = story().until('2016-05-20T12:00:00.000Z');
    for (const [stage, on] of [
      ['draft', '2016-03-14'],
      ['commented', '2016-04-04'],
      ['agreed', '2016-05-10'],
      ['scrutinised', '2016-05-17'],
      ['submitted', '2016-05-20'],
    ] as const)
      told.command(plan({ stage, on }), administrator);
    expect(told.entries.filter((entry) => entry.kind === 'plan-recorded').map((entry) => entry.text)).toEqual([
      'Improvement plan, version 1: drafted on Monday 14 March 2016.',
      'Improvement plan, version 1: commented on by the lead inspector on Monday 4 April 2016.',
      'Improvement plan, version 1: agreed by the executive on Tuesday 10 May 2016.',
      'Improvement plan, version 1: scrutinised on Tuesday 17 May 2016.',
      'Improvement plan, version 1: submitted on Friday 20 May 2016.',
    ]);
  });

  const stages = (...names: CommandPayload<'recordPlan'>['stage'][]) =>
    names.map((stage) => plan({ stage, ...(stage === 'draft' ? {} : { note: 'by letter' }) }));

  test('is accepted, or sent back: then the next version is, and nothing that was passed over', () => {
    const told = story();
    for (const each of stages('draft', 'submitted', 'returned')) told.command(each, administrator);
    told
      .command(plan({ version: 2, stage: 'submitted', note: 'by letter' }), administrator)
      .command(plan({ version: 2, stage: 'accepted' }), administrator);
    expect(told.entries.filter((entry) => entry.kind === 'plan-recorded').at(-1)?.text).toBe(
      'Improvement plan, version 2: accepted by the inspectorate on Monday 22 February 2016.',
    );
  });

  test('the Immediate Assurance Plan has versions of its own, beside it', () => {
    const told = story()
      .command(plan({}), administrator)
      .command(plan({ plan: 'immediate-assurance', appendices: [{ title: 'Appendix D' }] }), administrator);
    expect(told.state.facts.inspection.plans?.map((each) => [each.plan, each.version])).toEqual([
      ['improvement-plan', 1],
      ['immediate-assurance', 1],
    ]);
  });

  test.each([
    ['a stage twice', [plan({})], plan({}), /can't go back to "draft"/],
    [
      'a stage passed over in silence',
      [plan({})],
      plan({ stage: 'agreed' }),
      /has not been commented on by the lead inspector; say in a note/,
    ],
    [
      'a version before the newest',
      [plan({}), plan({ version: 2 })],
      plan({ stage: 'commented' }),
      /at version 2 already/,
    ],
    ['a version that leaves one out', [plan({})], plan({ version: 3 }), /the next is 2, not 3/],
    [
      'accepted after it was sent back',
      stages('draft', 'submitted', 'returned'),
      plan({ stage: 'accepted' }),
      /was sent back by the inspectorate: what is accepted by the inspectorate after that is the next version/,
    ],
    ['the future', [], plan({ on: '2016-02-23' }), /in the future/],
    [
      'before its last stage',
      [plan({ on: '2016-02-20' })],
      plan({ stage: 'commented', on: '2016-02-19' }),
      /before it was drafted/,
    ],
  ])('%s is refused', (_what, before, command, message) => {
    const told = story();
    for (const each of before) told.command(each, administrator);
    expect(() => told.command(command, administrator)).toThrow(message);
  });

  test('a stage may be passed over with a note', () => {
    const told = story()
      .command(plan({}), administrator)
      .command(plan({ stage: 'agreed', note: 'The inspector had no comments.' }), administrator);
    expect(told.entries.at(-1)?.text).toContain('The inspector had no comments.');
  });
});

describe('training for members', () => {
  const unknown = { name: 'recordAttendance' as const, payload: { session: 'none', invited: ['x'], attended: [] } };
  const training = [
    { id: 'safeguarding', title: 'Safeguarding for members', on: '2016-04-12', owner: 'head-of-service' },
  ];
  const attendance = (attended: string[], invited = ['ward 1 A', 'ward 1 B', 'ward 2 A']) =>
    ({ name: 'recordAttendance', payload: { session: 'safeguarding', invited, attended } }) as const;

  test('members are invited ten working days before, and attendance is recorded the working day after', () => {
    const told = story({ training });
    const due = (kind: string) => told.milestones[`other-reporting/training-safeguarding-${kind}`]?.due;
    // Back from Tuesday 12 April over Easter (25 and 28 March): Tuesday 29 March is the tenth.
    expect([due('invitation'), due('attendance')]).toEqual(['2016-03-29', '2016-04-13']);
  });

  test('the record has the numbers, and no label', () => {
    const told = story({ training })
      .until('2016-04-13T12:00:00.000Z')
      .command(attendance(['ward 1 B', 'ward 2 A']), administrator);
    const entry = told.entries.find((each) => each.kind === 'attendance-recorded');
    expect(entry).toMatchObject({
      text: 'Safeguarding for members: 2 of 3 members came.',
      row: { status: 'completed' },
    });
    expect(JSON.stringify(told.entries)).not.toContain('ward');
    expect(told.state.facts.inspection.training?.[0]?.attendance?.attended).toEqual(['ward 1 B', 'ward 2 A']);
  });

  test.each([
    ['before the session', '2016-04-11T12:00:00.000Z', attendance([]), /in the future/],
    [
      'of somebody not invited',
      '2016-04-13T12:00:00.000Z',
      attendance(['ward 9']),
      /1 of those who came is not among the invited/,
    ],
    ['of no session', '2016-04-13T12:00:00.000Z', unknown, /has no training session "none"/],
  ])('attendance %s is refused', (_what, at, command, message) => {
    const told = story({ training }).until(at);
    expect(() => told.command(command, administrator)).toThrow(message);
  });
});

describe('the quarterly update', () => {
  const nasty = '<script>alert(1)</script> | **bold**';
  function report() {
    const told = story({
      actions: [...actions, action('n1', 'leadership', '2016-06-30')],
      themes: [themes[0], { ...themes[1], title: nasty }],
    }).until('2016-05-20T12:00:00.000Z');
    told.command({ name: 'complete', payload: { milestone: 'improvement-actions/a2' } }, manager);
    told.command(
      { name: 'extend', payload: { milestone: 'improvement-actions/b1', to: '2016-06-15', reason: 'illness' } },
      manager,
    );
    const roles = new Map(told.state.facts.authority.roles.map((role) => [role.id, role.title]));
    return progressReport(viewOf(told.state, told.now), told.entries, calendar, {
      since: '2016-04-01',
      roleTitle: (role) => roles.get(role) ?? role,
    });
  }

  test('has every number right', () => {
    const made = report();
    expect(made.standing).toEqual([
      '1 of 6 actions of the plan is done.',
      '1 duty is overdue.',
      '1 action is due later than first planned; it is in no theme that has an end.',
    ]);
    expect(made.slipped).toEqual([
      {
        title: 'Action b1',
        first: 'Tue 31 May 2016',
        due: 'Wed 15 June 2016',
        grants: [
          'To Wednesday 15 June 2016, granted by Assistant Director on Friday 20 May 2016, because it was extended: illness.',
        ],
        slippage: 'later',
        stands: 'Later than first planned',
      },
    ]);
    expect(made.themes.map(({ officer, rag, done, left, next }) => [officer, rag, done, left, next])).toEqual([
      // a1 was due on 29 April, more than ten working days ago.
      ['Head of Service', 'Red', '1 of 3', '1 overdue, 1 not late', 'Fri 29 July 2016'],
      ['Director of Children’s Services', 'Green', '0 of 3', '3 not late', 'Wed 15 June 2016'],
    ]);
    expect(made.met).toEqual(['Action a2: completed by Assistant Director.']);
    expect(made.missed).toEqual(['Action a1: not met by Friday 29 April 2016.']);
    expect(made.moved).toEqual([
      'Action b1: extended by Assistant Director from Tuesday 31 May 2016 to Wednesday 15 June 2016: illness.',
    ]);
    expect(made.coming.map((each) => each.due)).toEqual([
      'Wed 15 June 2016',
      'Thu 30 June 2016',
      'Thu 30 June 2016',
      'Fri 29 July 2016',
    ]);
    expect(made.coverage.slice(0, -2)).toEqual([
      'Recommendation 1: Recommendation r1. Answered by the actions “Action a1”, “Action a2”, “Action a3”.',
      'Recommendation 2: Recommendation r2. Answered by the actions “Action a1”, “Action a2”, “Action n1”.',
      'Recommendation 3: Recommendation r3. Answered by the actions “Action b1”, “Action b2”, “Action n1”.',
      'Recommendation 4: Recommendation r4. No action answers it yet.',
    ]);
    expect(made.coverage.slice(-2)).toEqual([
      'No theme covers recommendation 4.',
      'No action covers recommendation 4.',
    ]);
  });

  test('what was decided does not vanish: waived duties with their reasons, reassignments, holds, and a total that is explained', () => {
    const told = story({ actions, themes }).until('2016-05-20T12:00:00.000Z');
    const waived = { milestone: 'improvement-actions/a2', reason: 'the panel was abolished.' };
    told.command({ name: 'waive', payload: waived }, administrator);
    told.command(
      { name: 'reassign', payload: { milestone: 'improvement-actions/b1', to: 'team-manager', reason: 'new post' } },
      manager,
    );
    told.command(
      { name: 'hold', payload: { milestone: 'improvement-actions/b2', reason: 'a review', reviewOn: '2016-06-30' } },
      manager,
    );
    const view = viewOf(told.state, told.now);
    const made = (since: string) => progressReport(view, told.entries, calendar, { since, roleTitle: (role) => role });
    const all = made('2016-04-01');
    expect(all.standing).toEqual([
      `0 of ${actions.length} actions of the plan are done.`,
      expect.stringMatching(
        /^1 is no longer to be done: Action a2: no longer applies, recorded by [^:]+: the panel was abolished\.$/,
      ),
      '1 duty is overdue.',
    ]);
    expect(all.themes[0]?.left).toBe('1 overdue, 1 not late, 1 no longer to be done');
    expect(all.noLonger).toHaveLength(1);
    expect(all.passedOn).toEqual([expect.stringMatching(/^Action b1: passed by .* to Team Manager: new post\.$/)]);
    expect(all.onHold).toEqual([expect.stringMatching(/^Action b2: put on hold by .*: a review\.$/)]);
    const markdown = documentAsMarkdown(reportDocument(all));
    for (const said of [...all.noLonger, ...all.passedOn, ...all.onHold]) expect(markdown).toContain(said);
    for (const said of [...all.noLonger, ...all.passedOn]) expect(renderDocument(reportDocument(all))).toContain(said);
    // What happened before is not told again, but the total still is.
    const later = made('2016-05-20');
    expect(made('2016-05-20').standing).toEqual(all.standing);
    expect(later.missed).toEqual([]);
    expect(() => made('2016-05-21')).toThrow(/Saturday 21 May 2016 is still to come/);
  });

  test.each(namesOf(DOCUMENT_FORMATS))(
    'as %s: every section under its heading, and what is said where nothing happened',
    async (format) => {
      const written = async (made: ProgressReport): Promise<string> => {
        const file = await DOCUMENT_FORMATS[format].write(reportDocument(made), null);
        return typeof file === 'string' ? file : wordText(file);
      };
      const empty = { ...report(), ...mapTable(REPORT_SECTIONS, () => []) };
      const full = { ...report(), ...mapTable(REPORT_SECTIONS, (_section, name) => [`happened to be ${name}`]) };
      for (const name of namesOf(REPORT_SECTIONS)) {
        const { heading, otherwise } = REPORT_SECTIONS[name];
        const [text, without] = [await written(full), await written(empty)];
        expect(text.slice(text.indexOf(heading))).toContain(`happened to be ${name}`);
        if (otherwise === null) expect(without).not.toContain(heading);
        else expect(without.slice(without.indexOf(heading))).toContain(otherwise);
      }
    },
  );

  test('in Markdown: text from people is text, and the table has as many cells in each row', () => {
    const markdown = documentAsMarkdown(reportDocument(report()));
    expect(markdown).toContain('\\<script\\>alert(1)\\</script\\> \\| \\*\\*bold\\*\\*');
    const rows = markdown.split('\n').filter((line) => line.startsWith('| '));
    for (const row of rows) expect([4, 6, 7, 8]).toContain(row.replaceAll('\\|', '').split('|').length - 1);
    expect(markdown).toContain('Red: an action is more than 14 days overdue');
  });

  test('as a page: valid, accessible, and it runs nothing', async () => {
    const html = renderDocument(reportDocument(report()));
    expect(html).not.toContain('<script>');
    expect(html).toContain('>Red</td>');
    const validator = htmlValidator({ extends: ['html-validate:recommended', 'html-validate:a11y'] });
    const checked = await validator.validateString(html);
    expect(
      checked.results.flatMap((result) =>
        result.messages.map((each) => `${each.line} ${each.ruleId}: ${each.message}`),
      ),
    ).toEqual([]);
  });
});
