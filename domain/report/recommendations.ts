import type { Block } from './blocks.ts';
import { HEADINGS } from './headings.ts';
import type { Layout } from './layouts.ts';
import type { Proposal } from './line.ts';
import { plain } from './plain.ts';

/** Recommendations of a text, in its order, each once. */
export function recommendationsIn(
  blocks: readonly Block[],
  layout: Pick<Layout, 'list' | 'except' | 'lead' | 'others'>,
): Proposal[] {
  const found: Proposal[] = [];
  let forOthers = false;
  for (const [at, block] of blocks.entries()) {
    forOthers ||= layout.others?.from.test(block.text) === true && block.kind === 'heading';
    if (!isOver(block, layout)) continue;
    for (const each of under(blocks.slice(at + 1), layout)) {
      if (found.some(({ value }) => plain(value) === plain(each.value))) continue;
      found.push(forOthers && layout.others !== undefined ? { unsure: layout.others.unsure, ...each } : each);
    }
  }
  return found;
}

/** Does a list of recommendations come after it? */
function isOver({ text, kind }: Block, { except, lead }: Pick<Layout, 'except' | 'lead'>): boolean {
  if (kind === 'heading')
    return HEADINGS.get(plain(text)) === 'recommendations' && except?.includes(plain(text)) !== true;
  return kind === 'text' && lead?.test(text) === true;
}

/** Words that say what somebody is to do. */
const TO_DO = /\b(?:should|must|needs? to)\b/i;
/** Who: a service or force, leaders, a partnership, the council. */
const WHO =
  /^(?:(?:by|within) .{3,40}?,\s*)?(?:the (?:\w+ ){0,3}?(?:service|force|constabulary|brigade|authority|partnership|council|area|board|icb)|leaders|partners|chief (?:officers|constable)|\p{Lu}[\w’' ]{2,60}? (?:police|service|constabulary|brigade|council|icb))\b/iu;
const MAX_PARAGRAPHS = 40;

/** What stands between a heading and the next, as far as it is a list. */
function under(blocks: readonly Block[], { list }: Pick<Layout, 'list'>): Proposal[] {
  const found: Proposal[] = [];
  let lead: string | undefined;
  let first: Block | undefined;
  for (const block of blocks.slice(0, MAX_PARAGRAPHS * 4)) {
    // The head of a table that says the heading again.
    if (block.kind === 'heading' && list === 'cells' && found.length === 0 && isHeadOfTable(block)) continue;
    const saysWhatToDo = list !== 'items' && WHO.test(block.text) && TO_DO.test(block.text);
    // What a box has in bold is set as headings are.
    if (block.kind === 'heading' && !saysWhatToDo) break;
    if (block.kind === 'item') {
      const parent = found.at(-1);
      if (first !== undefined && parent !== undefined && isWithin(block, first, parent))
        parent.value += ` ${inside(block)};`;
      else {
        // A list of other marks after the first is another list.
        if (first !== undefined && lead === undefined && block.mark?.kind !== first.mark?.kind) break;
        first ??= block;
        found.push({ value: asSentence(block.text, lead), place: block.place });
      }
    } else if (block.text.trim().endsWith(':')) {
      lead = block.text;
      first = undefined;
    } else if (saysWhatToDo) {
      found.push({ value: block.text, place: block.place });
    } else if (list === 'cells') continue;
    else if (found.length > 0) break;
  }
  if (found.length === 0 && list === 'items') return paragraphs(blocks);
  return found.map((each) => ({ ...each, value: withoutLast(each.value) }));
}

const isHeadOfTable = ({ text }: Block): boolean => {
  const words = plain(text);
  return (
    words === 'responsible body' || HEADINGS.get(words) === 'recommendations' || words.startsWith('responsible body')
  );
};

/** Is it an item of a list within an item? That ends with a colon, and its own items have another mark. */
const isWithin = ({ mark }: Block, { mark: outer }: Block, { value }: Proposal): boolean =>
  mark?.form !== outer?.form && /[:;]$/.test(value.trim());

const inside = ({ text }: Block): string =>
  text.replace(/[;,.]?\s*(?:and|or)?\s*$/, (end) => (end.trim() === '' ? end : ''));

/** Without the mark that a list within leaves at its end. */
const withoutLast = (text: string): string => text.replace(/;\s*$/, '').trim();

const TIME = /^(?:immediately|(?:with)?in .{3,40}|by .{3,40})$/i;

/**
 * An item with the words before its list, where it is no sentence without them.
 *
 * @example
 * asSentence('clear the backlog; and', 'By 31 March 2026, the service should:')
 * // 'By 31 March 2026, the service should clear the backlog.'
 */
function asSentence(item: string, lead: string | undefined): string {
  const text = item.replace(/[;,]\s*(?:and|or)?\s*$/i, '').trim();
  const words = lead
    ?.replace(/:\s*$/, '')
    .split(/(?<=[.!?])\s+(?=\p{Lu})/u)
    .at(-1)
    ?.trim();
  if (words === undefined) return item.trim().endsWith(':') ? item.trim() : text;
  const isBegun = /\b(?:should|must|needs? to)$/i.test(words);
  if (!isBegun && TIME.test(words)) return `${words}: ${text}`;
  if (!isBegun || !/^\p{Ll}/u.test(text)) return text;
  return `${words} ${text}${/[.!?]$/.test(text) ? '' : '.'}`;
}

const NO_MARKS = 'It has no bullet and no number: where one ends and the next begins is not sure.';

/** Where no item has a mark: each paragraph, to the next heading; of a text whose end can't be told, none. */
function paragraphs(blocks: readonly Block[]): Proposal[] {
  const end = blocks.findIndex(({ kind }) => kind === 'heading');
  const all = (end === -1 ? [] : blocks.slice(0, end)).filter(({ text }) => !text.trim().endsWith(':'));
  if (all.length > MAX_PARAGRAPHS) return [];
  return all.map(({ text, place }) => ({ value: text, place, unsure: NO_MARKS }));
}
