import { relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FixtureProject } from './fixture-project.ts';

const promised = 'export async function send(): Promise<void> {\n  await Promise.resolve();\n}\n';

/** What oxlint must refuse: what it is, the file it stands in, its code, the rule that sees it. */
const refused: [what: string, file: string, code: string, rule: string][] = [
  ['a floating promise', 'worker/a.ts', `${promised}send();`, 'no-floating-promises'],
  [
    'a promise where a condition is meant',
    'worker/b.ts',
    `${promised}if (send()) throw new Error('x');`,
    'no-misused-promises',
  ],
  ['any', 'worker/c.ts', 'export const x = (y: any): unknown => y;', 'no-explicit-any'],
  ['what came from JSON, unparsed', 'client/d.ts', 'export const x: string = JSON.parse("1");', 'no-unsafe-assignment'],
  ['==', 'client/e.ts', 'export const same = (a: number, b: number) => a == b;', 'eqeqeq'],
  ['a variable nobody uses', 'client/f.ts', 'const unused = 1;\nexport {};', 'no-unused-vars'],
  ['console outside the command line', 'worker/g.ts', 'console.log(1);', 'no-console'],
  [
    'a forgotten case',
    'domain/h.ts',
    "export function f(x: 'a' | 'b'): number {\n  switch (x) {\n    case 'a':\n      return 1;\n  }\n  return 2;\n}",
    'switch-exhaustiveness-check',
  ],
  ['a thrown string', 'worker/i.ts', "throw 'x';", 'only-throw-error'],
  ['an import in a circle', 'worker/j.ts', "import { k } from './k.ts';\nexport const j = () => k;", 'no-cycle'],
  ['a default export', 'client/l.ts', 'export default 1;', 'no-default-export'],
  [
    'a focused test',
    'test/m.test.ts',
    "import { expect, it } from 'vitest';\nit.only('x', () => expect(1).toBe(1));",
    'no-focused-tests',
  ],
  [
    'a skipped test',
    'test/n.test.ts',
    "import { expect, it } from 'vitest';\nit.skip('x', () => expect(1).toBe(1));",
    'no-disabled-tests',
  ],
  [
    'a test without an assertion',
    'test/o.test.ts',
    "import { it } from 'vitest';\nit('x', () => {});",
    'expect-expect',
  ],
  [
    'a needless disable comment',
    'worker/p.ts',
    '// oxlint-disable-next-line no-console\nexport const x = 1;',
    'unused-directive',
  ],

  [
    'activities in the domain',
    'domain/layer-a.ts',
    "import { a } from '../activities/a.ts';\nexport const x = a;",
    'no-restricted-imports',
  ],
  [
    'a type of workflows in the domain',
    'domain/layer-b.ts',
    "import type { W } from '../workflows/a.ts';\nexport type X = W;",
    'no-restricted-imports',
  ],
  [
    'the worker in the domain, two folders down',
    'domain/deep/er/layer-c.ts',
    "import { a } from '../../../worker/layer.ts';\nexport const x = a;",
    'no-restricted-imports',
  ],
  [
    'the client in the domain, exported on',
    'domain/layer-d.ts',
    "export { a } from '../client/layer.ts';",
    'no-restricted-imports',
  ],
  [
    'the client in a schema',
    'domain/schemas/layer-e.ts',
    "export * from '../../client/layer.ts';",
    'no-restricted-imports',
  ],
  ['zod in the domain', 'domain/layer-f.ts', "import { z } from 'zod';\nexport const x = z.string();", 'only-packages'],
  [
    'Temporal in the domain',
    'domain/layer-g.ts',
    "import type { Duration } from '@temporalio/common';\nexport type X = Duration;",
    'only-packages',
  ],
  [
    'date-fns beside its one module',
    'domain/calendar/layer-z.ts',
    "import { addDays } from 'date-fns/addDays';\nexport const x = addDays;",
    'only-packages',
  ],
  ['@date-fns/tz in the domain', 'domain/layer-h.ts', "export * from '@date-fns/tz';", 'only-packages'],
  ['@date-fns/utc in a schema', 'domain/schemas/layer-i.ts', "export * from '@date-fns/utc';", 'only-packages'],
  [
    'node: in the domain',
    'domain/layer-j.ts',
    "import { join } from 'node:path';\nexport const x = join;",
    'only-packages',
  ],
  [
    'a Node module without node: in a schema',
    'domain/schemas/layer-k.ts',
    "import type { Stats } from 'fs';\nexport type X = Stats;",
    'only-packages prefer-node-protocol',
  ],
  ['a dynamic import in the domain', 'domain/layer-l.ts', "export const x = () => import('node:fs');", 'only-packages'],
  [
    'activities in a workflow',
    'workflows/layer-a.ts',
    "import { a } from '../activities/a.ts';\nexport const x = a;",
    'no-restricted-imports',
  ],
  [
    'activities in a workflow, left behind by an inline type',
    'workflows/layer-b.ts',
    "import { type A } from '../activities/a.ts';\nexport type X = A;",
    'no-import-type-side-effects',
  ],
  [
    'a type of the client in a workflow',
    'workflows/layer-c.ts',
    "import type { A } from '../client/layer.ts';\nexport type X = A;",
    'no-restricted-imports',
  ],
  [
    'the worker in a workflow',
    'workflows/strands/layer-d.ts',
    "import { a } from '../../worker/layer.ts';\nexport const x = a;",
    'no-restricted-imports',
  ],
  [
    'zod in a workflow',
    'workflows/layer-e.ts',
    "import { z } from 'zod';\nexport const x = z.string();",
    'only-packages',
  ],
  [
    'node: in a workflow, even its types',
    'workflows/layer-f.ts',
    "import type { Stats } from 'node:fs';\nexport type X = Stats;",
    'only-packages',
  ],
  [
    'the Temporal client in a workflow',
    'workflows/layer-g.ts',
    "import { Client } from '@temporalio/client';\nexport const x = Client;",
    'only-packages',
  ],
  [
    'a workflow in an activity',
    'activities/layer-a.ts',
    "import { w } from '../workflows/a.ts';\nexport const x = w;",
    'no-restricted-imports',
  ],
  [
    'the worker in an activity',
    'activities/mail/layer-b.ts',
    "import { a } from '../../worker/layer.ts';\nexport const x = a;",
    'no-restricted-imports',
  ],
  [
    'the client in an activity',
    'activities/layer-c.ts',
    "import { a } from '../client/layer.ts';\nexport const x = a;",
    'no-restricted-imports',
  ],
  [
    'the client in the worker',
    'worker/layer-a.ts',
    "import { a } from '../client/layer.ts';\nexport const x = a;",
    'no-restricted-imports',
  ],
  [
    'a test in the client',
    'client/layer-a.ts',
    "import { a } from '../test/layer.ts';\nexport const x = a;",
    'no-restricted-imports',
  ],

  ['Date.now() in the domain', 'domain/time-a.ts', 'export const now = Date.now();', 'no-own-clock'],
  [
    "Date['now'] in the domain, called by another name",
    'domain/time-b.ts',
    "export const clock = Date['now'];",
    'no-own-clock',
  ],
  ['new Date() in the domain', 'domain/time-c.ts', 'export const now = new Date();', 'no-own-clock'],
  ['Date() in a schema', 'domain/schemas/time-d.ts', 'export const now = Date();', 'no-own-clock'],
  [
    'performance.now() in the domain',
    'domain/time-e.ts',
    'export const now = performance.now();',
    'no-restricted-globals',
  ],
  ['process.env in the domain', 'domain/time-f.ts', "export const zone = process.env['TZ'];", 'no-restricted-globals'],
  [
    'process.env in a workflow',
    'workflows/time-a.ts',
    "export const zone = process.env['TZ'];",
    'no-restricted-globals',
  ],
  ['Math.random() in the domain', 'domain/time-g.ts', 'export const x = Math.random();', 'no-restricted-properties'],
  ['Math.random() in a workflow', 'workflows/time-b.ts', 'export const x = Math.random();', 'no-restricted-properties'],
  ['getHours in the domain', 'domain/time-h.ts', 'export const f = (x: Date) => x.getHours();', 'no-local-time'],
  ['getDate in a workflow', 'workflows/time-c.ts', 'export const f = (x: Date) => x.getDate();', 'no-local-time'],
  ['setMonth in the worker', 'worker/time-a.ts', 'export const f = (x: Date) => x.setMonth(1);', 'no-local-time'],
  [
    'getTimezoneOffset in the client',
    'client/time-a.ts',
    'export const f = (x: Date) => x?.getTimezoneOffset();',
    'no-local-time',
  ],
  [
    'the day in UTC, sliced off',
    'domain/time-i.ts',
    'export const f = (x: Date) => x.toISOString().slice(0, 10);',
    'no-local-time',
  ],
  [
    'the day in UTC, split off',
    'workflows/time-d.ts',
    "export const f = (x: Date) => x.toISOString().split('T')[0];",
    'no-local-time',
  ],
  ['a date from local parts', 'domain/time-j.ts', 'export const x = new Date(2016, 1, 19);', 'no-local-time'],
  [
    'a format without a zone',
    'activities/time-a.ts',
    "export const x = new Intl.DateTimeFormat('en-GB');",
    'no-local-time',
  ],
  [
    'a local date string',
    'activities/time-b.ts',
    "export const f = (x: Date) => x.toLocaleDateString('en-GB');",
    'no-local-time',
  ],
  ...['connect', 'lazy'].map((made, index): (typeof refused)[number] => [
    `a connection to Temporal by the SDK’s own ${made}`,
    `client/connection-${index}.ts`,
    `import { Connection } from '@temporalio/client';\nexport const x = Connection.${made}({});`,
    'no-restricted-properties',
  ]),

  ...(
    [
      ['a table of names whose type takes any', "const x: Record<string, number> = { a: 1, 'b-c': 2 };\nexport { x };"],
      ['the same, read only', 'export const x: Readonly<Record<string, number>> = { a: 1 };'],
      ['the same, of some of the names', 'export const x: Partial<Record<string, number>> = { a: 1 };'],
      ['the same, by an index', 'export const x: { [name: string]: number } = { a: 1 };'],
      ['the same, by assertion', 'export const x = { a: 1 } as Record<string, number>;'],
      ['the same, frozen', 'export const x: Record<string, number> = Object.freeze({ a: 1 });'],
      ['the same, in a class', 'export class X {\n  readonly x: Record<string, number> = { a: 1 };\n}'],
    ] as const
  ).map(([what, code], index): (typeof refused)[number] => [what, `domain/table-${index}.ts`, code, 'no-open-table']),
];

/** What oxlint must let pass, so that the rules above refuse no more than they should. */
const allowed: [what: string, file: string, code: string][] = [
  [
    'date-fns in its one module, and a layer-mate',
    'domain/calendar/ordinary-dates.ts',
    "import { addDays } from 'date-fns/addDays';\nimport { x } from '../good/b.ts';\nexport const y = [addDays, x];",
  ],
  [
    'a zod type in the domain',
    'domain/good/b.ts',
    "import type { z } from 'zod';\nexport const x = (y: z.ZodString) => y.parse('a');",
  ],
  ['zod in a schema', 'domain/schemas/good.ts', "import { z } from 'zod';\nexport const x = z.string();"],
  [
    'an instant given as an argument',
    'domain/good/c.ts',
    'export const f = (now: string) => new Date(now).toISOString();',
  ],
  [
    'a named zone',
    'domain/good/d.ts',
    "export const x = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London' });",
  ],
  [
    'UTC parts',
    'domain/good/e.ts',
    'export const f = (x: Date) => new Date(Date.UTC(2016, 1, 19)).getUTCDate() + x.getUTCHours();',
  ],
  [
    "activities' types and Date.now() in a workflow",
    'workflows/good.ts',
    "import { sleep } from '@temporalio/workflow';\nimport type { A } from '../activities/a.ts';\nimport { x } from '../domain/good/b.ts';\nexport const y = (a: A) => [sleep, a, x, Date.now()];",
  ],
  [
    'the domain in an activity',
    'activities/a.ts',
    "import { x } from '../domain/good/b.ts';\nexport type A = string;\nexport const a = x;",
  ],
  ['a workflow', 'workflows/a.ts', 'export type W = string;\nexport const w = 1;'],
  [
    'what the worker needs',
    'worker/layer.ts',
    "import { a as b } from '../activities/a.ts';\nimport { w } from '../workflows/a.ts';\nexport const a = [b, w];",
  ],
  [
    'what the client needs',
    'client/layer.ts',
    "import { a as b } from '../worker/layer.ts';\nimport { w } from '../workflows/a.ts';\nexport const a = [b, w];",
  ],
  ['what a test needs', 'test/layer.ts', "import { a as b } from '../client/layer.ts';\nexport const a = b;"],
  ['console on the command line', 'client/cli/good.ts', 'console.log(1);\nexport {};'],
  [
    'a property as the only assertion',
    'test/good.test.ts',
    "import fc from 'fast-check';\nimport { it } from 'vitest';\nit('x', () => {\n  fc.assert(fc.property(fc.nat(), (n) => n >= 0));\n});",
  ],
  ['a time stamp for a file name', 'client/good.ts', 'export const f = (x: Date) => x.toISOString().slice(0, 19);'],
  ...(
    [
      ['a table of a union', "export const x: Record<'a' | 'b', number> = { a: 1, b: 2 };"],
      ['a table whose own names are the set', 'export const x = { a: 1 } satisfies Record<string, number>;'],
      ['what is filled at run time', 'export const x: Record<string, number> = {};'],
      [
        'a copy',
        'export const f = (y: Record<string, number>) => {\n  const x: Record<string, number> = { ...y, a: 1 };\n  return x;\n};',
      ],
      [
        'a computed name',
        'export const f = (y: string) => {\n  const x: Record<string, number> = { [y]: 1 };\n  return x;\n};',
      ],
      ['a Map', "export const x: ReadonlyMap<string, number> = new Map([['a', 1]]);"],
      ['what is made of entries', 'export const x: Record<string, number> = Object.fromEntries([["a", 1] as const]);'],
    ] as const
  ).map(([what, code], index): (typeof allowed)[number] => [what, `domain/good/table-${index}.ts`, code]),
  ['the cases of a test', 'test/table.ts', 'export const x: Record<string, number> = { a: 1 };'],
];

/** The other half of the circle. */
const others = { 'worker/k.ts': "import { j } from './j.ts';\nexport const k = (): unknown => j;" };

interface Report {
  diagnostics: { code?: string; message: string; filename: string }[];
}

describe('oxlint', () => {
  let project: FixtureProject;
  const found = new Map<string, string[]>();

  beforeAll(async () => {
    const files = [...refused, ...allowed].map(([, file, code]) => [file, `${code}\n`]);
    project = new FixtureProject({ ...(Object.fromEntries(files) as Record<string, string>), ...others });
    const { stdout, stderr, code } = await project.script('lint', '--format', 'json');
    if (code !== 1) throw new Error(`oxlint ended with ${code}: ${stderr}${stdout}`);
    for (const each of (JSON.parse(stdout) as Report).diagnostics) {
      const file = relative(
        project.folder,
        each.filename.startsWith('/') ? each.filename : `${project.folder}/${each.filename}`,
      );
      const rule =
        /\(([\w-]+)\)/.exec(each.code ?? '')?.[1] ??
        (each.message.startsWith('Unused') ? 'unused-directive' : each.message);
      found.set(file, [...new Set([...(found.get(file) ?? []), rule])].toSorted());
    }
  });

  afterAll(() => project.remove());

  it.each(refused)('refuses %s', (_what, file, _code, rule) => {
    expect(found.get(file)?.join(' ')).toBe(rule);
  });

  it.each(allowed)('allows %s', (_what, file) => {
    expect(found.get(file)).toBeUndefined();
  });
});
