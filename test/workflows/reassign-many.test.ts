import { expect, test } from 'vitest';
import { partsOf } from '../../domain/inspection-ref.ts';
import { authority as authoritySchema } from '../../domain/schemas/authority.ts';
import { startOf } from '../support/facts.ts';
import { openRig } from '../support/rig.ts';

const administrator = { id: 'test', role: 'democratic-services' };
const LEAVER = 'head-of-service@anyborough.example.org';
const NEW = 'team-manager@anyborough.example.org';

test('a leaver’s whole work goes to somebody else: told once, and reminded from then on, in later rounds too', async () => {
  const rig = await openRig();
  const start = startOf({
    owners: { 'plan-submission': 'head-of-service', 'cabinet-updates': 'head-of-service' },
    commitments: [{ rule: 'cabinet-update' }],
    actions: Array.from({ length: 12 }, (_, index) => ({
      id: `a${index}`,
      title: `Action ${index}`,
      owner: 'head-of-service',
      due: '2016-04-29',
    })),
  });
  const inspection = await rig.start(start, '2016-02-19T10:00:00.000Z', { eventsPerRun: 40 });
  await rig.advanceTo(inspection, '2016-02-26T10:00:00.000Z');
  const request = { from: 'head-of-service', to: 'team-manager', reason: 'has left' };
  await rig.engine.command(inspection, 'reassignMany', request, administrator);
  await expect(rig.engine.command(inspection, 'reassignMany', request, administrator)).rejects.toThrow(
    'there is nothing to pass on',
  );
  await rig.advanceTo(inspection, '2016-11-30T10:00:00.000Z');

  const reassigned = rig.sent.filter(({ notices }) => notices.some(({ kind }) => kind === 'reassigned'));
  // Twelve actions, the plan and two rounds of updates, in one mail.
  expect(reassigned.map(({ recipient, day, notices }) => [recipient.email, day, notices.length])).toEqual([
    [NEW, '2016-02-29', 15],
  ]);
  // Whoever has left owns nothing that they could be reminded of, and is told of it as the new owner's manager.
  const later = rig.sent.filter(({ recipient, day }) => recipient.email === LEAVER && day > '2016-02-26');
  expect(later.flatMap(({ notices }) => notices).every(({ step }) => step === 'manager')).toBe(true);
  const rounds = rig.sent
    .filter(({ recipient }) => recipient.email === NEW)
    .flatMap(({ notices }) => notices)
    .filter(({ milestone, kind }) => milestone === 'cabinet-updates/cabinet-update-3' && kind === 'due-today');
  expect(rounds).toHaveLength(1);

  const { authority, reference } = partsOf(inspection);
  const rows = await rig.register.milestones(authority, reference);
  expect([...new Set(rows.map(({ owner }) => owner))]).toEqual(['team-manager']);
  expect((await rig.register.verify(authority))[0]?.ok).toBe(true);
});

test('who is beside an owner hears what the owner hears, and sees it among their own; late, it goes up from the owner alone', async () => {
  const rig = await openRig();
  const start = startOf({
    actions: [
      {
        id: 'audit',
        title: 'Audit',
        owner: 'team-manager',
        with: ['assistant-director', 'vacant-post'],
        due: '2016-03-31',
      },
    ],
  });
  const inspection = await rig.start(start, '2016-02-19T10:00:00.000Z', { eventsPerRun: 40 });
  const { authority, reference } = partsOf(inspection);
  // Other tests have inspections of the same council on the same register.
  const own = async (role: string) =>
    (await rig.register.board.dutiesOf([{ authority, role }]))
      .filter((each) => each.reference === reference)
      .map(({ milestone }) => milestone);
  await rig.advanceTo(inspection, '2016-02-22T10:00:00.000Z');
  expect([await own('assistant-director'), await own('head-of-service')]).toEqual([
    ['improvement-actions/audit'],
    ['plan-submission/written-action-plan'],
  ]);
  await rig.advanceTo(inspection, '2016-04-05T10:00:00.000Z');
  const told = rig.sent.flatMap(({ recipient, notices }) =>
    notices
      .filter(({ milestone, kind }) => milestone === 'improvement-actions/audit' && kind !== 'started')
      .map(({ kind, step }) => `${recipient.email.split('@')[0] ?? ''} ${kind} ${step}`),
  );
  const reminders = (to: string, step: string) => told.filter((each) => each === `${to} reminder ${step}`).length;
  expect(reminders('team-manager', 'owner')).toBeGreaterThan(1);
  // Nobody holds the other role: whoever stands in gets its mail.
  for (const to of ['assistant-director', 'democratic-services'])
    expect(reminders(to, 'beside')).toBe(reminders('team-manager', 'owner'));
  expect(told.filter((each) => each.includes('escalation'))).toEqual(['head-of-service escalation manager']);
  await rig.engine.command(inspection, 'reassign', { milestone: 'audit', alone: true }, administrator);
  await rig.advanceTo(inspection, '2016-04-06T10:00:00.000Z');
  expect(await own('assistant-director')).toEqual([]);
  await expect(
    rig.engine.command(inspection, 'complete', { milestone: 'audit' }, { id: 'test', role: 'vacant-post' }),
  ).rejects.toThrow('Its owner (Team Manager)');
});

test('what a partner’s officer misses goes up at the partner first, and to the council’s lead for it; never to its chief executive', async () => {
  const rig = await openRig();
  const start = startOf({
    actions: [{ id: 'clinic', title: 'Open the clinic', owner: 'nurse', due: '2016-03-31' }],
  });
  const mail = (role: string) => `${role}@anyborough-nhs.example.org`;
  const authority = authoritySchema.parse({
    ...start.facts.authority,
    partners: [
      {
        id: 'nhs',
        name: 'Anyborough NHS Trust',
        lead: 'assistant-director',
        chain: { head: 'chief-nurse' },
        roles: [
          { id: 'chief-nurse', title: 'Chief Nurse', email: mail('chief-nurse') },
          { id: 'ward-manager', title: 'Ward Manager', email: mail('ward-manager'), reportsTo: 'chief-nurse' },
          { id: 'nurse', title: 'Designated Nurse', email: mail('nurse'), reportsTo: 'ward-manager' },
        ],
      },
    ],
  });
  const facts = { ...start.facts, authority };
  const inspection = await rig.start({ ...start, facts }, '2016-02-19T10:00:00.000Z', { eventsPerRun: 40 });
  await rig.advanceTo(inspection, '2016-04-15T10:00:00.000Z');
  const late = rig.sent.flatMap(({ recipient, notices, day }) =>
    notices
      .filter(({ milestone, overdue }) => milestone === 'improvement-actions/clinic' && overdue)
      .map(({ step }) => `${day} ${recipient.email.split('@')[0] ?? ''} ${step}`),
  );
  expect(late).toEqual([
    '2016-04-01 assistant-director partner-lead',
    '2016-04-01 ward-manager manager',
    '2016-04-07 assistant-director partner-lead',
    '2016-04-07 chief-nurse director',
    '2016-04-14 assistant-director partner-lead',
    '2016-04-14 chief-nurse chief-executive',
  ]);
  const to = (role: string) => ({ id: 'test', role });
  const complete = (role: string) => rig.engine.command(inspection, 'complete', { milestone: 'clinic' }, to(role));
  await expect(complete('chief-nurse')).rejects.toThrow('Chief Nurse, Anyborough NHS Trust may not mark it as done.');
  await expect(
    rig.engine.command(inspection, 'waive', { milestone: 'clinic', reason: 'x' }, to('nurse')),
  ).rejects.toThrow('may not');
  expect((await complete('nurse')).milestone).toMatchObject({ status: 'completed' });
  const { authority: id } = partsOf(inspection);
  await rig.advanceTo(inspection, '2016-04-18T10:00:00.000Z');
  expect((await rig.register.verify(id))[0]?.ok).toBe(true);
});
