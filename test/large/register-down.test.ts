import { expect, inject, test } from 'vitest';
import { workflowId } from '../../client/engine.ts';
import { openRegister } from '../../register/register.ts';
import { rows } from '../register/support.ts';
import { breakableWay } from '../support/breakable-way.ts';
import { largeStart } from '../support/large.ts';
import { workflowBundle } from '../support/rig.ts';
import { openWorkers } from '../support/workers.ts';
import { partsOf } from '../../domain/inspection-ref.ts';

const START = '2016-02-22T10:00:00.000Z';
const director = { id: 'x', role: 'director' };
const complete = (n: number) => ({ milestone: `improvement-actions/a${n}` });

/** Large enough to be kept in the register, and small enough for a test. */
const start = () => largeStart({ actions: 900, roles: 20, characters: 300 });

test('a large inspection whose register can’t be reached waits for it, and goes on where it was', async () => {
  const way = await breakableWay(inject('databaseUrl'));
  const rig = await openWorkers(openRegister({ url: way.url }));
  const stopFirst = await rig.work(workflowBundle());
  const id = await rig.start(start(), START);
  const { authority, reference } = partsOf(id);
  const { seq } = await rig.engine.view(id);
  expect(await rig.register.reached(authority, reference, seq, 60_000)).toBe(true);
  await rig.engine.command(id, 'complete', complete(1), director);
  await expect
    .poll(() => rows(inject('databaseUrl'), 'SELECT 1 FROM large_payload WHERE reference = $1', [reference]))
    .not.toEqual([]);

  // The next worker remembers nothing of it, and can't fetch what it began with.
  await stopFirst();
  way.cut();
  await rig.work(workflowBundle());
  const ask = () =>
    rig.engine.command(id, 'complete', complete(2), director, { updateId: 'asked-once' }).then(
      ({ milestone }) => milestone?.status,
      (error: unknown) => String(error),
    );
  const asked = ask();
  const failures = async () =>
    ((await rig.histories(id)).at(-1)?.events ?? []).filter((event) => event.workflowTaskFailedEventAttributes);
  await expect.poll(failures, { timeout: 30_000 }).not.toEqual([]);
  expect((await rig.client.workflow.getHandle(workflowId(id)).describe()).status.name).toBe('RUNNING');

  way.mend();
  await asked;
  await expect.poll(ask, { timeout: 90_000, interval: 2000 }).toBe('completed');
  const view = await rig.engine.view(id);
  expect(view.milestones.filter(({ status }) => status === 'completed').length + Object.keys(view.ended).length).toBe(
    2,
  );
}, 300_000);

test('a start that can’t be kept is answered as what it is: nothing has begun', async () => {
  const way = await breakableWay(inject('databaseUrl'));
  const rig = await openWorkers(openRegister({ url: way.url }));
  way.cut();
  await expect(rig.start(start(), START)).rejects.toMatchObject({ name: 'RegisterUnreachable' });
}, 300_000);

test('what was altered in the register is not gone on with', async () => {
  const rig = await openWorkers();
  const id = await rig.start(start(), START);
  const { reference } = partsOf(id);
  // Another inspection's payload under this one's name.
  await rows(inject('databaseUrl'), `UPDATE large_payload SET content = $2 WHERE reference = $1`, [
    reference,
    Buffer.from('1f8b0800000000000003030000000000000000', 'hex'),
  ]);
  await rig.work(workflowBundle());
  const failures = async () =>
    ((await rig.histories(id)).at(-1)?.events ?? []).flatMap(
      ({ workflowTaskFailedEventAttributes: failed }) => failed ?? [],
    );
  await expect.poll(failures, { timeout: 30_000 }).not.toEqual([]);
  expect((await rig.client.workflow.getHandle(workflowId(id)).describe()).status.name).toBe('RUNNING');
}, 300_000);
