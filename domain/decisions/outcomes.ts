/** What scrutiny can make of a called-in decision, as a form offers it. */
export const CALL_IN_OUTCOMES = {
  'no-further-action': 'No further action: the decision stands',
  'refer-back': 'Referred back to the decision maker',
  'refer-to-council': 'Referred to full Council',
} as const;

export type CallInOutcome = keyof typeof CALL_IN_OUTCOMES;

/** What the decision maker, or full Council, can make of a decision that was referred, as a form offers it. */
export const RECONSIDERATIONS = { confirmed: 'Confirmed', amended: 'Amended', withdrawn: 'Withdrawn' } as const;
