import { blocksOf } from './blocks.ts';
import { factsIn } from './facts.ts';
import type { FoundReport } from './found.ts';
import { wordsOf } from './joined.ts';
import { judgementsIn } from './judgements.ts';
import { type Layout, LAYOUTS } from './layouts.ts';
import { REPORT_LIMITS } from './limits.ts';
import { placeInWords, type Proposal, type ReportLine } from './line.ts';
import { withParagraphs } from './paragraphs.ts';
import { recognised } from './recognised.ts';
import { recommendationsIn } from './recommendations.ts';
import { tidied } from './tidy.ts';

/**
 * What an inspectorate's report says, from its lines: proposals, each with its place. What the text does not say is not
 * there; of a council's own paper nothing is proposed.
 *
 * @param given lines in the order in which they are read
 */
export function reportIn(given: readonly ReportLine[]): FoundReport {
  const { lines: own, all: every, hidden } = tidied(given);
  const lines = withParagraphs(own);
  const blocks = blocksOf(lines, wordsOf(lines));
  const kind = recognised(every, blocks);
  if (kind.is === 'own-paper') return { facts: {}, judgements: [], recommendations: [], notes: [OWN_PAPER_NOTE] };
  const layout: Layout | undefined = kind.is === 'report' ? LAYOUTS[kind.layout] : undefined;
  const { facts, notes } = factsIn(every, blocks, layout);
  const judgements = layout === undefined ? [] : judgementsIn(lines, blocks, layout);
  const all = recommendationsIn(blocks, layout ?? { list: 'items', except: ONLY_WITH_A_LAYOUT });
  const recommendations = all
    .map((each) => (layout === undefined ? { ...each, unsure: NO_LAYOUT } : each))
    .map(asTaken)
    .slice(0, REPORT_LIMITS.recommendations);
  return {
    ...(kind.is === 'report' ? { layout: kind.layout } : {}),
    facts,
    judgements,
    recommendations,
    notes: [
      ...(layout === undefined ? [recommendations.length === 0 ? NOTHING_KNOWN : PART_NOTE] : []),
      ...(layout !== undefined && all.length === 0 ? [noList(blocks, layout)] : []),
      ...(all.length > recommendations.length
        ? [`It has ${all.length} recommendations; the first ${recommendations.length} are proposed.`]
        : []),
      ...(hidden === 0
        ? []
        : [
            `${hidden === 1 ? 'A character' : `${hidden} characters`} that nobody can see ${hidden === 1 ? 'was' : 'were'} left out.`,
          ]),
      ...notes,
    ],
  };
}

const OWN_PAPER_NOTE =
  'This reads like a council’s own paper about an inspection, not like the inspectorate’s report. Nothing of it is proposed.';
const NO_LAYOUT = 'The text does not say which inspectorate’s report it is of.';
const PART_NOTE = 'The text does not say which inspectorate’s report it is: perhaps it is a part of one.';
const NOTHING_KNOWN =
  'This is no report that is known here: nothing was found in it. What is known: reports of Ofsted on children’s services and on SEND, of the Care Quality Commission on adult social care, of HMICFRS on fire and police.';
/** Headings that any paper may have: without the words of an inspectorate’s report they say nothing. */
const ONLY_WITH_A_LAYOUT = ['recommendations', 'recommendation', 'areas for improvement', 'area for improvement'];

function noList(blocks: ReturnType<typeof blocksOf>, { prose }: Layout): string {
  const at = prose === undefined ? undefined : blocks.find(({ text }) => prose.test(text.trim()));
  if (at === undefined)
    return 'No recommendations were found: no list stands under a heading by which reports of this kind name them.';
  return `No list of recommendations was found: this kind of report says what to improve in sentences, from ${placeInWords(at.place)} on, under “${at.text}”. Read them there, and write down what the council takes from them.`;
}

/** What an inspection's file would not take is cut, and says so. */
function asTaken(each: Proposal): Proposal {
  const { value } = each;
  if (value.length <= REPORT_LIMITS.recommendation) return each;
  const unsure = `It has ${value.length} characters; the first ${REPORT_LIMITS.recommendation} are shown.`;
  return { ...each, value: value.slice(0, REPORT_LIMITS.recommendation).trim(), unsure };
}
