import type { Context, Hono } from 'hono';
import { type CivilDate, isCivilDate } from '../../../domain/calendar/civil-date.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import type { Document } from '../../../domain/documents/document.ts';
import { partsOf } from '../../../domain/inspection-ref.ts';
import {
  boardPackOf,
  decisionRecord,
  documentName,
  memberBriefing,
  quarterlyUpdate,
  updateDocument,
} from '../../documents/of-inspection.ts';
import type { ReportedInspection } from '../../documents/reported-inspection.ts';
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
  const served = (
    path: string,
    what: (context: Context<Env>) => string,
    make: (found: ReportedInspection, context: Context<Env>) => Promise<Document> | Document,
  ): ServedDocument => ({
    path: `/inspections/:authority/:reference/${path}`,
    async make(context) {
      const found = await reported(context);
      const document = await make(found, context);
      const { authority } = partsOf(found.ref);
      return { document, authority, name: documentName(found.ref, what(context), document) };
    },
  });
  const decisionIn = (context: Context<Env>): string => context.req.param('decision') ?? '';
  return documentRoutes(parts, [
    served(
      'report',
      () => 'update',
      async (found, context) => updateDocument(found, await quarterlyUpdate(register, found, sinceAsked(context))),
    ),
    served(
      'briefing',
      () => 'briefing',
      (found, context) => memberBriefing(register, found, sinceAsked(context)),
    ),
    served(
      'board-pack',
      () => 'board-pack',
      (found, context) => boardPackOf(register, found, sinceAsked(context)),
    ),
    served(
      'decisions/:decision/record',
      (context) => `decision-${decisionIn(context)}`,
      (found, context) => {
        const document = decisionRecord(found, decisionIn(context));
        if (document === undefined) throw notFound();
        return document;
      },
    ),
  ]);
}

/** The day from which is told; undefined where the address names none, or none that can be used. */
function sinceAsked(context: Context<Env>): CivilDate | undefined {
  const asked = context.req.query('since') ?? '';
  return isCivilDate(asked) && asked <= localDate(context.get('now')) ? asked : undefined;
}
