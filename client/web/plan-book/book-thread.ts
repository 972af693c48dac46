import type { InspectionRef } from '../../../domain/inspection-ref.ts';
import type { LifecycleState } from '../../../domain/lifecycle/state.ts';
import { viewOf } from '../../../domain/lifecycle/view.ts';
import { FileProblems, toldOf, type ToldProblems } from '../../files/file-problems.ts';
import type { BookRead } from '../../plan-book/book-read.ts';
import { choicesOver, type OwnChoices } from '../../own-book/own-choices.ts';
import { readOwnBook } from '../../own-book/read-own-book.ts';
import { readPlanFile } from '../../plan-book/read-file.ts';
import { sourceOf } from '../../plan-book/source-of.ts';
import { writeBook } from '../../plan-book/write-book.ts';
import { formOf } from '../forms/form-in-thread.ts';
import { choicesIn } from './read-otherwise.ts';

/** An inspection as it runs at an instant (UTC), with what was last said of its actions. */
export interface RunningPlan {
  state: LifecycleState;
  now: string;
  words: ReadonlyMap<number, string>;
}

/** A workbook to be made, or a form with one to be read. */
export type BookTask =
  | ({ is: 'write' } & RunningPlan)
  | {
      is: 'read';
      body: Uint8Array<ArrayBuffer>;
      contentType: string;
      ref: InspectionRef;
      plan: RunningPlan;
      kept: OwnChoices;
    };

/** What crosses from one thread to another: errors would lose what they are. */
export type BookAnswer =
  | { is: 'written'; bytes: Uint8Array }
  | { is: 'read'; fields: Record<string, string>; read: BookRead | null }
  | ({ is: 'bad-file'; fields: Record<string, string> } & ToldProblems)
  | { is: 'unreadable' };

const sourceIn = ({ state, now, words }: RunningPlan) =>
  sourceOf({ state, facts: state.facts, view: viewOf(state, now) }, words);

/** Makes a workbook, or reads one; run in a thread of its own, by its file. */
export async function answerTo(task: BookTask): Promise<BookAnswer> {
  if (task.is === 'write') return { is: 'written', bytes: await writeBook(sourceIn(task)) };
  const form = await formOf(task.body, task.contentType);
  if (form === undefined) return { is: 'unreadable' };
  const fields: Record<string, string> = {};
  let given: File | undefined;
  for (const [name, value] of Object.entries(form)) {
    if (typeof value === 'string') fields[name] = value;
    else if (name === 'file' && value.size > 0) given = value;
  }
  if (given === undefined) return { is: 'read', fields, read: null };
  try {
    const found = await readPlanFile(new Uint8Array(await given.arrayBuffer()), given.name, task.ref);
    const read =
      found.is === 'ours'
        ? found.read
        : readOwnBook(found.workbook, given.name, sourceIn(task.plan), choicesOver(task.kept, choicesIn(fields)));
    return { is: 'read', fields, read };
  } catch (error) {
    if (error instanceof FileProblems) return { is: 'bad-file', fields, ...toldOf(error) };
    throw error;
  }
}
