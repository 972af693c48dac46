import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Register } from '../register/register.ts';
import { seeded } from '../test/support/seeded.ts';
import { directorOf, type Filled, REGIONAL, TOPICS } from './board-data.ts';

/** Each kind of page, and what every one of it holds: a page that says it is sorry is no page. */
const HOLDS = {
  overdue: /<ul class="board-counts">/,
  filtered: /<ul class="board-counts">/,
  words: /<ul class="board-counts">/,
  further: /<ul class="board-counts">/,
  sorted: /<ul class="board-counts">/,
  search: /Results for “/,
  duties: /<h1[^>]*>My duties/,
  figures: /<h1[^>]*>Figures/,
  csv: /^\uFEFF?Council,Inspection,/,
} satisfies Record<string, RegExp>;

export type Kind = keyof typeof HOLDS;
export const KINDS = Object.keys(HOLDS) as Kind[];

/** One answer to a reader: the kind of page, how long it took to its last byte, and whether it was what it should be. */
export interface Read {
  kind: Kind;
  /** Whether it was asked for by somebody of all councils. */
  wide: boolean;
  /** Milliseconds. */
  took: number;
  error?: string;
}

/** Somebody at a browser who has signed in. */
export interface Reader {
  cookie: string;
  /** The councils they belong to. */
  councils: string[];
}

/** A table to download, and the figures of three years, on every so many walks. */
const CSV_EVERY = 6;
const FIGURES_EVERY = 3;
const PATIENCE_MS = 20_000;
const STRANDS = ['plan-submission', 'improvement-actions'];
const SORTS = ['title', 'standing', 'strength', 'ownerTitle', '-inspectionTitle', '-workingDaysLate'];
const OWNERS = ['head-of-service', 'team-manager', 'director', 'scrutiny-chair'];

/**
 * Signs so many people in, each by the button of a link of their own.
 *
 * @param wide so many of them are administrators of every council; the others are directors of one each
 */
export async function signIn(
  address: string,
  register: Register,
  filled: Filled,
  { count, wide }: { count: number; wide: number },
): Promise<Reader[]> {
  const all = filled.authorities.map(({ id }) => id);
  return Promise.all(
    Array.from({ length: count }, async (_, place) => {
      const one = all[(place * 7) % all.length] ?? '';
      const [email, councils] = place < wide ? [REGIONAL, all] : [directorOf(one), [one]];
      const token = randomBytes(32).toString('base64url');
      const expiresAt = new Date(Date.now() + 60_000).toISOString();
      await register.board.keepLink({ token, email, leadsTo: '/', expiresAt });
      const answer = await fetch(`${address}/sign-in/${token}`, {
        method: 'POST',
        redirect: 'manual',
        headers: { Origin: address },
      });
      const [cookie] = answer.headers.getSetCookie().map((each) => each.split(';')[0] ?? '');
      if (answer.status !== 303 || cookie === undefined) throw new Error(`nobody was signed in: ${answer.status}`);
      return { cookie, councils };
    }),
  );
}

/**
 * All of them walk through the lists side by side, each its own way.
 *
 * @param pauseMs how long each looks at a page before the next, on average; 0: one after the other
 */
export async function readAll(
  address: string,
  readers: readonly Reader[],
  seconds: number,
  pauseMs = 0,
): Promise<Read[]> {
  const until = performance.now() + seconds * 1000;
  const reads = await Promise.all(
    readers.map(async (reader, place) => {
      const own: Read[] = [];
      const random = seeded(place + 1);
      for (let turn = place; performance.now() < until; turn++)
        for (const [kind, path] of walk(reader, random, turn)) {
          await sleep(2 * pauseMs * random());
          if (performance.now() >= until) break;
          own.push(await read(address, reader, kind, path));
        }
      return own;
    }),
  );
  return reads.flat();
}

/** The first page, then what somebody does who looks for something. */
function walk({ councils }: Reader, random: () => number, turn: number): [Kind, string][] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const council = pick(councils);
  return [
    ['overdue', '/overdue'],
    ['filtered', `/overdue?authority=${council}&owner=${pick(OWNERS)}`],
    ['filtered', `/overdue?strand=${pick(STRANDS)}&status=${pick(['overdue', 'open', 'held', 'all'])}`],
    ['words', `/overdue?q=${pick(TOPICS)}&owner=${pick(OWNERS)}`],
    ['search', `/search?q=${pick(TOPICS)}`],
    ['sorted', `/overdue?status=${pick(['overdue', 'all'])}&sort=${pick(SORTS)}`],
    ['further', `/overdue?page=${2 + Math.floor(random() * (councils.length === 1 ? 1 : 100))}`],
    ['duties', '/my-duties'],
    ...(turn % FIGURES_EVERY === 0
      ? [['figures', `/figures?authority=${council}&years=3`] satisfies [Kind, string]]
      : []),
    ...(turn % CSV_EVERY === 0
      ? [['csv', `/overdue.csv?authority=${council}&status=all`] satisfies [Kind, string]]
      : []),
  ];
}

async function read(address: string, { cookie, councils }: Reader, kind: Kind, path: string): Promise<Read> {
  const begun = performance.now();
  const wide = councils.length > 1;
  try {
    const answer = await fetch(`${address}${path}`, {
      headers: { Cookie: cookie },
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const text = await answer.text();
    const took = performance.now() - begun;
    if (answer.status !== 200) return { kind, wide, took, error: `${answer.status} for ${path}` };
    if (!HOLDS[kind].test(text)) return { kind, wide, took, error: `${path} holds something else` };
    return { kind, wide, took };
  } catch (error) {
    return { kind, wide, took: performance.now() - begun, error: `${path}: ${String(error)}` };
  }
}
