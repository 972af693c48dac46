import { namesOf } from '../closed-table.ts';
import type { StrandName } from '../schemas/rule-pack.ts';
import { cabinetUpdates } from './cabinet-updates.ts';
import { callInWindow } from './call-in-window.ts';
import { improvementActions } from './improvement-actions.ts';
import { memberBriefings } from './member-briefings.ts';
import { otherReporting } from './other-reporting.ts';
import { planSubmission } from './plan-submission.ts';
import { progressRounds } from './progress-rounds.ts';
import type { Strand } from './strand.ts';

/** Every strand by its name. */
export const STRANDS: Record<StrandName, Strand> = {
  'plan-submission': planSubmission,
  'cabinet-updates': cabinetUpdates,
  'member-briefings': memberBriefings,
  'call-in-window': callInWindow,
  'improvement-actions': improvementActions,
  'other-reporting': otherReporting,
  'progress-rounds': progressRounds,
};

/** Every strand by its lane, the first at the top. */
export const STRANDS_BY_LANE: readonly Strand[] = namesOf(STRANDS)
  .map((name) => STRANDS[name])
  .toSorted((a, b) => a.lane - b.lane);
