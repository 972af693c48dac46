import { NOTHING_LEAVES } from '../../domain/authority/demonstration.ts';
import type { Webhook } from '../../domain/schemas/webhooks.ts';
import { MAX_REST_MS, RESTS_AFTER, waitAfter } from '../../domain/webhooks/waits.ts';
import { EncryptionProblem } from '../../platform/encryption/encryption-problem.ts';
import { atMost } from '../../platform/at-most.ts';
import { OutsideProblem } from '../../platform/outside/outside.ts';
import type { Register } from '../../register/register.ts';
import type { Outcome, WebhookDelivery, WebhookKey } from '../../register/webhooks.ts';
import { messageOf } from './message.ts';
import type { WebhookParts } from './webhook-parts.ts';

export interface VisitParts {
  register: Pick<Register, 'webhooks' | 'board' | 'clock'>;
  webhooks: WebhookParts;
  boardUrl?: string | undefined;
}

/** How long until an address is to be visited again; null where nothing waits for it. */
export interface Visit {
  waitMs: number | null;
}

/** So many are taken at a time, and so many are under way side by side. */
const AT_A_TIME = 100;
const AT_ONCE = 4;
/** How long one answer is waited for, and after how long no other is begun: an attempt of the activity must end. */
const PATIENCE_MS = 10_000;
const MAX_VISIT_MS = 60_000;

const NONE: Visit = { waitMs: null };
const GONE = 410;

/**
 * Tells an address what is due, and notes what became of it.
 *
 * @param clock now in milliseconds since 1970: the register's own, by which things are due
 */
export async function visit(
  { register, webhooks, boardUrl }: VisitParts,
  key: WebhookKey,
  { signal, clock = () => register.clock() }: { signal: AbortSignal; clock?: () => Promise<number> },
): Promise<Visit> {
  const kept = await register.board.keptAuthority(key.authority);
  const webhook = kept?.authority.webhooks?.find(({ id }) => id === key.webhook);
  if (webhook === undefined) return NONE;
  const why = kept?.authority.demonstration === true ? NOTHING_LEAVES : await whyNot(register, key, webhook);
  if (why !== undefined) {
    await register.webhooks.drop(key, why);
    return NONE;
  }
  const began = await clock();
  const due = await register.webhooks.due(key, instant(began), AT_A_TIME);
  const signing: Signing =
    webhook.format === 'teams' ? { secrets: [] } : await secretsOf({ register, webhooks }, key, began);
  const few = atMost(AT_ONCE);
  const until = performance.now() + MAX_VISIT_MS;
  let failedInARow = 0;
  let gone = false;
  const tell = async (delivery: WebhookDelivery): Promise<void> => {
    if (gone || failedInARow >= RESTS_AFTER || signal.aborted || performance.now() > until) return;
    const now = await clock();
    const said = { ...signing, boardUrl, now: instant(now) };
    const answer =
      signing.lacks === undefined
        ? await post(webhooks, webhook, messageOf(delivery, webhook, said))
        : { status: 0, words: signing.lacks };
    failedInARow = isGood(answer) ? 0 : failedInARow + 1;
    if (answer.status === GONE) {
      gone = true;
      await register.webhooks.stop(key, webhook.address, instant(now));
    }
    await register.webhooks.settle(outcomeOf(delivery, answer, now));
  };
  await Promise.all(due.map((delivery) => few(() => tell(delivery))));
  if (gone) return visit({ register, webhooks, boardUrl }, key, { signal, clock });
  const now = await clock();
  if (failedInARow >= RESTS_AFTER) {
    const wait = waitAfter(Math.min(...due.map(({ tries }) => tries + 1))) ?? MAX_REST_MS;
    await register.webhooks.rest(key, instant(now), instant(now + Math.min(wait, MAX_REST_MS)));
  }
  const next = await register.webhooks.nextAt(key);
  return { waitMs: next === null ? null : Math.max(0, Date.parse(next) - now) };
}

const instant = (ms: number): string => new Date(ms).toISOString();

/** Why nothing is sent to an address now, whatever waits for it. */
async function whyNot(
  register: VisitParts['register'],
  key: WebhookKey,
  { on, address }: Webhook,
): Promise<string | undefined> {
  if (!on) return 'The address is switched off';
  const { stoppedAt } = await register.webhooks.standing(key, address);
  return stoppedAt === null ? undefined : 'The address has answered that it is gone, and is switched off';
}

interface Signing {
  secrets: string[];
  /** Why nothing can be signed, a sentence. */
  lacks?: string;
}

async function secretsOf(
  { register, webhooks }: Pick<VisitParts, 'register' | 'webhooks'>,
  key: WebhookKey,
  now: number,
): Promise<Signing> {
  const sealed = await register.webhooks.secrets(key, instant(now));
  if (sealed.length === 0) return { secrets: [], lacks: 'Its secret has not been made yet' };
  try {
    return { secrets: await Promise.all(sealed.map((each) => webhooks.secrets.open(each, key.authority))) };
  } catch (error) {
    if (!(error instanceof EncryptionProblem)) throw error;
    return { secrets: [], lacks: 'Its secret can’t be read, for want of the key that it was encrypted with: renew it' };
  }
}

interface Answer {
  /** 0 where there was none. */
  status: number;
  words: string;
}

const isGood = ({ status }: Answer): boolean => status >= 200 && status <= 299;

async function post(
  { outside }: Pick<WebhookParts, 'outside'>,
  { address }: Webhook,
  message: ReturnType<typeof messageOf>,
): Promise<Answer> {
  try {
    const { status } = await outside.ask(address, {
      method: 'POST',
      ...message,
      // The status is the answer: nobody reads more of it.
      ...{ maxBytes: 0, patienceMs: PATIENCE_MS },
    });
    return { status, words: `Answered ${status}` };
  } catch (error) {
    if (!(error instanceof OutsideProblem)) throw error;
    return { status: 0, words: error.message };
  }
}

function outcomeOf({ id, tries }: WebhookDelivery, answer: Answer, now: number): Outcome {
  const settled = { id, answer: answer.words, nextAt: null, isTry: true };
  if (isGood(answer)) return { ...settled, state: 'delivered' };
  const wait = answer.status === GONE ? undefined : waitAfter(tries + 1);
  return wait === undefined
    ? { ...settled, state: 'given-up' }
    : { ...settled, state: 'waiting', nextAt: instant(now + wait) };
}
