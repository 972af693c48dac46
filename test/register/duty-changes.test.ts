import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../platform/package-root.ts';
import { yearOfFigures } from '../support/year-of-figures.ts';
import { key, ownRegister, rows, sql } from './support.ts';

const MIGRATION = readFileSync(join(packageRoot(), 'register', 'migrations', '000009-figures.sql'), 'utf8');

test('a register from before is given the same columns by its migration as entries are appended with', async () => {
  const { register, url } = await ownRegister();
  await register.append({ ...key, reference: '2025' }, yearOfFigures().entries);
  const columns = () => rows(url, 'SELECT number, duty FROM entry ORDER BY number');
  const appended = await columns();
  const [fill] = /^UPDATE entry[^;]*;/m.exec(MIGRATION) ?? [];
  await sql(url, 'ALTER TABLE entry DISABLE TRIGGER entry_is_append_only');
  await sql(url, 'UPDATE entry SET duty = NULL');
  await sql(url, fill ?? '');
  expect(await columns()).toEqual(appended);
  expect(await register.verify()).toMatchObject([{ ok: true }]);
});
