import { roleTitle } from '../../../domain/authority/roles.ts';
import type { LifecycleView } from '../../../domain/lifecycle/view.ts';
import { measureLines } from '../../../domain/measures/measure-lines.ts';
import { amountInWords, type MeasureValue, type ShownMeasure } from '../../../domain/measures/measures.ts';
import { actionOfDuty } from '../../../domain/plan/action-duty.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import type { Recommendation, Theme } from '../../../domain/schemas/plan.ts';
import { measureChartSvg } from '../pictures/measure-chart.ts';

/** Where an action stands in the plan: what it belongs to, what it answers, and what shows that it is done. */
interface DutyInPlan {
  theme: Theme | undefined;
  /** In the inspectorate's words. */
  recommendations: Recommendation[];
  /** What shows that it is done, in the plan's words. */
  shownBy: string | undefined;
  /** Those that show its effect, before those of its theme and its recommendations. */
  measures: ShownMeasure[];
}

type Plan = Pick<LifecycleView, 'improvement' | 'measures'>;

/** Undefined of a duty that is no action of the plan. */
export function dutyInPlan({ improvement, measures }: Plan, duty: string): DutyInPlan | undefined {
  const id = actionOfDuty(duty);
  const action = improvement.actions.find((each) => each.id === id);
  if (action === undefined) return undefined;
  const own = measures.filter((each) => each.actions.includes(action.id));
  const beside = measures.filter(
    (each) =>
      !own.includes(each) &&
      ((action.theme !== undefined && each.themes.includes(action.theme)) ||
        each.recommendations.some((one) => action.recommendations.includes(one))),
  );
  return {
    theme: improvement.themes.find((each) => each.id === action.theme),
    recommendations: improvement.recommendations.filter((each) => action.recommendations.includes(each.id)),
    shownBy: action.measure,
    measures: [...own, ...beside],
  };
}

/** So many of a measure's values a picture and its table show: the newest. */
const MAX_VALUES = 24;

/**
 * Measures as a page shows them: where each stands, its picture and the table of it.
 *
 * @param values those of all measures, by their days
 */
export function chartedMeasures(
  measures: readonly ShownMeasure[],
  values: readonly MeasureValue[],
  { today, authority }: { today: string; authority: Authority },
) {
  const lines = measureLines(measures, [], today);
  return measures.map((measure, index) => {
    const own = values.filter((each) => each.measure === measure.id).slice(-MAX_VALUES);
    return {
      ...{ id: measure.id, line: lines[index] },
      svg: own.length === 0 ? undefined : measureChartSvg(measure, own),
      values: own.toReversed().map(({ on, value, unit, by, source }) => ({
        ...{ on, source, amount: amountInWords(value, unit) },
        by: by === null ? '' : roleTitle(authority, by),
      })),
    };
  });
}
