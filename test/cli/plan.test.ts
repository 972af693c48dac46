import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { addDays } from '../../domain/calendar/civil-date.ts';
import { ownExamples } from '../support/own-examples.ts';

const REF = 'middlesbrough/2016';
const AS = ['--as', 'executive-director'];

const { folder, run } = ownExamples('middlesbrough-2016.yaml');
const today = new Date().toISOString().slice(0, 10);

interface Action {
  id: string;
  title: string;
  due: unknown;
  owner?: string;
  [key: string]: unknown;
}
interface Plan {
  actions: Action[];
  [key: string]: unknown;
}

/** The plan as it runs, as a file, changed and written to a file of its own. */
async function edited(name: string, change: (plan: Plan) => void): Promise<string> {
  const { out } = await run('plan', 'show', REF, '--as', 'yaml');
  const plan = parse(out) as Plan;
  change(plan);
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, stringify(plan));
  return path;
}

const added = (id: string, due: string): Action => ({
  id,
  title: `New ${id}`,
  due,
  theme: 'so-1',
  recommendations: ['i'],
});

describe('a plan that lives', () => {
  test('what is shown as a file is the plan: given back, it changes nothing', async () => {
    const { out } = await run('plan', 'show', REF, '--as', 'yaml');
    expect(out.split('\n')[0]).toContain('the plan at revision 1');
    const file = join(folder, 'same.yaml');
    writeFileSync(file, out);
    expect((await run('plan', 'diff', REF, file)).out).toBe(
      'That is the plan as it runs already; nothing would change.\n',
    );
    // So does the file it was started from, of which no more than the plan is looked at.
    const whole = join(folder, 'middlesbrough-2016.yaml');
    expect(JSON.parse((await run('plan', 'diff', REF, whole, '--json')).out)).toEqual({
      changes: [],
      moves: [],
      told: [],
    });
  });

  test('shown, asked about, carried out; then shown by revision, and compared', async () => {
    const later = addDays(today, 90);
    const file = await edited('first', (plan) => {
      plan.actions = plan.actions.filter(({ id }) => id !== 'chronologies');
      plan.actions.push(added('stocktake', later));
      const moved = plan.actions.find(({ id }) => id === 'care-plan-audit');
      if (moved !== undefined) moved.due = later;
    });
    const diff = JSON.parse((await run('plan', 'diff', REF, file, '--json')).out) as {
      changes: { kind: string; what: string; id: string; field?: string }[];
      moves: { milestone: string; to: string }[];
      told: { role: string; about: string }[];
    };
    expect(diff.changes.map(({ kind, id, field }) => [kind, id, field])).toEqual([
      ['change', 'care-plan-audit', 'due'],
      ['add', 'stocktake', undefined],
      ['withdraw', 'chronologies', undefined],
    ]);
    expect(diff.moves).toMatchObject([{ milestone: 'improvement-actions/care-plan-audit', to: later }]);
    expect(diff.told.map(({ about }) => about.split(':')[0])).toHaveLength(3);

    const asked = await run('plan', 'revise', REF, file, '--reason', 'the board of today', ...AS);
    expect([asked.code, asked.err]).toEqual([1, expect.stringContaining('say the same with --yes')]);
    expect((await run('plan', 'history', REF)).out.trim().split('\n')).toHaveLength(1);

    const done = await run(
      'plan',
      'revise',
      REF,
      file,
      '--reason',
      'the board of today',
      '--minute',
      'Minute 12',
      '--yes',
      ...AS,
    );
    expect([done.code, done.out]).toEqual([0, expect.stringContaining('the plan is at revision 2')]);
    expect(done.err).toContain('- Action chronologies withdrawn');
    const history = (await run('plan', 'history', REF)).out;
    expect(history).toContain('Revision 2,');
    expect(history).toContain('the board of today (Minute 12)');

    const shown = await run('plan', REF);
    expect(shown.out).toContain('the plan at revision 2');
    expect(shown.out).toMatch(/Withdrawn[^]*Action chronologies/);
    const before = await run('plan', 'show', REF, '--revision', '1', '--json');
    const ids = (JSON.parse(before.out) as { actions: { id: string }[] }).actions.map(({ id }) => id);
    expect([ids.includes('chronologies'), ids.includes('stocktake')]).toEqual([true, false]);
    const past = await run('plan', 'diff', REF, '--from', '1', '--to', '2');
    expect(past.out).toMatch(/\+ Action stocktake added[^]*- Action chronologies withdrawn/);
    expect((await run('plan', 'diff', REF, '--from', '1', '--to', '1')).out).toContain('The plan was the same');
    expect((await run('plan', 'show', REF, '--revision', '9')).err).toContain('There is no revision 9');
    expect((await run('show', REF, 'care-plan-audit')).out).toContain('Moved from');
  });

  test('what is wrong is said line by line, and nothing is done', async () => {
    const file = await edited('wrong', (plan) => {
      plan.actions.push({ ...added('chronologies', addDays(today, 30)), owner: 'nobody' }, added('late', '2016-05-02'));
    });
    for (const args of [
      ['plan', 'diff', REF, file],
      ['plan', 'revise', REF, file, '--reason', 'x', '--yes', ...AS],
    ]) {
      const { code, out, err } = await run(...args);
      expect(code).toBe(1);
      expect(out + err).toContain('Action chronologies: this name was used before');
      expect(out + err).toContain('Action chronologies: Middlesbrough Council has no role "nobody"');
      expect(out + err).toContain('Action late: it would be due on Monday 2 May 2016, which has passed');
    }
    const broken = join(folder, 'broken.yaml');
    writeFileSync(broken, 'actions:\n  - { id: a, titel: x, due: 2030-01-01 }\n');
    expect((await run('plan', 'diff', REF, broken)).err).toMatch(/broken\.yaml:2:.*titel/);
    writeFileSync(broken, 'title: no plan\n');
    expect((await run('plan', 'diff', REF, broken)).err).toContain('title');
    expect((await run('plan', 'diff', REF)).code).toBe(2);
  });

  test('a file made before somebody else revised is not carried out, and says what it would change back', async () => {
    const old = join(folder, 'old.yaml');
    writeFileSync(old, (await run('plan', 'show', REF, '--revision', '1', '--as', 'yaml')).out);
    const diff = await run('plan', 'diff', REF, old);
    expect(diff.err).toMatch(/The file was made from revision 1, and the plan is at 2[^]*\+ Action stocktake added/);
    const revise = await run('plan', 'revise', REF, old, '--reason', 'x', '--yes', ...AS);
    expect([revise.code, revise.err]).toEqual([1, expect.stringContaining('you saw 1')]);
    const other = join(folder, 'stockton-on-tees-2010.yaml');
    expect((await run('plan', 'diff', REF, other)).err).toContain('expected the file of middlesbrough/2016');
  });

  test('two at once: one of them is carried out, the other sees what it did', async () => {
    const files = await Promise.all(
      ['one', 'two'].map((name) => edited(name, ({ actions }) => actions.push(added(name, addDays(today, 60))))),
    );
    const results = await Promise.all(
      files.map((file) => run('plan', 'revise', REF, file, '--reason', 'mine', '--expect', '2', '--yes', ...AS)),
    );
    expect(results.map(({ code }) => code).toSorted((a, b) => a - b)).toEqual([0, 1]);
    const lost = results.find(({ code }) => code === 1);
    expect(lost?.err).toMatch(/Revision 3,[^]*\+ Action (one|two) added[^]*Nothing was changed/);
    expect(readFileSync(files[0] ?? '', 'utf8')).toContain('actions');
  });
});
