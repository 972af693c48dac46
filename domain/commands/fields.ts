import type { Home } from '../closing/homes.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import type { PublishedHolidays } from '../calendar/published-holidays.ts';
import type { Instrument } from '../schemas/instrument.ts';
import type { Edit } from '../revisions/edits.ts';
import type { GivenValue } from '../measures/given-value.ts';
import type { Framework } from '../facts/framework.ts';
import type { Authority, Capacity } from '../schemas/authority.ts';
import type { Constitution } from '../schemas/constitution.ts';

/** A document beside a version of a plan. */
export interface Appendix {
  title: string;
  link?: string | undefined;
}

/** What each kind of field holds. Its schema, its place on a form and its option are said by kind, not by field. */
export interface FieldValues {
  date: CivilDate;
  /** A local time of day, HH:MM. */
  time: string;
  /** One line for people. */
  line: string;
  /** The address of something on the web. */
  link: string;
  /** Several lines for people. */
  text: string;
  number: number;
  /** How much of something, in per cent: a whole number from 0 to 100. */
  percent: number;
  /** Any number, also one with decimals. */
  amount: number;
  yes: boolean;
  /** A short name that somebody gives: lower-case letters, digits, hyphens. */
  slug: string;
  /** The short name of something that is on the inspection: see `choosing` of a command. */
  id: string;
  /** One of the authority's roles, or bodies. */
  role: string;
  body: string;
  /** One of the authority's ratings. */
  rating: string;
  /** One of the inspection's measures. */
  measure: string;
  /** Values of several of them. */
  measures: GivenValue[];
  /** One of a few values: see `choices`. */
  choice: string;
  /** Some of a few values. */
  several: string[];
  /** Labels, one a line. */
  lines: string[];
  appendices: Appendix[];
  /** What a command is about. */
  milestone: string;
  decision: string;
  question: string;
  session: string;
  /** Of no use to a person's form: programs hand them over whole. */
  messageId: string;
  roles: string[];
  milestones: string[];
  authority: Authority;
  /** A constitution, whole, where the authority's file names one. */
  constitution: Constitution;
  published: PublishedHolidays;
  edits: Edit[];
  /** Where unfinished actions go. */
  homes: Home[];
  /** One more notice, direction or report. */
  instrument: Instrument;
  /** A framework's rules, where it has one. */
  framework: Framework;
}

export type FieldKind = keyof FieldValues;

/** One thing that a command asks for: the one place where its name, kind and words are said. */
export interface Field {
  kind: FieldKind;
  /** What a form asks, and what an option's help says. */
  label: string;
  hint?: string;
  optional?: boolean;
  /** Optional by itself: what is needed of it and its fellow, in a few words after the label. */
  oneOf?: string;
  /** What is said where it was left empty; by default "Enter the …" with its label. */
  missing?: string;
  /** For a choice: each value, and its words. */
  choices?: Readonly<Record<string, string>>;
  /** For roles: those of officers alone, for councillors own no duties. */
  officers?: true;
  /** Asked only where values of measures are. */
  withMeasures?: true;
  /** A form does not ask it: it says where a person does the same. */
  aside?: string;
  /** Whoever gives the command in a role of this capacity is it themselves: a form has their role's title there. */
  themselves?: Capacity;
  /** A form carries it unseen, as it stood when the form was opened. */
  carried?: true;
  /** Taken where nothing is said. */
  initial?: string;
  /** For a short name: a form makes it of what this other field says, where it is left empty. */
  madeOf?: string;
  /** For a date: of something that has happened since the inspection began. */
  past?: true;
  /** For a date: of something to be done, on which people had better be at work. */
  toBeDone?: true;
  /** For a date that is neither: most people give one that has been. The example beside it is one, too. */
  mostlyPast?: true;
  /** For a number: both ends count. */
  min?: number;
  max?: number;
  /** The option on the command line, where it is not the field's own name; `<argument>` where it has a place of its own. */
  flag?: string;
}

/** Of one command, by their names in the payload. */
export type Fields = Readonly<Record<string, Field>>;

type ValueOf<F extends Field> = F extends { kind: 'choice'; choices: infer C extends object }
  ? Extract<keyof C, string>
  : FieldValues[F['kind']];

/** A command's payload, as its fields say. */
export type PayloadOf<F extends Fields> = {
  -readonly [N in keyof F as F[N] extends { optional: true } ? never : N]: ValueOf<F[N]>;
} & {
  -readonly [N in keyof F as F[N] extends { optional: true } ? N : never]?: ValueOf<F[N]> | undefined;
};

/** When it was, where that is not today. */
export const WHEN = {
  kind: 'date',
  label: 'When was it?',
  hint: 'Leave this empty if it was today.',
  optional: true,
  past: true,
} as const satisfies Field;

export const UNDER = {
  kind: 'id',
  label: 'Under which instrument?',
  hint: 'The short name of a notice, a direction or another report that the inspection has. Leave this empty for its own report.',
  optional: true,
} as const satisfies Field;

export const WHEN_DONE = { ...WHEN, label: 'When was it done?' } as const satisfies Field;

export const EVIDENCE = {
  kind: 'link',
  label: 'Link to the evidence',
  hint: 'The web address of the minutes or of the report, for example https://www.example.org/minutes. To give a file, choose Add evidence on the duty’s page.',
  optional: true,
} as const satisfies Field;

export const REASON = {
  kind: 'line',
  label: 'Why?',
  missing: 'Say why',
  hint: 'This goes on record.',
} as const satisfies Field;

export const OPTIONAL_REASON = { ...REASON, optional: true } as const satisfies Field;

/** Of a report's two dates one is enough. */
export const ONE_OF_TWO_DATES = 'one of the two dates is needed';

export const REASONS = { kind: 'line', label: 'Reasons', optional: true } as const satisfies Field;
