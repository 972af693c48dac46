import { formatDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import { mustBePermitted } from '../milestone/permissions.ts';
import { roleTitle } from '../authority/roles.ts';
import { Refusal } from '../refusal.ts';
import type { Actor, CommandPayload } from '../schemas/commands.ts';
import { record } from './record.ts';
import { replan } from './replan.ts';
import type { LifecycleState } from './state.ts';

/**
 * A date of the report was wrong, or has become known: whatever rests on it and is not yet met is worked out again. A
 * statutory date moves too: it was never what the law said. The old dates stay in the register.
 *
 * @throws Refusal where the dates make no sense together, or nothing would change
 */
export function correctFacts(
  state: LifecycleState,
  payload: CommandPayload<'correct'>,
  actor: Actor,
  now: string,
): LifecycleState {
  const { facts } = state;
  mustBePermitted('correct', actor, facts);
  const before = facts.inspection.report;
  const { receivedAt: oldTime, ...dates } = before;
  // A time of receipt belongs to its own date.
  const time = payload.receivedAt ?? (payload.received === undefined ? oldTime : undefined);
  const after = {
    ...dates,
    ...(payload.received === undefined ? {} : { received: payload.received }),
    ...(payload.published === undefined ? {} : { published: payload.published }),
    ...(time === undefined ? {} : { receivedAt: time }),
  };
  const changes = (['received', 'published'] as const).flatMap((name) => {
    const [was, is] = [before[name], after[name]];
    if (is === undefined || was === is) return [];
    mustMakeSense(name, is, state, now);
    return [`the report was ${name} on ${formatDate(is)}${was === undefined ? '' : `, not on ${formatDate(was)}`}`];
  });
  if (before.receivedAt !== after.receivedAt && after.receivedAt !== undefined)
    changes.push(`it was received at ${after.receivedAt}`);
  if (changes.length === 0) throw new Refusal('wrong-state', 'These are the dates already on file; nothing changes.');
  const text = changes.join(' and ');
  const next = { ...state, facts: { ...facts, inspection: { ...facts.inspection, report: after } } };
  const recorded = record(next, now, [
    {
      kind: 'facts-corrected',
      actor,
      text: `Corrected by ${roleTitle(facts.authority, actor.role)}: ${text}. ${payload.reason}`,
      data: { before, after, reason: payload.reason },
    },
  ]);
  return replan(recorded, now, text);
}

function mustMakeSense(name: string, date: string, { facts }: LifecycleState, now: string): void {
  if (date > localDate(now))
    throw new Refusal('wrong-date', `The report can't have been ${name} on ${formatDate(date)}, in the future.`);
  const { until } = facts.inspection.fieldwork;
  if (date < until)
    throw new Refusal(
      'wrong-date',
      `The report can't have been ${name} on ${formatDate(date)}, before the inspection ended on ${formatDate(until)}.`,
    );
}
