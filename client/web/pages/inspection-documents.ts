import type { Context, Hono } from 'hono';
import { type CivilDate, isCivilDate } from '../../../domain/calendar/civil-date.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import type { FrozenKind } from '../../../domain/documents/frozen.ts';
import { partsOf } from '../../../domain/inspection-ref.ts';
import { asOfDay, type Reported } from '../../documents/as-of-day.ts';
import { documentName, documentOf } from '../../documents/of-inspection.ts';
import type { ReportedInspection } from '../../documents/reported-inspection.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { documentRoutes, type ServedDocument } from '../documents/document-routes.ts';
import { runningInspection, seenInspection } from '../inspections.ts';
import type { MilestonePages } from '../lists.ts';
import type { Env, WebParts } from '../parts.ts';
import { notFound } from '../problems.ts';

/** The documents of an inspection: to read, to print, and as files of Word. */
export function inspectionDocumentRoutes(parts: WebParts, pages: MilestonePages): Hono<Env> {
  const { register } = parts;
  const reported = async (context: Context<Env>): Promise<ReportedInspection> => {
    const { id: ref, membership } = await seenInspection(context, parts);
    const running = await runningInspection(parts, ref);
    if (running === null) throw notFound();
    return { ref, ...running, calendar: await pages.calendars.of(membership.authority) };
  };
  /** As it runs, or as it stood at the end of the day that the address names. */
  const of = async (context: Context<Env>): Promise<Reported> => {
    const now = context.get('now');
    const on = context.req.query('on');
    if (on !== undefined && !isCivilDate(on))
      throw new Refusal('wrong-date', 'Go back, and choose the day of which it is to be: one before today.', 'on');
    if (on === undefined || on === localDate(now))
      return { found: await reported(context), register, marked: (document) => document };
    const { id: ref } = await seenInspection(context, parts);
    return asOfDay(register, ref, { on, now });
  };
  const served = (path: string, kind: FrozenKind): ServedDocument => ({
    path: `/inspections/:authority/:reference/${path}`,
    async make(context) {
      const { found, register: from, marked } = await of(context);
      const decision = context.req.param('decision');
      const document = await documentOf(from, found, { kind, since: sinceAsked(context), decision });
      if (document === undefined) throw notFound();
      const { authority } = partsOf(found.ref);
      const what = decision === undefined ? kind : `${kind}-${decision}`;
      return { document: marked(document), authority, name: documentName(found.ref, what, document) };
    },
  });
  return documentRoutes(parts, [
    served('report', 'update'),
    served('briefing', 'briefing'),
    served('board-pack', 'board-pack'),
    served('decisions/:decision/record', 'decision'),
  ]);
}

/** The day from which is told; undefined where the address names none, or none that can be used. */
function sinceAsked(context: Context<Env>): CivilDate | undefined {
  const asked = context.req.query('since') ?? '';
  return isCivilDate(asked) && asked <= localDate(context.get('now')) ? asked : undefined;
}
