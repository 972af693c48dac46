import { Hono } from 'hono';
import { page } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';
import { authoritiesOf, isAny, type Person } from '../people.ts';
import { inspectionRef, partsOf } from '../../../domain/inspection-ref.ts';
import type { Finding } from '../../../domain/doctor/finding.ts';
import { FINDINGS } from '../../../domain/doctor/findings.ts';

const PATIENCE_MS = 3000;
/** More than so many nobody reads on a page. */
const MAX_SHOWN = 50;

/** Whether everything works, in words; for administrators what the newest look has found, and what to do about it. */
export function healthRoutes({ register, engine }: WebParts): Hono<Env> {
  return new Hono<Env>().get('/health', async (context) => {
    const { person } = context.get('session');
    const now = context.get('now');
    const record = await answers(() => register.ping());
    const open = record
      ? (
          await register.board.inspections(now, { authorities: authoritiesOf(person) }, { offset: 0, limit: 1 })
        ).rows.find((each) => each.status === 'open')
      : undefined;
    const running =
      open === undefined ? undefined : await answers(() => engine.view(inspectionRef(open.authority, open.reference)));
    const feed = record ? await register.keptFeed() : null;
    const look = record ? await register.looks.report() : null;
    const found = look === null ? [] : look.findings.filter((each) => isFor(person, each)).map(shown);
    return page(context, 'health.html', {
      ...{ title: 'Health', record, running, feed, now, look, found: found.slice(0, MAX_SHOWN) },
      more: Math.max(0, found.length - MAX_SHOWN),
      seesAll: isAny(person, ['administrator']),
    });
  });
}

/** An inspection's is for those who belong to its council; what is about all of duecourse, for administrators. */
function isFor(person: Person, { inspection }: Finding): boolean {
  if (inspection === undefined) return isAny(person, ['administrator']);
  return authoritiesOf(person).includes(partsOf(inspection).authority);
}

const shown = (each: Finding): Finding & { title: string; officer: string | null } => ({
  ...each,
  title: FINDINGS[each.code].title,
  officer: FINDINGS[each.code].officer,
});

/** Does it answer within a few seconds? */
async function answers(ask: () => Promise<unknown>): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), PATIENCE_MS).unref());
  return Promise.race([
    ask().then(
      () => true,
      () => false,
    ),
    late,
  ]);
}
