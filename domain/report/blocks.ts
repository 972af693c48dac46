import { joined } from './joined.ts';
import { AUTHORITY_LABEL, FIELDWORK_LABEL, PUBLISHED_LABEL } from './layouts.ts';
import { type Place, placeOf, type ReportLine } from './line.ts';
import { isKnownHeading, type Mark, markOf } from './plain.ts';

/** A heading, an item of a list or a paragraph: lines that belong together, as one text without its mark. */
export interface Block {
  kind: 'heading' | 'item' | 'text';
  text: string;
  place: Place;
  mark?: Mark;
}

/** The lines of a report as blocks, in its order. */
export function blocksOf(lines: readonly ReportLine[], known: ReadonlySet<string>): Block[] {
  const groups: { kind: Block['kind']; mark?: Mark; lines: ReportLine[] }[] = [];
  let before: ReportLine | undefined;
  for (const line of lines) {
    const mark = markOf(line.text);
    const kind = kindOf(line, mark);
    const group = groups.at(-1);
    if (group === undefined || before === undefined || begins(line, before, { kind, mark, in: group.kind }))
      groups.push({ kind, ...(mark === undefined || kind !== 'item' ? {} : { mark }), lines: [line] });
    else group.lines.push(line);
    before = line;
  }
  return groups.flatMap(({ kind, mark, lines: own }) => {
    const [first, ...rest] = own;
    if (first === undefined) return [];
    const text = joined([mark?.rest ?? first.text, ...rest.map((line) => line.text)], known);
    return [{ kind, text, place: placeOf(first), ...(mark === undefined ? {} : { mark }) }];
  });
}

function kindOf(line: ReportLine, mark: Mark | undefined): Block['kind'] {
  if (isKnownHeading(line.text)) return 'heading';
  if (mark !== undefined && (line.look !== 'heading' || mark.kind === 'bullet')) return 'item';
  return line.look === 'heading' ? 'heading' : 'text';
}

/** What reports say of themselves line by line: nothing before it goes on in it. */
const isLabelled = (text: string): boolean =>
  [FIELDWORK_LABEL, PUBLISHED_LABEL, AUTHORITY_LABEL].some((label) => label.test(text.trim()) && /[\d:]/.test(text));

/** Does a line begin something of its own? */
function begins(
  line: ReportLine,
  before: ReportLine,
  { kind, mark, in: group }: { kind: Block['kind']; mark: Mark | undefined; in: Block['kind'] },
): boolean {
  if (line.gap || isLabelled(line.text) || (mark !== undefined && kind === 'item') || isKnownHeading(line.text))
    return true;
  if (isKnownHeading(before.text) || (kind === 'heading') !== (group === 'heading')) return true;
  // Over a page's end a sentence goes on; what has ended does not.
  return line.page !== before.page && (/[.!?:;]$/.test(before.text.trim()) || /^\p{Lu}/u.test(line.text.trim()));
}
