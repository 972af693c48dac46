import { setTimeout as sleep } from 'node:timers/promises';
import { MAILS_IN_DOUBT } from '../../activities/mail/doubt.ts';
import { connectionsEnded, onADiskOfItsOwn, onAServerOfItsOwn, readOnly, rolledBack } from './database.ts';
import { underLoad } from './load.ts';
import type { Scenario } from './scenario.ts';

const STRIKES = 2;
const ENDED = 10;
/** Mails of the two workers that may be with the mail server at the moment at which the register goes. */
const IN_DOUBT = 2 * MAILS_IN_DOUBT;

const needsRoot = (): string | undefined =>
  process.getuid?.() === 0 ? undefined : 'a disk of its own takes root (mount -t tmpfs)';

/** What can befall the register's PostgreSQL, from outside of it and from within. */
export const REGISTER_FAULTS = {
  'postgres-restarted': {
    proves: `PostgreSQL restarted ${STRIKES} times: ${MAILS_IN_DOUBT} mails a worker go again at most, as the same mails`,
    unavailable: ({ restartPostgres }) =>
      restartPostgres === undefined ? 'PostgreSQL is not ours to restart' : undefined,
    run: (site, options) =>
      underLoad(site, options, async ({ at }) => {
        for (let strike = 1; strike <= STRIKES; strike++) {
          await at(strike / (STRIKES + 1));
          await site.restartPostgres?.();
        }
        return { mayDouble: STRIKES * IN_DOUBT };
      }),
  },
  'register-away': {
    proves:
      'while the register is away nothing is begun that could not be recorded; a few mails a worker are in doubt; afterwards all is sent, and recorded',
    unavailable: ({ stopPostgres }) => (stopPostgres === undefined ? 'PostgreSQL is not ours to stop' : undefined),
    run: (site, options) =>
      underLoad(site, options, async ({ at }) => {
        await at(0.3);
        await site.stopPostgres?.();
        await sleep(options.down * 1000);
        await site.startPostgres?.();
        return { mayDouble: IN_DOUBT };
      }),
  },
  'connections-ended': {
    proves: `every connection with PostgreSQL ended ${ENDED} times, in the middle of mails and changes: all is answered, sent and recorded; ${MAILS_IN_DOUBT} mails a worker go again at most, as the same mails`,
    run: (site, options) =>
      underLoad(site, options, async ({ at }) => {
        let ended = 0;
        for (let strike = 1; strike <= ENDED; strike++) {
          await at(strike / (ENDED + 1));
          ended += await connectionsEnded(site.databaseUrl);
        }
        if (ended < ENDED) throw new Error(`only ${ended} connections were there to be ended`);
        return { mayDouble: ENDED * IN_DOUBT };
      }),
  },
  'register-disk-full': {
    proves:
      'the register’s disk full, then freed: what could not be recorded is, and everything that was due is sent; a few mails a worker are in doubt',
    unavailable: needsRoot,
    run: (site, options) =>
      onADiskOfItsOwn(site, (databaseUrl, disk) =>
        underLoad({ ...site, databaseUrl }, options, async ({ at }) => {
          await at(0.3);
          const before = await rolledBack(databaseUrl);
          disk.fill();
          await sleep(options.down * 1000);
          const refused = (await rolledBack(databaseUrl)) - before;
          disk.free();
          if (refused === 0) throw new Error('nothing was refused: the disk was never full');
          return { mayDouble: IN_DOUBT };
        }),
      ),
  },
  'register-server-full': {
    proves:
      'the disk of the whole PostgreSQL full, its log as well, so that it ends; freed and started again: all is sent and recorded',
    unavailable: needsRoot,
    run: (site, options) =>
      onAServerOfItsOwn((databaseUrl, server) =>
        underLoad({ ...site, databaseUrl }, options, async ({ at }) => {
          await at(0.3);
          await server.fillToItsEnd();
          await sleep(options.down * 1000);
          await server.freeAndStart();
          return { mayDouble: 2 * IN_DOUBT };
        }),
      ),
  },
  'register-read-only': {
    proves:
      'the register read-only for a while, as after a failover to its copy, and back: what could not be recorded is, and everything that was due is sent',
    run: (site, options) =>
      underLoad(site, options, async ({ at }) => {
        await at(0.3);
        try {
          await readOnly(site.databaseUrl, true);
          await sleep(options.down * 1000);
        } finally {
          await readOnly(site.databaseUrl, false);
        }
        return { mayDouble: 2 * IN_DOUBT };
      }),
  },
} satisfies Record<string, Scenario>;
