import { roleTitle } from '../../domain/authority/roles.ts';
import { briefingDocument, lastBriefing } from '../../domain/briefing/briefing-document.ts';
import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { addMonths } from '../../domain/calendar/months.ts';
import { recordDocument } from '../../domain/decisions/record-document.ts';
import type { Document } from '../../domain/documents/document.ts';
import type { FrozenKind } from '../../domain/documents/frozen.ts';
import { ofCouncil } from '../../domain/documents/of-council.ts';
import type { RegisterEntry } from '../../domain/lifecycle/entry.ts';
import { type InspectionRef, partsOf } from '../../domain/inspection-ref.ts';
import { type ProgressReport, progressReport } from '../../domain/progress/report.ts';
import { reportDocument } from '../../domain/progress/report-document.ts';
import type { WrittenPart } from '../../domain/progress/written-part.ts';
import { type Written, writtenIn } from '../../domain/progress/written-parts.ts';
import type { Authority } from '../../domain/schemas/authority.ts';
import type { Register } from '../../register/register.ts';
import { allOfKind } from '../all-of-kind.ts';
import { questionTexts } from '../question-texts.ts';
import { figuresFrom } from '../web/figures.ts';
import type { ReportedInspection } from './reported-inspection.ts';

/** Months between the updates to Cabinet. */
const QUARTER = 3;

/** The day from which a quarterly update tells, unless somebody says another. */
export const quarterBefore = (today: CivilDate): CivilDate => addMonths(today, -QUARTER);

type FromRegister = Pick<Register, 'history' | 'texts'>;
/** What any of its documents is made from, beside the inspection. */
export type AllFromRegister = FromRegister & Pick<Register, 'board'>;

/** The quarterly update, with what it is made of. @throws Refusal where the day is still to come */
export async function quarterlyUpdate(
  register: Pick<FromRegister, 'history'>,
  inspection: ReportedInspection,
  since: CivilDate = quarterBefore(localDate(inspection.view.now)),
): Promise<ProgressReport> {
  const { authority, reference } = partsOf(inspection.ref);
  return updateFrom(await register.history(authority, reference), inspection, since);
}

const updateFrom = (
  history: readonly RegisterEntry[],
  { view, facts, calendar }: ReportedInspection,
  since: CivilDate,
): ProgressReport =>
  progressReport(view, history, calendar, { since, roleTitle: (role) => roleTitle(facts.authority, role) });

/** What officers have written for the reports of an inspection. */
export async function writtenParts(
  register: Pick<Register, 'entriesOfKind'>,
  ref: InspectionRef,
  council: Authority,
): Promise<Record<WrittenPart, Written | null>> {
  const entries = await allOfKind(register, { ...partsOf(ref), kind: 'report-part-written' });
  return writtenIn(entries, (role) => roleTitle(council, role));
}

/** An inspection's document. */
const ofInspection = ({ view, facts }: Pick<ReportedInspection, 'view' | 'facts'>, document: Document): Document => ({
  ...ofCouncil(facts.authority, document),
  about: { council: facts.authority.name, inspection: view.title },
});

/** The same as a document. */
export const updateDocument = (
  inspection: Pick<ReportedInspection, 'view' | 'facts'>,
  report: ProgressReport,
): Document => ofInspection(inspection, reportDocument(report));

/** The written briefing to all members; told is what happened since the last one, or since the day that is named. */
export async function memberBriefing(
  register: FromRegister,
  inspection: ReportedInspection,
  asked?: CivilDate,
): Promise<Document> {
  const { ref, view } = inspection;
  const { authority, reference } = partsOf(ref);
  const history = await register.history(authority, reference);
  const since = asked ?? lastBriefing(history) ?? quarterBefore(localDate(view.now));
  const report = updateFrom(history, inspection, since);
  const questions = await questionTexts(register, ref, view.questions);
  return ofInspection(inspection, briefingDocument(report, view, { questions, since }));
}

/** The pack for an improvement board; told is what moved since the last one. */
export async function boardPackOf(
  register: AllFromRegister,
  inspection: ReportedInspection,
  asked?: CivilDate,
): Promise<Document> {
  const { ref, view } = inspection;
  const { authority, reference } = partsOf(ref);
  const since = asked ?? quarterBefore(localDate(view.now));
  const [history, questions, figures, { boardPack }] = await Promise.all([
    register.history(authority, reference),
    questionTexts(register, ref, view.questions),
    figuresFrom({ register })(
      { authority: { id: authority }, inspection: reference, years: 1, on: localDate(view.now) },
      view.now,
    ),
    import('./board-pack.ts'),
  ]);
  return ofInspection(
    inspection,
    boardPack(inspection, { report: updateFrom(history, inspection, since), history, questions, figures, since }),
  );
}

/** The record of one of its decisions; undefined where there is none of this id. */
export function decisionRecord(inspection: Pick<ReportedInspection, 'view' | 'facts'>, id: string) {
  const record = inspection.view.decisions.find((each) => each.id === id);
  return record === undefined ? undefined : ofInspection(inspection, recordDocument(record));
}

/** One of an inspection's documents; told is what happened since a day, where it is not of a decision. */
export interface WantedDocument {
  kind: FrozenKind;
  since?: CivilDate | undefined;
  decision?: string | undefined;
}

const MAKERS: Record<
  FrozenKind,
  (
    register: AllFromRegister,
    found: ReportedInspection,
    asked: WantedDocument,
  ) => Promise<Document> | Document | undefined
> = {
  update: async (register, found, { since }) => updateDocument(found, await quarterlyUpdate(register, found, since)),
  briefing: (register, found, { since }) => memberBriefing(register, found, since),
  'board-pack': (register, found, { since }) => boardPackOf(register, found, since),
  decision: (_register, found, { decision = '' }) => decisionRecord(found, decision),
};

/** The document that is wanted; undefined where there is no such decision. */
export const documentOf = async (
  register: AllFromRegister,
  found: ReportedInspection,
  asked: WantedDocument,
): Promise<Document | undefined> => MAKERS[asked.kind](register, found, asked);

/** What the file of a document is called. @param what 'update' */
export const documentName = (ref: InspectionRef, what: string, { on }: Pick<Document, 'on'>): string =>
  `${ref.replaceAll('/', '-')}-${what}-${on}.docx`;
