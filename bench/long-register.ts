import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { addDays } from '../domain/calendar/civil-date.ts';
import { instantAt } from '../domain/calendar/london.ts';
import type { RegisterEntry } from '../domain/lifecycle/entry.ts';
import { startPostgres } from '../platform/embedded/postgres.ts';
import { openRegister, type Register } from '../register/register.ts';
import { entry, started } from '../test/register/support.ts';
import { row } from '../test/support/rows.ts';
import { council } from '../test/support/facts.ts';
import type { Figure } from './measure.ts';

/** One inspection with half of all entries, as ten years of a large plan make it; the other half by a hundred more. */
const LONG = 50_000;
const OTHERS = 100;
const EACH = 500;
const TOTAL = LONG + OTHERS * EACH;
/** As many as a lifecycle hands over at once. */
const BATCH = 500;
const DUTIES = 300;
const BEGAN = '2016-02-19';
/** In every hundredth entry, as somebody who acts, and as words. */
const PERSON = 'jane.smith@anyborough.example.org';

const COMMAND = fileURLToPath(new URL('../client/cli/duecourse.mjs', import.meta.url));

/** `npm run bench -- long-register`: the record of ten years, by the built commands, each in a process of its own. */
export async function longRegister(): Promise<Figure[]> {
  const postgres = await startPostgres({ log: () => undefined });
  try {
    const register = openRegister({ url: postgres.url });
    await register.migrate();
    const filled = await timed(() => fill(register));
    await register.close();
    const run = (...args: string[]) => command(args, postgres.url);
    const verify = await run('register', 'verify');
    const audit = await run('audit', 'anyborough/long', '--on', addDays(BEGAN, 900), '--json');
    const history = await run('history', 'anyborough/long', '--format', 'csv');
    const erase = await run(
      ...['register', 'erase', PERSON, '--authority', 'anyborough', '--reason', 'they asked for it'],
      ...['--as', 'democratic-services', '--by', 'somebody else', '--yes'],
    );
    const again = await run('register', 'verify');
    return [
      {
        what: `${count(TOTAL)} entries of one council appended, ${count(LONG)} of them of one inspection, ${BATCH} at a time`,
        value: `${(filled / 1000).toFixed(1)} s, ${count(Math.round(TOTAL / (filled / 1000)))} a second`,
      },
      figure(`register verify of ${count(TOTAL)} entries`, verify, { seconds: 20, mib: 200 }),
      figure(`audit of one day of ${count(LONG)} entries`, audit, { seconds: 2, mib: undefined }),
      figure(`history of ${count(LONG)} entries`, history, { seconds: 20, mib: 200 }),
      figure(`register erase of one person in ${count(TOTAL)} entries`, erase, { seconds: 60, mib: 300 }),
      figure('register verify afterwards', again, { seconds: 20, mib: 200 }),
    ];
  } finally {
    await postgres.stop();
  }
}

async function fill(register: Register): Promise<void> {
  await register.board.keepAuthority({ ...council, id: 'anyborough' }, `${BEGAN}T10:00:00.000Z`);
  await fillOne(register, 'long', LONG);
  for (let number = 0; number < OTHERS; number++) await fillOne(register, `other-${number}`, EACH);
}

async function fillOne(register: Register, reference: string, length: number): Promise<void> {
  for (let from = 1; from <= length; from += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, length - from + 1) }, (_, index) => entryOf(from + index));
    await register.append({ authority: 'anyborough', reference, inspectionTitle: reference }, batch);
  }
}

/** Ten years in order: duties planned, told of, met, with who did it and what was said. */
function entryOf(seq: number): RegisterEntry {
  if (seq === 1) return started;
  const day = addDays(BEGAN, Math.floor((seq / LONG) * 3650));
  const duty = `improvement-actions/a${seq % DUTIES}`;
  const about = row({
    milestone: duty,
    strand: 'improvement-actions',
    title: `Action ${seq % DUTIES} of the plan, as the board has agreed it`,
    due: addDays(day, 60),
    dueAt: instantAt(addDays(day, 61), '00:00'),
    dueVersion: seq,
  });
  const hers = seq % 100 === 0;
  return entry(seq, {
    at: `${day}T10:00:00.000Z`,
    kind: 'milestone-extended',
    milestone: duty,
    actor: { id: hers ? PERSON : 'officer@anyborough.example.org', role: 'head-of-service' },
    text: `The date of action ${seq % DUTIES} was moved, for the reason that ${hers ? PERSON : 'the board'} gave: the work takes longer than it was thought to.`,
    data: { because: 'the work takes longer than it was thought to', from: day },
    row: about,
  });
}

interface Spent {
  seconds: number;
  /** Of this process alone: what the database does comes on top. */
  cpuSeconds: number;
  peakMiB: number;
}

/** Runs a command to its end, as somebody would type it. @throws Error where it fails */
function command(args: readonly string[], url: string): Promise<Spent> {
  const { PATH = '', HOME = '' } = process.env;
  const began = performance.now();
  const child = spawn(process.execPath, [COMMAND, ...args], {
    env: { PATH, HOME, NO_COLOR: '1', DATABASE_URL: url },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  let peakMiB = 0;
  let cpuSeconds = 0;
  const look = setInterval(() => {
    peakMiB = Math.max(peakMiB, peakOf(child.pid ?? 0));
    cpuSeconds = Math.max(cpuSeconds, cpuOf(child.pid ?? 0));
  }, 25);
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => {
      clearInterval(look);
      if (code === 0) resolve({ seconds: (performance.now() - began) / 1000, cpuSeconds, peakMiB });
      else reject(new Error(`${args.join(' ')} ended with ${code ?? 'a signal'}: ${said}`));
    });
  });
}

/** The most memory that a process has had resident, by Linux; 0 where it is gone. */
function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Processor time so far, by Linux's ticks of a hundredth of a second; 0 where it is gone. */
function cpuOf(pid: number): number {
  try {
    const [, after = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    const fields = after.split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

const count = (n: number): string => n.toLocaleString('en-GB');

function figure(
  what: string,
  { seconds, cpuSeconds, peakMiB }: Spent,
  goal: { seconds: number; mib: number | undefined },
): Figure {
  const memory = goal.mib === undefined ? '' : `, ${goal.mib} MiB`;
  return {
    what,
    value: `${seconds.toFixed(1)} s (${cpuSeconds.toFixed(1)} s of processor), ${Math.round(peakMiB)} MiB at most`,
    goal: `under ${goal.seconds} s${memory}`,
    met: seconds < goal.seconds && (goal.mib === undefined || peakMiB < goal.mib),
  };
}
