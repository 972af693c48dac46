import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { workflowId } from '../../client/engine.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { lookAtInspections } from '../../worker/doctor/inspections.ts';
import type { DoctorEngine } from '../../worker/doctor/parts.ts';
import { sql } from '../register/support.ts';
import { openWard } from './ward.ts';

// Long ago: no clock is late by it.
const NOON = '2020-01-06T12:00:00.000Z';
const QUARTERS_LATER = '2020-01-06T12:15:00.000Z';

test('of many a part is asked, another a quarter of an hour later, and those that were found before each time', async () => {
  const ward = await openWard();
  await ward.work();
  const ids: InspectionRef[] = [];
  for (let n = 0; n < 5; n++) ids.push(await ward.start());
  ids.sort();
  const engine = ward.parts().engine as DoctorEngine;
  const asked = async (options: object) => {
    const given = { deep: false, canAnswer: true, now: NOON, sample: 2, councils: new Map(), ...options };
    const look = await lookAtInspections(engine, ward.register.recovery, given);
    expect(look).toMatchObject({ findings: [], open: 5 });
    return look.asked.map(({ inspection }) => inspection).sort();
  };
  const [first, then] = [await asked({}), await asked({ now: QUARTERS_LATER })];
  expect([first.length, then.length]).toEqual([2, 2]);
  expect(first.filter((each) => then.includes(each))).toEqual([]);
  const left = ids.filter((each) => !first.includes(each)).slice(0, 1);
  expect(await asked({ always: [...left, 'anyborough/ended'] })).toEqual([...first, ...left].sort());
  expect(await asked({ deep: true })).toEqual(ids);
  expect(await asked({ canAnswer: false })).toEqual([]);
});

test('what only one side knows is found from lists, of all and whether or not anybody could answer', async () => {
  const ward = await openWard();
  const engine = ward.parts().engine as DoctorEngine;
  const mark = randomBytes(4).toString('hex');
  const COUNT = Number(process.env['DUECOURSE_TEST_MANY'] ?? 60);
  const references = Array.from({ length: COUNT }, (_none, n) => `${mark}-${String(n).padStart(5, '0')}`);
  // Nobody works on them: that they run is all that matters here.
  for (let from = 0; from < COUNT; from += 50)
    await Promise.all(
      references.slice(from, from + 50).map((reference) =>
        ward.client.workflow.start('inspectionLifecycle', {
          taskQueue: ward.taskQueue,
          workflowId: workflowId(`many/${reference}`),
        }),
      ),
    );
  const absent = references[7] ?? '';
  await ward.client.workflow.getHandle(workflowId(`many/${absent}`)).terminate('an operator');
  await sql(
    ward.databaseUrl,
    `INSERT INTO inspection SELECT 'many', r, r, 'england-and-wales', 'open', '${NOON}', NULL FROM unnest($1::text[]) r`,
    [references.slice(1)],
  );
  const now = new Date(Date.now() + 10 * 60_000).toISOString();
  let look = await lookAtInspections(engine, ward.register.recovery, {
    deep: false,
    canAnswer: false,
    now,
    councils: new Map(),
  });
  let took = 0;
  await expect
    .poll(
      async () => {
        const began = performance.now();
        look = await lookAtInspections(engine, ward.register.recovery, {
          deep: false,
          canAnswer: false,
          now,
          councils: new Map(),
        });
        took = performance.now() - began;
        return look.findings.map(({ code, inspection }) => `${code} ${inspection ?? ''}`);
      },
      { timeout: 60_000, interval: 500 },
    )
    .toEqual([`inspection-not-running many/${absent}`, `inspection-unrecorded many/${references[0] ?? ''}`]);
  expect(look.open).toBe(COUNT - 1);
  if (COUNT > 1000) process.stderr.write(`a look at ${COUNT} inspections took ${Math.round(took)} ms\n`);
  for (let from = 0; from < COUNT; from += 50)
    await Promise.all(
      references.slice(from, from + 50).map((reference) =>
        ward.client.workflow
          .getHandle(workflowId(`many/${reference}`))
          .terminate('the test is over')
          .catch(() => undefined),
      ),
    );
});

test('of many that the engine has lost a part is named and the others are counted; deep, each is named', async () => {
  const ward = await openWard();
  const engine = ward.parts().engine as DoctorEngine;
  const references = ['lost-1', 'lost-2', 'lost-3', 'lost-4', 'lost-5'];
  await sql(
    ward.databaseUrl,
    `INSERT INTO inspection SELECT 'lost', r, r, 'england-and-wales', 'open', '${NOON}', NULL FROM unnest($1::text[]) r`,
    [references],
  );
  const found = async (options: { deep: boolean }) => {
    const given = { canAnswer: true, now: NOON, sample: 2, councils: new Map(), ...options };
    const { findings } = await lookAtInspections(engine, ward.register.recovery, given);
    return findings.map(({ code, inspection, what }) => [code, inspection ?? what]);
  };
  expect(await found({ deep: false })).toEqual([
    ['inspection-not-running', 'lost/lost-1'],
    ['inspection-not-running', 'lost/lost-2'],
    ['look-incomplete', expect.stringContaining('3 more inspections are open in the register')],
  ]);
  expect(await found({ deep: true })).toEqual(
    references.map((reference) => ['inspection-not-running', `lost/${reference}`]),
  );
});

test('what a worker had that has just been killed is not silent: another answers for it, after the engine has seen that', async () => {
  const ward = await openWard();
  const { child } = ward.workApart();
  const ids = [await ward.start(), await ward.start()];
  // Its worker keeps them in memory, so the engine takes their questions to that one first.
  for (const id of ids) await ward.engine.view(id);
  await ward.work();
  child.kill('SIGKILL');
  const engine = ward.parts().engine as DoctorEngine;
  const look = await lookAtInspections(engine, ward.register.recovery, {
    deep: true,
    canAnswer: true,
    now: NOON,
    councils: new Map(),
  });
  expect(look).toMatchObject({ findings: [], open: 2 });
  expect(look.asked.map(({ alike }) => alike)).toEqual(['same', 'same']);
});
