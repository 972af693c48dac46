import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { program } from '../../client/cli/program.ts';
import { environment } from '../../domain/schemas/environment.ts';
import { cli } from '../support/cli.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const DOCS = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));

/** The lines that a reader types, as they stand; those that go on are put together. */
const typedIn = (text: string): string[] =>
  text
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .flatMap((line) => /^\$ (?:source <\()?\.\/duecourse (.*)$/.exec(line)?.[1] ?? [])
    .map((line) => line.replace(/\)? {2,}#.*$/, '').trim());

/** The words of a line as a shell takes it apart, without where its output goes. */
const wordsOf = (line: string): string[] =>
  execFileSync('bash', ['-c', `printf '%s\\0' ${line.replace(/ > \S+$/, '')}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

/** The program, whose commands do nothing: only what they are called with is looked at. */
async function inert(): Promise<Command> {
  const made = await program();
  const still = (command: Command): void => {
    if (command.commands.length === 0) command.action(() => undefined);
    command.commands.forEach(still);
  };
  still(made);
  return made;
}

const LINES = typedIn(README);
/** What stands in the README for files of the reader's own. */
const OWN_FILES = /my-inspection|my-council/;

describe('what the README has its reader type', () => {
  test('is found', () => {
    expect(LINES.length).toBeGreaterThan(30);
    expect(LINES.filter((line) => /^(list|calendar add|register erase)\b/.test(line)).length).toBeGreaterThanOrEqual(3);
  });

  test.each(LINES)('./duecourse %s: there is such a command, with such options', async (line) => {
    await expect((await inert()).parseAsync(['node', 'duecourse', ...wordsOf(line)])).resolves.toBeDefined();
  });

  test.each(
    DOCS.flatMap((name) => typedIn(readFileSync(join(ROOT, 'docs', name), 'utf8')).map((line) => [name, line])),
  )('docs/%s: ./duecourse %s', async (_name, line) => {
    await expect((await inert()).parseAsync(['node', 'duecourse', ...wordsOf(line)])).resolves.toBeDefined();
  });

  test.each([
    ['nonsense', 'no such command'],
    ['list --colour', 'no such option'],
    ['submit middlesbrough/2016', 'an argument is missing'],
    ['audit middlesbrough 2016', 'too many words'],
  ])('a line that can’t be typed is seen: %s (%s)', async (line) => {
    await expect((await inert()).parseAsync(['node', 'duecourse', ...wordsOf(line)])).rejects.toThrow(
      /unknown|missing|things are|too many/,
    );
  });

  /** Files that the lines name are shipped, so that they can be typed in a fresh copy. */
  test('names only files that are there', () => {
    const shipped = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' }).split('\n');
    const named = LINES.flatMap(wordsOf).filter((word) => word.startsWith('examples/'));
    expect(named.length).toBeGreaterThan(5);
    for (const file of named)
      expect([file, shipped.some((each) => each === file || each.startsWith(`${file}`))]).toEqual([file, true]);
    expect(
      LINES.filter((line) => /\.(ya?ml|json)\b/.test(line) && !OWN_FILES.test(line) && !line.includes('examples/')),
    ).toEqual([]);
  });

  const NEEDS_NO_SERVER = /^(calendar add|preview|rules|import \S+ --dry-run)\b/;
  test.each(LINES.filter((line) => NEEDS_NO_SERVER.test(line)))('./duecourse %s works as it stands', async (line) => {
    mkdirSync(join(ROOT, 'var'), { recursive: true });
    const { code, out } = await cli(wordsOf(line));
    expect(code).toBe(0);
    // What the README shows of the answer is the answer.
    const shown = README.slice(README.indexOf(`$ ./duecourse ${line}\n`))
      .split('\n')
      .slice(1);
    for (const each of shown.slice(
      0,
      shown.findIndex((next) => /^(\$|```|$|…)/.test(next.trim())),
    ))
      expect(out).toContain(each);
  });

  test('every variable that it names is one, and every one is named', () => {
    const rows = README.split('\n').filter((line) => line.startsWith('| `'));
    const named = rows.flatMap((line) =>
      [...(line.split('|')[1] ?? '').matchAll(/`(DUECOURSE_[A-Z_]+)`/g)].map((each) => each[1]),
    );
    const known = Object.keys(environment.shape).filter((name) => name.startsWith('DUECOURSE_'));
    expect(named.filter((name) => !known.includes(name ?? ''))).toEqual([]);
    expect(known.filter((name) => !named.includes(name))).toEqual(['DUECOURSE_NOTIFY_URL', 'DUECOURSE_CACHE']);
  });
});
