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
    /** Within how long scrutiny meets after a call-in; absent where the constitution names no number. */
    scrutinyWithin: period.optional(),
    /** Within how long a decision maker reconsiders what is referred back. */
    reconsiderWithin: period.optional(),
  }),
  citation,
});

export type Constitution = z.infer<typeof constitution>;
