import { cpus, totalmem } from 'node:os';
import { onTheEngine } from './engine.ts';
import type { Figure } from './measure.ts';
import { previews } from './preview.ts';
import { workingDays } from './working-days.ts';

/** `npm run bench`: every figure beside what it is measured against in the same run. */
async function main(): Promise<void> {
  console.log(
    `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}\n`,
  );
  const figures: Figure[] = [...workingDays(), ...previews(), ...(await onTheEngine())];
  for (const { what, value, against, goal, met } of figures) {
    console.log(`${what}\n    ${value}`);
    if (against !== undefined) console.log(`    against ${against}`);
    if (goal !== undefined) console.log(`    goal: ${goal}: ${met === true ? 'met' : 'NOT met'}`);
  }
}

await main();
