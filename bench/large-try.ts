import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outboxTransport } from '../activities/mail/outbox-transport.ts';
import { Rehearsal } from '../client/rehearsal.ts';
import { startPostgres } from '../platform/embedded/postgres.ts';
import { startTemporalServer } from '../platform/embedded/temporal.ts';
import { installRuntime } from '../platform/logger.ts';
import { openRegister } from '../register/register.ts';
import { largeStart } from '../test/support/large.ts';
import { bundleWorkflows } from '../worker/workflow-bundle.ts';
import { costOf } from './actions.ts';
import { workflowId } from '../client/engine.ts';

installRuntime('info');
const quiet = () => undefined;
const home = mkdtempSync(join(tmpdir(), 'duecourse-bench-'));
const [temporal, postgres] = await Promise.all([
  startTemporalServer({ namespace: 'default', timeSkipping: true, fast: true, log: quiet }),
  startPostgres({ log: quiet }),
]);
const register = openRegister({ url: postgres.url });
await register.migrate();
let deliveries = 0,
  mails = 0,
  entries = 0;
const workflowBundle = await bundleWorkflows(fileURLToPath(new URL('../workflows/workflows.ts', import.meta.url)));
const rehearsal = await Rehearsal.open({
  address: temporal.address,
  namespace: 'default',
  taskQueue: 'large',
  register,
  post: outboxTransport(join(home, 'out')),
  from: 'duecourse <d@example.org>',
  workflowBundle,
  onDelivered: (d, o) => {
    deliveries++;
    entries += d.entries.length;
    mails += o.filter((x) => x.outcome === 'sent').length;
    console.log('delivery', d.entries.length, d.digests.length, (JSON.stringify(d).length / 1024).toFixed(0));
  },
});
const t = async <T>(name: string, f: () => Promise<T>): Promise<T> => {
  const s = performance.now();
  try {
    return await f();
  } finally {
    console.log(
      name,
      (performance.now() - s).toFixed(0),
      'ms',
      'rss',
      (process.memoryUsage().rss / 2 ** 20).toFixed(0),
    );
  }
};
try {
  const n = Number(process.argv[2] ?? 3000);
  const ref = await t('start', () =>
    rehearsal.start(largeStart({ actions: n, roles: 500 }), '2016-02-19T10:00:00.000Z'),
  );
  const [a = '', r = ''] = ref.split('/');
  await t('view', () => rehearsal.engine.view(ref));
  const seq = (await rehearsal.engine.view(ref)).seq;
  await t('recorded', () => register.reached(a, r, seq, 120_000));
  while (mails < Math.min(n, 494)) await new Promise((x) => setTimeout(x, 200));
  console.log({ deliveries, mails, entries });
  const actor = { id: 'x', role: 'director' };
  await t('view', () => rehearsal.engine.view(ref));
  await t('view', () => rehearsal.engine.view(ref));
  if (process.argv[3]) process.exitCode = 0;
  else {
    await t('complete', () =>
      rehearsal.engine.command(
        ref,
        'complete',
        { milestone: 'improvement-actions/a17', evidence: 'https://example.org' },
        actor,
      ),
    );
    await t('extend', () =>
      rehearsal.engine.command(
        ref,
        'extend',
        { milestone: 'improvement-actions/a18', to: '2018-01-31', reason: 'x' },
        actor,
      ),
    );
    await t('correct', () => rehearsal.engine.command(ref, 'correct', { received: '2016-02-18', reason: 'x' }, actor));
    await t('view', () => rehearsal.engine.view(ref));
    await t('advance', () => rehearsal.advanceTo(ref, '2016-02-23T10:00:00.000Z'));
    console.log({ deliveries, mails, entries });
    console.log(await costOf(rehearsal.client, [workflowId(ref)]));
  }
} finally {
  await rehearsal.close();
  await register.close();
  await temporal.stop();
  await postgres.stop();
}
