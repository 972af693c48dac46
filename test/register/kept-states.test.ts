import { describe, expect, test } from 'vitest';
import type { RegisterEntry } from '../../domain/lifecycle/entry.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { instantAt } from '../../domain/calendar/london.ts';
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

  test('of a day that is over is kept as it last was then, also of one that has ended; of a day before it nothing', async () => {
    const { register } = await ownRegister();
    const on = (day: string, hour = '12:00') => ({ at: instantAt(day, hour) });
    const place = { authority: 'anyborough', reference: '2016' };
    const seqOn = async (day: string) => (await register.stateOn(place, day))?.seq;
    const first = { ...started, ...on('2016-03-26') };
    await register.appendDelivery(key, [first], { after: 0, state: upTo(1) });
    await register.appendDelivery(key, [entry(2, on('2016-03-26', '23:59'))], { after: 1, state: upTo(2) });
    // Clocks go forward in that night: its days are London's.
    await register.appendDelivery(key, [entry(3, on('2016-03-27', '23:30'))], { after: 2, state: upTo(3) });
    // Nothing is kept with this one, nor lost of the days before by it.
    await register.appendDelivery(key, [entry(4, on('2016-03-29'))], { after: 3, state: null });
    await register.appendDelivery(key, [entry(5, on('2016-04-02'))], { after: 4, state: upTo(5) });
    const end = entry(6, { ...on('2016-04-02', '13:00'), kind: 'inspection-closed', actor });
    await register.appendDelivery(key, [end], { after: 5, state: upTo(6, { status: 'closed' }) });
    expect(await Promise.all(['2016-03-25', '2016-03-26', '2016-03-27', '2016-03-28'].map(seqOn))).toEqual([
      ...[undefined, 2, 3, 3],
    ]);
    expect(await Promise.all(['2016-03-29', '2016-04-01', '2016-04-02', '2030-01-01'].map(seqOn))).toEqual([
      ...[3, 3, 6, 6],
    ]);
    expect(await register.stateOn(place, '2016-04-02')).toMatchObject({ status: 'closed' });
    await register.appendDelivery(key, [end], { after: 5, state: upTo(6, { status: 'closed' }) });
    expect(await seqOn('2016-04-01')).toBe(3);
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
