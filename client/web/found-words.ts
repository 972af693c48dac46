import { inspectionRef, type InspectionRef } from '../../domain/inspection-ref.ts';
import { isWrittenPart, WRITTEN_PARTS } from '../../domain/progress/written-parts.ts';
import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { ENTRY_KINDS } from '../../domain/lifecycle/entry-kinds.ts';
import { capitalised, wordsIn } from '../../domain/words.ts';
import type { FoundText, FoundWords } from '../../register/search.ts';
import { milestonePath } from './milestone-path.ts';

/** What a search has found in words that somebody has written, or by which something is called: what it is, and where it stands. */
export interface ShownWords {
  /** What it is: 'Question', 'Report on progress'. */
  what: string;
  words: string;
  href: string;
  /** What it is about, where that has a title of its own. */
  about?: string;
  /** The day of which it speaks; where it says none, that on which it was written. */
  on?: CivilDate;
  inspection: string;
  inspectionTitle: string;
}

/** Where each kind of what an inspection's facts say stands, of one that is open. */
const WORDS: Record<FoundWords['what'], { what: string; at(ref: InspectionRef, id: string): string }> = {
  recommendation: { what: 'Recommendation', at: (ref) => `/inspections/${ref}/plan` },
  measure: { what: 'Measure', at: (ref) => `/inspections/${ref}/plan#measures` },
  decision: { what: 'Decision', at: (ref, id) => `/inspections/${ref}/decisions/${id}` },
};

const question = (ref: InspectionRef, text: FoundText): string =>
  `/inspections/${ref}/questions#${text.question ?? ''}`;

/** What is called otherwise than its kind of entry. */
const CALLED: Partial<Record<FoundText['kind'], string>> = {
  'question-asked': 'Question',
  'question-answered': 'Answer to a question',
  'progress-reported': 'Report on progress',
  'report-part-written': 'Written for the reports',
};

/** Where it stands: beside what it is about, or in the record. Of an inspection that has ended its duties and the record are left. */
function placeOf(ref: InspectionRef, text: FoundText): string {
  const { milestone, decision, part } = text;
  const record = `/inspections/${ref}/history`;
  if (text.question === null && decision === null && milestone !== null) return milestonePath(ref, milestone);
  if (text.inspectionStatus !== 'open') return record;
  if (text.question !== null) return question(ref, text);
  if (decision !== null) return `/inspections/${ref}/decisions/${decision}`;
  return part === null ? record : `/inspections/${ref}/reports`;
}

/** Of an inspection that has ended the record is what is left. */
export function shownWords({ what, authority, reference, id, words, ...of }: FoundWords): ShownWords {
  const ref = inspectionRef(authority, reference);
  const isOpen = of.inspectionStatus === 'open';
  return {
    what: WORDS[what].what,
    words: what === 'recommendation' ? `${id}: ${words}` : words,
    href: isOpen ? WORDS[what].at(ref, id) : `/inspections/${ref}`,
    inspection: ref,
    inspectionTitle: of.inspectionTitle,
  };
}

/** Words that one change put on record under several kinds of entry, once: somebody has written them once. */
export function saidOnce(texts: readonly FoundText[]): FoundText[] {
  const keyOf = ({ authority, reference, at, words }: FoundText) => JSON.stringify([authority, reference, at, words]);
  const first = new Map([...texts].reverse().map((each) => [keyOf(each), each]));
  return texts.filter((each) => first.get(keyOf(each)) === each);
}

export function shownText(text: FoundText, sought: string): ShownWords {
  const { authority, reference, kind, words, milestoneTitle, at, on, inspectionTitle } = text;
  const ref = inspectionRef(authority, reference);
  const part = text.part !== null && isWrittenPart(text.part) ? WRITTEN_PARTS[text.part] : undefined;
  const about = text.decision === null ? (text.question === null ? milestoneTitle : null) : text.decisionTitle;
  return {
    what: CALLED[kind] ?? capitalised(ENTRY_KINDS[kind].title),
    words: around(words, sought),
    href: placeOf(ref, text),
    ...(about === null && part === undefined ? {} : { about: about ?? part ?? '' }),
    ...{ on: on ?? localDate(at), inspection: ref, inspectionTitle },
  };
}

/** Characters of a long text that are shown: some before what was sought, and the rest after it. */
const SHOWN = 240;
const BEFORE = 80;

/** A long text where the first of the words sought stands, cut at words. */
export function around(text: string, sought: string): string {
  const words = text.replaceAll(/\s+/g, ' ').trim();
  if (words.length <= SHOWN) return words;
  const places = wordsIn(sought)
    .map((each) => words.toLowerCase().indexOf(each))
    .filter((at) => at >= 0);
  const first = Math.min(...(places.length === 0 ? [0] : places));
  const from = first <= BEFORE ? 0 : words.indexOf(' ', first - BEFORE) + 1;
  const rest = words.slice(from);
  const end = rest.lastIndexOf(' ', SHOWN);
  const cut = rest.length <= SHOWN ? rest : `${rest.slice(0, end > 0 ? end : SHOWN)} …`;
  return `${from === 0 ? '' : '… '}${cut}`;
}
