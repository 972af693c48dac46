import { expect, test } from 'vitest';
import { addDays } from '../../../domain/calendar/civil-date.ts';
import { openLifecycle } from '../../../domain/lifecycle/open-lifecycle.ts';
import { viewOf } from '../../../domain/lifecycle/view.ts';
import { apply } from '../../../domain/commands/apply.ts';
import { tried } from '../../../client/web/forms/filled-command.ts';
import { example } from '../../support/example.ts';

const AT = '2016-02-22T10:00:00.000Z';
const start = example('middlesbrough-2016', { received: '2016-02-19' });
const administrator = start.facts.authority.chain.administrator;
const actor = { id: 'x', role: administrator };
/** A body's meeting moved that no duty has to do with: nothing comes of it. */
const renamed = { ...start.facts.authority, name: `${start.facts.authority.name} ` };

/** So many days later, with nothing done and nothing asked of it meanwhile. */
function after(days: number) {
  const state = openLifecycle(start, AT);
  const now = `${addDays('2016-02-22', days)}T10:00:00.000Z`;
  return { state, view: viewOf(state, now), facts: state.facts, calendar: state.calendar };
}

test('the rounds that any change brings out by the way are not told as what comes of it', () => {
  for (const days of [0, 1, 40, 100, 400]) {
    const running = after(days);
    const made = apply(
      running.state,
      { name: 'changeAuthority', payload: { authority: renamed } },
      actor,
      running.view.now,
    );
    const outcome = tried(running as never, 'changeAuthority', { authority: renamed }, actor);
    expect(outcome).toMatchObject({ moves: [], owners: [] });
    // Though there are some.
    if (days >= 40)
      expect(viewOf(made, running.view.now).milestones.length).toBeGreaterThan(running.view.milestones.length);
  }
});
