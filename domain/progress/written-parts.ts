import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import { mapTable, namesOf } from '../closed-table.ts';
import { type Block, heading, paragraph } from '../documents/document.ts';
import type { RegisterEntry } from '../lifecycle/entry.ts';
import type { WrittenPart } from './written-part.ts';

/** What officers write, in the order in which reports have it, under the headings that reports to Cabinet use. */
export const WRITTEN_PARTS: Record<WrittenPart, string> = {
  summary: 'Summary by the officers',
  financial: 'Financial implications',
  legal: 'Legal implications',
  equality: 'Equality implications',
  risk: 'Risks',
};

export const isWrittenPart = (name: string): name is WrittenPart => Object.hasOwn(WRITTEN_PARTS, name);

/** One of them as it stands. */
export interface Written {
  text: string;
  /** Who wrote it, by the title of their role. */
  by: string;
  /** The day on which they did. */
  on: CivilDate;
}

/** What the entry of one says in particular: no text where it was taken out. */
export interface WrittenData {
  part: WrittenPart;
  text: string | null;
}

/**
 * Every part as it stands after these entries: the newest of each; null where nobody has written it, or it was taken out.
 *
 * @param roleTitle the title of a role
 */
export function writtenIn(
  entries: readonly RegisterEntry[],
  roleTitle: (role: string) => string,
): Record<WrittenPart, Written | null> {
  const written = entries.filter(({ kind }) => kind === 'report-part-written');
  return mapTable(WRITTEN_PARTS, (_heading, part) => {
    const newest = written.findLast(({ data }) => data['part'] === part);
    const text = newest?.data['text'];
    if (newest === undefined || typeof text !== 'string') return null;
    return { text, by: newest.actor === null ? '' : roleTitle(newest.actor.role), on: localDate(newest.at) };
  });
}

/** What stands where nobody has written a part. */
export const NOT_RECORDED = 'Not recorded.';

/** Some of them as a report has them: nothing is made up for what nobody has written. */
export function writtenBlocks(written: Record<WrittenPart, Written | null>, parts: readonly WrittenPart[]): Block[] {
  return parts.flatMap((part): Block[] => {
    const found = written[part];
    return [
      { ...heading(2, WRITTEN_PARTS[part]), part },
      ...(found === null ? [NOT_RECORDED] : [found.text, writtenInWords(found)]).map((text) => ({
        ...paragraph(text),
        part,
      })),
    ];
  });
}

/** Whose words they are. */
export const writtenInWords = ({ by, on }: Written): string => `Written by ${by} on ${formatDate(on)}.`;

/** Those that stand at the end of a report. */
export const IMPLICATIONS: readonly WrittenPart[] = namesOf(WRITTEN_PARTS).filter((part) => part !== 'summary');
