/** A worker that hangs must not keep Prometheus waiting, which gives up after ten seconds. */
const PATIENCE_MS = 2000;

/** What a worker says of itself, after a line on whether it did. Never fails: one that is silent is `duecourse_worker_metrics_up 0`. */
export async function workerMetrics(url: string): Promise<string> {
  const said = await read(url);
  const up = `# HELP duecourse_worker_metrics_up Whether the worker's own metrics could be read.\n# TYPE duecourse_worker_metrics_up gauge\nduecourse_worker_metrics_up ${said === undefined ? 0 : 1}\n`;
  return said === undefined ? up : `${up}\n${said}`;
}

async function read(url: string): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return answer.ok ? await answer.text() : undefined;
  } catch {
    return undefined;
  }
}
