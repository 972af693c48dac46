import { preview } from '../domain/preview/preview.ts';
import { calendar, factsOf } from '../test/support/facts.ts';
import { type Figure, nanosecondsEach, round } from './measure.ts';

/** An inspection of three years: 16 recommendations, 8 themes, 48 actions, quarterly updates. */
export function threeYears() {
  const recommendations = Array.from({ length: 16 }, (_, index) => ({
    id: `r${index + 1}`,
    text: `Recommendation ${index + 1}`,
  }));
  const themes = Array.from({ length: 8 }, (_, index) => ({
    id: `t${index + 1}`,
    title: `Theme ${index + 1}`,
    officer: 'head-of-service',
    recommendations: [`r${index * 2 + 1}`, `r${index * 2 + 2}`],
  }));
  const actions = Array.from({ length: 48 }, (_, index) => ({
    id: `a${index + 1}`,
    title: `Action ${index + 1}`,
    theme: `t${(index % 8) + 1}`,
    due: { n: (index % 36) + 1, unit: 'month' },
  }));
  return factsOf({ recommendations, themes, actions, commitments: [{ rule: 'cabinet-update' }] });
}

/** The whole preview of such an inspection: dates, explanations, notices. */
export function previews(): Figure[] {
  const facts = threeYears();
  const shown = preview(facts, calendar, { until: '2019-02-19' });
  const each = nanosecondsEach(() => preview(facts, calendar, { until: '2019-02-19' }), 50);
  const notices = shown.milestones.reduce((sum, milestone) => sum + milestone.notices.length, 0);
  return [
    {
      what: `preview of 3 years, ${shown.milestones.length} milestones, ${notices} notices`,
      value: `${round(each.median / 1e6)} ms`,
      goal: 'under 10 ms',
      met: each.median < 10e6,
    },
  ];
}
