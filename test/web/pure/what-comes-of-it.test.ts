import { describe, expect, test } from 'vitest';
import { addDays } from '../../../domain/calendar/civil-date.ts';
import { openLifecycle } from '../../../domain/lifecycle/open-lifecycle.ts';
import { viewOf } from '../../../domain/lifecycle/view.ts';
import { apply } from '../../../domain/commands/apply.ts';
import { COMMAND_NAMES, type CommandName } from '../../../domain/commands/commands.ts';
import { consequencesShown } from '../../../client/web/forms/consequences.ts';
import { tried } from '../../../client/web/forms/filled-command.ts';
import { runningFrom } from '../../../client/web/inspections.ts';
import { ADMINISTRATOR, BEFORE, by, copyOf, EXTREMES, story } from '../../support/every-command.ts';
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

type Part = 'moves' | 'begun' | 'gone' | 'owners' | 'lapsed';
const NONE: Part[] = [];

/** Of the first of {@link EXTREMES} that is taken: what its check page shows as coming of it, and nothing else. */
const SHOWN: Record<CommandName, readonly Part[] | 'not taken here'> = {
  submit: NONE,
  complete: NONE,
  accept: NONE,
  sendBack: ['moves'],
  progress: NONE,
  acknowledge: NONE,
  requestExtension: NONE,
  extend: ['moves'],
  declineExtension: NONE,
  hold: NONE,
  release: ['moves'],
  reassign: ['owners'],
  waive: NONE,
  postponeRound: ['moves'],
  closeRound: NONE,
  openRound: ['begun'],
  reopen: ['begun'],
  revise: ['moves'],
  addEvidence: NONE,
  fallBack: ['begun'],
  decide: NONE,
  publishDecision: ['begun'],
  callIn: 'not taken here',
  resolveCallIn: NONE,
  reconsider: ['begun'],
  implement: NONE,
  withdrawDecision: NONE,
  withdrawCallIn: ['lapsed'],
  ask: ['begun'],
  answer: NONE,
  withdrawQuestion: ['lapsed'],
  recordPlan: NONE,
  recordMeasure: NONE,
  correctMeasure: NONE,
  writePart: NONE,
  recordAttendance: NONE,
  event: ['begun'],
  correctEvent: ['moves'],
  ruleOut: NONE,
  addInstrument: ['begun'],
  withdrawInstrument: NONE,
  changeCycle: NONE,
  chooseReading: ['moves'],
  correct: ['moves'],
  reissue: ['moves'],
  reassignMany: ['owners'],
  close: ['lapsed'],
  withdraw: ['lapsed'],
  resend: NONE,
  changeAuthority: NONE,
  changeCalendar: NONE,
};

describe('what does not come of a command is not shown as if it did', () => {
  const actors = [...['team-manager', 'head-of-service', 'director', 'scrutiny-chair'].map(by), ADMINISTRATOR];

  test.each(COMMAND_NAMES)('%s', (name) => {
    const { state, now } = (BEFORE[name] ?? ((each) => each))(copyOf(story())).until('2016-02-29T14:00:00.000Z');
    const running = runningFrom(state, viewOf(state, now));
    for (const payload of EXTREMES[name])
      for (const actor of actors) {
        const outcome = tried(running, name, payload, actor);
        if ('refusal' in outcome) continue;
        const lists = Object.entries(consequencesShown(running, '', outcome)) as [string, { shown?: unknown[] }][];
        const some = lists.filter(([part, list]) => part !== 'told' && (list?.shown ?? []).length > 0);
        expect(some.map(([part]) => part)).toEqual(SHOWN[name]);
        return;
      }
    expect(SHOWN[name]).toBe('not taken here');
  });
});
