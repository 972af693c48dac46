import type { Comparison, Difference } from './compare.ts';

/** What mends an inspection that differs. `clock`: from the register; `record`: from the engine; `stop`: it has ended on record. */
export type Remedy = 'clock' | 'record' | 'stop';

/** An inspection that was looked at: what was found, and what mends it, in sentences. */
export interface Finding {
  comparison: Comparison;
  found: string;
  /** Null where there is nothing to mend, or nothing that can be mended from here. */
  remedy: Remedy | null;
  does: string;
}

interface Words {
  found: (comparison: Comparison) => string;
  remedy: Remedy | null;
}

const NUMBERS = ({ engine, register }: Comparison): string =>
  `the engine has counted to entry ${engine?.seq ?? 0}, and the register has entry ${register}`;

const diverging = ({ diverged }: Comparison): string => (diverged === null ? '' : `, and it waits: ${diverged}`);

const WORDS: Record<Difference, Words> = {
  same: { found: ({ register }) => `The same in both, up to entry ${register}.`, remedy: null },
  'engine-behind': {
    found: (one) => `Its clock is older than its record: ${NUMBERS(one)}${diverging(one)}.`,
    remedy: 'clock',
  },
  'register-behind': {
    found: (one) =>
      `Its record is older than its clock: ${NUMBERS(one)}, and should have ${one.engine?.recorded ?? 0}${diverging(one)}.`,
    remedy: 'record',
  },
  'engine-unknown': {
    found: ({ register, standing }) =>
      `It is open in the register, up to entry ${register}, and ${standing === null ? 'the engine knows nothing of it' : `has ended in the engine (${standing})`}.`,
    remedy: 'clock',
  },
  'register-unknown': {
    found: ({ engine }) =>
      `It runs in the engine, up to entry ${engine?.seq ?? 0}, and the register knows nothing of it.`,
    remedy: 'record',
  },
  stuck: { found: () => 'It can’t go on: its worker fails at its next step.', remedy: null },
  'no-answer': { found: () => 'It does not answer.', remedy: null },
};

const DOES: Record<Remedy, string> = {
  clock: 'Its clock starts again from the register, and its numbers go on; nobody is told again what they were told.',
  record: 'What is missing is made up from the engine’s history, marked as made up; then it goes on.',
  stop: 'It has ended on record: what still runs of it is ended in the engine.',
};

const NOTHING: Record<Difference, string> = {
  same: 'There is nothing to do.',
  'engine-behind': '',
  'register-behind': '',
  'engine-unknown': '',
  'register-unknown': '',
  stuck: 'Mend its worker first (a key that it lacks, code that does not fit): its log says what is wrong.',
  'no-answer': 'See that a worker runs, and try again.',
};

/** What was found of an inspection, and what mends it. */
export function findingOf(comparison: Comparison, isOpen: boolean): Finding {
  const { found, remedy: usual } = WORDS[comparison.difference];
  const remedy = usual === 'clock' && !isOpen ? 'stop' : usual;
  return {
    comparison,
    found: found(comparison),
    remedy,
    does: remedy === null ? NOTHING[comparison.difference] : DOES[remedy],
  };
}
