import { DeterminismViolationError } from '@temporalio/workflow';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundleWorkflows } from '../../worker/workflow-bundle.ts';
import { unpackBundle } from '../support/bundle-file.ts';
import { addressIn, example } from '../support/example.ts';
import { workflowBundle } from '../support/rig.ts';
import { openWorkers, type Workers } from '../support/workers.ts';

const FOLDER = fileURLToPath(new URL('../histories/', import.meta.url));
const releases = readdirSync(FOLDER).filter((name) => name.endsWith('.bundle.js.gz'));
const director = { id: 'x', role: 'executive-director' };
const PLAN = 'plan-submission/written-action-plan';
const SOON = 60;

const fixture = (name: string) =>
  bundleWorkflows(fileURLToPath(new URL(`./fixtures/${name}.ts`, import.meta.url))).then(({ code }) => ({ code }));

/** Nothing was written twice, and nothing lost: the lifecycle's own numbers are all there, once. */
async function isWhole({ register }: Workers, reference: string): Promise<void> {
  const [authority = '', inspection = ''] = reference.split('/');
  const numbers = (await register.history(authority, inspection)).map((each) => each.seq).filter((seq) => seq > 0);
  expect(numbers).toEqual(numbers.map((_seq, index) => index + 1));
}

describe.each(releases)('a lifecycle that %s has begun', (name) => {
  test('goes on under today’s code: queries, updates, timers, mail, continue-as-new; and replays whole', async () => {
    const workers = await openWorkers();
    const { engine, sent } = workers;
    const start = example('middlesbrough-2016');
    const plans = () =>
      sent
        .filter((mail) => mail.recipient.email === addressIn(start, 'executive-director'))
        .flatMap((mail) =>
          mail.notices.filter((each) => each.milestone === PLAN).map((each) => `${mail.day} ${each.kind}`),
        );

    // On the old worker: it is started, tells people, takes an update.
    const stopOld = await workers.work(unpackBundle(`${FOLDER}${name}`));
    const reference = await workers.start(start, '2016-02-19T10:00:00.000Z', { eventsPerRun: 2000 });
    await workers.advanceTo(reference, '2016-06-03T10:00:00.000Z');
    await engine.command(reference, 'acknowledge', { milestone: PLAN, promisedOn: '2016-06-24' }, director);
    const held = {
      milestone: 'member-briefings/member-briefing-5',
      reason: 'a decision is awaited',
      reviewOn: '2016-06-20',
    };
    await engine.command(reference, 'hold', held, director);
    const before = await engine.view(reference);
    expect(plans()).toContain('2016-06-02 stricter');
    const oldMails = sent.length;
    await stopOld();

    // On today's: everything stands as it stood, and goes on.
    await workers.work(workflowBundle());
    const view = await engine.view(reference);
    expect(view.milestones.map(({ id, due, status, owner }) => ({ id, due, status, owner }))).toEqual(
      before.milestones.map(({ id, due, status, owner }) => ({ id, due, status, owner })),
    );
    expect(view.seq).toBe(before.seq);
    await workers.advanceTo(reference, '2016-06-28T10:00:00.000Z');
    expect(plans()).toContain('2016-06-28 reminder');
    expect(sent.length).toBeGreaterThan(oldMails);
    await engine.command(reference, 'release', { milestone: held.milestone }, director);
    await engine.command(reference, 'submit', { milestone: PLAN }, director);
    await workers.advanceTo(reference, '2016-09-01T10:00:00.000Z');
    expect(plans().filter((each) => each.includes('escalation'))).toEqual([]);
    await isWhole(workers, reference);
    await workers.replay(reference, workflowBundle());
  }, 300_000);

  test('hands its state over at continue-as-new', async () => {
    const workers = await openWorkers();
    const stopOld = await workers.work(unpackBundle(`${FOLDER}${name}`));
    const reference = await workers.start(example('middlesbrough-2016'), '2016-02-19T10:00:00.000Z', {
      eventsPerRun: SOON,
    });
    await workers.advanceTo(reference, '2016-05-03T10:00:00.000Z');
    const byOld = (await workers.histories(reference)).length;
    expect(byOld).toBeGreaterThan(1);
    await stopOld();
    await workers.work(workflowBundle());
    await workers.advanceTo(reference, '2016-09-01T10:00:00.000Z');
    expect((await workers.histories(reference)).length).toBeGreaterThan(byOld);
    await workers.engine.command(reference, 'submit', { milestone: PLAN }, director);
    await isWhole(workers, reference);
    await workers.replay(reference, workflowBundle());
  }, 300_000);
});

describe('a change of what the lifecycle does', () => {
  let guarded: { code: string };
  let careless: { code: string };
  beforeAll(async () => {
    [guarded, careless] = [await fixture('patched-workflow'), await fixture('changed-workflow')];
  });

  test('guarded by patched(): what runs goes on the old way, what is new and what continues as new takes the new one', async () => {
    const workers = await openWorkers();
    const stopToday = await workers.work(workflowBundle());
    const old = await workers.start(example('middlesbrough-2016'), '2016-02-19T10:00:00.000Z', { eventsPerRun: 90 });
    await workers.advanceTo(old, '2016-03-03T10:00:00.000Z');
    expect(await workers.histories(old)).toHaveLength(1);
    await stopToday();

    await workers.work(guarded);
    const fresh = await workers.start(example('middlesbrough-2016'), '2016-02-19T10:00:00.000Z');
    await workers.advanceTo(fresh, '2016-03-03T10:00:00.000Z');
    await workers.engine.command(old, 'acknowledge', { milestone: PLAN, promisedOn: '2016-06-24' }, director);
    await workers.advanceTo(old, '2016-09-01T10:00:00.000Z');
    const runs = (await workers.histories(old)).map(restsFirst);
    expect(runs.length).toBeGreaterThan(1);
    expect(runs).toEqual([false, ...runs.slice(1).map(() => true)]);
    expect((await workers.histories(fresh)).map(restsFirst)).toEqual([true]);
    await workers.replay(old, guarded);
    await workers.replay(fresh, guarded);
    // The same change without the guard: the old run does not replay. And the old code can't go on with what the new began.
    await expect(workers.replay(old, careless)).rejects.toThrow(DeterminismViolationError);
    await expect(workers.replay(fresh, workflowBundle())).rejects.toThrow(DeterminismViolationError);
  }, 300_000);
});

/** Does a run begin with the rest that the change brings? */
function restsFirst({ events }: Awaited<ReturnType<Workers['histories']>>[number]): boolean {
  const started = events?.find((each) => each.timerStartedEventAttributes ?? each.activityTaskScheduledEventAttributes);
  return Boolean(started?.timerStartedEventAttributes);
}
