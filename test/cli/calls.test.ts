import type { Command } from 'commander';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pathOf } from '../../client/cli/calls.ts';
import { completionScript } from '../../client/cli/completion.ts';
import { program } from '../../client/cli/program.ts';
import { cli, type CliResult } from '../support/cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'duecourse-calls-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const nowhere = { DUECOURSE_VAR: join(folder, 'var'), HOME: folder };

const all = (command: Command): Command[] => [command, ...command.commands.flatMap(all)];
const whole = await program();
const leaves = all(whole).filter((each) => each.commands.length === 0);

describe('a call that lacks something', () => {
  test('says all of it at once, and whose help to read', async () => {
    const { code, err } = await cli(['waive', 'middlesbrough/2016'], nowhere);
    expect(code).toBe(2);
    expect(err).toMatch(/3 things are missing:\n +<milestone> [^\n]*\n +--reason TEXT[^\n]*\n +--as ROLE/);
    expect(err).toContain('How it is called: duecourse waive --help');
  });

  test('of one thing says it in one line; programs read it as JSON', async () => {
    const call = ['hold', 'middlesbrough/2016', 'a1', '--reason', 'x', '--as', 'director'];
    expect((await cli(call, nowhere)).err).toContain(
      'missing required option --review DATE: When is the hold looked at again',
    );
    expect(JSON.parse((await cli([...call, '--json'], nowhere)).err)).toMatchObject({
      error: { code: 'commander.missing' },
    });
  });

  test('the help marks what is required, and is no wider than the screen', async () => {
    const { out } = await cli(['extend', '--help'], nowhere);
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(/--to <date> New due date \(required\)/);
    const helps = await Promise.all(
      [['--help'], ['decide', '--help'], ['calendar', '--help']].map((args) => cli(args, nowhere)),
    );
    for (const { code, out: help } of helps)
      expect([code, help.split('\n').filter((line) => line.length > 80)]).toEqual([0, []]);
  });

  test('the name of no inspection is said before any server is asked', async () => {
    const { code, err } = await cli(['show', 'middlesbrough 2016'], nowhere);
    expect([code, err]).toEqual([2, expect.stringContaining('did you mean middlesbrough/2016?')]);
  });
});

describe('options of the program and of a command by one name', () => {
  const global = whole.options.flatMap(({ long, short }) => [long, short].filter((each) => each !== undefined));
  const own = leaves.flatMap((command) =>
    command.options
      .filter(
        (option) =>
          !option.hidden && [option.long, option.short].some((each) => each !== undefined && global.includes(each)),
      )
      .map((option) => [pathOf(command), option.long ?? ''] as const),
  );
  test('there are some, and the command’s own is the one that is meant after it', async () => {
    expect(own).toEqual([['duecourse record-plan', '--version']]);
    const call = ['record-plan', 'middlesbrough/2016', '--version', '1', '--stage', 'draft', '--as', 'director'];
    const { code, out, err } = await cli(call, nowhere);
    expect([code, out, err]).toEqual([1, '', expect.stringContaining('No engine is running')]);
    expect((await cli([...call.slice(0, 3), '1.5', ...call.slice(4)], nowhere)).err).toContain(
      '"1.5" is not a whole number',
    );
  });

  test.each([['--version'], ['-V']])('%s before a command is the program’s', async (flag) => {
    const { code, out } = await cli([flag], nowhere);
    expect([code, out]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)]);
  });

  test('--debug is taken before a command and after it', async () => {
    for (const args of [
      ['--debug', 'list'],
      ['list', '--debug'],
    ])
      expect((await cli(args, nowhere)).err).toMatch(/No register is running[^]*\n\s+at /);
  });
});

describe('a configuration file', () => {
  const home = join(folder, 'home');
  const file = join(home, '.config', 'duecourse', 'config.yaml');
  const write = (text: string, mode = 0o600): void => {
    writeFileSync(file, text);
    chmodSync(file, mode);
  };
  const call = (variables: Record<string, string> = {}): Promise<CliResult> =>
    cli(['submit', 'middlesbrough/2016', 'a1'], { HOME: home, ...variables });
  beforeAll(() => mkdirSync(join(home, '.config', 'duecourse'), { recursive: true }));

  test('says who acts and where the servers are; a variable goes before it', async () => {
    write(
      `as: director\nby: j\nsettings: { TEMPORAL_ADDRESS: '127.0.0.1:9', DUECOURSE_VAR: ${join(folder, 'other')} }\n`,
    );
    expect((await call()).err).toContain("Temporal can't be reached at 127.0.0.1:9");
    expect((await call({ TEMPORAL_ADDRESS: '127.0.0.1:10' })).err).toContain("can't be reached at 127.0.0.1:10");
    write('as: director\n');
    expect((await call({ DUECOURSE_VAR: nowhere.DUECOURSE_VAR })).err).toContain('No engine is running');
  });

  test.each([
    ['a key it does not know', 'ass: director\n', 0o600, /config\.yaml:1:1 .*"ass".*expected "as"/],
    ['a setting that is none of ours', 'settings: { PATH: /tmp }\n', 0o600, /expected a variable of duecourse/],
    ['a role that can be none', 'as: "Head of Service"\n', 0o600, /config\.yaml:1:5 .*lower-case/],
    [
      'others who may write it',
      'as: director\n',
      0o622,
      /may be written by others than you; correct that with: chmod go-w/,
    ],
  ])('with %s is refused', async (_what, text, mode, sentence) => {
    write(text, mode);
    expect(await call()).toMatchObject({
      code: 1,
      err: expect.stringMatching(sentence) as string,
    });
  });

  test('with a mistake keeps nobody from the help', async () => {
    write('ass: x\n');
    expect((await cli(['--help'], { HOME: home })).code).toBe(0);
  });
});

describe('completion', () => {
  /** What a real bash offers for a line whose last word is being typed. */
  function completed(line: string): string[] {
    const script = `${completionScript(whole, 'bash')}
COMP_WORDS=(${line.endsWith(' ') ? `${line}''` : line}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _duecourse; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['--norc', '-c', script], { encoding: 'utf8' }).trim().split('\n');
  }

  test.each([
    ['duecourse hist', ['history']],
    ['./duecourse calendar ', ['add', 'clear-before', 'count', 'add-months', 'batch', 'diff', 'watch', 'approve']],
    ['duecourse calendar add 2016-02-19 90 --div', ['--division']],
    ['duecourse calendar add --division s', ['scotland']],
    ['duecourse show middlesbrough/2016 --status over', ['overdue']],
    ['duecourse list --format ', ['table', 'csv', 'json']],
    ['duecourse register erase --re', ['--reason']],
    ['duecourse waive middlesbrough/2016 a1 --reason ', ['']],
    ['duecourse preview exam', ['']],
    ['duecourse completion f', ['fish']],
  ])('bash: "%s"', (line, words) => {
    expect(completed(line)).toEqual(words);
  });

  test('offers every option of every command', () => {
    for (const command of leaves) {
      const options = command.options.filter((each) => !each.hidden).flatMap((each) => each.long ?? []);
      expect([pathOf(command), completed(`${pathOf(command)} -`)]).toEqual([
        pathOf(command),
        expect.arrayContaining(options),
      ]);
    }
  });

  test.each(['bash', 'zsh', 'fish'] as const)(
    '%s: the command prints its script, though a configuration file is wrong',
    async (shell) => {
      const { code, out } = await cli(['completion', shell], nowhere);
      expect([code, out]).toEqual([0, completionScript(whole, shell)]);
      for (const command of leaves) expect(out).toContain(command.name());
    },
  );
});
