import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** What the checks read: the project's own, never a copy that could fall behind. */
const CONFIGURATION = [
  '.oxlintrc.json',
  '.oxfmtrc.json',
  'knip.json',
  'tsconfig.json',
  'test/checks/lint-rules.mjs',
  'test/checks/layers.mjs',
  'test/checks/cycles.mjs',
  'test/checks/knip-production.mjs',
];

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** What a program said and how it ended. */
export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** A tiny project in a temporary folder, under the project's own configuration and packages. */
export class FixtureProject {
  readonly folder = mkdtempSync(join(tmpdir(), 'duecourse-checks-'));

  /** @param files path → text */
  constructor(files: Record<string, string>) {
    for (const file of CONFIGURATION) cpSync(join(root, file), join(this.folder, file));
    symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'));
    this.write({ 'package.json': JSON.stringify({ name: 'fixture', type: 'module', scripts }), ...files });
  }

  write(files: Record<string, string>): void {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, file)), { recursive: true });
      writeFileSync(join(this.folder, file), text);
    }
  }

  /** Runs a script of the project's package.json here. */
  script(name: string, ...args: string[]): Promise<Ended> {
    const script = scripts[name];
    if (script === undefined) throw new Error(`package.json has no script ${name}`);
    const [program = '', ...rest] = script.split(' ');
    return this.run(program, [...rest, ...args]);
  }

  /** Runs a program here, in an environment that does not know it is inside a test. */
  run(program: string, args: string[], env: Record<string, string> = {}): Promise<Ended> {
    return new Promise((resolve) => {
      const options = { cwd: this.folder, env: { ...cleanEnvironment(), ...env }, maxBuffer: 1 << 26 };
      execFile(program, args, options, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, stdout, stderr });
      });
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** This process's environment without what vitest and CI put there. */
export function cleanEnvironment(): Record<string, string | undefined> {
  const theirs = /^(VITEST|CI$|NODE_ENV$|TEST$|DEV$|PROD$|MODE$|SSR$|BASE_URL$|npm_)/;
  const kept = Object.entries(process.env).filter(([name]) => !theirs.test(name));
  return {
    ...Object.fromEntries(kept),
    PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env['PATH'] ?? ''}`,
  };
}
