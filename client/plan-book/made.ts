import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { dutyOfAction } from '../../domain/plan/action-duty.ts';
import type { Register } from '../../register/register.ts';
import { lastWords } from '../last-words.ts';
import type { ReadPlan } from '../plan/proposal.ts';
import { sourceOf } from './source-of.ts';
import type { BookSource } from './source.ts';

/** What was last said of each action, by the number of the entry that has it. */
export function wordsOnActions(
  register: Pick<Register, 'texts'>,
  ref: InspectionRef,
  { milestones, ended, improvement }: ReadPlan['view'],
): Promise<Map<number, string>> {
  const closed = improvement.actions.flatMap(({ id }) => ended[dutyOfAction(id)]?.marks ?? []);
  return lastWords(register, ref, [...milestones, ...closed]);
}

/** What the workbook of a plan is made from, with what was last said of each action. */
export const sourceFrom = async (
  register: Pick<Register, 'texts'>,
  ref: InspectionRef,
  read: Pick<ReadPlan, 'state' | 'facts' | 'view'>,
): Promise<BookSource> => sourceOf(read, await wordsOnActions(register, ref, read.view));

/** What the file of it is called. */
export const bookName = (ref: InspectionRef, revision: number): string =>
  `${ref.replaceAll('/', '-')}-plan-revision-${revision}.xlsx`;
