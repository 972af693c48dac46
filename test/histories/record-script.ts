/**
 * Records what a release does, from the folder of its own code: `node --import tsx test/histories/record-script.ts NAME`
 * writes `test/histories/NAME.history`, a lifecycle's history as the server encodes it, and beside it
 * `NAME.bundle.js.gz`, the workflow code that has made it. Neither is ever recorded again for a release that is out:
 * today's code must replay the one, and go on where the other was.
 */
import proto from '@temporalio/proto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outboxTransport } from '../../activities/mail/outbox-transport.ts';
import { openRegister } from '../../register/register.ts';
import { workflowId } from '../../client/engine.ts';
import { Rehearsal } from '../../client/rehearsal.ts';
import { startPostgres } from '../../platform/embedded/postgres.ts';
import { startTemporalServer } from '../../platform/embedded/temporal.ts';
import { bundleWorkflows } from '../../worker/workflow-bundle.ts';
import { packBundle } from '../support/bundle-file.ts';
import { example } from '../support/example.ts';

const name = process.argv[2] ?? 'unnamed';
const workflowBundle = await bundleWorkflows(fileURLToPath(new URL('../../workflows/workflows.ts', import.meta.url)));
const quiet = () => undefined;
const [temporal, postgres] = await Promise.all([
  startTemporalServer({ namespace: 'default', timeSkipping: true, fast: true, log: quiet }),
  startPostgres({ log: quiet }),
]);
const outbox = mkdtempSync(join(tmpdir(), 'duecourse-record-'));
const register = openRegister({ url: postgres.url });
await register.migrate();
const rehearsal = await Rehearsal.open({
  address: temporal.address,
  namespace: 'default',
  taskQueue: 'record',
  register,
  post: outboxTransport(outbox),
  from: 'duecourse <duecourse@example.org>',
  workflowBundle,
});
try {
  const director = { id: 'x', role: 'executive-director' };
  const administrator = { id: 'x', role: 'democratic-services' };
  const reference = await rehearsal.start(example('middlesbrough-2016'), '2016-02-19T10:00:00.000Z');
  await rehearsal.advanceTo(reference, '2016-05-12T10:30:00.000Z');
  await rehearsal.engine.command(
    reference,
    'decide',
    {
      id: 'agree-plan',
      title: 'Agree the plan',
      body: 'executive',
      takenOn: '2016-05-10',
      publishedOn: '2016-05-12',
      key: false,
      urgent: false,
    },
    administrator,
  );
  await rehearsal.engine.command(
    reference,
    'hold',
    { milestone: 'member-briefing-3', reason: 'a decision is awaited', reviewOn: '2016-05-20' },
    director,
  );
  await rehearsal.advanceTo(reference, '2016-05-24T10:30:00.000Z');
  await rehearsal.engine.command(reference, 'release', { milestone: 'member-briefing-3', workingDays: 3 }, director);
  await rehearsal.engine.command(
    reference,
    'extend',
    { milestone: 'care-plan-audit', to: '2016-10-03', reason: 'the auditor left' },
    director,
  );
  await rehearsal.engine.command(
    reference,
    'acknowledge',
    { milestone: 'written-action-plan', promisedOn: '2016-06-24' },
    director,
  );
  await rehearsal.advanceTo(reference, '2016-07-05T10:30:00.000Z');
  await rehearsal.engine.command(reference, 'submit', { milestone: 'written-action-plan' }, director);
  await rehearsal.engine.command(
    reference,
    'reassign',
    { milestone: 'participation', to: 'head-of-early-help' },
    director,
  );
  await rehearsal.advanceTo(reference, '2016-09-01T10:30:00.000Z');
  const history = await rehearsal.client.workflow.getHandle(workflowId(reference)).fetchHistory();
  writeFileSync(
    new URL(`./${name}.history`, import.meta.url),
    proto.temporal.api.history.v1.History.encode(history).finish(),
  );
  writeFileSync(new URL(`./${name}.bundle.js.gz`, import.meta.url), packBundle(workflowBundle.code));
  await rehearsal.client.workflow.getHandle(workflowId(reference)).terminate('recorded');
} finally {
  await rehearsal.close();
  await register.close();
  await Promise.all([temporal.stop(), postgres.stop()]);
  rmSync(outbox, { recursive: true, force: true });
}
