import { expect, test } from 'vitest';
import { addressIn, example } from '../support/example.ts';
import { openRig } from '../support/rig.ts';

// Cabinet's minutes: 14 recommendations, 8 themes, "a detailed report on the Improvement Plan would be brought to Cabinet
// every 3 months". The report was published on 24 January 2017.
test('Worcestershire 2016: Cabinet hears every three months; a missed report goes up the chain', async () => {
  const rig = await openRig();
  const start = example('worcestershire-2016');
  const director = addressIn(start, 'director-of-childrens-services');
  const reference = await rig.start(start, '2017-01-24T10:00:00.000Z');
  await rig.advanceTo(reference, '2017-04-20T10:30:00.000Z');
  await rig.engine.command(
    reference,
    'complete',
    { milestone: 'cabinet-update-1', evidence: 'https://cabinet.example.org/2017-04-20' },
    { id: 'x', role: 'director-of-childrens-services' },
  );
  await rig.advanceTo(reference, '2017-05-15T10:30:00.000Z');
  await rig.engine.command(
    reference,
    'submit',
    { milestone: 'written-action-plan' },
    { id: 'x', role: 'director-of-childrens-services' },
  );
  for (const id of (await rig.engine.view(reference)).milestones
    .filter((each) => each.strand === 'improvement-actions')
    .map((each) => each.id))
    await rig.engine.command(
      reference,
      'complete',
      { milestone: id },
      { id: 'x', role: 'director-of-childrens-services' },
    );
  // The second is due on Monday 24 July and missed; its owner is the director, whose manager is the chief executive.
  await rig.advanceTo(reference, '2017-08-08T12:00:00.000Z');
  const second = (email: string) =>
    rig.sent
      .filter((mail) => mail.recipient.email === email && mail.day > '2017-05-15')
      .flatMap((mail) =>
        mail.notices
          .filter((notice) => notice.milestone === 'cabinet-updates/cabinet-update-2')
          .map((notice) => `${mail.day} ${notice.kind}`),
      );
  expect(second(director)).toEqual([
    '2017-06-26 reminder',
    '2017-07-10 reminder',
    '2017-07-17 reminder',
    '2017-07-20 reminder',
    '2017-07-24 due-today',
  ]);
  expect(second(addressIn(start, 'chief-executive'))).toEqual([
    '2017-07-25 escalation',
    // The step of the director goes on to who stands above.
    '2017-07-31 escalation',
    '2017-08-07 escalation',
  ]);
  const view = await rig.engine.view(reference);
  expect(view.milestones.filter((each) => each.strand === 'cabinet-updates').map((each) => each.due)).toEqual([
    '2017-07-24',
    '2017-10-24',
    '2018-01-24',
  ]);
  expect(view.overdue).toBe(1);
});
