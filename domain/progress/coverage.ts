import { recommendationsInWords, recommendationTitle } from '../plan/recommendation-words.ts';
import { unstopped } from '../unstopped.ts';
import { sharedName } from '../facts/shared-actions.ts';
import type { Inspection } from '../schemas/inspection.ts';

/** Which themes and actions answer a recommendation; an action of another inspection as `inspection/action`. */
export interface Coverage {
  recommendation: string;
  text: string;
  themes: string[];
  actions: string[];
}

type Parts = Pick<Inspection, 'recommendations' | 'themes' | 'actions'>;

/**
 * What answers each recommendation: the themes that have it, and the actions that name it or, where they name none, whose
 * theme has it.
 */
export function coverage({ recommendations, themes, actions }: Parts): Coverage[] {
  return recommendations.map(({ id, text, answeredIn = [] }) => {
    const under = themes.filter((theme) => theme.recommendations.includes(id)).map((theme) => theme.id);
    const answered = actions
      .filter((action) =>
        action.recommendations.length > 0
          ? action.recommendations.includes(id)
          : action.theme !== undefined && under.includes(action.theme),
      )
      .map((action) => action.id);
    return { recommendation: id, text, themes: under, actions: [...answered, ...answeredIn.map(sharedName)] };
  });
}

/** In sentences: the recommendations that no theme has, and those that no action answers. */
export function coverageGaps(parts: Parts): string[] {
  const rows = coverage(parts);
  const texts = new Map(rows.map(({ recommendation, text }) => [recommendation, text]));
  const named = (ids: string[]) =>
    `recommendation${ids.length === 1 ? '' : 's'} ${recommendationsInWords(ids, (id) => texts.get(id) ?? id)}`;
  const withoutTheme = rows.filter((row) => row.themes.length === 0).map((row) => row.recommendation);
  const withoutAction = rows.filter((row) => row.actions.length === 0).map((row) => row.recommendation);
  return [
    ...(withoutTheme.length === 0 ? [] : [`No theme covers ${named(withoutTheme)}.`]),
    ...(withoutAction.length === 0 ? [] : [`No action covers ${named(withoutAction)}.`]),
  ];
}

/** So many actions of a recommendation are named in its sentence; the plan by theme has all of them. */
const MAX_NAMED = 10;

/** Each recommendation in its own words, with the actions that answer it by their titles. */
export function answersInWords(parts: Parts): string[] {
  const titles = new Map(parts.actions.map(({ id, title }) => [id, title]));
  return coverage(parts).map(({ recommendation, text, actions }) => {
    const answers = actions.slice(0, MAX_NAMED).map((id) => `“${titles.get(id) ?? id}”`);
    const more = actions.length - answers.length;
    const answered =
      answers.length === 0
        ? 'No action answers it yet.'
        : `Answered by ${answers.length === 1 ? 'the action' : 'the actions'} ${answers.join(', ')}${more === 0 ? '' : ` and ${more} more`}.`;
    return `${recommendationTitle(recommendation)}: ${unstopped(text)}. ${answered}`;
  });
}
