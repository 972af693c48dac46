import type { Replanned } from '../engine/fan-out.ts';
import { knownAuthority } from '../known-authority.ts';
import { actorOf } from './acting.ts';
import { EXIT } from './exit.ts';
import { UsageError } from './usage-error.ts';
import { stoppable } from './many.ts';
import { withServices } from './services.ts';
import { colours, print, type PrintOptions, progress } from './terminal.ts';
import { approvalsOf } from '../approvals.ts';
import { feedOf, mustBeBelievable } from './new-holidays.ts';

export interface HolidayApprovalOptions extends PrintOptions {
  authority?: string;
  implausible?: boolean;
  as?: string;
  by: string;
}

interface Approved extends Omit<Replanned, 'after'> {
  authority: string;
}

/** Has every open inspection count by new bank holidays. */
export async function runHolidayApproval(file: string | undefined, options: HolidayApprovalOptions): Promise<void> {
  const actor = actorOf(options);
  const found = await feedOf(file);
  for (const note of found.notes) progress(note);
  const results = await withServices(async ({ engine, register }) => {
    if (options.authority !== undefined) await knownAuthority(register, options.authority);
    const all = await register.list(new Date().toISOString());
    const open = all.filter((each) => each.status === 'open');
    const authorities = new Map(open.map((each) => [each.authority, each.division]));
    const wanted = [...authorities].filter(([id]) => options.authority === undefined || id === options.authority);
    if (options.authority !== undefined && wanted.length === 0)
      throw new UsageError(`no inspection of "${options.authority}" is open; see: duecourse list`);
    const approvals = await approvalsOf(wanted, found.content, register);
    if (options.implausible !== true) mustBeBelievable([...found.doubts, ...approvals.flatMap((each) => each.doubts)]);
    const done: Approved[] = [];
    const stop = stoppable();
    try {
      for (const { authority, published } of approvals) {
        if (stop.signal.aborted) break;
        const total = open.filter((each) => each.authority === authority).length;
        const { after: _where, ...result } = await engine.replanAll(authority, published, actor, {
          signal: stop.signal,
          onProgress: (so) =>
            progress(`${authority}: ${so.tried} of ${total} inspections, ${so.failed.length} not told`),
        });
        if (result.done > 0) await engine.changeSummaryCalendar(authority, published);
        done.push({ authority, ...result });
      }
    } finally {
      stop.release();
    }
    if (file === undefined && done.some((each) => each.done > 0)) await register.believeFeed(new Date().toISOString());
    return { done, left: approvals.length - done.length };
  });
  print(results.done, options, () => renderApproved(results));
  const isWhole = results.done.every((each) => each.tried === each.done && each.state === 'ended');
  if (!isWhole || results.left > 0) process.exitCode = EXIT.failed;
}

const STATES: Readonly<Record<Replanned['state'], string | undefined>> = {
  ended: undefined,
  'under way': 'The rest is still being told, without this command. Run it again to see how it stands.',
  silent:
    'No worker answers. It goes on as soon as one is running (`npm start`, or `npm run worker`); run it again to see how it stands.',
};

function renderApproved({ done, left }: { done: Approved[]; left: number }): string {
  if (done.length + left === 0) return 'No inspection is open: nothing had to be replanned.';
  return [
    ...done.flatMap(renderOne),
    ...(left === 0 ? [] : [`${left} more council${left === 1 ? '' : 's'} not asked. Run it again.`]),
  ].join('\n');
}

function renderOne({ authority, tried, done, failed, state }: Approved): string[] {
  const unnamed = tried - done - failed.length;
  const after = STATES[state];
  return [
    `${authority}: ${done} inspection${done === 1 ? '' : 's'} count${done === 1 ? 's' : ''} by them now.`,
    ...failed.map(
      ({ reference, outcome, why }) =>
        `  ${colours.red(outcome === 'refused' ? 'Refused:' : 'Not told:')} ${reference}: ${why}`,
    ),
    ...(unnamed > 0 ? [`  ${colours.red('Not told:')} ${unnamed} more`] : []),
    ...(failed.some(({ outcome }) => outcome === 'not-told')
      ? ['  Run it again when they go on: in the others nothing changes any more.']
      : []),
    ...(after === undefined ? [] : [`  ${after}`]),
  ];
}
