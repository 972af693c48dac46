import type { Context } from 'hono';
import { slug } from '../../../domain/schemas/common.ts';
import { inspectionRef, type InspectionRef } from '../../../domain/inspection-ref.ts';
import type { ViewedMilestone } from '../../../domain/lifecycle/view.ts';
import type { ShownMeasure } from '../../../domain/measures/measures.ts';
import { actionOfDuty } from '../../../domain/plan/action-duty.ts';
import { askedAbout, isAnswered } from '../../../domain/rounds/answers.ts';
import { openRounds } from '../first-pages/asked-of-owner.ts';
import { actingRole } from '../forms/offered.ts';
import { type RunningInspection, runningInspection } from '../inspections.ts';
import type { Env, WebParts } from '../parts.ts';
import { type Membership, membershipIn } from '../people.ts';
import { notFound } from '../problems.ts';

/** An action of somebody's own, on the form on which they report on all of them. */
export interface OwnAction {
  /** Its name within the plan, by which its fields are known. */
  name: string;
  duty: ViewedMilestone;
  /** They have reported on it since they were asked. */
  answered: boolean;
}

/** What somebody reports on in one inspection: their open actions, and the measures that show the effect of these. */
export interface OwnWork {
  id: InspectionRef;
  membership: Membership;
  running: RunningInspection;
  actions: OwnAction[];
  measures: ShownMeasure[];
}

/**
 * What the address names, as far as it is theirs.
 *
 * @throws PageProblem 404 where there is no such inspection, or it is another council's; for a partner's officer also where they
 *   own nothing in it
 */
export async function ownWork(context: Context<Env>, parts: Pick<WebParts, 'register' | 'engine'>): Promise<OwnWork> {
  const { authority = '', reference = '' } = context.req.param() as Record<string, string>;
  const { person } = context.get('session');
  const asGuest = membershipIn({ memberships: person.guests }, authority);
  const membership = membershipIn(person, authority) ?? asGuest;
  if (membership === undefined || !slug.safeParse(reference).success) throw notFound();
  const id = inspectionRef(authority, reference);
  const [known] = await parts.register.milestones(authority, reference);
  const running = known === undefined ? null : await runningInspection(parts, id);
  if (running === null) throw notFound();
  const work = workOf(id, running, membership);
  if (membership === asGuest && work.actions.length === 0) throw notFound();
  return work;
}

/** What is somebody's own in an inspection as it runs. */
export const workOf = (id: InspectionRef, running: RunningInspection, membership: Membership): OwnWork => ({
  ...{ id, membership, running },
  actions: ownActions(running, membership),
  measures: ownMeasures(running, membership),
});

function ownActions(running: RunningInspection, { roles }: Membership): OwnAction[] {
  const own = new Set(roles.map(({ id }) => id));
  const rounds = openRounds(running);
  return askedAbout(running.view.milestones)
    .filter(({ owner }) => own.has(owner))
    .map((duty) => ({
      ...{ name: actionOfDuty(duty.id) ?? duty.id, duty },
      answered: rounds.length > 0 && rounds.every(({ round }) => isAnswered(duty, round.round)),
    }));
}

/** A measure is of whoever owns an action of which it shows the effect, or answers for a theme of which it shows the outcome. */
function ownMeasures(running: RunningInspection, membership: Membership): ShownMeasure[] {
  if (!actingRole(membership, running, 'recordMeasure').possible) return [];
  const own = new Set(membership.roles.map(({ id }) => id));
  const { milestones, improvement, measures } = running.view;
  const actions = new Set(milestones.flatMap(({ id, owner }) => (own.has(owner) ? (actionOfDuty(id) ?? []) : [])));
  const themes = new Set(improvement.themes.flatMap(({ id, officer }) => (own.has(officer) ? [id] : [])));
  return measures.filter(
    (each) => each.actions.some((action) => actions.has(action)) || each.themes.some((theme) => themes.has(theme)),
  );
}
