import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openDatabase } from '../../register/database.ts';
import { entry, key, ownRegister } from './support.ts';

test('a process that stands still in a transaction holds up nobody else for longer than ten seconds', async () => {
  const { register, url } = await ownRegister();
  await register.append(key, [entry(1)]);
  const frozen = openDatabase(url, 1);
  let woken = false;
  const standing = frozen.inTransaction(async ({ query }) => {
    await query('SELECT 1 FROM authority_chain FOR UPDATE');
    await sleep(14_000);
    woken = true;
    await query('SELECT 1');
  });
  standing.catch(() => undefined);
  await sleep(200);
  await register.append(key, [entry(2)]);
  expect(woken).toBe(false);
  await expect(standing).rejects.toThrow(/terminat|reach|connection/i);
  expect((await register.history('anyborough', '2016')).map(({ seq }) => seq)).toEqual([1, 2]);
  await frozen.close();
}, 300_000);
