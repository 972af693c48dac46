import { readFile, stat } from 'node:fs/promises';
import { type BankHolidays, bankHolidays } from '../../domain/schemas/bank-holidays.ts';

/** The source of bank holidays can't be read, or holds something else: in a sentence for an administrator. */
export class FeedProblem extends Error {
  override readonly name = 'FeedProblem';
}

const MAX_BYTES = 2 * 1024 * 1024;
const PATIENCE_MS = 20_000;

/**
 * Reads bank holidays as GOV.UK publishes them, from a web address or a file, and checks that they are.
 *
 * @param before the last good feed: a new one that ends in an earlier year has been cut short
 * @throws FeedProblem
 */
export async function readFeed(
  source: string,
  { before = null, patienceMs = PATIENCE_MS }: { before?: BankHolidays | null; patienceMs?: number } = {},
): Promise<BankHolidays> {
  const text = /^https?:\/\//.test(source) ? await download(source, patienceMs) : await fromFile(source);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new FeedProblem(`${source} does not hold JSON`);
  }
  const parsed = bankHolidays.safeParse(data);
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    const where = first?.path.join('.') ?? '';
    throw new FeedProblem(
      `${source} does not hold bank holidays as GOV.UK publishes them: ${where === '' ? '' : `${where}: `}${first?.message ?? 'unreadable'}`,
    );
  }
  const [last, lastBefore] = [lastYear(parsed.data), before === null ? '' : lastYear(before)];
  if (last < lastBefore)
    throw new FeedProblem(
      `${source} ends in ${last}; the one read before went to ${lastBefore}. It has been cut short`,
    );
  return parsed.data;
}

function lastYear(feed: BankHolidays): string {
  const dates = Object.values(feed).flatMap(({ events }) => events.map(({ date }) => date));
  return dates.sort().at(-1)?.slice(0, 4) ?? '';
}

async function download(address: string, patienceMs: number): Promise<string> {
  try {
    const answer = await fetch(address, {
      signal: AbortSignal.timeout(patienceMs),
      headers: { accept: 'application/json' },
    });
    if (!answer.ok) throw new FeedProblem(`${address} answered ${answer.status}`);
    return await bounded(answer, address);
  } catch (error) {
    if (error instanceof FeedProblem) throw error;
    const late = error instanceof Error && error.name === 'TimeoutError';
    throw new FeedProblem(
      late ? `${address} did not answer within ${patienceMs / 1000} seconds` : `${address} can't be reached`,
      { cause: error },
    );
  }
}

/** The body, as far as a list of bank holidays may be long. */
async function bounded(answer: Response, address: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    const bytes = chunk as Uint8Array;
    size += bytes.byteLength;
    if (size > MAX_BYTES) throw new FeedProblem(`${address} is longer than a list of bank holidays can be`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function fromFile(path: string): Promise<string> {
  try {
    if ((await stat(path)).size > MAX_BYTES)
      throw new FeedProblem(`${path} is longer than a list of bank holidays can be`);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof FeedProblem) throw error;
    throw new FeedProblem(`${path} can't be read`, { cause: error });
  }
}
