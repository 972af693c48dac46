import { formatDate } from '../calendar/civil-date.ts';
import { localDate, todayInWords } from '../calendar/london.ts';
import { record } from '../lifecycle/record.ts';
import { PLAN_KINDS, PLAN_STAGES, type PlanStage, STAGE_ORDER } from '../plans/plan-versions.ts';
import { Refusal } from '../refusal.ts';
import type { PlanVersion } from '../schemas/inspection.ts';
import { revisionOf } from '../revisions/revision.ts';
import { command } from './definition.ts';
import { WHEN } from './fields.ts';
import { MANAGERS_ONLY } from './may.ts';

/** A plan's versions are few; more is a slip of the keyboard. */
const MAX_VERSION = 1000;

/**
 * A version of a plan has reached a stage. Stages go forward only; one that is passed over needs a note that says why. A
 * new version begins as a draft, or with a note.
 */
export const recordPlan = command({
  subject: 'inspection',
  title: 'Record a version of a plan',
  help: 'A version of a plan has been drafted, commented on, agreed, scrutinised, submitted, sent back or accepted.',
  fields: {
    plan: { kind: 'choice', label: 'Which plan?', choices: PLAN_KINDS, initial: 'improvement-plan' },
    version: { kind: 'number', label: 'Version', min: 1, max: MAX_VERSION },
    stage: { kind: 'choice', label: 'What has happened to it?', choices: PLAN_STAGES },
    on: WHEN,
    by: { kind: 'line', label: 'By whom?', hint: 'For example the Executive.', optional: true, flag: 'whose' },
    note: { kind: 'line', label: 'Note', hint: 'Needed where a stage is passed over.', optional: true },
    appendices: {
      kind: 'appendices',
      label: 'Appendices',
      hint: 'One a line, each with its address at the end where it has one.',
      optional: true,
      flag: 'appendix',
    },
  },
  may: MANAGERS_ONLY,
  verb: 'record a version of a plan',
  done: 'The version is recorded.',
  entries: ['plan-recorded'],
  apply(state, { plan, version, stage, on: day, by, note, appendices }, { actor, now }) {
    const { facts } = state;
    const plans = facts.inspection.plans ?? [];
    const on = day ?? localDate(now);
    const name = `${PLAN_KINDS[plan]}, version ${version}`;
    if (on > localDate(now))
      throw new Refusal(
        'wrong-date',
        `It can't have been so on ${formatDate(on)}, in the future: ${todayInWords(now)}.`,
        'on',
      );
    mustBeNext(plans, plan, version);
    const before = plans.find((each) => each.plan === plan && each.version === version);
    const passedOver = stagesPassedOver(before, stage, name, on);
    if (passedOver.length > 0 && note === undefined)
      throw new Refusal(
        'missing-reason',
        `${name} has not been ${passedOver.map((each) => PLAN_STAGES[each]).join(', ')}; say in a note why that is passed over.`,
        'note',
      );
    const reached = {
      stage,
      on,
      revision: revisionOf(facts),
      ...(by === undefined ? {} : { by }),
      ...(note === undefined ? {} : { note }),
    };
    const after: PlanVersion = {
      plan,
      version,
      stages: [...(before?.stages ?? []), reached],
      appendices: appendices ?? before?.appendices ?? [],
    };
    const others = plans.filter((each) => each !== before);
    const inspection = { ...facts.inspection, plans: [...others, after] };
    return record({ ...state, facts: { ...facts, inspection } }, now, [
      {
        kind: 'plan-recorded',
        actor,
        text: `${name}: ${PLAN_STAGES[stage]} on ${formatDate(on)}${by === undefined ? '' : ` by ${by}`}.${note === undefined ? '' : ` ${note}`}`,
        data: {
          ...{ plan, version, stage, on, revision: revisionOf(facts), appendices: after.appendices },
          ...(note === undefined ? {} : { note }),
        },
      },
    ]);
  },
});

function mustBeNext(plans: readonly PlanVersion[], plan: PlanVersion['plan'], version: number): void {
  const newest = Math.max(0, ...plans.filter((each) => each.plan === plan).map((each) => each.version));
  if (version < newest)
    throw new Refusal(
      'wrong-state',
      `${PLAN_KINDS[plan]} is at version ${newest} already; version ${version} can't go on.`,
      'version',
    );
  if (version > newest + 1)
    throw new Refusal(
      'wrong-state',
      `${PLAN_KINDS[plan]} is at version ${newest}; the next is ${newest + 1}, not ${version}.`,
      'version',
    );
}

/** The stages between where a version stands and where it is to go. @throws Refusal where that is backwards */
function stagesPassedOver(before: PlanVersion | undefined, stage: PlanStage, name: string, on: string): PlanStage[] {
  const last = before?.stages.at(-1);
  const [from, to] = [last === undefined ? -1 : STAGE_ORDER.indexOf(last.stage), STAGE_ORDER.indexOf(stage)];
  if (to <= from)
    throw new Refusal(
      'wrong-state',
      `${name} was ${PLAN_STAGES[last?.stage ?? 'draft']} already; it can't go back to "${stage}".`,
      'stage',
    );
  if (last !== undefined && on < last.on)
    throw new Refusal(
      'wrong-date',
      `${name} can't have been ${PLAN_STAGES[stage]} on ${formatDate(on)}, before it was ${PLAN_STAGES[last.stage]} on ${formatDate(last.on)}.`,
      'on',
    );
  if (last?.stage === 'returned')
    throw new Refusal(
      'wrong-state',
      `${name} was ${PLAN_STAGES.returned}: what is ${PLAN_STAGES[stage]} after that is the next version.`,
      'version',
    );
  // Being sent back is no stage that a plan has to go through.
  return STAGE_ORDER.slice(from + 1, to).filter((each) => each !== 'returned');
}
