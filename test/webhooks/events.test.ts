import { expect, test } from 'vitest';
import { entry, key, ownRegister, rows, sql, started } from '../register/support.ts';
import { council } from '../support/facts.ts';
import { row } from '../support/rows.ts';
import { hook } from '../support/hook.ts';
import { keepHooks, KEY } from './support.ts';

const ADDRESS = 'https://hooks.example/duecourse';
const HOLDER = council.roles.find(({ id }) => id === row().owner)?.email ?? 'nobody';
const PAGE = { offset: 0, limit: 50 };
const late = entry(2, {
  kind: 'milestone-missed',
  milestone: row().milestone,
  row: row(),
  text: 'Written action plan: not met, for Jane Doe was away.',
});

test('an entry’s events are written with it, one for each address that wants them, once however often it comes', async () => {
  const { register } = await ownRegister();
  await keepHooks(register, [
    hook({ address: ADDRESS }),
    hook({ id: 'with-words', address: ADDRESS, words: true }),
    hook({ id: 'of-others', address: ADDRESS, events: ['call-in.received'] }),
    hook({ id: 'off', address: ADDRESS, on: false }),
    hook({ id: 'of-actions', address: ADDRESS, kinds: ['improvement-actions'] }),
    hook({ id: 'of-plans', address: ADDRESS, kinds: ['plan-submission'] }),
    hook({ id: 'of-theirs', address: ADDRESS, person: HOLDER.toUpperCase() }),
    hook({ id: 'of-anothers', address: ADDRESS, person: 'director@anyborough.example.org' }),
  ]);
  await register.append(key, [started, late]);
  await register.append(key, [started, late, entry(3)]);
  const [one, ...others] = await register.webhooks.list(KEY, PAGE);
  expect(others).toEqual([]);
  expect(one).toMatchObject({ event: 'duty.late', at: late.at, state: 'waiting', tries: 0 });
  expect(one?.told).toEqual({
    council: { id: 'anyborough', name: 'Anyborough Council' },
    inspection: { reference: '2016', title: 'Anyborough 2016' },
    duty: {
      id: row().milestone,
      kind: 'plan-submission',
      title: 'Written action plan',
      due: '2016-06-30',
      status: 'open',
      owner: 'Head of Service',
    },
    path: '/inspections/anyborough/2016/milestones/plan-submission/written-action-plan',
  });
  const [other] = await register.webhooks.list({ ...KEY, webhook: 'with-words' }, PAGE);
  expect(other?.told.words).toBe(late.text);
  expect(other?.id).not.toBe(one?.id);
  expect(await register.webhooks.list({ ...KEY, webhook: 'of-plans' }, PAGE)).toHaveLength(1);
  expect(await register.webhooks.list({ ...KEY, webhook: 'of-theirs' }, PAGE)).toHaveLength(1);
  for (const webhook of ['of-others', 'off', 'of-actions', 'of-anothers'])
    expect(await register.webhooks.list({ ...KEY, webhook }, PAGE)).toEqual([]);
});

test('an entry that is not kept leaves no event, and one that stands for it is the same event', async () => {
  const { register, url } = await ownRegister();
  await keepHooks(register, [hook({ address: ADDRESS })]);
  await sql(url, `ALTER TABLE webhook_delivery ADD CONSTRAINT full_disk CHECK (false)`);
  await expect(register.append(key, [started, late])).rejects.toThrow('full_disk');
  expect(await register.history('anyborough', '2016')).toEqual([]);
  await sql(url, `ALTER TABLE webhook_delivery DROP CONSTRAINT full_disk`);
  await register.append(key, [started, late]);
  const [before] = await register.webhooks.list(KEY, PAGE);
  // As with a register that was restored to a moment before it: the engine hands the same entry over again.
  const { register: restored } = await ownRegister();
  await keepHooks(restored, [hook({ address: ADDRESS })]);
  await restored.append(key, [started, late]);
  expect((await restored.webhooks.list(KEY, PAGE)).map(({ id }) => id)).toEqual([before?.id]);
});

test('a person who is erased is in nothing that was told, and in nothing that waits', async () => {
  const { register, url } = await ownRegister();
  await keepHooks(register, [hook({ address: ADDRESS, words: true })]);
  await register.append(key, [started, late, { ...late, seq: 3, text: 'Written action plan: not met.' }]);
  const administrator = { id: 'x', role: 'democratic-services' };
  const request = {
    authority: 'anyborough',
    spellings: ['Jane Doe'],
    reason: 'asked',
    actor: administrator,
    at: late.at,
  };
  await register.erase(request, 'carry out');
  expect(JSON.stringify(await rows(url, 'SELECT * FROM webhook_delivery'))).not.toContain('Jane');
  expect(await register.webhooks.list(KEY, PAGE)).toHaveLength(1);
});

test('an invented council tells nobody outside, not even what somebody asks it to send', async () => {
  const { register } = await ownRegister();
  await keepHooks(register, [hook({ address: ADDRESS })], { demonstration: true });
  await register.append(key, [started, late]);
  expect(await register.webhooks.list(KEY, PAGE)).toEqual([]);
});

test('a duty that falls due is told once for each date, from the hour of the council’s mail on', async () => {
  const { register } = await ownRegister();
  await keepHooks(register, [hook({ address: ADDRESS, events: ['duty.due'] })]);
  const planned = entry(2, { milestone: row().milestone, row: row() });
  const other = entry(3, {
    milestone: 'improvement-actions/other',
    row: row({ milestone: 'improvement-actions/other', due: '2016-07-01', title: 'Other' }),
  });
  const done = entry(4, {
    milestone: 'improvement-actions/done',
    row: row({ milestone: 'improvement-actions/done', status: 'completed' }),
  });
  await register.append(key, [started, planned, other, done]);
  const titles = async () => (await register.webhooks.list(KEY, PAGE)).map(({ told }) => told.duty?.title ?? '').sort();
  await register.webhooks.writeDue('2016-06-30T07:59:00.000Z');
  expect(await titles()).toEqual([]);
  for (const now of ['2016-06-30T08:00:00.000Z', '2016-06-30T15:00:00.000Z']) await register.webhooks.writeDue(now);
  expect(await titles()).toEqual(['Written action plan']);
  await register.webhooks.writeDue('2016-07-01T08:00:00.000Z');
  expect(await titles()).toEqual(['Other', 'Written action plan']);
});

test('an inspection that is found stuck is told once, and again when it is stuck anew', async () => {
  const { register } = await ownRegister();
  await keepHooks(register, [hook({ address: ADDRESS, events: ['inspection.stuck'] })]);
  await register.append(key, [started]);
  const finding = {
    code: 'inspection-stuck' as const,
    severity: 'error' as const,
    inspection: 'anyborough/2016' as const,
    what: 'Its worker fails at every step.',
    do: 'Look at the log.',
  };
  const look = (at: string, findings: (typeof finding)[]) => register.looks.keep({ at, findings }, () => true);
  await look('2026-11-27T09:00:00.000Z', [finding]);
  await look('2026-11-27T09:05:00.000Z', [finding]);
  const list = await register.webhooks.list(KEY, PAGE);
  expect(list.map(({ event, told }) => [event, told.inspection.reference, told.words])).toEqual([
    ['inspection.stuck', '2016', undefined],
  ]);
  const [notice] = await register.looks.notices();
  await register.looks.told({ there: [], over: [notice?.key ?? ''] }, '2026-11-27T09:10:00.000Z');
  await look('2026-11-27T09:15:00.000Z', [finding]);
  expect(await register.webhooks.list(KEY, PAGE)).toHaveLength(2);
});

test('what waits of an inspection that was withdrawn as a mistake is not sent', async () => {
  const { register } = await ownRegister();
  await keepHooks(register, [hook({ address: ADDRESS })]);
  await register.append(key, [started, late]);
  await register.append(key, [entry(3, { kind: 'inspection-withdrawn' })]);
  expect((await register.webhooks.list(KEY, PAGE)).map(({ state }) => state)).toEqual(['dropped']);
  expect(await register.webhooks.dueAddresses()).toEqual([]);
});

test('an address that is taken out of the file takes its secret and what was told to it along', async () => {
  const { register, url } = await ownRegister();
  await keepHooks(register, [hook({ address: ADDRESS }), hook({ id: 'stays', address: ADDRESS })]);
  await register.append(key, [started, late]);
  for (const webhook of ['performance', 'stays'])
    await register.webhooks.keepSecret({ ...KEY, webhook }, 'sealed', '2026-11-27T09:00:00.000Z');
  await keepHooks(register, [hook({ id: 'stays', address: ADDRESS })]);
  expect(await rows(url, 'SELECT id FROM webhook')).toEqual([{ id: 'stays' }]);
  expect(await rows(url, 'SELECT webhook FROM webhook_delivery')).toEqual([{ webhook: 'stays' }]);
});
