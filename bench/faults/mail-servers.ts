import { mailSink, type MailSink } from '../../test/support/mail-sink.ts';
import type { Known, Checked } from '../checker.ts';
import type { Site } from '../site.ts';
import { underLoad } from './load.ts';
import type { Scenario } from './scenario.ts';
import { inAStory, type Story } from './story.ts';

const MAILS_A_CONNECTION = 10;
const SLOW_MS = 60_000;
/** The day of the first reminders: the sending time is 09:00. */
const BEFORE = '2030-02-06T08:00:00.000Z';
const WHILE = '2030-02-06T09:05:00.000Z';
const AFTERWARDS = '2030-02-07T12:00:00.000Z';
/** What fell due then came once the server was itself again. */
const OUTAGE = { from: '2030-02-06 09:00:00', until: '2030-02-07 23:59:59' };

/** Mail servers that behave as real ones do on bad days. */
export const MAIL_SERVERS = {
  'mail-server-down-a-week': {
    proves:
      'a week without a mail server: one catch-up each, what was given up after five days is told to the next in the chain',
    async run(site, { worker }) {
      const sink = await mailSink();
      try {
        const options = { worker, mail: sink.url, received: () => Promise.resolve(sink.received) };
        return await inAStory(site, options, async (story) => {
          await story.advanceTo('2030-02-05T12:00:00.000Z');
          await sink.goDown();
          await story.advanceTo('2030-02-08T12:00:00.000Z');
          await story.finishOne(0);
          await story.advanceTo('2030-02-12T12:00:00.000Z');
          await sink.comeUp();
          await story.advanceTo('2030-02-21T12:00:00.000Z');
          await story.finishOne(3);
          await story.advanceTo('2030-03-21T12:00:00.000Z');
          return {
            end: '2030-03-21T12:00:00.000Z',
            outage: { from: '2030-02-05 12:00:00', until: '2030-02-13 23:59:59' },
          };
        });
      } finally {
        await sink.close();
      }
    },
  },
  'mail-says-421': {
    proves: `a mail server that ends each connection after ${MAILS_A_CONNECTION} mails (421) delays nobody's mail by a day, and gets none twice`,
    run: (site, options) => {
      const mail = { query: '?connections=1', manners: { mailsAConnection: MAILS_A_CONNECTION } };
      return underLoad(site, { ...options, mail }, async ({ sink, at }) => {
        await at(1);
        if (sink.turnedAway() < 2) throw new Error(`it has said 421 only ${sink.turnedAway()} times`);
      });
    },
  },
  'mail-slow': {
    proves: `a mail server that takes ${SLOW_MS / 1000} s over each recipient: mail is put off, and sent once when it is quick again; nothing goes twice`,
    run: (site, { worker }) =>
      onABadMorning(site, worker, async (sink, story) => {
        sink.manners.lookUpMs = SLOW_MS;
        const before = sink.received.length;
        await story.advanceTo(WHILE);
        if (sink.received.length > before) throw new Error('it took mail all the same');
        sink.manners.lookUpMs = 0;
        return { mayDouble: 0 };
      }),
  },
  'mail-mute': {
    proves:
      'a mail server that takes each mail whole and never answers its last dot: each goes again to the letter, as the same mail, and nothing else does',
    run: (site, { worker }) =>
      onABadMorning(site, worker, async (sink, story) => {
        sink.manners.isMute = true;
        const before = sink.received.length;
        await story.advanceTo(WHILE);
        sink.manners.isMute = false;
        const inDoubt = sink.received.length - before;
        if (inDoubt === 0) throw new Error('it was given no mail while it was mute');
        return { mayDouble: inDoubt };
      }),
  },
} satisfies Record<string, Scenario>;

/** A morning of reminders on which the mail server is not itself. */
async function onABadMorning(
  site: Site,
  worker: string,
  strike: (sink: MailSink, story: Story) => Promise<Pick<Known, 'mayDouble'>>,
): Promise<Checked> {
  const sink = await mailSink();
  try {
    const options = { worker, mail: sink.url, received: () => Promise.resolve(sink.received) };
    return await inAStory(site, options, async (story) => {
      await story.advanceTo(BEFORE);
      const known = await strike(sink, story);
      await story.finishOne(1);
      await story.advanceTo(AFTERWARDS);
      return { end: AFTERWARDS, outage: OUTAGE, ...known };
    });
  } finally {
    await sink.close();
  }
}
