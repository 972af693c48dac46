import type { LifecycleView } from '../../../domain/lifecycle/view.ts';
import { coverage } from '../../../domain/progress/coverage.ts';
import type { Action, Recommendation, Theme } from '../../../domain/schemas/plan.ts';

type Improvement = Pick<LifecycleView['improvement'], 'themes' | 'recommendations' | 'actions'>;

/** One line of the plan: an action where it stands, or a recommendation under which none stands. */
interface PlanLine {
  theme: Theme | undefined;
  recommendation: Recommendation | undefined;
  action: Action | undefined;
}

/** The address of what has no theme. */
export const NO_THEME = 'none';

/**
 * The plan as it is read: themes with their recommendations, and under each the actions that answer it. An action stands once,
 * under the first of its recommendations; what has no theme comes last.
 *
 * @param only the theme to be shown, or {@link NO_THEME}; undefined for all
 */
export function planLines({ themes, recommendations, actions }: Improvement, only?: string): PlanLine[] {
  const wanted = only === undefined || only === NO_THEME ? themes : themes.filter(({ id }) => id === only);
  const byId = new Map(recommendations.map((each) => [each.id, each]));
  const gathered = new Set(themes.flatMap((theme) => theme.recommendations));
  const known = new Set(themes.map(({ id }) => id));
  const ofTheme = (theme: Theme): PlanLine[] => {
    const own = actions.filter((action) => action.theme === theme.id);
    return linesUnder(
      theme,
      theme.recommendations.flatMap((id) => byId.get(id) ?? []),
      own,
      byId,
    );
  };
  const loose = linesUnder(
    undefined,
    recommendations.filter(({ id }) => !gathered.has(id)),
    actions.filter(({ theme }) => theme === undefined || !known.has(theme)),
    byId,
  );
  if (only === NO_THEME) return loose;
  return [...wanted.flatMap(ofTheme), ...(only === undefined ? loose : [])];
}

function linesUnder(
  theme: Theme | undefined,
  recommendations: readonly Recommendation[],
  actions: readonly Action[],
  byId: ReadonlyMap<string, Recommendation>,
): PlanLine[] {
  const order = recommendations.map(({ id }) => id);
  const under = new Map<string, Action[]>(order.map((id) => [id, []]));
  for (const action of actions) {
    const named = action.recommendations.find((id) => order.includes(id)) ?? action.recommendations[0] ?? '';
    const own = under.get(named);
    if (own === undefined) under.set(named, [action]);
    else own.push(action);
  }
  return [...under].flatMap(([id, own]): PlanLine[] => {
    const recommendation = byId.get(id);
    return own.length === 0
      ? [{ theme, recommendation, action: undefined }]
      : own.map((action) => ({ theme, recommendation, action }));
  });
}

/** The lines of one recommendation on one page. */
export interface PlanGroup {
  recommendation: Recommendation | undefined;
  /** It begins on an earlier page. */
  continued: boolean;
  /** Where no action stands under it here: those that answer it elsewhere in the plan, or in another inspection. */
  answeredBy: string[];
  actions: Action[];
}

/** The lines of one theme on one page. */
interface PlanSection {
  theme: Theme | undefined;
  continued: boolean;
  groups: PlanGroup[];
}

/** Some of the plan's lines, gathered again under themes and recommendations. */
export function planSections(
  lines: readonly PlanLine[],
  { offset, limit }: { offset: number; limit: number },
  improvement: Improvement,
): PlanSection[] {
  const answering = new Map(coverage(improvement).map((each) => [each.recommendation, each.actions]));
  const before = lines[offset - 1];
  const sections: PlanSection[] = [];
  for (const line of lines.slice(offset, offset + limit)) {
    let section = sections.at(-1);
    if (section === undefined || section.theme !== line.theme) {
      const continued = sections.length === 0 && before !== undefined && before.theme === line.theme;
      sections.push((section = { theme: line.theme, continued, groups: [] }));
    }
    let group = section.groups.at(-1);
    if (group === undefined || group.recommendation !== line.recommendation) {
      const continued =
        section.continued && section.groups.length === 0 && before?.recommendation === line.recommendation;
      const answeredBy = line.action === undefined ? (answering.get(line.recommendation?.id ?? '') ?? []) : [];
      section.groups.push((group = { recommendation: line.recommendation, continued, answeredBy, actions: [] }));
    }
    if (line.action !== undefined) group.actions.push(line.action);
  }
  return sections;
}
