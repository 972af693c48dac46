import type { temporal } from '@temporalio/proto';
import { expect, onTestFinished, test, vi } from 'vitest';
import { smtpTransport } from '../../activities/mail/smtp-transport.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { startOf } from '../support/facts.ts';
import { mailSink } from '../support/mail-sink.ts';
import { historiesOf, openRig, type Rig } from '../support/rig.ts';

// A delivery has a scope of its own: it is cancelled with the workflow while it goes on, and with nothing once it is over.

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

test('cancelled in the middle of a delivery: that is asked to stop, the end is recorded, and nothing is there twice', async () => {
  // A mail server that takes two seconds over each mail.
  const sink = await mailSink(2000);
  const post = smtpTransport(sink.url, { timeoutMs: 20_000 });
  onTestFinished(async () => {
    await post.close();
    await sink.close();
  });
  const rig = await openRig({ post });
  const reference = await rig.start(startOf({ actions }), START);
  await vi.waitUntil(() => sink.received.length > 0, { timeout: 60_000 });
  await rig.engine.cancel(reference);
  await expect(rig.engine.result(reference)).rejects.toThrow(/cancelled/i);

  const events = await eventsOf(rig, reference);
  expect([cancelsOf(events), deliveriesOf(events).length]).toEqual([1, 2]);
  // The first delivery was not over, so the second records again what it had: each entry is there once.
  const kinds = await kindsOf(rig, reference);
  const counts = ['inspection-started', 'milestone-planned', 'inspection-cancelled'].map(
    (kind) => kinds.filter((each) => each === kind).length,
  );
  expect(counts).toEqual([1, 2, 1]);
  // Whoever was being told is told once; nobody is mailed of the end.
  const readers = ['democratic-services', 'head-of-service', 'team-manager'];
  const told = () => sink.received.map(({ to }) => to).sort();
  await vi.waitUntil(() => told().length >= readers.length, { timeout: 60_000 });
  expect(told()).toEqual(readers.map((role) => `${role}@anyborough.example.org`));
});

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
