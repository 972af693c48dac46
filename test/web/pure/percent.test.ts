import { describe, expect, test } from 'vitest';
import { COMMAND_NAMES, definitionOf } from '../../../domain/commands/commands.ts';
import { commands } from '../../../domain/schemas/commands.ts';
import { changeCommands } from '../../../client/cli/commands/changes.ts';
import { readForm } from '../../../client/web/forms/form.ts';
import { actionFields } from '../../../client/web/progress-form/fields.ts';
import { issueSentence } from '../../../client/issue-sentence.ts';

const percents = COMMAND_NAMES.flatMap((name) =>
  Object.entries(definitionOf(name).fields).flatMap(([field, each]) =>
    each.kind === 'percent' ? [[name, { ...each, name: field }] as const] : [],
  ),
);

const TYPED: [typed: string, value: number | undefined][] = [
  ['70', 70],
  ['70%', 70],
  [' 70 % ', 70],
  ['70 per cent', 70],
  ['100%', 100],
  ['0%', 0],
  ['101%', undefined],
  ['-1%', undefined],
  ['70.5%', undefined],
  ['%', undefined],
  ['most', undefined],
];

describe('a percentage is taken as people write it', () => {
  test('there is one, and the progress form asks for it', () => {
    expect(percents.map(([name, { name: field }]) => `${name} ${field}`)).toEqual(['progress percent']);
    expect(actionFields('a1').find(({ asked }) => asked === 'percent')?.kind).toBe('percent');
  });

  test.each(TYPED)('“%s” in a form', (typed, value) => {
    for (const [, field] of percents) {
      const { values, problems } = readForm([field], { [field.name]: typed });
      expect([values[field.name], problems.length]).toEqual([value, value === undefined ? 1 : 0]);
    }
  });

  test.each(TYPED)('“%s” on the command line', (typed, value) => {
    const option = changeCommands()
      .find((command) => command.name() === 'progress')
      ?.options.find(({ long }) => long === '--percent');
    const parsed = (): unknown => option?.parseArg?.(typed.trim(), undefined);
    if (value === undefined && !typed.startsWith('101')) expect(parsed).toThrow('whole number');
    else expect(parsed()).toBe(value ?? 101);
  });

  test.each(['70%', 70.5, 101, -1])('%s by a program: it is said what to leave out', (percent) => {
    const read = commands.progress.safeParse({ milestone: 'improvement-actions/a1', percent });
    expect(read.error?.issues.map((issue) => issueSentence(issue, '"percent"'))).toEqual([
      '"percent" must be a whole number from 0 to 100, without “%”.',
    ]);
  });
});
