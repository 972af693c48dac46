import { join, relative } from 'node:path';
import { formatShortDate } from '../../domain/calendar/civil-date.ts';
import { isListed } from '../../domain/lifecycle/inspection-status.ts';
import { inspectionRef } from '../../domain/inspection-ref.ts';
import type { Authority } from '../../domain/schemas/authority.ts';
import type { InspectionSummary } from '../../register/reads.ts';
import type { Settings } from '../../platform/settings.ts';
import type { LocalEngine } from '../../worker/local.ts';
import { beginDemonstration } from '../demonstration/begin.ts';
import { removeDemonstration } from '../demonstration/remove.ts';
import { demonstrationIn, type Standing, standingOf } from '../demonstration/standing.ts';
import { visitorsIn } from '../demonstration/visitors.ts';
import type { Engine } from '../engine.ts';
import { colours } from './terminal.ts';

/** What was asked of `npm start`. */
export interface DevOptions {
  empty?: boolean;
  demonstration?: boolean;
}

interface Parts {
  local: Pick<LocalEngine, 'register' | 'inboxUrl'>;
  settings: Settings;
  engine: Engine;
}

type Say = (line: string) => void;

/** Begins the demonstration where nothing has been started, completes it, or removes it; says what there is. */
export async function demonstrate(parts: Parts, options: DevOptions, say: Say): Promise<void> {
  const { register } = parts.local;
  const now = new Date().toISOString();
  const authority = await demonstrationIn(register);
  if (options.empty === true) {
    if (authority === undefined) return;
    const removed = await removeDemonstration(
      { engine: parts.engine, register },
      authority,
      { id: 'npm start -- --empty', role: authority.chain.administrator },
      now,
    );
    if (removed > 0) say(`\nThe demonstration is removed: ${removed} inspections of ${authority.name}.`);
    return;
  }
  const standing = await standingOf(register);
  if (standing === 'unfinished' || (standing === 'none' && (await isToBegin(parts, options, now, say)))) {
    await begin(parts, standing, now, say);
    return;
  }
  sayWhatThereIs((await register.list(now)).filter(isListed), standing, say);
  if (standing === 'whole' && authority !== undefined) saySignIn(parts, authority, say);
}

/** Where something is there already nobody needs an example, and where a mail server is set the machine is no try-out. */
async function isToBegin(
  { local, settings }: Parts,
  { demonstration }: DevOptions,
  now: string,
  say: Say,
): Promise<boolean> {
  if (demonstration === true) return true;
  const known = await local.register.list(now);
  const councils = await local.register.board.authorityFiles();
  if (known.length > 0 || councils.length > 0) return false;
  if (settings.environment.DUECOURSE_SMTP_URL === undefined) return true;
  say(
    '\nNo demonstration is begun, because a mail server is set (DUECOURSE_SMTP_URL). To see one all the same: npm start -- --demonstration. Its mail never goes to that server.',
  );
  return false;
}

async function begin(parts: Parts, standing: Standing, now: string, say: Say): Promise<void> {
  const { register } = parts.local;
  say(
    standing === 'none'
      ? '\nNothing has been started yet, so here is a demonstration: an invented council with three inspections.'
      : '\nThe demonstration was cut off as it was begun. It is completed now.',
  );
  await beginDemonstration({ engine: parts.engine, register }, now, say);
  const authority = await demonstrationIn(register);
  if (authority === undefined) return;
  say(`\n${colours.bold(`${authority.name}, invented`)}`);
  for (const each of await register.list(now)) if (each.authority === authority.id) say(lineOf(each));
  saySignIn(parts, authority, say);
  const whole = inspectionRef(authority.id, '2016');
  say(
    `\nType next, in another terminal:\n  ./duecourse overdue\n  ./duecourse show ${whole} written-action-plan\n  ./duecourse submit ${whole} written-action-plan --as executive-director\n  ./duecourse history ${whole}\n  ./duecourse rehearse examples/middlesbrough-2016.yaml --miss written-action-plan\nRemove the demonstration: its page says how, or npm start -- --empty`,
  );
}

function lineOf({ authority, reference, title, open, overdue, nextDue }: InspectionSummary): string {
  const next = nextDue === null ? '' : `; next ${formatShortDate(nextDue)}`;
  return `  ${inspectionRef(authority, reference)}: ${title}\n    ${open} to do, ${overdue} of them overdue${next}`;
}

function sayWhatThereIs(known: readonly InspectionSummary[], standing: Standing, say: Say): void {
  if (standing === 'removed') say('\nThe demonstration was removed.');
  if (known.length === 0)
    return say('\nNothing has been started. Begin with your own council by files: ./duecourse init my-council');
  const overdue = known.reduce((sum, each) => sum + each.overdue, 0);
  say(
    `\n${known.length} inspection${known.length === 1 ? '' : 's'} on record; ${overdue} overdue. See them with: ./duecourse list, ./duecourse overdue`,
  );
}

function saySignIn({ local, settings }: Parts, authority: Authority, say: Say): void {
  if (settings.environment.DUECOURSE_OIDC_ISSUER !== undefined) return;
  const outbox = join(relative(process.cwd(), settings.outboxDir) || '.', 'index.html');
  say(
    `\nTo look around: open the board, ask for a sign-in link with one of these addresses, and open the link in the mail.\nNo mail leaves this machine; read it ${local.inboxUrl === undefined ? `in ${outbox} (open it in a browser, and load it again for new mail)` : `in Mailpit: ${local.inboxUrl}`}`,
  );
  for (const { email, capacity, sees } of visitorsIn(authority)) say(`  ${email}\n    ${capacity}: ${sees}`);
}
