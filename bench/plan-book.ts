import { NO_CHOICES } from '../client/own-book/own-choices.ts';
import { bookFiles } from '../client/web/plan-book/book-files.ts';
import { YamlFile } from '../client/files/yaml-file.ts';
import { planAsYaml } from '../client/plan/plan-text.ts';
import { onPlan } from '../client/plan-book/on-plan.ts';
import { FileProblems } from '../client/files/file-problems.ts';
import { Story } from '../domain/preview/story.ts';
import { inspectionRef } from '../domain/inspection-ref.ts';
import { planFile } from '../domain/schemas/plan-file.ts';
import { largeStart } from '../test/support/large.ts';
import type { Figure } from './measure.ts';

const NOW = '2016-02-22T10:00:00.000Z';
const ACTIONS = 3000;
const GOALS = { seconds: 5, mebibytes: 300, milliseconds: 200 };
/** So often it is asked whether the thread that answers requests would answer one. */
const ASKED_EVERY_MS = 5;

/** The largest plan as a workbook, out and in, as the pages do it: beside the thread that answers requests. */
export async function planBooks(): Promise<Figure[]> {
  const { state } = new Story(largeStart({ actions: ACTIONS, roles: 200, characters: 200 }), NOW);
  const { facts } = state;
  const books = bookFiles();
  const ref = inspectionRef(facts.authority.id, facts.inspection.reference);
  const out = await watched(() => books.write({ state, now: NOW, words: new Map() }));
  const form = new FormData();
  form.set('file', new File([Buffer.from(out.made)], 'plan.xlsx'));
  const request = new Response(form);
  const contentType = request.headers.get('Content-Type') ?? '';
  const body = new Uint8Array(await request.arrayBuffer());
  const plan = { state, now: NOW, words: new Map<number, string>() };
  const back = await watched(() => books.read({ body, contentType, ref, plan, kept: NO_CHOICES }));
  const { book } = back.made;
  if (book === undefined || book instanceof FileProblems) throw new Error(String(book));
  const began = performance.now();
  onPlan(
    book,
    facts.inspection,
    () => true,
    () => undefined,
  );
  const compared = performance.now() - began;
  const yaml = await watched(() => {
    const text = planAsYaml(facts.inspection, { head: 'x', revision: 1 }, []);
    if (YamlFile.of(text, 'x').check(planFile).data === undefined) throw new Error('the YAML can’t be read back');
    return Promise.resolve();
  });
  const against = `the same plan as YAML, out and in on the thread that asks: ${said(yaml)}`;
  const figure = (what: string, one: Omit<Watched<unknown>, 'made'>): Figure[] => [
    {
      what: `${what}: ${ACTIONS.toLocaleString('en-GB')} actions`,
      value: said(one),
      against,
      goal: `${GOALS.seconds} s, ${GOALS.mebibytes} MiB more, other requests within ${GOALS.milliseconds} ms`,
      met: one.seconds <= GOALS.seconds && one.mebibytes <= GOALS.mebibytes && one.waited <= GOALS.milliseconds,
    },
  ];
  return [
    ...figure('A plan written as a workbook', out),
    ...figure('The same read back, by a form', back),
    {
      what: 'Brought onto the plan as it runs, on the thread that answers requests',
      value: `${compared.toFixed(0)} ms; the file has ${(out.made.length / 1024).toFixed(0)} KiB`,
      goal: `${GOALS.milliseconds} ms`,
      met: compared <= GOALS.milliseconds,
    },
  ];
}

interface Watched<T> {
  made: T;
  seconds: number;
  /** Of the processor's time, of all threads: it does not grow where others use the machine as well. */
  processor: number;
  /** Of memory of the whole process, its threads with it, more than before. */
  mebibytes: number;
  /** The longest that a request would have waited meanwhile, in milliseconds. */
  waited: number;
}

const said = ({ seconds, processor, mebibytes, waited }: Omit<Watched<unknown>, 'made'>): string =>
  `${seconds.toFixed(1)} s (${processor.toFixed(1)} s of the processor’s time), ${mebibytes.toFixed(0)} MiB more at most, another request waits ${waited.toFixed(0)} ms at most`;

async function watched<T>(work: () => Promise<T>): Promise<Watched<T>> {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let [most, waited, last] = [before, 0, performance.now()];
  const asked = setInterval(() => {
    const now = performance.now();
    waited = Math.max(waited, now - last - ASKED_EVERY_MS);
    last = now;
    most = Math.max(most, process.memoryUsage().rss);
  }, ASKED_EVERY_MS);
  const began = performance.now();
  const used = process.cpuUsage();
  try {
    const made = await work();
    waited = Math.max(waited, performance.now() - last - ASKED_EVERY_MS);
    most = Math.max(most, process.memoryUsage().rss);
    const seconds = (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(used);
    return { made, seconds, processor: (user + system) / 1e6, mebibytes: (most - before) / 2 ** 20, waited };
  } finally {
    clearInterval(asked);
  }
}
