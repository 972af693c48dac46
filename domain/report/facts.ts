import type { Block } from './blocks.ts';
import { dayIn, type Days, daysIn, monthIn } from './dates.ts';
import type { FoundReport } from './found.ts';
import { AUTHORITY_LABEL, FIELDWORK_LABEL, FIELDWORK_WITHIN, type Layout, PUBLISHED_LABEL } from './layouts.ts';
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
  const lines = all.slice(0, FIRST).map(asBlock);
  const title = layout === undefined ? undefined : (titleIn(first, layout) ?? titleIn(lines, layout));
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
  const days = fieldworkIn([...first, ...lines], layout);
  const authority = authorityIn(all, [...first, ...lines], layout, days !== undefined);
  if (authority !== undefined) facts.authority = authority;
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

/** A line by itself, where nothing tells that it goes on. */
const asBlock = (line: ReportLine): Block => ({ kind: 'text', text: line.text, place: placeOf(line) });

function titleIn(blocks: readonly Block[], { titles }: Layout): Block | undefined {
  return blocks.find(({ text }) => titles.some((title) => title.test(text.trim())));
}

/** A council by its whole name. */
const COUNCIL =
  /(?:(?:(?:London|Royal) Borough of|City of|Borough of) \p{Lu}[\p{L}’'-]+(?: (?:and|upon|on|under) \p{Lu}[\p{L}’'-]+)*(?: Council)?|(?:\p{Lu}[\p{L}’'.-]+ (?:(?:and|upon|on|in|of|the|under|with|le) )?){1,6}Council)(?!\p{L})/gu;
/** What a title has before the name. */
const BEFORE_NAME = /^(?:Re-?)?[Ii]nspection of (?:the )?/;
/** Words before “Council” that make no name. */
const NO_NAME =
  /^(?:The|This|Each|Every|Full|City|County|Borough|District|Metropolitan|Local|Dear|Of|For|And|Former) ?(?:City |County |Borough |District )?Council$/;

/** @param isDated whether the text names the days of an inspection: of a report that no words tell, that is one */
function authorityIn(
  all: readonly ReportLine[],
  blocks: readonly Block[],
  layout: Layout | undefined,
  isDated: boolean,
): Proposal | undefined {
  const labelled = all.slice(0, FIRST).flatMap((line) => labelledIn(line))[0];
  if (labelled !== undefined) return labelled;
  const said = firstNamed(blocks, [...(layout?.titles ?? []), ...(layout?.authority ?? [])]);
  if (said !== undefined) return said;
  if (layout === undefined && !isDated) return undefined;
  const own = all.slice(0, FIRST).find(({ text }) => namesIn(text)[0] === text.trim());
  if (own !== undefined)
    return {
      ...{ value: own.text.trim(), place: placeOf(own) },
      ...(layout === undefined ? { unsure: 'No line says that the report is of this council.' } : {}),
    };
  if (layout === undefined) return undefined;
  const named = all.flatMap((line) => namesIn(line.text).map((name) => ({ name, line })));
  const [only] = named;
  if (only === undefined || named.some(({ name }) => name !== only.name)) return titledIn(blocks, layout);
  const unsure = 'It is the only council that the text names; no line is its name alone.';
  return { value: only.name, place: placeOf(only.line), unsure };
}

/** By the title alone, which often leaves out what kind of council it is. */
function titledIn(blocks: readonly Block[], { inTitle }: Layout): Proposal | undefined {
  const found = inTitle === undefined ? undefined : firstNamed(blocks, [inTitle]);
  return found === undefined
    ? undefined
    : { ...found, unsure: 'The title alone names it, perhaps not with all of its name.' };
}

function labelledIn(line: ReportLine): Proposal[] {
  const text = line.text.trim();
  const value = AUTHORITY_LABEL.test(text) ? text.replace(AUTHORITY_LABEL, '').trim() : '';
  return value.length <= MAX_NAME && /^\p{Lu}/u.test(value) ? [{ value, place: placeOf(line) }] : [];
}

/** No council's name is longer. */
const MAX_NAME = 80;

function firstNamed(blocks: readonly Block[], patterns: readonly RegExp[]): Proposal | undefined {
  for (const pattern of patterns)
    for (const { text, place } of blocks) {
      const name = pattern.exec(text.trim())?.[1]?.trim();
      if (name !== undefined && /\p{Lu}/u.test(name)) return { value: name, place };
    }
  return undefined;
}

const namesIn = (text: string): string[] =>
  [...text.trim().matchAll(COUNCIL)]
    .map(([name]) => name.trim().replace(BEFORE_NAME, ''))
    .filter((name) => !NO_NAME.test(name));

const ONE_DAY = 'The text names one day alone.';

function fieldworkIn(blocks: readonly Block[], layout: Layout | undefined): (Days & { place: Place }) | undefined {
  for (const [at, { text, place }] of blocks.entries()) {
    if (!FIELDWORK_LABEL.test(text.trim())) continue;
    const rest = text.trim().replace(FIELDWORK_LABEL, '');
    // A cell of a table, or a line, may hold the label alone.
    const days = daysIn(rest === '' ? beginningWithDay(blocks[at + 1]?.text) : rest);
    if (days !== undefined) return { ...(days.from === days.until ? { unsure: ONE_DAY } : {}), ...days, place };
  }
  const said = daysBy(layout?.fieldwork ?? [], blocks);
  if (said !== undefined) return said;
  const within = daysBy(FIELDWORK_WITHIN, blocks);
  return within === undefined ? undefined : { unsure: WITHIN, ...within };
}

const WITHIN = 'It stands within other words, not on a line of its own.';

const beginningWithDay = (text = ''): string => (/^(?:\p{L}+,? )?\d/u.test(text.trim()) ? text : '');

function daysBy(patterns: readonly RegExp[], blocks: readonly Block[]): (Days & { place: Place }) | undefined {
  for (const pattern of patterns)
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
