import { ratingText } from '../../client/plan-book/ratings.ts';
import { readBook } from '../../client/plan-book/read-book.ts';
import type { BookSource } from '../../client/plan-book/source.ts';
import { sourceOf } from '../../client/plan-book/source-of.ts';
import { writeBook } from '../../client/plan-book/write-book.ts';
import { readWorkbook } from '../../client/workbook/read-workbook.ts';
import type { LifecycleStart } from '../../domain/lifecycle/state.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { Story } from '../../domain/preview/story.ts';
import { ratingsOf } from '../../domain/progress/ratings.ts';
import type { PlanPart } from '../../domain/revisions/plan-items.ts';

/** What the workbook of a running inspection is made from. */
export const sourceAt = ({ state }: Story, now: string): BookSource =>
  sourceOf({ state, facts: state.facts, view: viewOf(state, now) }, new Map());

/** The same of a file's inspection on the day it began. */
export const sourceOfStart = (start: LifecycleStart, now: string): BookSource => sourceAt(new Story(start, now), now);

/** The same of a plan by itself: no duty of it is on record. */
export function sourceOfPlan({ recommendations, themes, actions, measures = [] }: PlanPart): BookSource {
  const roles = [...themes.map(({ officer }) => officer), 'head', 'clerk', 'another'];
  const ratings = ratingsOf({});
  return {
    sent: {
      ...{ inspection: 'anyborough/test', revision: 1, madeAt: '2026-11-02T10:00:00.000Z' },
      plan: { recommendations, themes, actions, measures },
      people: [...new Set(roles)].map((id) => ({ id, title: `The ${id}` })),
      ratings: ratings.map((each) => ({ id: each.id, text: ratingText(each) })),
      actions: {},
      measures: {},
    },
    shown: {
      ...{ title: 'Test', council: 'Anyborough', ratings, actions: {}, themes: {}, answers: {}, values: {} },
      ...{ decisions: [], people: [] },
    },
  };
}

/** A workbook, written and read back. */
export const writtenAndRead = async (source: BookSource) =>
  readBook(await readWorkbook(await writeBook(source), 'plan.xlsx'), 'plan.xlsx');
