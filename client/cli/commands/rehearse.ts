import { Command } from 'commander';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ora from 'ora';
import { outboxPost } from '../../../activities/mail/outbox-post.ts';
import { openRegister } from '../../../activities/register/register.ts';
import { formatShortDate } from '../../../domain/calendar/civil-date.ts';
import { localDate, localTime } from '../../../domain/calendar/london.ts';
import type { Digest } from '../../../domain/lifecycle/digest.ts';
import type { LifecycleStart } from '../../../domain/lifecycle/state.ts';
import { installRuntime } from '../../../worker/logger.ts';
import { startPostgres } from '../../../worker/embedded/postgres.ts';
import { startTemporalServer } from '../../../worker/embedded/temporal.ts';
import { readSettings } from '../../../worker/settings.ts';
import { loadStart } from '../../files/load-start.ts';
import { Rehearsal } from '../../rehearsal.ts';
import { script, type Turn } from '../../rehearsal-script.ts';
import { dateOption } from '../options.ts';
import { colours } from '../terminal.ts';

interface RehearseOptions {
  received?: string;
  until?: string;
  miss?: string[];
  out?: string;
}

/** `duecourse rehearse`: the real workflow on the real engine, years in a minute, every mail in a folder. */
export function rehearseCommand(): Command {
  return new Command('rehearse')
    .description('the whole story of an inspection file on a real engine that skips time; every mail goes to a folder')
    .argument('<file>', 'the inspection file (YAML)')
    .addOption(dateOption('--received <date>', 'as if the report had been received on this date'))
    .addOption(dateOption('--until <date>', 'the last day of the story (default: 12 months after the report)'))
    .option('--miss <milestone...>', 'milestones that nobody meets; all others are met two working days early')
    .option('--out <dir>', 'the folder for the mails (default: a new one under var/rehearsals)')
    .action(async (file: string, options: RehearseOptions) => {
      const loaded = loadStart(file, options);
      const start: LifecycleStart = {
        ...loaded,
        startedBy: { id: 'rehearsal', role: loaded.facts.authority.chain.administrator },
      };
      const story = script(start, {
        miss: options.miss ?? [],
        ...(options.until === undefined ? {} : { until: options.until }),
      });
      const out = outFolder(options.out);
      const mails = await perform(start, story, out);
      process.stdout.write(
        `\n${colours.bold('The end')}, ${formatShortDate(localDate(story.end))}. ${mails} mails are in ${relative(process.cwd(), out) || '.'}\n`,
      );
    });
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
): Promise<number> {
  installRuntime('error');
  const spinner = ora({ text: 'an engine of its own …', stream: process.stderr, discardStdin: false }).start();
  const ends: (() => Promise<unknown>)[] = [];
  let mails = 0;
  try {
    const quiet = () => undefined;
    const [temporal, postgres] = await Promise.all([
      startTemporalServer({ namespace: 'default', timeSkipping: true, fast: true, log: quiet }),
      startPostgres({ log: quiet }),
    ]);
    ends.push(() => Promise.all([temporal.stop(), postgres.stop()]));
    const register = openRegister({ url: postgres.url });
    ends.push(() => register.close());
    await register.migrate();
    const post = outboxPost(out);
    const say = (line: string) => {
      spinner.clear();
      process.stdout.write(`${line}\n`);
    };
    const teller = new Teller(say);
    const rehearsal = await Rehearsal.open({
      address: temporal.address,
      namespace: temporal.namespace,
      taskQueue: 'rehearsal',
      register,
      post,
      from: readSettings().environment.DUECOURSE_MAIL_FROM,
      onDelivered: ({ entries, digests }, outcomes) => {
        mails += outcomes.filter((each) => each.outcome === 'sent').length;
        for (const entry of entries) if (entry.kind !== 'milestone-planned') teller.tell(entry.at, entry.text);
        for (const digest of digests)
          teller.tell(digest.at, `${colours.cyan('mail')} to ${addressee(digest)}: ${gist(digest)}`);
      },
    });
    ends.push(() => rehearsal.close());
    const reference = await rehearsal.start(start, story.begin);
    for (const turn of story.turns) {
      spinner.text = formatShortDate(localDate(turn.at));
      await rehearsal.advanceTo(reference, turn.at);
      await rehearsal.engine.command(reference, turn.name, { milestone: turn.milestone }, turn.actor);
    }
    spinner.text = formatShortDate(localDate(story.end));
    await rehearsal.advanceTo(reference, story.end);
    return mails;
  } finally {
    spinner.stop();
    for (const end of ends.reverse()) await end().catch(() => undefined);
  }
}

/** Tells the story, a heading for each new day. */
class Teller {
  private day = '';
  private readonly say: (line: string) => void;

  constructor(say: (line: string) => void) {
    this.say = say;
  }

  tell(at: string, line: string): void {
    const day = localDate(at);
    if (day !== this.day) this.say(colours.bold(formatShortDate(day)));
    this.day = day;
    this.say(`  ${localTime(at)}  ${line}`);
  }
}

function addressee({ recipient }: Digest): string {
  return recipient.roles.map((role) => role.title).join(' and ') || recipient.email;
}

function gist({ notices }: Digest): string {
  const first = notices
    .slice(0, 3)
    .map(
      (notice) =>
        `${notice.title} (${notice.overdue ? colours.red(`${-notice.workingDaysLeft} working days late`) : `due ${formatShortDate(notice.due)}`})`,
    );
  return `${first.join('; ')}${notices.length > 3 ? `; and ${notices.length - 3} more` : ''}`;
}
