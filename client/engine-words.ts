/**
 * Where the engine gives no answer: what is known of it, what has become of what was asked, and what to do. Said once, for
 * pages, programs and the command line.
 */
export type EngineTrouble = 'not-taken' | 'busy' | 'stuck' | 'unsure' | 'unreachable' | 'no-worker';

export interface EngineWords {
  what: string;
  /** Whether what was asked has been done, or will be: to the letter true. */
  fate: string;
  /** For whoever runs duecourse. */
  advice: string;
}

const NOT_TAKEN = 'The change was not taken, and will not be carried out: send it again.';
const NOTHING = 'Nothing was changed.';

export const ENGINE_WORDS: Readonly<Record<EngineTrouble, EngineWords>> = {
  'not-taken': {
    what: 'No worker answered in time.',
    fate: NOT_TAKEN,
    advice: 'Is a worker running? Start one with `npm start` (or `npm run worker`).',
  },
  busy: {
    what: 'Too much is asked of this inspection at once.',
    fate: NOT_TAKEN,
    advice: 'It takes a few changes at a time.',
  },
  stuck: {
    what: 'This inspection can’t go on at the moment: its worker has failed at its next step several times.',
    fate: 'Nothing was changed or will be, and nothing is lost: ask again in a few minutes.',
    advice: 'The worker’s log says why: it was killed, lacks an encryption key, or runs other code.',
  },
  unsure: {
    what: 'The engine may have taken the change, and has given no answer since.',
    fate: 'It is not known whether it has been carried out, or will be: look before you send it again.',
    advice: 'Are Temporal and a worker running? Start them with `npm start` (or `npm run worker`).',
  },
  unreachable: {
    what: 'The engine can’t be reached at the moment.',
    fate: NOTHING,
    advice: 'Start duecourse with `npm start`, or set TEMPORAL_ADDRESS to a Temporal server that is running.',
  },
  'no-worker': {
    what: 'No worker has answered yet.',
    fate: NOTHING,
    advice: 'Is one running? Start it with `npm start` (or `npm run worker`), and try again.',
  },
};

/** The same for an officer who reads a page. */
export function officerWords(trouble: EngineTrouble): string {
  const { what, fate } = ENGINE_WORDS[trouble];
  return `${what} ${fate} If it stays like this, tell whoever runs duecourse.`;
}
