import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { addDays } from '../../domain/calendar/civil-date.ts';
import { ownExamples } from '../support/own-examples.ts';

const FIRST = 'middlesbrough/2016';
const SECOND = 'middlesbrough/2018';
const AS = ['--as', 'executive-director'];

const { folder, run } = ownExamples('middlesbrough-2016.yaml');
const today = new Date().toISOString().slice(0, 10);
const file = (name: string, content: unknown): string => {
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, stringify(content));
  return path;
};

interface Json {
  milestones: { id: string; title: string; due: string; explanation: string[] }[];
  instruments: { id: string; events: unknown[]; withdrawn?: string }[];
}
const shown = async (): Promise<Json> => JSON.parse((await run('show', FIRST, '--json')).out) as Json;

/** The second inspection: what its file says of the first’s action. */
const second = (recommendations: unknown[]) => {
  const text = readFileSync(join(folder, 'middlesbrough-2016.yaml'), 'utf8');
  const { authority, framework, fieldwork, report } = parse(text) as Record<string, unknown>;
  return { ...{ authority, framework, fieldwork, report }, reference: '2018', title: 'Re-inspection', recommendations };
};

test('a notice comes to an inspection that runs, with an event, its correction, and its withdrawal', async () => {
  const came = addDays(today, -3);
  const warning = {
    ...{ id: 'warning', title: 'Warning notice', issuedBy: 'Care Quality Commission', framework: 'cqc' },
    events: { 'notice-received': [{ on: came }] },
  };
  const DUTY = 'plan-submission/warning--warning-notice-representations';
  const looked = await run('add-instrument', FIRST, file('warning', warning), '--dry-run', ...AS);
  expect(looked.out).toMatch(
    /From Warning notice follow:\n.*Representations about the warning notice \(Warning notice\)/,
  );
  expect(looked.out).toContain(`${DUTY}\nNothing has been changed.`);
  expect((await shown()).instruments).toEqual([]);
  const added = await run('add-instrument', FIRST, file('warning', warning), '--yes', ...AS);
  expect(added.err).toContain('From Warning notice follow:');
  expect(added.out).toBe(`Done: Warning notice is added to ${FIRST}.\n`);
  const none = { ...warning, id: 'other', title: 'Other', framework: 'hmicfrs-2017' };
  expect((await run('add-instrument', FIRST, file('other', none), '--dry-run', ...AS)).out).toContain(
    'No duty of hmicfrs-2017 follows from Other: its rules count from other events.',
  );
  const duty = (await shown()).milestones.find(({ id }) => id === DUTY);
  expect(duty?.title).toBe('Representations about the warning notice (Warning notice)');
  expect(duty?.explanation).toContain('It follows from Warning notice, which was issued by Care Quality Commission.');
  expect((await run('show', FIRST)).out).toMatch(
    /Warning notice, issued by Care Quality Commission, under cqc {2}warning\n.*the notice was received {2}notice-received 1/,
  );
  expect((await run('show', FIRST, DUTY)).out).toContain('It follows from Warning notice');

  const corrected = await run(
    ...['correct-event', FIRST, 'notice-received', '--on', addDays(came, -1), '--instrument', 'warning'],
    ...['--reason', 'the stamp', ...AS],
  );
  expect([corrected.code, corrected.err]).toEqual([0, '']);
  const moved = (await shown()).milestones.find(({ id }) => id === DUTY);
  expect((moved?.due ?? '') <= (duty?.due ?? '')).toBe(true);
  const again = await run('event', FIRST, 'notice-received', '--on', today, '--instrument', 'warning', ...AS);
  expect(again.code).toBe(0);
  expect((await shown()).milestones.map(({ id }) => id)).toContain(`${DUTY}-event-2`);

  const withdrawn = await run('withdraw-instrument', FIRST, 'warning', '--reason', 'It was lifted.', ...AS);
  expect([withdrawn.code, withdrawn.err]).toEqual([0, '']);
  const after = await shown();
  expect(after.instruments).toMatchObject([{ id: 'warning', withdrawn: 'It was lifted.' }]);
  const history = await run('history', FIRST);
  expect(history.out).toContain('It was lifted.');
  const twice = await run('add-instrument', FIRST, file('warning', warning), '--yes', ...AS);
  expect([twice.code, twice.err]).toEqual([1, expect.stringContaining('has an instrument "warning" already')]);
}, 300_000);

test.each([
  ['no framework of this name', { framework: 'cqx' }, /There is no rule pack "cqx"; did you mean "cqc"\?/],
  ['a key that there is not', { isuedBy: 'x' }, /isuedBy/],
  ['hidden characters', { title: 'Notice\u202e' }, /every character can be seen/],
  ['a date to come', { events: { 'notice-received': [{ on: addDays(today, 2) }] } }, /in the future/],
])('a file with %s is refused, with where and why', async (_what, parts, said) => {
  const path = file('bad', {
    ...{ id: 'bad', title: 'Bad', issuedBy: 'CQC', framework: 'cqc', events: { 'notice-received': [{ on: today }] } },
    ...parts,
  });
  const { code, err } = await run('add-instrument', FIRST, path, '--yes', ...AS);
  expect(code).not.toBe(0);
  expect(err).toMatch(said);
  expect((await shown()).instruments.map(({ id }) => id)).not.toContain('bad');
});

test('an action of one inspection answers a recommendation of another: kept once, shown in both', async () => {
  const actions = (JSON.parse((await run('plan', 'show', FIRST, '--json')).out) as { actions: { id: string }[] })
    .actions;
  const [action = '', other = ''] = actions.map(({ id }) => id);
  const started = await run(
    ...[
      'start',
      file('second', second([{ id: 'r1', text: 'Supervise.', answeredIn: [{ inspection: '2016', action }] }])),
    ],
    '--yes',
  );
  expect([started.code, started.err.includes('Error')]).toEqual([0, false]);
  const plan = await run('plan', 'show', SECOND);
  expect(plan.out).toContain('Actions kept in other inspections');
  expect(plan.out).toContain(`2016/${action}`);
  const json = JSON.parse((await run('plan', 'show', SECOND, '--json')).out) as {
    shared: { name: string; title: string; recommendations: string[]; status: string }[];
    coverage: { recommendation: string; actions: string[] }[];
  };
  expect(json.shared).toMatchObject([{ name: `2016/${action}`, recommendations: ['r1'] }]);
  expect(json.coverage).toMatchObject([{ recommendation: 'r1', actions: [`2016/${action}`] }]);
  // Its own inspection says who counts on it.
  expect((await run('plan', 'show', FIRST)).out).toContain(`${action} also answers a recommendation of ${SECOND}`);
  // It is one duty, there.
  expect((await run('show', SECOND, '--json')).out).not.toContain(`improvement-actions/${action}`);

  const proposed = (answeredIn: object[]) =>
    file('proposed', { recommendations: [{ id: 'r1', text: 'Supervise.', answeredIn }] });
  const wrong = await run('plan', 'diff', SECOND, proposed([{ inspection: '2016', action: 'nothing' }]));
  expect([wrong.code, wrong.out]).toEqual([
    1,
    expect.stringContaining('Recommendation r1: the register has no action "nothing" of middlesbrough/2016'),
  ]);
  const revised = await run(
    ...['plan', 'revise', SECOND, proposed([{ inspection: '2016', action: other }]), '--reason', 'the board', '--yes'],
    ...AS,
  );
  expect([revised.code, revised.err]).toEqual([0, expect.stringContaining(`action "${other}"`)]);
  expect((await run('plan', 'show', FIRST)).out).toContain(`${other} also answers a recommendation of ${SECOND}`);

  const nowhere = second([{ id: 'r1', text: 'x', answeredIn: [{ inspection: '1999', action: 'zz' }] }]);
  const refused = await run('start', file('nowhere', { ...nowhere, reference: '2019' }), '--yes');
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('that the register does not have: 1999/zz')]);
  for (const [home, why] of [
    ['1999', 'there is no such inspection'],
    ['2016', 'is closed: name another one'],
  ])
    expect(
      (await run('close', FIRST, '--reason', 'done', '--home', `rest=inspection ${home ?? ''}`, ...AS)).err,
    ).toMatch(new RegExp(`${why ?? ''}|can't be closed while these are open`));

  // Who would take it out of the plan is told.
  const whole = parse((await run('plan', 'show', FIRST, '--as', 'yaml')).out) as { actions: { id: string }[] };
  const without = file('without', { ...whole, actions: whole.actions.filter(({ id }) => id !== other) });
  expect((await run('plan', 'diff', FIRST, without)).out).toContain(
    `The action ${other} also answers a recommendation of ${SECOND}: revise that plan as well.`,
  );
}, 300_000);
