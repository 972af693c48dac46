import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../platform/package-root.ts';
import { boardForAll } from '../support/board.ts';
import { findSchemathesis } from '../support/ensure-tools.mjs';

const OUTPUT = join(packageRoot(), 'test-output', 'fuzz');
/** Some thousands of requests, made up and checked by a program of one thread; two other files run beside it. */
const MINUTES_MS = 1_200_000;

let id = '';
let key = '';
let address = '';
const board = boardForAll(async (rig) => {
  id = await rig.start('examples/middlesbrough-2016.yaml');
  key = await (await rig.signedIn('democratic-services@middlesbrough.example.org')).apiKey();
  address = await rig.serve();
});

// None where there is no Python for it: the set-up says so.
const programs = [findSchemathesis()].filter((each) => each !== undefined);

test('the API describes itself to whoever asks', async () => {
  expect((await fetch(`${address}/openapi.json`)).status).toBe(200);
});

/**
 * Of what a whole plan may hold there are thousands of cases, three quarters of which the API answers by asking to wait: those
 * two are tried by examples and at random alone. Starting inspections by the thousand, or closing this one, would leave
 * nothing to try.
 */
const KINDS = {
  'of every kind': ['--exclude-path-regex', '/(close|revise|addInstrument)$', '--phases', 'examples,coverage,fuzzing'],
  'of a whole plan': ['--include-path-regex', '/(revise|addInstrument)$', '--phases', 'examples,fuzzing'],
};

test.each(programs.flatMap((program) => Object.entries(KINDS).map(([kind, which]) => ({ program, kind, which }))))(
  'made-up requests $kind, by the API’s own description, never make it fail',
  async ({ program, which }) => {
    mkdirSync(OUTPUT, { recursive: true });
    const [authority = '', reference = ''] = id.split('/');
    const { code, said } = await run(
      program,
      [
        'run',
        `${address}/openapi.json`,
        '--url',
        address,
        '--header',
        `Authorization: Bearer ${key}`,
        ...which,
        '--checks',
        'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance',
        '--max-examples',
        '25',
        '--request-timeout',
        '60',
        // CPython 3.11 may not parse source text in two threads at once, as hypothesis does.
        '--workers',
        '1',
        '--seed',
        '1',
        '--no-color',
      ],
      { authority, reference },
    );
    expect(said).toMatch(/Test cases:\s+\d+ generated/);
    expect([code, code === 0 ? '' : said]).toEqual([0, '']);
    expect(board().errors).toEqual([]);
  },
  MINUTES_MS,
);

/** Half of the made-up addresses name the inspection that there is: else every answer were 404. */
function run(
  file: string,
  args: string[],
  { authority, reference }: { authority: string; reference: string },
): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: OUTPUT,
      env: {
        ...process.env,
        FUZZ_AUTHORITY: authority,
        FUZZ_REFERENCE: reference,
        SCHEMATHESIS_HOOKS: 'fuzz_hooks',
        // Python has a package of its own that is called test.
        PYTHONPATH: join(packageRoot(), 'test', 'web'),
        PYTHONDONTWRITEBYTECODE: '1',
      },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, said }));
  });
}
