import type { Context } from 'hono';
import { Refusal } from '../../../domain/refusal.ts';
import { onceByForm } from '../forms/sent.ts';
import type { AppParts, Env } from '../parts.ts';
import { PageProblem } from '../problems.ts';
import type { Typed } from '../../../register/form-drafts.ts';
import { isSaidAlready, saidSince } from './as-of.ts';
import type { OwnWork } from './own-actions.ts';
import { type Answer, roleFor } from './read-answers.ts';

/** How long the last of the reports is waited for in the record, in milliseconds. */
const RECORDED_WITHIN_MS = 5000;

/** What became of one answer. */
export interface Sent {
  answer: Answer;
  /** Why it was not taken; undefined where it is on record. */
  refused: string | undefined;
  /** It says what is on record already: nothing was changed by it. */
  same: boolean;
}

/**
 * Sends answers one by one: each has its own effect, once, and its own result. One that is refused keeps no other from being
 * taken.
 *
 * @param typed all that was sent: what others have said since the form was shown is not spoken over unless that was shown first
 * @throws EngineProblem where the inspection does not answer: what was taken before stays taken, and is not sent twice
 */
export async function sendAnswers(
  context: Context<Env>,
  parts: AppParts,
  work: OwnWork,
  answers: readonly Answer[],
  typed: Typed,
): Promise<Sent[]> {
  const sent: Sent[] = [];
  let last = 0;
  for (const answer of answers) {
    const { seq, refused } = await sendOne(context, parts, work, { ...answer, since: saidSince(work, answer, typed) });
    last = Math.max(last, seq);
    sent.push({ answer, refused, same: refused === undefined && seq === 0 });
  }
  const { authority } = work.membership;
  const reference = work.id.slice(authority.id.length + 1);
  if (last > 0) await parts.register.reached(authority.id, reference, last, RECORDED_WITHIN_MS);
  return sent;
}

const SEND_AGAIN = 'What you entered is kept below: send it once more if it is to follow that.';

async function sendOne(
  context: Context<Env>,
  parts: AppParts,
  work: OwnWork,
  { since, ...answer }: Answer & { since: string | undefined },
): Promise<{ seq: number; refused: string | undefined }> {
  const { command, payload, about, name } = answer;
  if (payload === undefined) return { seq: 0, refused: undefined };
  const actor = { id: context.get('session').person.email, role: roleFor(work, command, about) };
  try {
    // What is kept of each under the form's id is the number of its entry; 0 where there was nothing new to record.
    const seq = await onceByForm(context, parts, { what: `${command} ${name}`, request: payload }, async (updateId) => {
      if (isSaidAlready(work, answer)) return '0';
      if (since !== undefined) throw new PageProblem(409, 'Others have reported meanwhile', `${since} ${SEND_AGAIN}`);
      const result = await parts.engine.command(
        work.id,
        command,
        payload,
        actor,
        updateId === undefined ? {} : { updateId },
      );
      return String(result.seq);
    });
    return { seq: Number(seq), refused: undefined };
  } catch (error) {
    if (error instanceof Refusal) return { seq: 0, refused: error.message };
    // It was sent by this form before, with other words; or others have spoken meanwhile.
    if (error instanceof PageProblem && error.status === 409)
      return { seq: 0, refused: `${error.title}. ${error.message}` };
    throw error;
  }
}
