import { authorityDifferences } from '../../../domain/authority/change/differences.ts';
import { constitutionTitle } from '../../files/rules.ts';
import type { Actor } from '../../../domain/commands/actor.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import { mayApply, type Scope } from '../../apply-authority.ts';
import { eachInspection } from '../../each-inspection.ts';
import { keepSummary, tellOpen, tellStandIns } from '../../tell-council.ts';
import type { WebParts } from '../parts.ts';
import { PageProblem } from '../problems.ts';

/** Somebody else has changed the file since it was looked at. */
export class ChangedMeanwhile extends PageProblem {
  constructor() {
    super(
      409,
      'Somebody else has changed this meanwhile',
      'Nothing of yours was changed. Open the page again, look at what it says now, and send it once more.',
    );
  }
}

/** How many open inspections count by a file now, and which do not yet. */
export interface Reached {
  told: number;
  left: number;
}

type Services = Pick<WebParts, 'engine' | 'register'>;

/**
 * Keeps a council's changed file, and brings it to its open inspections: the same as `duecourse authority apply`. It is kept
 * first, so that of two who change it at once only one does; what is not reached can be told again.
 *
 * @param expected the number of the file that was changed
 * @throws ChangedMeanwhile where another one is in force; Refusal where the role may not; BadRequest
 */
export async function applyFile(
  services: Services,
  authority: Authority,
  { actor, scope, expected, now }: { actor: Actor; scope: Scope; expected: number; now: string },
): Promise<Reached> {
  const { register } = services;
  // Its name may be another: whoever changes it here has been shown so.
  await mayApply(register, { authority, isNew: false, isRenamed: true, role: actor.role, by: actor.id });
  const before = await register.board.keptAuthority(authority.id);
  if (!(await register.board.replaceAuthority(authority, { at: now, by: actor.id, expected })))
    throw new ChangedMeanwhile();
  if (before !== null) await tellStandIns(services, before.authority, authority);
  return bringFile(services, authority.id, actor, scope);
}

/** Brings the file in force to every open inspection that does not have it. Where it is changed meanwhile, the newer one. */
export async function bringFile(
  services: Services,
  id: string,
  actor: Actor,
  scope: Scope = 'the file',
): Promise<Reached> {
  for (;;) {
    const kept = await services.register.board.keptAuthority(id);
    if (kept === null) return { told: 0, left: 0 };
    const each: Parameters<typeof tellOpen>[3] = (inspections, tell) =>
      eachInspection(inspections, tell, { onDone: () => undefined, signal: new AbortController().signal });
    const all = await tellOpen(services, kept.authority, actor, each, scope);
    const newest = await services.register.board.keptAuthority(id);
    if (newest?.number !== kept.number) continue;
    const told = all.filter(({ outcome }) => outcome === 'told').length;
    if (told > 0) await keepSummary(services, kept.authority);
    return { told, left: all.length - told };
  }
}

/** So many changes of others are told one by one. */
const MAX_TOLD = 20;

/** What others have changed of a council's file since it had a number, the newest first. */
export async function changedSince({ register }: Pick<WebParts, 'register'>, id: string, number: number) {
  const changes = await register.board.authorityChanges(id, { after: number, limit: MAX_TOLD });
  return changes.map(({ at, by, before, after }) => ({
    at,
    by,
    differences: before === null ? [] : authorityDifferences(before, after, constitutionTitle),
  }));
}
