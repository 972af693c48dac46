import { calendarOf } from '../../../domain/lifecycle/state.ts';
import { Command } from 'commander';
import { join } from 'node:path';
import { formatShortDate } from '../../../domain/calendar/civil-date.ts';
import { instantAt, localDate } from '../../../domain/calendar/london.ts';
import type { LifecycleStart } from '../../../domain/lifecycle/state.ts';
import { roleTitle } from '../../../domain/authority/roles.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import {
  preview,
  type Preview,
  type PreviewApproval,
  type PreviewMilestone,
  type PreviewNotice,
} from '../../../domain/preview/preview.ts';
import { countedAsApproved } from '../../as-approved.ts';
import { loadStartFor } from '../../files/load-start.ts';
import { patientLoad } from '../patient-load.ts';
import { script } from '../../rehearsal-script.ts';
import { dateOption } from '../options.ts';
import { colours, dueCell, print, type PrintOptions, progress, table } from '../terminal.ts';

interface PreviewOptions extends PrintOptions {
  received?: string;
  today?: string;
  until?: string;
  short?: boolean;
  mail?: string;
  miss?: string[];
}

/** `duecourse preview`: everything the engine would do with a file, with no server. */
export function previewCommand(): Command {
  return new Command('preview')
    .description('everything the engine would do with an inspection file, without starting anything')
    .argument('<file>', 'the inspection file (YAML)')
    .addOption(dateOption('--received <date>', 'as if the report had been received on this date'))
    .addOption(dateOption('--today <date>', 'as if it were started on this date (default: the day of the report)'))
    .addOption(dateOption('--until <date>', 'show cycles up to this date (default: 12 months)'))
    .option('--short', 'only the table, without reasons and notices')
    .option('--mail <dir>', 'write every mail as .eml, and a page that shows them (index.html), to this folder')
    .option(
      '--miss <milestone...>',
      'with --mail: milestones that nobody meets; all others are met two working days early',
    )
    .option('--json', 'print JSON')
    .action(async (file: string, options: PreviewOptions) => {
      const asked = { ...options, now: asOf(options) };
      const { loaded, countedBy, otherCouncil } = await countedAsApproved(patientLoad(file, asked), (council) =>
        loadStartFor(file, council, asked),
      );
      if (otherCouncil !== undefined) progress(`Look at this: ${otherCouncil}`);
      const { facts } = loaded;
      if (options.mail !== undefined) await writeStory(loaded, options.mail, options);
      const shown = { ...preview(facts, calendarOf(loaded), options), countedBy };
      print(shown, options, (data) => render(data, facts.authority, options.short === true));
    });
}

/** What is asked may lie ahead: as if it were that day. */
function asOf({ received = '', today = '' }: PreviewOptions): string {
  const now = new Date().toISOString();
  const day = [received, today].reduce((later, each) => (each > later ? each : later), localDate(now));
  return day === localDate(now) ? now : instantAt(day, '12:00');
}

/** Writes the mails of the story to a folder, and says where they are. */
async function writeStory(
  loaded: Omit<LifecycleStart, 'startedBy'>,
  folder: string,
  { miss = [], until }: PreviewOptions,
): Promise<void> {
  const { writeMails } = await import('../../mail-preview.ts');
  const { readSettings } = await import('../../../platform/settings.ts');
  const { DUECOURSE_MAIL_FROM: from, DUECOURSE_BOARD_URL: boardUrl } = readSettings().environment;
  const start = { ...loaded, startedBy: { id: 'preview', role: loaded.facts.authority.chain.administrator } };
  const story = script(start, { miss, ...(until === undefined ? {} : { until }) });
  const count = await writeMails(start, story, { folder, from, ...(boardUrl === undefined ? {} : { boardUrl }) });
  progress(`${count} mails are in ${folder}; open ${join(folder, 'index.html')} to see them.`);
}

function render(data: Preview & { countedBy: string }, authority: Authority, short: boolean): string {
  const { title, reference, milestones, approvals, warnings } = data;
  const rows = milestones.map((each) => [
    dueCell(each.due, each),
    each.title,
    roleTitle(authority, each.owner),
    String(each.notices.filter((notice) => !notice.onlyIfMissed).length),
  ]);
  return [
    `${colours.bold(title)}  ${colours.dim(reference)}`,
    '',
    table(['Due', 'Milestone', 'Owner', 'Reminders'], rows, 1),
    ...(short ? [] : milestones.flatMap((each) => ['', ...details(each, authority)])),
    ...approvals.flatMap((each) => ['', ...approvalLines(each)]),
    ...(warnings.length === 0
      ? []
      : ['', colours.yellow('Look at these before you start:'), ...warnings.map((warning) => `  - ${warning}`)]),
    '',
    colours.dim(data.countedBy),
    colours.dim(
      `Cycles are shown up to ${formatShortDate(data.until)} and go on after it. Nothing has been started. Next: duecourse rehearse FILE, or duecourse start FILE`,
    ),
  ].join('\n');
}

/** What the answer to a call-in adds to the last meeting that leaves time. */
const CALL_IN: Record<`${PreviewApproval['survivesCallIn']}`, string> = {
  true: ', and one early enough for a call-in is on file',
  false: ', but none on file early enough for a call-in',
  'not-known': '; whether one is early enough for a call-in is not known',
};

/** Working back from a duty that a body must approve first. */
function approvalLines({ milestone, body, meeting, survivesCallIn, latest }: PreviewApproval): string[] {
  const chosen =
    meeting === null
      ? colours.red('no meeting on file leaves time')
      : `the last meeting that leaves time is on ${formatShortDate(meeting)}${CALL_IN[`${survivesCallIn}`]}`;
  const notice =
    latest.forwardPlan === null ? '' : `, notice of the key decision by ${formatShortDate(latest.forwardPlan)}`;
  return [
    `${colours.bold(`${body} must approve`)} ${colours.dim(milestone)}: ${chosen}.`,
    `    At the latest: decide on ${formatShortDate(latest.decide)}, publish the decision by ${formatShortDate(latest.publish)}, agenda by ${formatShortDate(latest.agenda)}${notice}. Nobody is reminded of these days; of what must be ready before a meeting its officer is, where the body has \`papers\`.`,
  ];
}

function details(milestone: PreviewMilestone, authority: Authority): string[] {
  const reminders = milestone.notices.filter((notice) => !notice.onlyIfMissed);
  const passed = milestone.notices.filter(({ kind }) => kind === 'stricter-passed');
  const escalations = milestone.notices.filter((notice) => notice.onlyIfMissed && !passed.includes(notice));
  return [
    `${colours.bold(formatShortDate(milestone.due))}  ${milestone.title}  ${colours.dim(milestone.id)}`,
    ...milestone.explanation.map((sentence) => `    ${sentence}`),
    ...(milestone.stricter === undefined
      ? []
      : [
          colours.yellow(
            `    Stricter reading: ${formatShortDate(milestone.stricter.due)} (${milestone.stricter.why})`,
          ),
        ]),
    ...noticeLines('Reminders to', reminders, authority),
    ...noticeLines('If the stricter date passes, to', passed, authority),
    ...noticeLines('If it is missed, to', escalations, authority, repeatsOf(milestone, escalations)),
  ];
}

/** Who hears of it again and again, and how that is said; a copy for information comes once. */
function repeatsOf({ repeatsEvery }: PreviewMilestone, escalations: PreviewNotice[]): Repeats | undefined {
  const last = escalations.findLast((each) => each.kind === 'escalation');
  return last === undefined || repeatsEvery === 0
    ? undefined
    : { to: last.to, words: `, and every ${repeatsEvery} working days after that until it is met` };
}

interface Repeats {
  to: string;
  words: string;
}

function noticeLines(label: string, notices: PreviewNotice[], authority: Authority, repeats?: Repeats): string[] {
  const byRole = new Map<string, string[]>();
  for (const notice of notices) byRole.set(notice.to, [...(byRole.get(notice.to) ?? []), formatShortDate(notice.on)]);
  return [...byRole].map(
    ([role, days]) =>
      `    ${label} ${roleTitle(authority, role)}: ${days.join(', ')}${repeats?.to === role ? repeats.words : ''}`,
  );
}
