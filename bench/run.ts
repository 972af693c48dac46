import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Figure } from './measure.ts';

/** Each section runs in a process of its own: what one has loaded must not slow another down. */
const SECTIONS = {
  start: async () => (await import('./start.ts')).starts(),
  'working-days': async () => (await import('./working-days.ts')).workingDays(),
  preview: async () => (await import('./preview.ts')).previews(),
  'state-size': async () => (await import('./state-size.ts')).stateSizes(),
  'ten-years': async () => (await import('./ten-years.ts')).tenYearsEach(),
  'cached-lifecycle': async () => (await import('./cached-lifecycle.ts')).cachedLifecycles(),
  engine: async () => (await import('./engine.ts')).onTheEngine(),
  replan: async () => (await import('./replan.ts')).replanning(),
  economy: async () => (await import('./economy.ts')).economy(),
  deliveries: async () => (await import('./deliveries.ts')).deliveries(),
  mail: async () => (await import('./mail.ts')).aMorning(),
  figures: async () => (await import('./figures.ts')).dashboards(),
  'plan-book': async () => (await import('./plan-book.ts')).planBooks(),
  board: async () => (await import('./board.ts')).aBoard(),
} satisfies Record<string, () => Promise<Figure[]>>;

/** Sections that take many minutes: run where they are named, `npm run bench -- load`. */
const LONG = {
  'long-register': async () => (await import('./long-register.ts')).longRegister(),
  rounds: async () => (await import('./rounds-year.ts')).aYearOfRounds(),
  large: async () => (await import('./large.ts')).largeInspections(),
  load: async () => (await import('./load.ts')).underLoad(),
  morning: async () => (await import('./mail.ts')).aMorningOnTheCluster(),
} satisfies Record<string, () => Promise<Figure[]>>;

/** `npm run bench`: every figure beside what it is measured against in the same run. */
async function main(): Promise<void> {
  const section = new Map<string, () => Promise<Figure[]>>(Object.entries({ ...SECTIONS, ...LONG })).get(
    process.argv[2] ?? '',
  );
  if (section !== undefined) return show(await section());
  console.log(
    `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}\n`,
  );
  for (const name of Object.keys(SECTIONS))
    execFileSync(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url), name], { stdio: 'inherit' });
}

function show(figures: Figure[]): void {
  for (const { what, value, against, goal, met } of figures) {
    console.log(`${what}\n    ${value}`);
    if (against !== undefined) console.log(`    against ${against}`);
    if (goal !== undefined) console.log(`    goal: ${goal}: ${met === true ? 'met' : 'NOT met'}`);
  }
}

await main();
