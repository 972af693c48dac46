import { describe, expect, test } from 'vitest';
import { recover } from '../../client/recover/recover.ts';
import { audit } from '../../domain/audit/audit.ts';
import { partsOf } from '../../domain/inspection-ref.ts';
import { actor, PLAN, START, Twice } from './twice.ts';

// Whatever is lost, and whichever of the two is older: what people are told from the first day to the last is what they would
// have been told had nothing been lost. The pure heart says what that is.

const END = '2016-09-01T12:00:00.000Z';

test('the engine’s database is lost: every clock starts again from the register, and nobody notices', async () => {
  const twice = await Twice.begin(['one', 'two']);
  await twice.until('2016-05-04T12:00:00.000Z');
  await twice.mustBeWell();
  await twice.stores.loseEngine();
  expect((await twice.look()).map(({ comparison }) => comparison.difference)).toEqual([
    'engine-unknown',
    'engine-unknown',
  ]);
  expect((await twice.recover()).map(({ outcome }) => outcome)).toEqual(['recovered', 'recovered']);
  await twice.stores.until(twice.stores.now);
  await twice.mustBeWell();
  expect(await twice.recover()).toEqual([]);
  await twice.until(END);
  await twice.mustBeWell();
  expect((await twice.kinds()).filter((kind) => kind === 'clock-recovered')).toHaveLength(1);
});

test('the engine is restored to an earlier moment: the register’s clock takes its place', async () => {
  const twice = await Twice.begin(['one']);
  await twice.until('2016-03-01T12:00:00.000Z');
  const restore = await twice.stores.backUpEngine();
  await twice.until('2016-05-04T12:00:00.000Z');
  await restore();
  expect(await twice.look()).toMatchObject([{ comparison: { difference: 'engine-behind' }, remedy: 'clock' }]);
  expect(await twice.recover()).toMatchObject([{ outcome: 'recovered' }]);
  await twice.until(END);
  await twice.mustBeWell();
});

test('the register is restored to an earlier moment: what it lacks is made up from the engine', async () => {
  const twice = await Twice.begin(['one'], { eventsPerRun: 60 });
  await twice.until('2016-03-01T12:00:00.000Z');
  const restore = await twice.stores.backUpRegister();
  await twice.until('2016-05-04T12:00:00.000Z');
  const [inspection = 'none/none'] = twice.inspections;
  const { authority, reference } = partsOf(inspection);
  const before = await twice.stores.register.history(authority, reference);
  const mails = await twice.stores.register.recovery.settledMails(inspection);
  await restore();
  expect(await twice.look()).toMatchObject([{ comparison: { difference: 'register-behind' }, remedy: 'record' }]);
  const [recovered] = await twice.recover();
  expect(recovered).toMatchObject({ outcome: 'recovered' });
  expect(recovered?.said).toMatch(
    /^The record was made up from the engine by an operator: entries \d+ to \d+ and \d+ mails\.$/,
  );
  await expect.poll(() => twice.kinds(), { timeout: 10_000 }).toContain('record-recovered');
  await twice.mustBeWell();
  const after = await twice.stores.register.history(authority, reference);
  const own = (entries: typeof before) => entries.filter(({ seq, kind }) => seq > 0 && kind !== 'record-recovered');
  const { length: atBackUp } = own(after).filter(({ recovered: at }) => at === undefined);
  expect(own(after).map(({ recovered: _at, ...entry }) => entry)).toEqual(own(before));
  expect(atBackUp).toBeLessThan(own(after).length);
  const settled = await twice.stores.register.recovery.settledMails(inspection);
  expect(new Set(settled.map(({ digest }) => digest.id))).toEqual(new Set(mails.map(({ digest }) => digest.id)));
  expect(audit(inspection, after, '2016-05-04').milestones.length).toBeGreaterThan(3);
  await twice.until(END);
  await twice.mustBeWell();
});

test('the register has never heard of an inspection that runs: all of it is made up, its council’s file too', async () => {
  const twice = await Twice.begin(['one']);
  await twice.until('2016-03-11T12:00:00.000Z');
  await twice.stores.loseRegister();
  expect(await twice.look()).toMatchObject([{ comparison: { difference: 'register-unknown', register: 0 } }]);
  expect(await twice.recover()).toMatchObject([{ outcome: 'recovered' }]);
  await twice.until(END);
  await twice.mustBeWell();
  expect(await twice.stores.register.board.authorityFiles()).toHaveLength(1);
  expect((await twice.stores.register.list(END)).map(({ status }) => status)).toEqual(['open']);
});

test('an inspection that ended after the moment to which the register was restored: its end is made up', async () => {
  const twice = await Twice.begin(['one']);
  const { stores } = twice;
  const [inspection = 'none/none'] = twice.inspections;
  await stores.until('2016-03-01T12:00:00.000Z');
  const restore = await stores.backUpRegister();
  const director = { id: 'someone', role: 'director' };
  await stores.engine.command(inspection, 'submit', { milestone: PLAN }, actor);
  await stores.engine.command(inspection, 'complete', { milestone: PLAN }, director);
  await stores.engine.command(
    inspection,
    'close',
    { reason: 're-inspected and judged good', homes: [{ action: 'rest', to: 'dropped', said: 'no longer needed' }] },
    director,
  );
  await stores.engine.result(inspection);
  await restore();
  expect(await twice.look()).toMatchObject([
    { comparison: { difference: 'register-behind', standing: 'completed' }, remedy: 'record' },
  ]);
  expect(await twice.recover()).toMatchObject([{ outcome: 'recovered' }]);
  expect(await twice.look()).toEqual([]);
  expect((await stores.register.list(END)).map(({ status }) => status)).toEqual(['closed']);
  expect((await stores.register.verify()).map(({ ok }) => ok)).toEqual([true]);
});

test('an inspection that has ended on record, whose older clock was restored, is ended in the engine', async () => {
  const begun = await Twice.begin(['one']);
  const { stores } = begun;
  const [inspection = 'none/none'] = begun.inspections;
  await stores.until('2016-03-01T12:00:00.000Z');
  const restore = await stores.backUpEngine();
  const director = { id: 'someone', role: 'director' };
  await stores.engine.command(inspection, 'submit', { milestone: PLAN }, actor);
  await stores.engine.command(inspection, 'complete', { milestone: PLAN }, director);
  await stores.engine.command(
    inspection,
    'close',
    { reason: 're-inspected and judged good', homes: [{ action: 'rest', to: 'dropped', said: 'no longer needed' }] },
    director,
  );
  await stores.engine.result(inspection);
  await restore();
  expect(await begun.look([inspection])).toMatchObject([{ remedy: 'stop' }]);
  await expect.poll(() => stores.engine.running(), { timeout: 20_000 }).toEqual([inspection]);
  expect(await begun.recover()).toMatchObject([{ outcome: 'recovered' }]);
  expect(await stores.engine.standing(inspection)).toBe('terminated');
  await expect.poll(() => begun.look(), { timeout: 20_000 }).toEqual([]);
  expect((await stores.register.verify()).map(({ ok }) => ok)).toEqual([true]);
});

describe('both are restored, to moments of their own', () => {
  const EARLY = '2016-03-01T12:00:00.000Z';
  const LATE = '2016-03-21T12:00:00.000Z';
  test.each<[string, 'engine' | 'register', string]>([
    ['the engine to the earlier one', 'engine', 'clock'],
    ['the register to the earlier one', 'register', 'record'],
  ])('%s: the later of the two is what holds', async (_what, earlier, remedy) => {
    const twice = await Twice.begin(['one']);
    await twice.until(EARLY);
    const engineThen = earlier === 'engine' ? await twice.stores.backUpEngine() : undefined;
    const registerThen = earlier === 'register' ? await twice.stores.backUpRegister() : undefined;
    await twice.until(LATE);
    const engine = engineThen ?? (await twice.stores.backUpEngine());
    const register = registerThen ?? (await twice.stores.backUpRegister());
    // What happens after the later of them is lost in both: nothing but time, here.
    await engine();
    await register();
    expect(await twice.look()).toMatchObject([{ remedy }]);
    expect(await twice.recover()).toMatchObject([{ outcome: 'recovered' }]);
    await twice.until(END);
    await twice.mustBeWell();
  });
});

test('what an older engine had taken on is said, by what it was', async () => {
  const twice = await Twice.begin(['one']);
  await twice.until('2016-03-01T12:00:00.000Z');
  const restore = await twice.stores.backUpEngine();
  await twice.until('2016-03-11T12:00:00.000Z');
  await restore();
  const [inspection = 'none/none'] = twice.inspections;
  const { stores } = twice;
  await stores.engine.command(inspection, 'acknowledge', { milestone: PLAN, promisedOn: '2016-04-01' }, actor);
  await expect
    .poll(async () => (await twice.look())[0]?.comparison.diverged ?? null, { timeout: 10_000 })
    .toMatch(/another entry under lifecycle/);
  const [recovered] = await twice.recover();
  expect(recovered?.said).toMatch(
    /The engine had taken on what the record has not, and it has to be done again: ".*1 April 2016/,
  );
  await twice.until(END);
  await twice.mustBeWell();
});

test('what nobody has any more is said in one entry, which verify takes for what it says; lists have what is in hand', async () => {
  const twice = await Twice.begin(['one']);
  await twice.until('2016-03-11T12:00:00.000Z');
  await twice.stores.loseEngine();
  expect(await twice.recover()).toMatchObject([{ outcome: 'recovered' }]);
  await twice.until('2016-05-04T12:00:00.000Z');
  const { register } = twice.stores;
  const listed = async () =>
    (await register.milestones('anyborough', 'one'))
      .filter(({ endedAt }) => endedAt === null)
      .map(({ milestone, due, status, owner }) => ({ milestone, due, status, owner }));
  const before = await listed();
  await twice.stores.loseRegister();
  const [recovered] = await twice.recover();
  expect(recovered?.said).toMatch(/^The record was made up .*\. Nobody has entries 1 to 7 any more\.$/);
  await expect.poll(() => twice.kinds(), { timeout: 10_000 }).toContain('milestone-confirmed');
  expect((await twice.kinds()).filter((kind) => kind === 'entries-missing')).toHaveLength(1);
  expect(await listed()).toEqual(before);
  expect((await register.list(END)).map(({ title, startedAt }) => [title, startedAt.slice(0, 10)])).toEqual([
    ['Anyborough 2016', START.slice(0, 10)],
  ]);
  await register.rebuild();
  await twice.mustBeWell();
  await twice.until(END);
  await twice.mustBeWell();
});

describe('broken off in the middle, and begun again', () => {
  test.each([1, 2, 3])('of a record, after %i steps', async (steps) => {
    const twice = await Twice.begin(['one']);
    await twice.until('2016-03-01T12:00:00.000Z');
    const restore = await twice.stores.backUpRegister();
    await twice.until('2016-05-04T12:00:00.000Z');
    await restore();
    let left = steps;
    const { recovery } = twice.stores.register;
    const step =
      <A extends unknown[], R>(work: (...given: A) => Promise<R>) =>
      (...given: A): Promise<R> =>
        left-- > 0 ? work(...given) : Promise.reject(new Error('broken off'));
    const breaking = { ...recovery, makeUp: step(recovery.makeUp), makeUpMail: step(recovery.makeUpMail) };
    const services = { engine: twice.stores.engine, register: { ...twice.stores.register, recovery: breaking } };
    const work = async () => {
      for await (const _each of recover(services, await twice.look(), twice.stores.options()));
    };
    await expect(work()).rejects.toThrow('broken off');
    expect(await twice.recover()).toMatchObject([{ outcome: 'recovered' }]);
    await twice.until(END);
    await twice.mustBeWell();
  });
});
