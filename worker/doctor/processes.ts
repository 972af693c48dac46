import { tsToMs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import { namesOf } from '../../domain/closed-table.ts';
import { finding, type Finding } from '../../domain/doctor/finding.ts';
import type { FindingCode } from '../../domain/doctor/kinds.ts';
import type { ProcessMarks, RunningProcess } from '../../register/processes.ts';
import { CLOCK_TOLERANCE_MS } from '../presence.ts';
import { asked, type DoctorEngine } from './parts.ts';

const { TaskQueueType } = proto.temporal.api.enums.v1;

/** A worker asks at least once a minute; one that asked longer ago has been stopped or killed. */
const ASKED_WITHIN_MS = 90_000;

/** Workers that ask for work on our task queue, by their names for Temporal. */
export async function pollers(engine: DoctorEngine): Promise<string[]> {
  const { client, namespace, taskQueue } = engine;
  const of = (taskQueueType: number) =>
    asked(engine, () =>
      client.workflowService.describeTaskQueue({ namespace, taskQueue: { name: taskQueue }, taskQueueType }),
    );
  const [workflows, activities] = await Promise.all([
    of(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW),
    of(TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY),
  ]);
  const asking = ({ pollers: found }: typeof workflows): Set<string> =>
    new Set(
      (found ?? [])
        .filter(({ lastAccessTime }) => Date.now() - tsToMs(lastAccessTime ?? undefined) < ASKED_WITHIN_MS)
        .map(({ identity }) => identity ?? ''),
    );
  // One that takes workflows and carries out no activity (or the other way) is of no use to anybody.
  const both = asking(activities);
  return [...asking(workflows)].filter((identity) => both.has(identity)).sort();
}

/**
 * Do workers ask for work, and has each said in this register that it runs?
 *
 * @param known those that the register knows, ended ones of the last minutes as well: the engine remembers those too
 */
export function lookAtWorkers(
  asking: readonly string[],
  known: readonly RunningProcess[],
  taskQueue: string,
): Finding[] {
  if (asking.length === 0) return [finding('worker-missing', taskQueue)];
  const names = new Set(known.map(({ identity }) => identity));
  return asking.filter((identity) => !names.has(identity)).map((identity) => finding('worker-unknown', identity));
}

/** What two processes are compared by; `shown` is how a mark is told to people, null where a process takes no part. */
const COMPARED: Readonly<
  Record<keyof ProcessMarks, { code: FindingCode; shown: (marks: ProcessMarks) => string | null }>
> = {
  version: { code: 'version-differs', shown: ({ version }) => version },
  code: { code: 'code-differs', shown: ({ code }) => short(code) },
  bankHolidays: { code: 'bank-holidays-differ', shown: ({ bankHolidays }) => short(bankHolidays) },
  rules: { code: 'rules-differ', shown: ({ rules }) => short(rules) },
  keys: {
    code: 'keys-differ',
    shown: ({ keys }) =>
      keys.length === 0
        ? 'none'
        : keys.map((key) => `${key.split(':')[0] ?? ''} (${short(key.split(':')[1] ?? '')})`).join(' '),
  },
  // A worker by itself signs nothing, and needs none.
  secret: { code: 'secret-differs', shown: ({ secret }) => (secret === null ? null : short(secret)) },
};

const short = (mark: string): string => mark.slice(0, 8);

/** Does a process work for the same lifecycles? */
export const isFellow = (own: Pick<RunningProcess, 'taskQueue' | 'namespace'>, other: RunningProcess): boolean =>
  other.taskQueue === own.taskQueue && other.namespace === own.namespace;

/**
 * Do all processes run by the same?
 *
 * @param own what whoever looks runs by, and `who` that is
 */
export function lookAtMarks(own: ProcessMarks, running: readonly RunningProcess[], who = 'this command'): Finding[] {
  return namesOf(COMPARED).flatMap((name) => {
    const { code, shown } = COMPARED[name];
    const groups = new Map<string, string[]>();
    const note = (whose: string, marks: ProcessMarks): void => {
      const mark = shown(marks);
      if (mark !== null) groups.set(mark, [...(groups.get(mark) ?? []), whose]);
    };
    for (const each of running) note(nameOf(each), each);
    note(who, own);
    if (groups.size < 2) return [];
    const told = [...groups].map(([mark, whose]) => `${mark} for ${whose.join(', ')}`).join('; ');
    return [finding(code, told)];
  });
}

const nameOf = ({ identity, part, host }: RunningProcess): string => `${part} ${identity} on ${host}`;

/** Clocks that differ from the database's; `ownOffMs` is that of whoever looks. */
export function lookAtClocks(running: readonly RunningProcess[], ownOffMs: number): Finding[] {
  const off = (who: string, ms: number): Finding[] =>
    Math.abs(ms) <= CLOCK_TOLERANCE_MS ? [] : [finding('clock-off', `${who} (${offInWords(ms)})`)];
  const others = running.flatMap((each) => off(nameOf(each), each.clockOffMs));
  return [...off('this machine', ownOffMs), ...others];
}

function offInWords(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  const [n, unit] =
    seconds < 120
      ? [seconds, 'seconds']
      : seconds < 7200
        ? [Math.round(seconds / 60), 'minutes']
        : [Math.round(seconds / 3600), 'hours'];
  return `${n} ${unit} ${ms > 0 ? 'ahead' : 'behind'}`;
}
