import { expect, test } from 'vitest';
import { temporalLines } from '../../../platform/temporal-lines.ts';

const lines = () => {
  const written: unknown[] = [];
  const tell = temporalLines((at, fields, message) => void written.push({ at, message, ...fields }));
  let now = 0n;
  return {
    written,
    tell: (level: 'TRACE' | 'INFO' | 'WARN' | 'ERROR', message: string, meta: Record<string, unknown> = {}) =>
      tell({ level, message, timestampNanos: now++, meta }),
  };
};

const FAILURE =
  'Failure { failure: Some(Failure { message: "[TMPRL1100] Nondeterminism error: the \\"timer\\" differs", source: "", stack_trace: "secret" }) }';

test('what the core says of a run names its lifecycle, with the failure’s own words and no stack', () => {
  const { written, tell } = lines();
  tell('TRACE', 'Completed activation', { runId: 'r1', workflowId: 'inspection/anyborough/2016', namespace: 'x' });
  tell('INFO', 'Worker state changed', { state: 'RUNNING' });
  tell('WARN', 'Failing workflow task', { run_id: 'r1', failure: FAILURE });
  expect(written).toEqual([
    {
      ...{ at: 'warn', message: 'Failing workflow task', part: 'temporal' },
      ...{ workflowId: 'inspection/anyborough/2016', runId: 'r1' },
      error: '[TMPRL1100] Nondeterminism error: the "timer" differs',
    },
  ]);
});

test('an error of the worker’s own has its words; one of a run that nobody knows is told all the same', () => {
  const { written, tell } = lines();
  tell('ERROR', 'Failed to process Workflow Activation', {
    ...{ runId: 'r2', workflowId: 'inspection/anyborough/2017', taskQueue: 'q' },
    error: new TypeError('no key "b"'),
  });
  tell('WARN', 'Failing workflow task', { run_id: 'r3' });
  expect(written).toMatchObject([
    { at: 'error', workflowId: 'inspection/anyborough/2017', error: 'TypeError: no key "b"' },
    { at: 'warn', runId: 'r3' },
  ]);
});

test('of very many runs the last ones heard of are remembered', () => {
  const { written, tell } = lines();
  tell('TRACE', 'x', { runId: 'first', workflowId: 'inspection/a/first' });
  for (let n = 0; n < 5000; n++) tell('TRACE', 'x', { runId: `r${n}`, workflowId: `inspection/a/${n}` });
  tell('WARN', 'y', { run_id: 'first' });
  tell('WARN', 'y', { run_id: 'r4999' });
  expect(written).toEqual([
    { at: 'warn', message: 'y', part: 'temporal', runId: 'first' },
    { at: 'warn', message: 'y', part: 'temporal', runId: 'r4999', workflowId: 'inspection/a/4999' },
  ]);
});
