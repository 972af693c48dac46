import type { Context } from 'hono';
import { dateParts, formatDate, isCivilDate } from '../../../domain/calendar/civil-date.ts';
import { namesOf } from '../../../domain/closed-table.ts';
import { FACTS, type FoundFacts, type FoundReport } from '../../../domain/report/found.ts';
import { placeInWords, type Proposal } from '../../../domain/report/line.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import type { Typed } from '../../../register/form-drafts.ts';
import { councilShortName } from '../../../domain/authority/first-authority.ts';
import { textIn } from '../forms/sent.ts';
import type { AppParts, Env } from '../parts.ts';
import { frameworks, type GuidedName } from './guided.ts';

/** The page that shows what was read from a report. */
export const REPORT_PAGE = '/start/report';
/** The page on which its recommendations are kept, changed and left out. */
export const RECOMMENDATIONS_PAGE = '/start/guided/recommendations';

/** What was read from a report under a form's id, of this person's; undefined where that is none, or no longer kept. */
export async function reportOf(
  context: Context<Env>,
  { forms, register }: Pick<AppParts, 'forms' | 'register'>,
  id: unknown,
): Promise<FoundReport | undefined> {
  if (typeof id !== 'string' || !forms.isTheirs(id, context.get('session').person.email, REPORT_PAGE)) return undefined;
  return foundIn(await register.board.draftOf(id));
}

/** What was read from a report, as it is kept under its form. */
export const asDraft = (found: FoundReport): Typed => ({ found: JSON.stringify(found) });

export function foundIn(draft: Typed | null | undefined): FoundReport | undefined {
  const found = textIn(draft ?? {}, 'found');
  return found === '' ? undefined : (JSON.parse(found) as FoundReport);
}

/** Which of a guided form's fields each thing that was found fills. */
const FILLED: Record<GuidedName, keyof FoundFacts | 'judgements' | 'recommendations' | 'nothing'> = {
  title: 'title',
  reference: 'nothing',
  inspectorate: 'inspectorate',
  fieldworkFrom: 'fieldworkFrom',
  fieldworkUntil: 'fieldworkUntil',
  received: 'received',
  published: 'published',
  judgements: 'judgements',
  recommendations: 'recommendations',
};

/** The guided form's fields filled with what was found: what was not, stays empty. */
export function typedOf({ facts, judgements }: FoundReport): Record<string, string> {
  const typed: Record<string, string> = {};
  for (const [name, fact] of Object.entries(FILLED)) {
    if (fact === 'nothing' || fact === 'judgements' || fact === 'recommendations') continue;
    const value = facts[fact]?.value;
    if (value === undefined) continue;
    if (isCivilDate(value))
      for (const [part, number] of Object.entries(dateParts(value))) typed[`${name}-${part}`] = String(number);
    else typed[name] = value;
  }
  if (judgements.length > 0)
    typed['judgements'] = judgements.map(({ value }) => `${value.area}: ${value.grade}`).join('\n');
  return typed;
}

/** Where something stands in the report, as a page says it; or, with no place, that it was not found. */
export interface Source {
  text: string;
  unsure?: string;
}

const sourceOf = ({ place, unsure }: Proposal<unknown>, before = ''): Source => ({
  text: `${before}${placeInWords(place)}: “${place.quote}”`,
  ...(unsure === undefined ? {} : { unsure }),
});

/** A sentence of its own begins with a capital. */
const capital = (source: Source): Source => ({
  ...source,
  text: source.text.replace(/^./, (first) => first.toUpperCase()),
});

/** What is said beside a field of the guided form of where its value comes from. */
export function sourcesOf({ facts, judgements }: FoundReport, name: GuidedName): Source[] {
  const filled = FILLED[name];
  if (filled === 'nothing' || filled === 'recommendations') return [];
  if (filled === 'judgements')
    return judgements.length === 0
      ? [{ text: 'No grade was found in the text.' }]
      : judgements.map((each) => sourceOf(each, `${each.value.area}, `));
  const fact = facts[filled];
  return [fact === undefined ? { text: FACTS[filled].missing } : capital(sourceOf(fact))];
}

/** The same of a recommendation. */
export const sourceOfRecommendation = (each: Proposal): Source => capital(sourceOf(each));

/** A fact with its source, for the page that shows what was found. */
export function shownFacts({
  facts,
}: FoundReport): { label: string; value: string; source?: Source; missing?: string }[] {
  const titleOf = new Map(frameworks().map(({ value, text }) => [value, text]));
  return namesOf(FACTS).map((name) => {
    const { label, missing } = FACTS[name];
    const fact = facts[name];
    if (fact === undefined) return { label, value: 'Not said', missing };
    const inWords = isCivilDate(fact.value) ? formatDate(fact.value) : fact.value;
    const value = name === 'framework' ? (titleOf.get(inWords) ?? inWords) : inWords;
    return { label, value, source: capital(sourceOf(fact)) };
  });
}

/** What was judged and recommended, each with its source, for the same page. */
export const shownLists = ({ judgements, recommendations }: FoundReport) => ({
  judgements: judgements.map((each) => ({
    text: `${each.value.area}: ${each.value.grade}`,
    source: capital(sourceOf(each)),
  })),
  recommendations: recommendations.map((each) => ({ text: each.value, source: sourceOfRecommendation(each) })),
});

/** The council that a report names, where that is none of these: it may be another council's report. */
export function otherCouncil({ facts }: FoundReport, mine: readonly Authority[]): string | undefined {
  const named = facts.authority?.value;
  return named === undefined || mine.some((each) => isCalled(each, named)) ? undefined : named;
}

export const isCalled = ({ id, name }: Authority, named: string): boolean =>
  name.toLowerCase() === named.toLowerCase() ||
  councilShortName(named) === id ||
  councilShortName(named) === councilShortName(name);
