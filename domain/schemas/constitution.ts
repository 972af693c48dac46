import { z } from 'zod';
import { citation, civilDate, line, period, slug, timeOfDay } from './common.ts';

/**
 * The parts of a council's constitution that set clocks. There is no statutory call-in period:
 * LGA 2000 s.9F gives scrutiny the power, each constitution its window.
 */
export const constitution = z.strictObject({
  id: slug,
  version: z.int().min(1),
  title: line,
  valid: z.strictObject({ from: civilDate, until: civilDate.optional() }),
  callIn: z.strictObject({
    /** Within how long a decision is to be published after it is made. */
    publishWithin: period.optional(),
    /** The window, counted from publication. */
    window: period,
    closes: timeOfDay.default('24:00'),
    /** Who can call in, in the constitution's words. */
    who: line.optional(),
    /** The fewest members that can call in together, where any members can. */
    minimumMembers: z.int().min(1).max(100).optional(),
    /** Within how long scrutiny meets after a call-in; absent where the constitution names no number. */
    scrutinyWithin: period.optional(),
    /** Within how long a decision maker reconsiders what is referred back. */
    reconsiderWithin: period.optional(),
    /** Within how long full Council meets on what is referred to it. */
    councilWithin: period.optional(),
    /** What takes effect where scrutiny does not meet in time, in the constitution's words. */
    otherwise: line.optional(),
    /** Whose consent an urgent decision needs to be exempt from call-in, in the constitution's words; absent: nobody's. */
    urgencyConsent: line.optional(),
  }),
  /** What makes a decision a key decision, beside its body saying so. */
  keyDecision: z
    .strictObject({
      /** Spending or savings from which on it is key, by the day from which each threshold was in force. */
      thresholds: z.array(z.strictObject({ from: civilDate, pounds: z.int().min(1) })).min(1),
      /** It affects this many wards or more. */
      wards: z.int().min(1).default(2),
      citation,
    })
    .optional(),
  citation,
});

export type Constitution = z.infer<typeof constitution>;
