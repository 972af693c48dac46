import { Client } from '@temporalio/client';
import { expect, inject, onTestFinished, test } from 'vitest';
import { Engine } from '../../client/engine.ts';
import { webApp } from '../../client/web/app.ts';
import { boardForAll } from '../support/board.ts';
import { breakableWay } from '../support/breakable-way.ts';
import { readMetrics, valueOf } from '../support/prometheus.ts';
import { openConnection } from '../../platform/temporal-connection.ts';

const board = boardForAll(() => Promise.resolve());

test('the engine out of reach: still of use, and it says what is not to be had; back, and all is well', async () => {
  const way = await breakableWay(`http://${inject('temporalAddress')}`);
  const address = new URL(way.url).host;
  const connection = await openConnection({ address });
  onTestFinished(() => connection.close());
  const client = new Client({ connection, namespace: inject('temporalNamespace') });
  const app = webApp({ ...board().parts, engine: new Engine(client, { taskQueue: 'none', address }) });
  const ready = async () => {
    const answer = await app.request('/readyz');
    return { ...((await answer.json()) as { status: string; findings: object[] }), code: answer.status };
  };
  const up = async () => valueOf(readMetrics(await (await app.request('/metrics')).text()), 'duecourse_engine_up');
  expect(await ready()).toEqual({ status: 'ready', findings: [], code: 200 });
  expect(await up()).toBe(1);
  way.cut();
  expect(await ready()).toEqual({
    status: 'ready, but the engine can’t be reached: nothing can be changed',
    findings: [{ code: 'engine-unreachable', severity: 'error', what: 'the engine can’t be reached' }],
    code: 200,
  });
  expect(await up()).toBe(0);
  expect((await app.request('/healthz')).status).toBe(200);
  way.mend();
  await expect.poll(ready, { timeout: 20_000 }).toEqual({ status: 'ready', findings: [], code: 200 });
  expect(await up()).toBe(1);
});

const GOOD = '# HELP a A.\n# TYPE a counter\na{b="c"} 1\n';

test.each<[string, string, string]>([
  ['a line that does not end', GOOD.trimEnd(), 'does not end'],
  ['no type', 'a 1\n', 'without a TYPE'],
  ['a second type', `${GOOD}# TYPE a counter\n`, 'a second TYPE'],
  ['the same twice', `${GOOD}a{b="c"} 2\n`, 'twice'],
  ['a label twice', '# TYPE a gauge\na{b="c",b="d"} 1\n', 'a label twice'],
  ['another’s sample in between', '# TYPE a gauge\nb 1\n', 'no sample of a'],
  ['no number', '# TYPE a gauge\na one\n', 'no sample'],
  ['a quotation mark within', '# TYPE a gauge\na{b="c"d"} 1\n', 'no sample'],
  ['a counter below nothing', '# TYPE a counter\na -1\n', 'below nothing'],
  [
    'buckets that fall',
    '# TYPE a histogram\na_bucket{le="1"} 2\na_bucket{le="+Inf"} 1\na_sum 1\na_count 1\n',
    'no histogram',
  ],
  ['buckets that end early', '# TYPE a histogram\na_bucket{le="1"} 1\na_sum 1\na_count 1\n', 'no histogram'],
])('metrics with %s would not be taken', (_what, text, why) => {
  expect(readMetrics(GOOD)).toEqual([{ name: 'a', labels: { b: 'c' }, value: 1 }]);
  expect(() => readMetrics(text)).toThrow(why);
});
