import { lateInWords } from '../../domain/calendar/lateness.ts';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { spin } from './spinner.ts';
import { outboxTransport } from '../../activities/mail/outbox-transport.ts';
import { openRegister } from '../../register/register.ts';
import { formatShortDate } from '../../domain/calendar/civil-date.ts';
import { localDate, localTime } from '../../domain/calendar/london.ts';
import type { Digest } from '../../domain/lifecycle/digest.ts';
import type { LifecycleStart } from '../../domain/lifecycle/state.ts';
import { installRuntime } from '../../platform/temporal-runtime.ts';
import { startPostgres } from '../../platform/embedded/postgres.ts';
import { startTemporalServer } from '../../platform/embedded/temporal.ts';
import { Refusal, type RefusalCode } from '../../domain/refusal.ts';
import { readSettings } from '../../platform/settings.ts';
import { countedAsApproved } from '../as-approved.ts';
import { loadStart, loadStartFor } from '../files/load-start.ts';
import { Rehearsal } from '../rehearsal.ts';
import { script, type Turn } from '../rehearsal-script.ts';
import { colours, print, type PrintOptions, progress } from './terminal.ts';

export interface RehearseOptions extends PrintOptions {
  received?: string;
  until?: string;
  miss?: string[];
  out?: string;
}

const OVER: ReadonlySet<string> = new Set<RefusalCode>(['unknown-milestone', 'wrong-state']);

/** Plays the story of a file on an engine of its own, and tells it. */
export async function runRehearsal(file: string, options: RehearseOptions): Promise<void> {
  const { loaded, countedBy, otherCouncil } = await countedAsApproved(loadStart(file, options), (council) =>
    loadStartFor(file, council, options),
  );
  if (otherCouncil !== undefined) progress(`Look at this: ${otherCouncil}`);
  const start: LifecycleStart = {
    ...loaded,
    startedBy: { id: 'rehearsal', role: loaded.facts.authority.chain.administrator },
  };
  const story = script(start, {
    miss: options.miss ?? [],
    ...(options.until === undefined ? {} : { until: options.until }),
  });
  const out = outFolder(options.out);
  const told: Told[] = [];
  const teller = options.json === true ? (each: Told) => void told.push(each) : screenTeller();
  const mails = await perform(start, story, out, teller);
  print(
    { countedBy, begin: story.begin, end: story.end, out, mails, story: told },
    options,
    () =>
      `\n${colours.bold('The end')}, ${formatShortDate(localDate(story.end))}. ${mails} mails are in ${relative(process.cwd(), out) || '.'}\n${colours.dim(countedBy)}`,
  );
}

/** One thing that happens in the story: something recorded, or a mail. */
interface Told {
  /** The story's instant, UTC. */
  at: string;
  what: 'recorded' | 'mail';
  text: string;
  /** The mail's recipient roles, and the milestones it speaks of. */
  to?: string[];
  milestones?: string[];
}

function outFolder(given: string | undefined): string {
  if (given !== undefined) {
    mkdirSync(given, { recursive: true });
    return resolve(given);
  }
  const parent = join(readSettings().varDir, 'rehearsals');
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, `${new Date().toISOString().slice(0, 19).replaceAll(':', '')}-`));
}

/** Brings up an engine of its own, plays the story, takes everything down again. */
async function perform(
  start: LifecycleStart,
  story: { begin: string; end: string; turns: Turn[] },
  out: string,
  tell: (told: Told) => void,
): Promise<number> {
  installRuntime('error');
  // Ending by process.exit ends the servers too: they don't hear Ctrl-C themselves.
  const interrupted = () => process.exit(130);
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  const spinner = await spin('an engine of its own …');
  const ends: (() => Promise<unknown>)[] = [];
  let mails = 0;
  try {
    const quiet = () => undefined;
    const temporal = await startTemporalServer({ namespace: 'default', timeSkipping: true, fast: true, log: quiet });
    ends.push(() => temporal.stop());
    const postgres = await startPostgres({ log: quiet });
    ends.push(() => postgres.stop());
    const register = openRegister({ url: postgres.url });
    ends.push(() => register.close());
    await register.migrate();
    const post = outboxTransport(out);
    const { environment, keys } = readSettings();
    const rehearsal = await Rehearsal.open({
      address: temporal.address,
      namespace: temporal.namespace,
      taskQueue: 'rehearsal',
      register,
      post,
      keys,
      from: environment.DUECOURSE_MAIL_FROM,
      onDelivered: ({ entries, digests }, outcomes) => {
        mails += outcomes.filter((each) => each.outcome === 'sent').length;
        spinner.clear();
        for (const entry of entries)
          if (entry.kind !== 'milestone-planned') tell({ at: entry.at, what: 'recorded', text: entry.text });
        for (const digest of digests) tell(mailTold(digest));
      },
    });
    ends.push(() => rehearsal.close());
    const reference = await rehearsal.start(start, story.begin);
    for (const turn of story.turns) {
      spinner.text = formatShortDate(localDate(turn.at));
      await rehearsal.advanceTo(reference, turn.at);
      try {
        await rehearsal.engine.command(reference, turn.name, { milestone: turn.milestone }, turn.actor);
      } catch (error) {
        // What was to be done is over or gone meanwhile: the story goes on without it.
        if (!(error instanceof Refusal) || !OVER.has(error.code)) throw error;
        tell({ at: turn.at, what: 'recorded', text: `Nothing to do any more: ${turn.milestone}.` });
      }
    }
    spinner.text = formatShortDate(localDate(story.end));
    await rehearsal.advanceTo(reference, story.end);
    return mails;
  } finally {
    spinner.stop();
    process.off('SIGINT', interrupted);
    process.off('SIGTERM', interrupted);
    for (const end of ends.reverse()) await end().catch(() => undefined);
  }
}

/** Tells the story on the screen as it happens, with a heading for each new day. */
function screenTeller(): (told: Told) => void {
  let today = '';
  return ({ at, what, text }) => {
    const day = localDate(at);
    if (day !== today) process.stdout.write(`${colours.bold(formatShortDate(day))}\n`);
    today = day;
    process.stdout.write(
      `  ${localTime(at)}  ${what === 'mail' ? text.replace(/^mail/, colours.cyan('mail')) : text}\n`,
    );
  };
}

function mailTold(digest: Digest): Told {
  const { recipient, notices, at } = digest;
  const to = recipient.roles.map((role) => role.title).join(' and ') || 'the administrator';
  return {
    at,
    what: 'mail',
    text: `mail to ${to}: ${gist(digest)}`,
    to: recipient.roles.map((role) => role.id),
    milestones: notices.map((notice) => notice.milestone),
  };
}

function gist({ notices }: Digest): string {
  const first = notices
    .slice(0, 3)
    .map(
      (notice) =>
        `${notice.title} (${notice.overdue ? lateInWords(-notice.workingDaysLeft) : `due ${formatShortDate(notice.due)}`})`,
    );
  return `${first.join('; ')}${notices.length > 3 ? `; and ${notices.length - 3} more` : ''}`;
}
