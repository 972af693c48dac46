import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { simpleParser } from 'mailparser';
import type { Pulse } from '../../domain/lifecycle/pulse.ts';
import { MAILS_IN_DOUBT } from '../../activities/mail/doubt.ts';
import { openRegister } from '../../register/register.ts';
import { workflowId } from '../../client/engine.ts';
import type { SinkMail } from '../checker/mail-text.ts';
import type { Site } from '../site.ts';
import { inspectionOf, MORNING } from './council.ts';
import { underLoad } from './load.ts';
import { KILLED_COMMANDS } from './killed-commands.ts';
import { LOST_AND_RESTORED } from './lost-and-restored.ts';
import { MAIL_SERVERS } from './mail-servers.ts';
import { REGISTER_FAULTS } from './register-faults.ts';
import type { Scenario } from './scenario.ts';
import { inAStory } from './story.ts';
import { WRONG_CLOCKS } from './wrong-clocks.ts';

const KILLS = 4;
const FROZEN_MS = 180_000;
const STRIKES = 2;
export const SCENARIOS = {
  'worker-killed': {
    proves: `a worker killed ${KILLS} times in the middle of its work loses nothing, and doubles ${MAILS_IN_DOUBT} mails a kill at most`,
    run: (site, options) =>
      underLoad(site, options, async ({ crew, at }) => {
        for (let kill = 1; kill <= KILLS; kill++) {
          await at(kill / (KILLS + 1));
          await crew.replace(kill % 2);
        }
        return { mayDouble: KILLS * MAILS_IN_DOUBT };
      }),
  },
  'worker-frozen': {
    proves: `a worker that stands still for ${FROZEN_MS / 1000} s in the middle of its work sends nothing, once it wakes, that another has sent; what was in doubt may come twice`,
    run: (site, options) =>
      underLoad(site, options, async ({ crew, at }) => {
        await at(0.4);
        crew.freeze(0);
        await sleep(FROZEN_MS);
        crew.wake(0);
        return { mayDouble: MAILS_IN_DOUBT };
      }),
  },
  'server-killed': {
    proves: `a node of the Temporal server killed ${STRIKES} times: whoever asked has an answer in the end, and every clock goes on`,
    unavailable: ({ killServer }) => (killServer === undefined ? 'the servers are not ours to kill' : undefined),
    run: (site, options) =>
      underLoad(site, options, async ({ at }) => {
        for (let strike = 1; strike <= STRIKES; strike++) {
          await at(strike / (STRIKES + 1));
          await site.killServer?.();
        }
      }),
  },
  'poison-inspection': {
    proves: 'an inspection whose record can never be written holds nobody else up, stands still and says why',
    run: (site, options) =>
      underLoad(site, options, async ({ engine, client, queue, at }) => {
        await at(0.1);
        const name = `${queue}-poison`;
        await poison(site, name);
        const shiftMs = Date.parse(MORNING) - Date.now();
        const reference = await engine.start(inspectionOf(900, name), { clock: { shiftMs } });
        await at(1);
        const { diverged: said = '' } = await client.workflow.getHandle(workflowId(reference)).query<Pulse>('pulse');
        await engine.cancel(reference).catch(() => undefined);
        await client.workflow.getHandle(workflowId(reference)).terminate('the proof is over');
        if (!said.includes('another entry')) throw new Error(`it does not say why it stands still: "${said}"`);
      }),
  },
  'outbox-full': {
    proves: 'a full disk puts mail off, whole: no half file, and everything is there once there is room again',
    unavailable: () => (process.getuid?.() === 0 ? undefined : 'a disk of its own takes root (mount -t tmpfs)'),
    async run(site, { worker }) {
      const folder = join(site.home, `outbox-${Date.now()}`);
      mkdirSync(folder);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder]);
      try {
        const options = { worker, mail: folder, received: () => readOutbox(folder) };
        return await inAStory(site, options, async (story) => {
          // The starts alone are more than fits.
          await story.advanceTo('2030-02-06T12:00:00.000Z');
          const before = (await readOutbox(folder)).length;
          execFileSync('mount', ['-o', 'remount,size=64m', folder]);
          await story.advanceTo('2030-02-07T12:00:00.000Z');
          const after = (await readOutbox(folder)).length;
          if (after <= before) throw new Error(`the disk was never full: ${before} mails before, ${after} after`);
          if (readdirSync(folder).some((name) => name.endsWith('.part')))
            throw new Error('a half mail was left behind');
          await story.finishOne(1);
          await story.advanceTo('2030-03-08T12:00:00.000Z');
          return {
            end: '2030-03-08T12:00:00.000Z',
            outage: { from: '2030-02-04 10:00:00', until: '2030-02-07 23:59:59' },
          };
        });
      } finally {
        execFileSync('umount', [folder]);
      }
    },
  },
  ...WRONG_CLOCKS,
  ...REGISTER_FAULTS,
  ...MAIL_SERVERS,
  ...KILLED_COMMANDS,
  ...LOST_AND_RESTORED,
} satisfies Record<string, Scenario>;

/** Something else stands in the register already under the lifecycle's first number. */
async function poison({ databaseUrl }: Site, reference: string): Promise<void> {
  const register = openRegister({ url: databaseUrl });
  const entry = {
    seq: 1,
    at: MORNING,
    kind: 'window-closed',
    milestone: null,
    actor: null,
    text: 'Somebody else’s',
  } as const;
  await register.append({ authority: 'anyborough', reference, inspectionTitle: reference }, [
    { ...entry, data: {}, row: null },
  ]);
  await register.close();
}

async function readOutbox(folder: string): Promise<SinkMail[]> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.eml'));
  return Promise.all(
    names.map(async (name) => {
      const { to, messageId = '', text = '', date } = await simpleParser(readFileSync(join(folder, name)));
      const [first] = to === undefined ? [] : [to].flat();
      return { to: first?.value[0]?.address ?? '', messageId, text, date: date?.toISOString() ?? '' };
    }),
  );
}
