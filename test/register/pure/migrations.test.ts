import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('each migration has a number of its own, and none is left out', () => {
  const files = readdirSync(fileURLToPath(new URL('../../../register/migrations', import.meta.url))).sort();
  const numbers = files.map((name) => Number(name.slice(0, 6)));
  expect(numbers).toEqual(files.map((_name, n) => n + 1));
});
