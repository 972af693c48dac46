import type { Block } from './blocks.ts';
import { dayIn, type Days, daysIn, monthIn } from './dates.ts';
import type { FoundReport } from './found.ts';
import { FIELDWORK_LABEL, type Layout, PUBLISHED_LABEL } from './layouts.ts';
import { type Place, placeOf, type Proposal, type ReportLine } from './line.ts';
import { markOf } from './plain.ts';

/** So many blocks and lines of a report's beginning are looked through for its dates and its title. */
const FIRST = 150;

/** The title, the council and the dates that a report says; of a layout that is known, all of what it says. */
export function factsIn(
  all: readonly ReportLine[],
  blocks: readonly Block[],
  layout: Layout | undefined,
): { facts: FoundReport['facts']; notes: string[] } {
  const first = blocks.slice(0, FIRST);
  const facts: FoundReport['facts'] = {};
  const title = layout === undefined ? undefined : titleIn(first, layout);
  if (layout !== undefined && title !== undefined) {
    const isPasted = !all.some(({ look }) => look !== undefined);
    const value = title.text.trim().replace(/ and$/, '');
    facts.title = { value, place: title.place, ...(isPasted ? { unsure: WHERE_IT_ENDS } : {}) };
    facts.inspectorate = { value: layout.inspectorate, place: title.place };
    facts.framework = { value: layout.framework, place: title.place };
  } else if (layout !== undefined && first[0] !== undefined) {
    const unsure = `No line is its title: that it is a report of ${layout.title} follows from words of its first pages.`;
    facts.inspectorate = { value: layout.inspectorate, place: first[0].place, unsure };
    facts.framework = { value: layout.framework, place: first[0].place, unsure };
  }
  const authority = layout === undefined ? undefined : authorityIn(all, first, layout);
  if (authority !== undefined) facts.authority = authority;
  const days = fieldworkIn(first, layout);
  if (days !== undefined) {
    const { from, until, place, unsure } = days;
    facts.fieldworkFrom = { value: from, place, ...(unsure === undefined ? {} : { unsure }) };
    facts.fieldworkUntil = { value: until, place, ...(unsure === undefined ? {} : { unsure }) };
  }
  const published = publishedIn(first);
  if (published?.date !== undefined) {
    const early = days !== undefined && published.date < days.until;
    const unsure = 'It is before the last day of the inspection.';
    facts.published = { value: published.date, place: published.place, ...(early ? { unsure } : {}) };
  }
  const month = layout === undefined || facts.published !== undefined ? undefined : monthAlone(first);
  const notes =
    month === undefined ? [] : [`The text says “${month}” and no day: the day of publication is not filled in.`];
  return { facts, notes };
}

const WHERE_IT_ENDS = 'Nothing tells where a title ends in a text that was pasted.';

function titleIn(blocks: readonly Block[], { titles }: Layout): Block | undefined {
  return blocks.find(({ text }) => titles.some((title) => title.test(text.trim())));
}

/** A council by its whole name. */
const COUNCIL =
  /(?:(?:(?:London|Royal) Borough of|City of|Borough of) \p{Lu}[\p{L}’'-]+(?: (?:and|upon|on|under) \p{Lu}[\p{L}’'-]+)*(?: Council)?|(?:\p{Lu}[\p{L}’'.-]+ (?:(?:and|upon|on|in|of|the|under|with|le) )?){1,6}Council)(?!\p{L})/gu;
/** Words before “Council” that make no name. */
const NO_NAME =
  /^(?:The|This|Each|Every|Full|City|County|Borough|District|Metropolitan|Local|Dear|Of|For|And|Former) ?(?:City |County |Borough |District )?Council$/;

function authorityIn(all: readonly ReportLine[], blocks: readonly Block[], layout: Layout): Proposal | undefined {
  for (const pattern of [...layout.titles, ...layout.authority])
    for (const { text, place } of blocks) {
      const name = pattern.exec(text.trim())?.[1]?.trim();
      if (name !== undefined && /\p{Lu}/u.test(name)) return { value: name, place };
    }
  const own = all.slice(0, FIRST).find(({ text }) => namesIn(text)[0] === text.trim());
  if (own !== undefined) return { value: own.text.trim(), place: placeOf(own) };
  const named = all.flatMap((line) => namesIn(line.text).map((name) => ({ name, line })));
  const [only] = named;
  if (only === undefined || named.some(({ name }) => name !== only.name)) return undefined;
  const unsure = 'It is the only council that the text names; no line is its name alone.';
  return { value: only.name, place: placeOf(only.line), unsure };
}

const namesIn = (text: string): string[] =>
  [...text.trim().matchAll(COUNCIL)].map(([name]) => name.trim()).filter((name) => !NO_NAME.test(name));

const ONE_DAY = 'The text names one day alone.';

function fieldworkIn(blocks: readonly Block[], layout: Layout | undefined): (Days & { place: Place }) | undefined {
  for (const { text, place } of blocks) {
    if (!FIELDWORK_LABEL.test(text)) continue;
    const days = daysIn(text.replace(FIELDWORK_LABEL, ''));
    if (days !== undefined) return { ...(days.from === days.until ? { unsure: ONE_DAY } : {}), ...days, place };
  }
  for (const pattern of layout?.fieldwork ?? [])
    for (const { text, place } of blocks) {
      const days = daysIn(pattern.exec(text)?.[1] ?? '');
      if (days !== undefined) return { ...days, place };
    }
  return undefined;
}

function publishedIn(blocks: readonly Block[]): { date: string; place: Place } | undefined {
  for (const { text, place } of blocks) {
    const date = PUBLISHED_LABEL.test(text) ? dayIn(text.replace(PUBLISHED_LABEL, '')) : undefined;
    if (date !== undefined) return { date, place };
  }
  return undefined;
}

/** A month that stands alone where a report’s cover says when it is of. */
function monthAlone(blocks: readonly Block[]): string | undefined {
  const first = blocks[0]?.place.page;
  const cover = blocks.filter(({ place }) => place.page === first).slice(0, 20);
  return cover.map(({ text }) => monthIn(markOf(text)?.rest ?? text)).find((month) => month !== undefined);
}
