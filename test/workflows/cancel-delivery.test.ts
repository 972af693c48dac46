import type { temporal } from '@temporalio/proto';
import { expect, test } from 'vitest';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { startOf } from '../support/facts.ts';
import { historiesOf, openRig, type Rig } from '../support/rig.ts';

// A delivery has a scope of its own: once it is over, nothing cancels it.

const START = '2016-02-19T10:00:00.000Z';
const actions = [{ id: 'audit', title: 'Audit', owner: 'team-manager', due: '2016-04-29' }];

type Event = temporal.api.history.v1.IHistoryEvent;

async function eventsOf(rig: Rig, reference: InspectionRef): Promise<Event[]> {
  const runs = await historiesOf(rig.client, reference);
  return runs.flatMap(({ history }) => history.events ?? []);
}
const has = (attributes: unknown): boolean => attributes !== undefined && attributes !== null;
const cancelsOf = (events: Event[]) =>
  events.filter((event) => has(event.activityTaskCancelRequestedEventAttributes)).length;
const endsOf = (events: Event[]) => events.filter((event) => has(endOf(event))).length;
const endOf = (event: Event) => event.activityTaskCompletedEventAttributes ?? event.activityTaskCanceledEventAttributes;
const deliveriesOf = (events: Event[]) =>
  events.filter((event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'deliver');
async function kindsOf(rig: Rig, reference: InspectionRef): Promise<string[]> {
  const [authority = '', inspection = ''] = reference.split('/');
  return (await rig.register.history(authority, inspection)).map(({ kind }) => kind);
}

test('what has been delivered is not cancelled with the workflow', async () => {
  const rig = await openRig();
  const reference = await rig.start(startOf({ actions }), START);
  await rig.advanceTo(reference, '2016-04-05T12:00:00.000Z');
  const before = await eventsOf(rig, reference);
  expect(deliveriesOf(before).length).toBeGreaterThan(1);
  expect([cancelsOf(before), endsOf(before) >= deliveriesOf(before).length]).toEqual([0, true]);
  await rig.engine.cancel(reference);
  await expect(rig.engine.result(reference)).rejects.toThrow(/cancelled/i);
  // The last one, which records the end, goes on though the workflow is cancelled.
  const after = await eventsOf(rig, reference);
  expect([cancelsOf(after), deliveriesOf(after).length]).toEqual([0, deliveriesOf(before).length + 1]);
  expect((await kindsOf(rig, reference)).filter((kind) => kind === 'inspection-cancelled')).toHaveLength(1);
});
