import type { CivilDate } from '../calendar/civil-date.ts';
import { namesOf } from '../closed-table.ts';
import type { Judgement } from './judgements.ts';
import type { LayoutName } from './layouts.ts';
import type { Proposal } from './line.ts';

/** The facts of an inspection that a report may say, each once. */
export interface FoundFacts {
  title: string;
  authority: string;
  inspectorate: string;
  /** A rule pack's id. */
  framework: string;
  fieldworkFrom: CivilDate;
  fieldworkUntil: CivilDate;
  received: CivilDate;
  published: CivilDate;
}

/** What was found in a report: proposals, for a person to look at. */
export interface FoundReport {
  /** What it is; undefined where no layout fits. */
  layout?: LayoutName;
  facts: { [Name in keyof FoundFacts]?: Proposal<FoundFacts[Name]> };
  judgements: Proposal<Judgement>[];
  recommendations: Proposal[];
  /** What its reader must know of it, in sentences. */
  notes: string[];
}

/** What each fact is called, and what is said where the text does not say it. */
export const FACTS: Record<keyof FoundFacts, { label: string; missing: string }> = {
  title: { label: 'Title', missing: 'No line is the title of a report that is known here.' },
  authority: { label: 'Council', missing: 'The text does not name a council where reports name it.' },
  inspectorate: {
    label: 'Inspectorate',
    missing: 'The text does not say whose report it is, in words that are known here.',
  },
  framework: {
    label: 'Framework',
    missing: 'The text does not say under which framework it was made, in words that are known here.',
  },
  fieldworkFrom: { label: 'First day of the inspection', missing: 'The text does not say when the inspection began.' },
  fieldworkUntil: { label: 'Last day of the inspection', missing: 'The text does not say when the inspection ended.' },
  received: { label: 'Report received', missing: 'A report does not say when the council received it.' },
  published: { label: 'Report published', missing: 'The text does not say on which day it was published.' },
};

/** The facts that were not found, in sentences. */
export const missingFacts = ({ facts }: FoundReport): string[] =>
  namesOf(FACTS).flatMap((name) => (facts[name] === undefined ? [FACTS[name].missing] : []));
