import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashOf, GENESIS } from '../../register/chain.ts';
import type { LifecycleView } from '../../domain/lifecycle/view.ts';
import { cli, runCli } from '../support/cli.ts';
import { ownPlace } from '../support/place.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));
const REF = 'middlesbrough/2016';

const folder = mkdtempSync(join(tmpdir(), 'duecourse-export-'));
const ends: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const end of ends) await end();
  rmSync(folder, { recursive: true, force: true });
});

/** What is kept last is ended first. */
const place = async (): Promise<Record<string, string>> => ({
  ...(await ownPlace(folder, (end) => ends.unshift(end))),
  DUECOURSE_AS: 'executive-director',
});

let here: Record<string, string> = {};
const out = join(folder, 'out');

async function done(args: string[], variables: Record<string, string>): Promise<string> {
  const result = await cli(args, variables);
  expect([args, result.code, result.err]).toEqual([args, 0, expect.any(String)]);
  return result.out;
}

/** What was said to a hold until a Saturday. */
let held = '';

beforeAll(async () => {
  here = await place();
  const source = join(folder, 'source');
  // The made-up example of every key is another story.
  cpSync(EXAMPLES, source, { recursive: true, filter: (path) => basename(path) !== 'every-key' });
  await done(['import', source, '--as', 'democratic-services'], here);
  // What people do to it afterwards: each of these has to come along.
  const admin = ['--as', 'democratic-services'];
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  await done(['submit', REF, 'written-action-plan'], here);
  await done(['extend', REF, 'care-plan-audit', '--to', day(60), '--reason', 'the auditor left'], here);
  const saturday = day(30 + ((13 - new Date(Date.now() + 30 * 86_400_000).getUTCDay()) % 7));
  held = await done(['hold', REF, 'participation', '--reason', 'a review is awaited', '--review', saturday], here);
  // Of the rounds missed since 2016 one is to stand for all; the one still to come is there before that and after it.
  const { milestones } = await shown(here);
  const next = milestones.find((each) => each.strand === 'member-briefings' && each.due > day(0));
  await done(['reassign', REF, next?.id ?? '', '--to', 'head-of-early-help'], here);
  await done(
    [
      'decide',
      REF,
      'agree-plan',
      '--title',
      'Agree the plan',
      '--taken',
      day(-3),
      '--published',
      day(-2),
      '--body',
      'executive',
      ...admin,
    ],
    here,
  );
  await done(['correct', REF, '--received', '2016-02-22', '--reason', 'it came on the Monday', ...admin], here);
}, 300_000);

test('a date on a day off is taken, and remarked on', () => {
  expect(held).toMatch(/Look at the date: Saturday .* is no working day \(.*The working days around it are/);
});

const shown = async (variables: Record<string, string>): Promise<LifecycleView> =>
  JSON.parse(await done(['show', REF, '--json'], variables)) as LifecycleView;

/** What has to be the same: of everything that is still to be done, what, when, by whom, how it stands. */
const pending = (view: LifecycleView) =>
  view.milestones
    .filter((each) => each.status === 'open' || each.status === 'held')
    .map(({ id, title, due, dueAt, owner, status, hold }) => ({
      ...{ id, title, due, dueAt, owner, status },
      reviewOn: hold?.reviewOn ?? null,
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));

describe('export', () => {
  test('a round trip: exported, imported elsewhere, the same milestones with the same dates', async () => {
    const result = JSON.parse(await done(['export', '--all', '--to', out, '--json'], here)) as {
      what: string;
      outcome: string;
      differences: string[];
    }[];
    expect(result.map((each) => each.outcome)).toEqual(result.map(() => 'written'));
    expect(result.find((each) => each.what === REF)?.differences).toEqual([]);

    const there = await place();
    const report = JSON.parse(await done(['import', out, '--as', 'democratic-services', '--json'], there)) as {
      counts: object;
    };
    expect(report.counts).toMatchObject({ started: 5, failed: 0, 'no-inspection': 5 });
    const [before, after] = [await shown(here), await shown(there)];
    expect(pending(after)).toEqual(pending(before));
    expect(pending(after).filter((each) => each.status === 'held')).toHaveLength(1);
    expect(after.decisions.map((each) => each.id)).toEqual(before.decisions.map((each) => each.id));
    const plan = Object.entries({ ...after.ended }).find(([id]) => id === 'plan-submission/written-action-plan');
    expect(plan?.[1].status ?? after.milestones.find((each) => each.id.endsWith('/written-action-plan'))?.status).toBe(
      'submitted',
    );
    // And once more from there: nothing is lost at each turn.
    const again = join(folder, 'again');
    await done(['export', REF, '--to', again], there);
    const file = (dir: string) =>
      readFileSync(join(dir, REF, 'inspection.yaml'), 'utf8')
        .split('\n')
        .slice(1)
        .join('\n');
    expect(file(again)).toBe(file(out));
  }, 300_000);

  test('the manifest names each file with its hash; the chain can be checked elsewhere, and shows what was altered', async () => {
    const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as {
      counts: object;
      inspections: { name: string; sha256: string }[];
      chains: { name: string; sha256: string; entries: number }[];
    };
    expect(manifest.counts).toEqual({ inspections: 5, chains: 3 });
    const sha = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
    for (const each of [...manifest.inspections, ...manifest.chains])
      expect(sha(join(out, each.name))).toBe(each.sha256);
    const own = JSON.parse(readFileSync(join(out, REF, 'manifest.json'), 'utf8')) as {
      counts: Record<string, number>;
      files: { name: string; sha256: string; bytes: number }[];
    };
    expect(own.files.map((each) => each.name).sort()).toEqual(
      readdirSync(join(out, REF))
        .filter((name) => name !== 'manifest.json')
        .sort(),
    );
    for (const each of own.files) expect(sha(join(out, REF, each.name))).toBe(each.sha256);
    const history = readFileSync(join(out, REF, 'history.jsonl'), 'utf8')
      .trim()
      .split('\n');
    expect(history).toHaveLength(own.counts['entries'] ?? 0);
    expect(readFileSync(join(out, REF, 'mails.csv'), 'utf8')).not.toContain('@middlesbrough.example.org');

    const chain = readFileSync(join(out, 'middlesbrough', 'chain.jsonl'), 'utf8')
      .trim()
      .split('\n');
    expect(holds(chain)).toBe(true);
    expect(holds(chain.map((line) => line.replace('submitted', 'completed')))).toBe(false);
    expect(holds(chain.slice(1))).toBe(false);
  });

  test('what is there is kept, unless --force is given; what is no export is left alone', async () => {
    const dir = join(folder, 'kept');
    await done(['export', REF, '--to', dir], here);
    const manifest = join(dir, REF, 'manifest.json');
    const first = readFileSync(manifest, 'utf8');
    const kept = await done(['export', REF, '--to', dir], here);
    expect(kept).toContain('1 kept as they were');
    expect(readFileSync(manifest, 'utf8')).toBe(first);
    await done(['export', REF, '--to', dir, '--force'], here);
    expect(readFileSync(manifest, 'utf8')).not.toBe(first);
    expect(readdirSync(join(dir, 'middlesbrough'))).toEqual(['2016']);

    mkdirSync(join(dir, 'middlesbrough', '2011'));
    writeFileSync(join(dir, 'middlesbrough', '2011', 'mine.txt'), 'mine');
    const refused = await cli(['export', 'middlesbrough/2011', '--to', dir, '--force'], here);
    expect([refused.code, refused.out]).toEqual([1, expect.stringContaining('is there, and is no export')]);
    expect(existsSync(join(dir, 'middlesbrough', '2011', 'mine.txt'))).toBe(true);
  });

  test('killed in the middle, it leaves whole folders only, and goes on', async () => {
    const dir = join(folder, 'killed');
    const running = runCli(['export', '--all', '--to', dir], here);
    await running.says('1 of 8');
    running.process.kill('SIGKILL');
    await running.ended;
    for (const authority of readdirSync(dir).filter((name) => !name.startsWith('.') && !name.endsWith('.json')))
      for (const each of readdirSync(join(dir, authority)).filter(
        (name) => !name.startsWith('.') && !name.includes('.'),
      ))
        expect(existsSync(join(dir, authority, each, 'manifest.json'))).toBe(true);
    expect(await done(['export', '--all', '--to', dir], here)).toMatch(
      /In all: (\d written, )?\d kept as they were, in/,
    );
    const manifest = JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')) as { counts: object };
    expect(manifest.counts).toEqual({ inspections: 5, chains: 3 });
  });

  test('one that has ended is exported, and is not opened again by an import', async () => {
    const ref = 'stockton-on-tees/2010';
    const admin = 'democratic-services';
    const view = JSON.parse(await done(['show', ref, '--json'], here)) as LifecycleView;
    for (const each of view.milestones.filter((one) => one.status === 'open'))
      await cli(['complete', ref, each.id, '--as', admin], here);
    for (const each of view.milestones.filter((one) => one.strand === 'call-in-window'))
      await cli(['waive', ref, each.id, '--reason', 'long ago', '--as', admin], here);
    await done(
      ['close', ref, '--reason', 'all is done', '--home', 'rest=dropped no longer needed', '--as', admin],
      here,
    );
    const dir = join(folder, 'ended');
    await done(['export', ref, '--to', dir], here);
    expect(readdirSync(join(dir, ref))).toContain('inspection.yaml.ended');
    const report = JSON.parse((await cli(['import', dir, '--dry-run', '--json'], here)).out) as { counts: object };
    expect(report.counts).toMatchObject({ good: 0, failed: 0, 'no-inspection': 1 });
  }, 300_000);

  test('what makes no sense is said', async () => {
    expect((await cli(['export', '--to', out], here)).code).toBe(2);
    expect((await cli(['export', REF, '--all', '--to', out], here)).code).toBe(2);
    const unknown = await cli(['export', 'middlesbrough/1066', '--to', out], here);
    expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('has nothing about "middlesbrough/1066"')]);
  });
});

/** As somebody checks it who has the file alone. */
function holds(lines: string[]): boolean {
  let previous = GENESIS;
  return lines.every((line, index) => {
    const link = JSON.parse(line) as Parameters<typeof hashOf>[1] & { previousHash: string; hash: string };
    const good = link.number === index + 1 && link.previousHash === previous && hashOf(previous, link) === link.hash;
    previous = link.hash;
    return good;
  });
}
