import type { Context } from 'hono';
import { partsOf } from '../../../domain/inspection-ref.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { CommandForm } from '../forms/command-form.ts';
import { effectOf, onceByForm } from '../forms/sent.ts';
import { mustNameWhatIsThere } from '../../what-is-named.ts';
import { EngineProblem } from '../../engine-problem.ts';
import type { AppParts, Env } from '../parts.ts';
import type { Item } from './chosen.ts';
import type { Judged } from './judged.ts';

/** How long the changes are waited for in the record, so that the next page shows them, in milliseconds. */
const RECORDED_WITHIN_MS = 5000;

const DONE = 'done';
const asRefused = (why: string): string => `refused: ${why}`;

/**
 * Carries the chosen out, one after the other. What came of each is kept under the form: sent again, what is done or refused
 * stays so, and what was not certain is asked once more under the same name, so that nothing is done twice.
 *
 * @param shown the keys of those that somebody was shown as going ahead: nothing else is asked
 */
export async function carryOut(
  context: Context<Env>,
  parts: AppParts,
  form: CommandForm,
  items: readonly Judged[],
  shown: ReadonlySet<string>,
): Promise<void> {
  const { email } = context.get('session').person;
  const recorded = new Map<Item['inspection'], number>();
  for (const { key, inspection, asks, refused } of items) {
    const once = { what: key, request: form.name };
    const change = async (updateId: string | undefined): Promise<string> => {
      if (asks === undefined || !shown.has(key)) return asRefused(refused ?? 'You were not shown it as possible.');
      try {
        await mustNameWhatIsThere(parts.register, inspection, form.name, asks.payload);
        const actor = { id: email, role: asks.role };
        const options = updateId === undefined ? {} : { updateId };
        const { seq } = await parts.engine.command(inspection, form.name, asks.payload, actor, options);
        recorded.set(inspection, seq);
        return DONE;
      } catch (error) {
        if (error instanceof Refusal) return asRefused(error.message);
        throw error;
      }
    };
    try {
      await onceByForm(context, parts, once, change);
    } catch (error) {
      // Of this one nobody knows yet: the others go on, and the page says so.
      if (!(error instanceof EngineProblem)) throw error;
      parts.onError(error);
    }
  }
  await Promise.all(
    [...recorded].map(([ref, seq]) => {
      const { authority, reference } = partsOf(ref);
      return parts.register.reached(authority, reference, seq, RECORDED_WITHIN_MS);
    }),
  );
}

/** What came of one of the chosen. */
export interface Result extends Item {
  result: 'done' | 'refused' | 'not certain';
  why: string;
}

/** What came of each that was sent under a form; undefined where nothing has been sent under it. */
export async function resultsOf(
  context: Context<Env>,
  { register }: Pick<AppParts, 'register'>,
  form: string,
  items: readonly Item[],
): Promise<Result[] | undefined> {
  const { email } = context.get('session').person;
  const now = context.get('now');
  const kept = await Promise.all(
    items.map(({ key }) => register.board.answeredRequest(email, effectOf(form, key), now)),
  );
  if (kept.every((each) => each === null)) return undefined;
  return items.map((item, index) => {
    const answer = kept[index];
    const said = answer === null || answer === undefined ? '' : String(JSON.parse(answer.answer));
    if (said === DONE) return { ...item, result: 'done', why: '' };
    return said.startsWith(asRefused(''))
      ? { ...item, result: 'refused', why: said.slice(asRefused('').length) }
      : { ...item, result: 'not certain', why: '' };
  });
}
