import { expect, test } from 'vitest';
import { forgetPlans, milestonesOf, plannedOf } from '../../domain/lifecycle/milestones.ts';
import { openLifecycle } from '../../domain/lifecycle/open-lifecycle.ts';
import { startOf } from '../support/facts.ts';

const action = (title: string) => ({ id: 'a1', title, owner: 'head-of-service', due: '2016-06-30' });
const opened = (title: string) => openLifecycle(startOf({ actions: [action(title)] }), '2016-02-19T10:00:00.000Z');
const titlesOf = (state: ReturnType<typeof opened>) => milestonesOf(state).map((each) => each.title);

test('a lifecycle that goes to sleep forgets its own plan, and no other’s', () => {
  const [one, other] = [opened('One'), opened('Other')];
  const [planOfOne, planOfOther] = [plannedOf(one), plannedOf(other)];
  expect([plannedOf(one), plannedOf(other)]).toEqual([planOfOne, planOfOther]);
  forgetPlans(one);
  expect(plannedOf(other)).toBe(planOfOther);
  expect(plannedOf(one)).not.toBe(planOfOne);
  expect(plannedOf(one)).toEqual(planOfOne);
});

test('more lifecycles at once than plans are kept: each has its own milestones all the same', () => {
  const states = Array.from({ length: 40 }, (_, index) => opened(`Action ${index}`));
  for (let round = 0; round < 2; round++)
    states.forEach((state, index) => expect(titlesOf(state)).toContain(`Action ${index}`));
});
