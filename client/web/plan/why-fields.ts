import type { FormField } from '../forms/form.ts';

/** Why a plan is revised. */
export const REASON: FormField = {
  ...{ name: 'reason', kind: 'line', label: 'Why?', missing: 'Say why' },
  hint: 'This goes on record, and everybody who is told reads it. For example: agreed by the improvement board',
};
export const MINUTE: FormField = {
  ...{ name: 'minute', kind: 'line', label: 'The minute it rests on', optional: true },
  hint: 'Where a board decided it, for example: Improvement Board, 12 November 2026, minute 7',
};
export const AGREED: FormField = {
  ...{ name: 'agreedBy', kind: 'line', label: 'Who has agreed?', missing: 'Say who has agreed' },
  hint: 'It changes what somebody outside the council has set',
};
