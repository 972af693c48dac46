import { inspectionRef, type InspectionRef } from '../../domain/inspection-ref.ts';
import { isWrittenPart, WRITTEN_PARTS } from '../../domain/progress/written-parts.ts';
import { wordsIn } from '../../domain/words.ts';
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
  /** When it was written: an instant, UTC. */
  at?: string;
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

/** The same of what somebody has written at length. */
const TEXTS: Record<FoundText['kind'], { what: string; at(ref: InspectionRef, text: FoundText): string }> = {
  'question-asked': { what: 'Question', at: question },
  'question-answered': { what: 'Answer to a question', at: question },
  'progress-reported': {
    what: 'Report on progress',
    at: (ref, { milestone }) => (milestone === null ? `/inspections/${ref}` : milestonePath(ref, milestone)),
  },
  'report-part-written': { what: 'Written for the reports', at: (ref) => `/inspections/${ref}/reports` },
};

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

export function shownText(text: FoundText, sought: string): ShownWords {
  const { authority, reference, kind, words, milestoneTitle, at, inspectionTitle } = text;
  const ref = inspectionRef(authority, reference);
  const isOpen = text.inspectionStatus === 'open';
  const isOfDuty = kind === 'progress-reported';
  const part = text.part !== null && isWrittenPart(text.part) ? WRITTEN_PARTS[text.part] : undefined;
  const about = isOfDuty ? (milestoneTitle ?? undefined) : part;
  return {
    what: TEXTS[kind].what,
    words: around(words, sought),
    href: isOpen || isOfDuty ? TEXTS[kind].at(ref, text) : `/inspections/${ref}/history`,
    ...(about === undefined ? {} : { about }),
    ...{ at, inspection: ref, inspectionTitle },
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
