import { expect, test } from 'vitest';
import { lived } from '../../../client/demonstration/lived.ts';
import { instantAt } from '../../../domain/calendar/london.ts';
import { story } from '../../../client/demonstration/story.ts';
import { REFERENCES } from '../../../client/demonstration/standing.ts';
import { openLifecycle } from '../../../domain/lifecycle/open-lifecycle.ts';
import { viewOf } from '../../../domain/lifecycle/view.ts';
import { wake } from '../../../domain/lifecycle/wake.ts';

/** Days of every kind: each weekday, a Sunday in the Christmas week, after Easter, after May's holidays, a leap day, years ahead. */
const DAYS = [
  '2026-11-26',
  '2026-12-27',
  '2027-01-04',
  '2027-04-06',
  '2027-07-30',
  '2028-02-29',
  '2028-06-08',
  '2029-09-01',
];

test.each(DAYS)('begun on %s it holds together, and is at its three stages', (today) => {
  const now = `${today}T10:00:00.000Z`;
  const { inspections } = story(today);
  expect(inspections.map(({ facts }) => facts.inspection.reference)).toEqual([...REFERENCES]);
  const [children, send, single] = inspections.map((start) => {
    const whole = { ...start, startedBy: { id: 'npm start', role: 'democratic-services' } };
    const isYearOld = start.facts.inspection.reference === REFERENCES[0];
    const { state, mailings } = wake(isYearOld ? lived(whole, now) : openLifecycle(whole, now), now);
    // One mail to each person, however much has happened before.
    const readers = mailings.map(({ digest }) => digest.recipient.email);
    expect(new Set(readers).size).toBe(readers.length);
    expect(mailings.every(({ digest }) => digest.channel === 'outbox')).toBe(true);
    return viewOf(state, now);
  });
  expect(children?.overdue).toBeGreaterThan(1);
  expect(children?.milestones.find(({ id }) => id === 'progress-rounds/board')?.round?.askedAt).toBe(
    instantAt(today, '00:00'),
  );
  expect(send?.overdue).toBeGreaterThan(0);
  expect(send?.milestones.find(({ id }) => id === 'call-in-window/therapy-contract')?.overdue).toBe(false);
  expect(single?.overdue).toBe(0);
});
