import { expect, test } from 'vitest';
import { environment, EnvironmentProblems, readEnvironment } from '../../domain/schemas/environment.ts';

const NAMES = Object.keys(environment.shape);
const NONSENSE = ['x', ' ', '0', '-1', '70000', '99999', '1e3', 'http://', 'smtp:', '@', ',', ';', 'x'.repeat(5000)];

const problemsOf = (variables: Record<string, string>): string | undefined => {
  try {
    readEnvironment(variables);
    return undefined;
  } catch (error) {
    if (error instanceof EnvironmentProblems) return error.message;
    throw error;
  }
};

test.each(NAMES)('%s that can’t be used is refused with what was expected, in words for operators', (name) => {
  const said = NONSENSE.flatMap((value) => problemsOf({ [name]: value }) ?? []);
  for (const sentence of said) {
    const [head, line, ...more] = sentence.split('\n');
    expect([head, more]).toEqual(["These settings can't be used:", []]);
    expect(line).toMatch(new RegExp(`^  ${name}( ".*")?: expected `, 's'));
    expect(line).not.toMatch(/Too (big|small)|Invalid|received|NaN|undefined|regex|pattern/);
  }
});

test('most variables refuse something', () => {
  const refusing = NAMES.filter((name) => NONSENSE.some((value) => problemsOf({ [name]: value }) !== undefined));
  expect(refusing.length).toBeGreaterThan(NAMES.length / 2);
});

test.each(['0', '65536', '70000', '99999', '080800', 'abc', '-1', '80.5', '1e3'])('port %s', (port) => {
  expect(problemsOf({ DUECOURSE_PORT: port })).toBe(
    `These settings can't be used:\n  DUECOURSE_PORT "${port}": expected a port number from 1 to 65535`,
  );
});
