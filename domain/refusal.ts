/**
 * A person asked for something that can't be done: a wrong state, a wrong role, a date that makes no sense.
 * It is never retried; its sentence is shown to that person as it stands.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  /** The field of the command of which it speaks; undefined where it speaks of none alone. */
  readonly field: string | undefined;

  constructor(code: RefusalCode, sentence: string, field: string | undefined);
  constructor(code: Exclude<RefusalCode, OfField>, sentence: string);
  constructor(code: RefusalCode, sentence: string, field?: string) {
    super(sentence);
    this.code = code;
    this.field = field;
  }
}

/** What is found in a field: whoever refuses for it says in which, or that it is in none. */
type OfField = 'wrong-date' | 'missing-reason' | 'unknown-role' | 'unknown-rating' | 'unknown-measure';

/** Why something was refused: stable words that a program may test, beside the sentence for people. */
export type RefusalCode =
  | 'unknown-milestone'
  | 'unknown-decision'
  | 'unknown-role'
  | 'unknown-rule'
  | 'unknown-question'
  | 'unknown-session'
  | 'unknown-rating'
  | 'unknown-measure'
  | 'nothing-said'
  | 'wrong-authority'
  | 'not-permitted'
  | 'wrong-state'
  | 'wrong-date'
  | 'statutory-date'
  | 'missing-reason'
  | 'duplicate'
  | 'window-closed'
  | 'wrong-plan'
  /** Somebody else has changed meanwhile what this was to change. */
  | 'wrong-revision'
  | 'too-few'
  | 'too-often'
  | 'too-large'
  | 'duties-open'
  | 'unknown-command'
  | 'inspection-closed'
  | 'register-differs'
  /** It came after the last moment that whoever asked was ready to wait for. */
  | 'too-late';

const TYPE = 'Refusal:';

/** How a refusal is named on its way from a lifecycle to whoever asked. */
export const refusalType = (code: RefusalCode): string => `${TYPE}${code}`;

/** The code in such a name; undefined where it is no refusal's. */
export function refusalCodeIn(type: string | null | undefined): RefusalCode | undefined {
  return type?.startsWith(TYPE) === true ? (type.slice(TYPE.length) as RefusalCode) : undefined;
}

/** The field of which a refusal speaks, in what it carries on that way; undefined where it speaks of none. */
export function refusedFieldIn(details: readonly unknown[] | null | undefined): string | undefined {
  const [field] = details ?? [];
  return typeof field === 'string' ? field : undefined;
}

export const isRefusal = (type: string | null | undefined, code: RefusalCode): boolean => refusalCodeIn(type) === code;
