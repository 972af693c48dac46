import { Hono } from 'hono';
import { EngineProblem } from '../../engine-problem.ts';
import { page } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';
import { authoritiesOf, isAny, type Person } from '../people.ts';
import { inspectionRef, type InspectionRef, partsOf } from '../../../domain/inspection-ref.ts';
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
    const running = await engine.answers();
    const worker = running
      ? await workerWords(engine, open === undefined ? undefined : inspectionRef(open.authority, open.reference))
      : 'not asked: it is asked by way of the engine';
    const feed = record ? await register.keptFeed() : null;
    const look = record ? await register.looks.report() : null;
    const found = look === null ? [] : look.findings.filter((each) => isFor(person, each)).map(shown);
    return page(context, 'health.html', {
      ...{ title: 'Health', record, running, worker, feed, now, look, found: found.slice(0, MAX_SHOWN) },
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

const SILENT = 'does not answer: nobody is reminded, and no change is taken';

/** Whether a worker answers for an inspection that is open, in words. */
async function workerWords(engine: WebParts['engine'], inspection: InspectionRef | undefined): Promise<string> {
  if (inspection === undefined) return 'not asked: no inspection of yours is open';
  const late = new Promise<string>((resolve) => setTimeout(() => resolve(SILENT), PATIENCE_MS).unref());
  const asked = engine.newest(inspection).then(
    () => 'answers',
    (error: unknown) => {
      const code = error instanceof EngineProblem ? error.code : undefined;
      if (code === 'no-worker') return SILENT;
      // It is about this one alone: another may well be answered for.
      const what = code === 'unknown-reference' ? 'the engine knows nothing of' : 'can’t go on with';
      return `${what} ${inspection}; whether it answers for others was not asked`;
    },
  );
  return Promise.race([asked, late]);
}

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
