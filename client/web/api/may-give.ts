import type { MiddlewareHandler } from 'hono';
import { refusalOf } from '../../../domain/commands/apply.ts';
import { type CommandName, definitionOf } from '../../../domain/commands/commands.ts';
import { runningInspection, type RunningInspection, type SeenInspection, seenInspection } from '../inspections.ts';
import type { Env, WebParts } from '../parts.ts';
import { notFound, PageProblem } from '../problems.ts';

/** The inspection as it runs. @throws PageProblem 404 where only its record is left */
export async function stillRunning(
  parts: Pick<WebParts, 'engine'>,
  { id }: SeenInspection,
): Promise<RunningInspection> {
  const running = await runningInspection(parts, id);
  if (running === null) throw notFound();
  return running;
}

/**
 * Before anything of a command is read: that it is about an inspection of their own council, in a role that is theirs,
 * and that one of their roles may give it. Where that depends on whose duty it is about, the lifecycle says so later.
 *
 * @throws PageProblem 404 | 403; Refusal 'not-permitted'
 */
export function mayGive(parts: Pick<WebParts, 'engine' | 'register'>, name: CommandName): MiddlewareHandler<Env> {
  const { may } = definitionOf(name);
  return async (context, next) => {
    const seen = await seenInspection(context, parts);
    const as = context.req.query('as');
    const { roles } = seen.membership;
    const acting = as === undefined ? roles : roles.filter(({ id }) => id === as);
    if (acting.length === 0)
      throw new PageProblem(403, 'Not your role', `You do not hold the role "${(as ?? '').slice(0, MAX_SHOWN)}".`);
    const byOwner = may.owner === true || may.above === true;
    if (!byOwner && !acting.some(({ capacity }) => may.capacities.includes(capacity))) {
      const { state, view } = await stillRunning(parts, seen);
      const refusal = refusalOf(name, '', state, { actor: { id: 'board', role: acting[0]?.id ?? '' }, now: view.now });
      if (refusal !== undefined) throw refusal;
    }
    return next();
  };
}

const MAX_SHOWN = 100;
