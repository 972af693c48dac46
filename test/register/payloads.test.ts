import { describe, expect, test } from 'vitest';
import { RETENTION } from '../../domain/retention.ts';
import { archived, fill, keepPayload, storedRun } from './full.ts';
import { JANE, NAME, request } from './full-of-her.ts';
import { key, ownRegister, rows } from './support.ts';

const { authority } = key;
const DAY_MS = 24 * 3_600_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();

const standing = async (url: string) =>
  rows(url, 'SELECT reference, released_at IS NOT NULL AS released FROM large_payload ORDER BY reference, hash');

describe('what is too large for the engine', () => {
  test('is kept once for an inspection, however often it is sent, and for each inspection its own', async () => {
    const { register, url } = await ownRegister();
    const hash = await keepPayload(register, '2016', 'the same');
    expect(await keepPayload(register, '2016', 'the same')).toBe(hash);
    await keepPayload(register, '2017', 'the same');
    expect(await standing(url)).toHaveLength(2);
    const found = await register.payloads.find({ authority, reference: '2016', hash });
    expect(Buffer.from(found ?? []).toString()).toContain('the same');
    expect(await register.payloads.find({ authority, reference: '2018', hash })).toBeUndefined();
  });

  test('is needed as long as its inspection is open, then for its time after the archive, and no longer', async () => {
    const { register, url } = await ownRegister();
    await fill(register);
    await keepPayload(register, '2016', 'of an open one');
    await keepPayload(register, '2020', 'of one that has ended since');
    expect(await register.applyRetention(inDays(1000))).toMatchObject({ 'large-payload': 0 });
    // Stored over a year ago and of no open inspection: it could not be started, or not be archived.
    expect(await standing(url)).toEqual([
      { reference: '2016', released: false },
      { reference: '2020', released: true },
    ]);
    expect(await register.applyRetention(inDays(1000 + RETENTION['large-payload'].ms / DAY_MS))).toMatchObject({
      'large-payload': 1,
    });
    expect(await standing(url)).toEqual([{ reference: '2016', released: false }]);
  });

  test('of a run that another follows is released but for what is handed on, and for what may be the other’s already', async () => {
    const { register, url } = await ownRegister();
    await keepPayload(register, '2021', 'its start');
    const handedOn = await keepPayload(register, '2021', 'its state');
    const released = async () => (await standing(url)).map((row) => (row as { released: boolean }).released);
    // It ended half a day after these were stored: clocks may be as far apart.
    const part = [storedRun('run-1', 'x')];
    await archived(register, '2021', part, 'continued-as-new', { last: inDays(0.5), handedOn: [handedOn] });
    expect(await released()).toEqual([false, false]);
    await archived(register, '2021', [storedRun('run-2', 'x')], 'continued-as-new', {
      last: inDays(2),
      handedOn: [handedOn],
    });
    expect((await released()).filter(Boolean)).toHaveLength(1);
    expect(
      await rows(url, 'SELECT 1 FROM large_payload WHERE released_at IS NULL AND hash = $1', [handedOn]),
    ).toHaveLength(1);
  });

  test('is released by the end, all of it; and is needed again once it is sent again', async () => {
    const { register, url } = await ownRegister();
    const hash = await keepPayload(register, '2021', 'a state');
    await archived(register, '2021', [storedRun('run-2', 'x')]);
    expect(await standing(url)).toEqual([{ reference: '2021', released: true }]);
    // Sent once more, as by an operator's reset: it is needed again.
    expect(await keepPayload(register, '2021', 'a state')).toBe(hash);
    expect(await standing(url)).toEqual([{ reference: '2021', released: false }]);
  });

  test('is kept on for its time when it is read again after its release', async () => {
    const { register, url } = await ownRegister();
    const hash = await keepPayload(register, '2021', 'a state');
    await archived(register, '2021', [storedRun('run-1', 'x')]);
    const released = async () => (await rows(url, 'SELECT released_at FROM large_payload'))[0];
    const before = await released();
    await register.payloads.find({ authority, reference: '2021', hash });
    expect(await released()).not.toEqual(before);
  });

  test('of an open inspection stays when somebody is erased, and is counted', async () => {
    const { register, url } = await ownRegister();
    await fill(register);
    await keepPayload(register, '2016', { by: NAME, email: JANE });
    await keepPayload(register, '2016', 'of nobody');
    const erasure = await register.erase(request, 'carry out');
    expect(erasure).toMatchObject({ payloads: 0, payloadsLeft: 1 });
    expect(await standing(url)).toHaveLength(2);
  });
});
