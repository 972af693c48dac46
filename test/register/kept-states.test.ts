import { describe, expect, test } from 'vitest';
import type { RegisterEntry } from '../../domain/lifecycle/entry.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { entry, keptOf, key, ownRegister, rows, started } from './support.ts';

const actor = { id: 'director@anyborough.example.org', role: 'director' };
const upTo = (seq: number, parts: Partial<LifecycleState> = {}): LifecycleState => keptOf({ seq, ...parts });

describe('the state of an open inspection', () => {
  test('is kept with its entries, in a row of its own that is a fraction of its size', async () => {
    const { register, url } = await ownRegister();
    const state = upTo(3, { unrecorded: [entry(3, { text: 'on its way' })] });
    await register.appendDelivery(key, [started, entry(2)], { after: 0, state });
    expect(await register.recovery.kept('anyborough', '2016')).toEqual({ state, recorded: 2, keptAt: entry(2).at });
    const [row] = (await rows(url, 'SELECT length(content) AS bytes FROM kept_state')) as { bytes: number }[];
    expect(row?.bytes).toBeLessThan(JSON.stringify(state).length / 2);
  });

  test('is not kept without its entries', async () => {
    const { register } = await ownRegister();
    await register.appendDelivery(key, [started], { after: 0, state: upTo(1) });
    const odd = [entry(2), entry(1, { text: 'another' })];
    await expect(register.appendDelivery(key, odd, { after: 1, state: upTo(2) })).rejects.toThrow(/another entry/);
    expect((await register.recovery.kept('anyborough', '2016'))?.state.seq).toBe(1);
    expect(await register.history('anyborough', '2016')).toHaveLength(1);
  });

  test('stays as it was where a delivery has none, and where an older one comes late', async () => {
    const { register } = await ownRegister();
    await register.appendDelivery(key, [started, entry(2)], { after: 0, state: upTo(2) });
    await register.appendDelivery(key, [entry(3)], { after: 2, state: null });
    await register.appendDelivery(key, [entry(3)], { after: 2, state: upTo(1) });
    expect(await register.recovery.kept('anyborough', '2016')).toMatchObject({ recorded: 2, state: { seq: 2 } });
  });

  test('goes with its end, and none is kept after that', async () => {
    const { register } = await ownRegister();
    await register.appendDelivery(key, [started], { after: 0, state: upTo(1) });
    await register.appendDelivery(key, [entry(2, { kind: 'inspection-closed', actor })], {
      after: 1,
      state: upTo(2, { status: 'closed' }),
    });
    expect(await register.recovery.kept('anyborough', '2016')).toBeNull();
    await register.rebuild();
    expect(await register.recovery.kept('anyborough', '2016')).toBeNull();
  });
});

describe('a delivery whose place is not where the register ends', () => {
  const three = [started, entry(2), entry(3)];
  test.each<[string, RegisterEntry[], number, RegExp | null]>([
    ['follows on', [entry(4)], 3, null],
    ['comes again', [entry(3)], 2, null],
    ['comes again, as the whole', three, 0, null],
    ['comes again, and brings more', [entry(3), entry(4), entry(5)], 2, null],
    ['is only of mail', [], 3, null],
    ['leaves a gap', [entry(5)], 4, /the register lacks entry 4, /],
    ['is only of mail, after what is not there', [], 4, /the register lacks entry 4, /],
    ['comes from one that knows less', [entry(2)], 1, /the register has an entry 3, and .* counted to 2 only/],
    ['is only of mail, of one that knows less', [], 2, /the register has an entry 3, and .* counted to 2 only/],
    ['says otherwise', [entry(3, { text: 'another' }), entry(4)], 2, /already has another entry under lifecycle\/3/],
  ])('%s', async (_what, entries, after, why) => {
    const { register } = await ownRegister();
    await register.appendDelivery(key, three, { after: 0, state: null });
    const appended = register.appendDelivery(key, entries, { after, state: null });
    if (why === null) await appended;
    else await expect(appended).rejects.toThrow(why);
    const last = why === null ? Math.max(3, ...entries.map(({ seq }) => seq)) : 3;
    expect((await register.history('anyborough', '2016')).map(({ seq }) => seq)).toEqual(
      Array.from({ length: last }, (_, index) => index + 1),
    );
    expect((await register.verify())[0]?.ok).toBe(true);
  });
});
