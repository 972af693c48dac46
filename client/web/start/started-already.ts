import type { Context } from 'hono';
import { inspectionRef, type InspectionRef } from '../../../domain/inspection-ref.ts';
import type { LifecycleStart } from '../../../domain/lifecycle/state.ts';
import { likenessOf } from '../../start-inspection.ts';
import type { AppParts, Env } from '../parts.ts';

/** The inspection that somebody has started from this file themselves: whoever sends it again is led there. */
export async function startedAlready(
  { engine, register }: Pick<AppParts, 'engine' | 'register'>,
  context: Context<Env>,
  start: LifecycleStart,
): Promise<InspectionRef | undefined> {
  const { authority, inspection } = start.facts;
  if ((await likenessOf({ engine, register }, start)) !== 'the same file') return undefined;
  const oldest = { from: 'the oldest', offset: 0, limit: 1 } as const;
  const of = { authority: authority.id, reference: inspection.reference };
  const [first] = (await register.historyPage(of, oldest)).entries;
  const isTheirs = first?.actor?.id.toLowerCase() === context.get('session').person.email.toLowerCase();
  return isTheirs ? inspectionRef(authority.id, inspection.reference) : undefined;
}

/** Where somebody goes once an inspection is started: without a plan it is asked whether that is to be written now. */
export const afterStart = (inspection: InspectionRef, { facts }: LifecycleStart): string =>
  `/inspections/${inspection}${facts.inspection.actions.length === 0 ? '/plan/begin' : ''}?done=started`;
