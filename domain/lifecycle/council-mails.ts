import { entryOf } from '../closed-table.ts';

/** Mails about no single inspection: each stands in an envelope where a digest has its inspection's reference. */
export type CouncilMail = 'morning-summary' | 'stand-ins';

interface CouncilMailWords {
  /** What it tells, as the record says it. */
  words: string;
  /** Why it is not sent again where nobody got it. */
  again: string;
}

const COUNCIL_MAILS: Readonly<Record<CouncilMail, CouncilMailWords>> = {
  'morning-summary': {
    words: 'the morning summary',
    again: 'A morning summary is not sent again: the next morning’s says everything anew.',
  },
  'stand-ins': {
    words: 'for whom they stand in',
    again: 'What somebody was told of standing in is not sent again: tell them yourself.',
  },
};

/** What is said of a mail by its reference; undefined where it is of an inspection. */
export const councilMail = (reference: string): CouncilMailWords | undefined =>
  entryOf<CouncilMailWords>(COUNCIL_MAILS, reference);
