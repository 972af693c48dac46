import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Figure, median, round } from './measure.ts';

const COMMAND = fileURLToPath(new URL('../client/cli/duecourse.mjs', import.meta.url));
const ROUNDS = 15;

/** Calls that ask no server, so that all they take is their own. */
const CALLS = [
  ['--help'],
  ['calendar', 'add', '2026-11-23', '5'],
  ['list', '--help'],
  ['submit', '--help'],
  ['check', 'examples/middlesbrough-2016.yaml'],
] as const;
const QUICK: readonly string[] = ['--help', 'calendar add 2026-11-23 5'];
/** How many times what Node alone takes. */
const GOAL = 3;

/** What calls of the built command take of the processor, beside Node with nothing to do, in turns. */
export function starts(): Figure[] {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-bench-'));
  const told = join(folder, 'told.cjs');
  writeFileSync(told, TOLD);
  const seconds = new Map<string, number[]>();
  for (let turn = 0; turn <= ROUNDS; turn++)
    for (const args of [['-e', '0'], ...CALLS.map((each) => [COMMAND, ...each])]) {
      const took = processorSeconds(args, told);
      // In the first turn the files are read from the disk.
      if (turn > 0) seconds.set(args.join(' '), [...(seconds.get(args.join(' ')) ?? []), took]);
    }
  rmSync(folder, { recursive: true });
  const alone = median(seconds.get('-e 0') ?? []);
  return CALLS.map((each) => {
    const call = each.join(' ');
    const took = median(seconds.get(`${COMMAND} ${call}`) ?? []);
    return {
      what: `duecourse ${call}`,
      value: `${round(took / alone)} times Node alone; ${round(took * 1000)} ms of the processor`,
      against: `${round(alone * 1000)} ms by node -e 0`,
      ...(QUICK.includes(call) ? { goal: `at most ${GOAL} times`, met: took <= GOAL * alone } : {}),
    };
  });
}

/** @throws Error where it fails: what ends early takes little */
function processorSeconds(args: readonly string[], told: string): number {
  const { status, stderr, output } = spawnSync(process.execPath, ['--require', told, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  if (status !== 0) throw new Error(stderr);
  return Number(output[3]) / 1e6;
}

/** What a process runs first, so that it tells at its end what it has taken. */
const TOLD = `process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  require('node:fs').writeSync(3, String(user + system));
});`;
