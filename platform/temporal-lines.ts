import type { LogEntry } from '@temporalio/worker';

/** What a line holds beside its words: names and numbers to search by, never a person's address. */
export type LogFields = Record<string, string | number | boolean>;

/** How a line of Temporal's is written among ours. */
type Write = (at: 'warn' | 'error', fields: LogFields, message: string) => void;

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
    const said: ReadonlyMap<string, unknown> = new Map(Object.entries(meta));
    const runId = said.get('runId') ?? said.get('run_id');
    const workflowId = said.get('workflowId');
    if (typeof runId === 'string' && typeof workflowId === 'string') remember(lifecycles, runId, workflowId);
    if (level !== 'WARN' && level !== 'ERROR') return;
    const named = typeof runId === 'string' ? { workflowId: lifecycles.get(runId), runId } : {};
    const [error, failure] = [said.get('error'), wordsIn(said.get('failure'))];
    const why = error instanceof Error ? String(error) : (failure ?? error);
    const all = { part: 'temporal', ...named, ...pick(said), error: why };
    const fields = Object.entries(all).filter(([, value]) => typeof value === 'string' || typeof value === 'number');
    write(level === 'WARN' ? 'warn' : 'error', Object.fromEntries(fields) as LogFields, message);
  };
}

const pick = (said: ReadonlyMap<string, unknown>): object =>
  Object.fromEntries(NAMED.flatMap((name) => (said.has(name) ? [[name, said.get(name)]] : [])));

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
