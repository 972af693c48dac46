import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import type { Checked } from './checker.ts';
import type { Scenario } from './faults/scenario.ts';
import { SCENARIOS } from './faults/scenarios.ts';
import { compiled } from './processes.ts';
import { openSite } from './site.ts';

/**
 * `npm run faults [-- --only NAME] [--seconds 30] [--repeat 1] [--down 30] [--cluster]`: each fault during load, then the
 * independent checker. Ends with 1 where it has anything to say.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      cluster: { type: 'boolean', default: false },
      only: { type: 'string' },
      seconds: { type: 'string', default: '30' },
      repeat: { type: 'string', default: '1' },
      down: { type: 'string', default: '30' },
    },
  });
  const chosen = Object.entries<Scenario>(SCENARIOS).filter(
    ([name]) => values.only === undefined || name === values.only,
  );
  if (chosen.length === 0) throw new Error(`--only: one of ${Object.keys(SCENARIOS).join(', ')}`);
  // The commands that some of them kill are the built ones.
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
  const options = { seconds: Number(values.seconds), down: Number(values.down), worker: compiled('mail-worker') };
  const site = await openSite(process.env, { cluster: values.cluster });
  try {
    console.log(`on ${site.what}`);
    for (const [name, scenario] of chosen) {
      console.log(`${name}: ${scenario.proves}`);
      const why = scenario.unavailable?.(site);
      if (why !== undefined) {
        console.log(`    not run: ${why}`);
        continue;
      }
      for (let turn = 1; turn <= Number(values.repeat); turn++) {
        if (!(await ranClean(turn, () => scenario.run(site, options)))) process.exitCode = 1;
      }
    }
  } finally {
    await site.close();
  }
}

/** One turn, told in a line; one that could not be run to its end does not keep the others from theirs. */
async function ranClean(turn: number, run: () => Promise<Checked>): Promise<boolean> {
  const begun = performance.now();
  const took = () => Math.round((performance.now() - begun) / 1000);
  try {
    const { findings, inspections, mails, owed, entries } = await run();
    console.log(
      `    ${turn}: ${inspections} inspections, ${mails} mails, ${owed} owed notices, ${entries} entries, ${took()} s: ${findings.length === 0 ? 'the checker has nothing to say' : `${findings.length} findings`}`,
    );
    for (const { what, why: said } of findings.slice(0, 20)) console.log(`      ${what}: ${said}`);
    return findings.length === 0;
  } catch (error) {
    console.log(
      `    ${turn}: not run to its end, after ${took()} s: ${error instanceof Error ? error.stack : String(error)}`,
    );
    return false;
  }
}

await main();
