import type { LogEntry } from '@temporalio/worker';

/** How a line of Temporal's is written among ours. */
type Write = (at: 'warn' | 'error', fields: Record<string, string | number>, message: string) => void;

/** What its lines are searched by: which lifecycle, which try. */
const NAMED = ['workflowId', 'activityType', 'attempt'] as const;

/** Runs whose lifecycle is remembered: as many as a worker may well keep in memory, and more. */
const MAX_RUNS = 5000;

/**
 * Temporal's lines in our form: its warnings and errors, each with the lifecycle that it is about. Its core knows a run
 * alone, so what is said of runs at lower levels, which has both names, is listened to and not written.
 */
export function temporalLines(write: Write): (entry: LogEntry) => void {
  const lifecycles = new Map<string, string>();
  return ({ level, message, meta = {} }) => {
    const { runId = meta['run_id'], workflowId, error, failure } = meta as Record<string, unknown>;
    if (typeof runId === 'string' && typeof workflowId === 'string') remember(lifecycles, runId, workflowId);
    if (level !== 'WARN' && level !== 'ERROR') return;
    const fields: Record<string, string | number> = { part: 'temporal' };
    const known = typeof runId === 'string' ? { workflowId: lifecycles.get(runId), runId } : {};
    for (const [name, value] of Object.entries({ ...known, ...pick(meta) }))
      if (typeof value === 'string' || typeof value === 'number') fields[name] = value;
    const why = error ?? wordsIn(failure);
    if (why !== undefined) fields['error'] = String(why);
    write(level === 'WARN' ? 'warn' : 'error', fields, message);
  };
}

const pick = (meta: Record<string | symbol, unknown>): Record<string, unknown> =>
  Object.fromEntries(NAMED.flatMap((name) => (meta[name] === undefined ? [] : [[name, meta[name]]])));

function remember(lifecycles: Map<string, string>, runId: string, workflowId: string): void {
  // The last one heard of stands last, and goes last.
  lifecycles.delete(runId);
  lifecycles.set(runId, workflowId);
  const [oldest] = lifecycles.keys();
  if (lifecycles.size > MAX_RUNS && oldest !== undefined) lifecycles.delete(oldest);
}

/** The core writes a failure as its own language shows it: the message alone is for people, and a stack for nobody here. */
function wordsIn(failure: unknown): string | undefined {
  if (typeof failure !== 'string') return undefined;
  return /message: "((?:[^"\\]|\\.)*)"/.exec(failure)?.[1]?.replaceAll('\\"', '"');
}
