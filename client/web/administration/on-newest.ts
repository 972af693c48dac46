import { sameValue } from '../../../domain/revisions/same-value.ts';
import type { Typed } from '../../../register/form-drafts.ts';
import type { Register } from '../../../register/register.ts';
import { type FormField, keysOf, readForm } from '../forms/form.ts';
import type { AskedOfFile } from './changed-by.ts';

/** What a form is sent with beside its fields: the number of the file from which they were filled. */
export const FILLED_FROM = 'filledFrom';

/** What was typed into a form, brought onto the file in force. */
export interface OnNewest {
  typed: Typed;
  /** The file that the fields were filled from, where somebody else has changed one of them since. */
  since?: number;
  /** The fields that both have changed, and not alike. */
  overtaken: FormField[];
}

/**
 * Of a form that was filled from an older file only what somebody changed in it counts: all else is as the file in force has
 * it. A field that somebody else has changed too stays as it was typed, and is told.
 */
export async function onNewest(
  { register }: { register: { board: Pick<Register['board'], 'authorityChange'> } },
  { form, fields, subject }: AskedOfFile,
  typed: Typed,
): Promise<OnNewest> {
  const number = Number(typed[FILLED_FROM]);
  const isOlder = Number.isSafeInteger(number) && number > 0 && number < subject.number;
  if (form.present === undefined || !isOlder) return { typed, overtaken: [] };
  const from = await register.board.authorityChange(subject.authority.id, number);
  // No longer kept: all of it is taken for theirs, and what others have changed is told.
  if (from === null) return { typed, since: number, overtaken: [] };
  const [before, now] = [form.present({ ...subject, authority: from.after, number }), form.present(subject)];
  const found: OnNewest = { typed: { ...typed }, overtaken: [] };
  for (const field of fields) {
    if (isSame(field, before, now)) continue;
    found.since = number;
    if (isSame(field, typed, before)) putIn(field, found.typed, now);
    else if (!isSame(field, typed, now)) found.overtaken.push(field);
  }
  return found;
}

/** Do two forms say the same in a field, however it was typed? */
function isSame(field: FormField, one: Typed, other: Typed): boolean {
  const [a, b] = [one, other].map((each) => readForm([field], each));
  return sameValue([a?.values, a?.problems], [b?.values, b?.problems]);
}

function putIn(field: FormField, typed: Typed, from: Typed): void {
  for (const key of keysOf(field)) {
    const value = from[key];
    if (value === undefined) delete typed[key];
    else typed[key] = value;
  }
}

/** That what somebody typed takes the place of what another said meanwhile. */
export const overtakenInWords = ({ label }: FormField): string =>
  `Somebody else has changed “${label}” since you opened the form. If you go on, what you typed takes the place of theirs.`;
