import { expandCalendar } from '../domain/calendar/kept-calendar.ts';
import { ApplicationFailure, Context } from '@temporalio/activity';
import type { Digest } from '../domain/lifecycle/digest.ts';
import type { Delivery, DigestOutcome } from '../domain/lifecycle/entry.ts';
import type { InspectionStatus } from '../domain/lifecycle/inspection-status.ts';
import type { LifecycleState } from '../domain/lifecycle/state.ts';
import type { Activities, ReplanFailure } from './activities.ts';
import { archiveHistory } from './archive/archive-history.ts';
import type { Histories } from './archive/histories.ts';
import { atMost } from '../platform/at-most.ts';
import type { MailTransport } from './mail/mail-transport.ts';
import type { PublishedHolidays } from '../domain/calendar/published-holidays.ts';
import type { Actor } from '../domain/commands/actor.ts';
import { type BankHolidaySource, watchBankHolidays } from './calendars/watch.ts';
import { doubtOf, MAILS_IN_DOUBT } from './mail/doubt.ts';
import { composeStandIn } from './mail/compose-stand-in.ts';
import { composeSummary } from './mail/compose-summary.ts';
import { quoted } from './mail/quotes.ts';
import { sendDigest, sendMail, type SendingParts } from './mail/send-digest.ts';
import type { Unsubscribe } from './mail/unsubscribe.ts';
import { standInMails } from '../domain/authority/stand-in-mail.ts';
import { withoutWebhooks } from '../domain/webhooks/without-webhooks.ts';
import { morningSummary } from '../domain/summary/morning-summary.ts';
import { Diverged } from '../register/diverged.ts';
import type { Attempt } from '../register/mail-claims.ts';
import type { Register } from '../register/register.ts';
import type { Signer } from '../register/signing.ts';
import type { WebhookKey } from '../register/webhooks.ts';
import { visit } from './webhooks/visit.ts';
import type { WebhookParts } from './webhooks/webhook-parts.ts';

/** Running lifecycles as an activity reaches them. */
export interface Lifecycles {
  /**
   * The state of a running lifecycle as the register is to keep it, once its entries up to a number are recorded.
   *
   * @returns null where it does not answer within seconds
   */
  stateToKeep(run: { workflowId: string; runId: string }, recorded: number): Promise<LifecycleState | null>;
  /** The inspections of an authority that run on a task queue, in order, as the engine lists them: a moment behind. */
  running(authority: string, taskQueue: string): Promise<string[]>;
  /** Where a lifecycle stands now; null where it does not answer within seconds. */
  statusOf(run: { workflowId: string; runId: string }): Promise<InspectionStatus | null>;
  /**
   * Brings approved bank holidays to an inspection.
   *
   * @returns what became of it where it does not count by them now; null where it does, or has ended
   * @throws where nothing can be asked of any inspection
   */
  changeCalendar(
    reference: string,
    published: PublishedHolidays,
    actor: Actor,
  ): Promise<Omit<ReplanFailure, 'reference'> | null>;
}

/** The real parts behind the activities: chosen by the worker, or by a test. */
export interface ActivityParts {
  register: Register;
  post: MailTransport;
  /** The sender's address, as a mail's From shows it. */
  from: string;
  /** Where the board is, for links in mail. */
  boardUrl?: string;
  /** Signs the addresses under which copies for information are stopped. */
  unsubscribe?: Unsubscribe;
  /** Mails that may be in doubt at once in this process: see docs/decisions/0007-one-mail-in-doubt.md. */
  mailsInDoubt?: number;
  /** Where bank holidays are read from: a web address or a file. */
  bankHolidays?: BankHolidaySource;
  lifecycles: Lifecycles;
  histories: Histories;
  /** Signs archived histories; without it they wait in the engine. */
  signer?: Signer;
  /** How addresses outside are told what happened; without it nobody outside is told anything, as in a rehearsal. */
  webhooks?: WebhookParts;
  /** Sees to it that an address is told what waits for it now. */
  nudge?: (to: WebhookKey) => Promise<void>;
  /** True only where the engine skips time: a rehearsal or a test. */
  timeSkipping: boolean;
  /** Told of each delivery, for a rehearsal's story and for logs. */
  onDelivered?: (delivery: Delivery, outcomes: DigestOutcome[]) => void;
}

/** A digest made longer ago than this is not mailed as it is: by then it may be night, or the duty met. */
const STALE_AFTER_MS = 15 * 60_000;
const HEARTBEAT_EVERY_MS = 5000;
/**
 * Mails that one worker prepares and hands over side by side, of all its deliveries: a thousand at once would only wait
 * in memory for the mail server's connections.
 */
const AT_ONCE = 10;
/** Inspections of one page that are brought new bank holidays side by side. */
const REPLANS_AT_ONCE = 20;

/** What is not begun by then goes back to its lifecycle: an attempt must end well before the engine gives it up and begins another. */
const MAX_DELIVERY_MS = 4 * 60_000;

export function createActivities(parts: ActivityParts): Activities {
  const fewAtOnce = atMost(AT_ONCE);
  const doubt = doubtOf(parts.mailsInDoubt ?? MAILS_IN_DOUBT);
  return {
    async deliver(delivery) {
      const context = Context.current();
      const beat = setInterval(() => context.heartbeat(), HEARTBEAT_EVERY_MS);
      try {
        await recordDelivery(delivery, parts, context);
        await nudgeCouriers(delivery.authority.id, parts);
        const outcomes = isStale(context)
          ? delivery.digests.map(stale)
          : await sendAll(
              delivery.digests,
              { ...parts, attempt: attemptOf(context), doubt, wanted: wantedIn(delivery, parts.lifecycles, context) },
              fewAtOnce,
              context,
            );
        parts.onDelivered?.(delivery, outcomes);
        return { outcomes };
      } catch (error) {
        // Trying again would never help: its lifecycle waits for an operator.
        if (error instanceof Diverged) return { outcomes: [], diverged: error.message };
        throw error;
      } finally {
        clearInterval(beat);
      }
    },
    async sendMorningSummary({ authority, calendar }, now) {
      const facts = await parts.register.morning(authority.id, now);
      const summary = morningSummary(authority, facts, expandCalendar(calendar, authority.closureDays), now);
      if (summary === undefined) return 'nothing to say';
      const sending = { ...parts, now, attempt: attemptOf(Context.current()), doubt };
      const { outcome, reason } = await sendMail(summary, (mail) => composeSummary(mail, parts), sending);
      // Put off: the workflow tries again, for as long as the morning lasts.
      if (outcome === 'delayed') throw new Error(`the morning summary could not be handed over: ${reason ?? ''}`);
      return outcome === 'undeliverable' ? 'undeliverable' : 'sent';
    },
    async standInMails(before, now) {
      const kept = await parts.register.board.keptAuthority(before.id);
      if (kept === null) return { mails: [], after: before };
      const after = withoutWebhooks(kept.authority);
      return { mails: standInMails(before, after, now, kept.number), after };
    },
    async sendStandInMail(mail) {
      const sending = { ...parts, now: mail.at, attempt: attemptOf(Context.current()), doubt };
      const { outcome, reason } = await sendMail(mail, (each) => composeStandIn(each, parts), sending);
      // Put off: the workflow tries again.
      if (outcome === 'delayed') throw new Error(`the mail to a stand-in could not be handed over: ${reason ?? ''}`);
      return outcome === 'undeliverable' ? 'undeliverable' : 'sent';
    },
    async watchCalendar(now) {
      if (parts.bankHolidays === undefined)
        return {
          status: 'refused',
          problem: 'DUECOURSE_BANK_HOLIDAYS is not set: there is no source to look at',
          notes: [],
        };
      return watchBankHolidays(parts.bankHolidays, parts.register, now);
    },
    openReferences: (authority, after, limit) => parts.register.openReferences(authority, after, limit),
    runningReferences: (authority) => parts.lifecycles.running(authority, Context.current().info.taskQueue),
    keepApproval: (authority, published, by, at) => parts.register.approveHolidays(authority, published, by, at),
    async replanPage(references, published, actor) {
      const context = Context.current();
      const beat = setInterval(() => context.heartbeat(), HEARTBEAT_EVERY_MS);
      try {
        const few = atMost(REPLANS_AT_ONCE);
        const failures = await Promise.all(
          references.map((reference) =>
            few(async () => {
              const failure = await parts.lifecycles.changeCalendar(reference, published, actor);
              return failure === null ? [] : [{ reference, ...failure }];
            }),
          ),
        );
        return failures.flat();
      } finally {
        clearInterval(beat);
      }
    },
    async archiveHistory(request, at) {
      const context = Context.current();
      const beat = setInterval(() => context.heartbeat(), HEARTBEAT_EVERY_MS);
      try {
        return await archiveHistory(parts, request, at);
      } finally {
        clearInterval(beat);
      }
    },
    async tellAddress(to) {
      const { webhooks, ...others } = parts;
      if (webhooks === undefined) return { waitMs: null };
      const context = Context.current();
      const beat = setInterval(() => context.heartbeat(), HEARTBEAT_EVERY_MS);
      try {
        return await visit({ ...others, webhooks }, to, { signal: context.cancellationSignal });
      } finally {
        clearInterval(beat);
      }
    },
    async permitShiftedClock(shiftMs) {
      if (parts.timeSkipping) return;
      throw ApplicationFailure.nonRetryable(
        `A clock shifted by ${shiftMs} ms is for rehearsals only; this engine runs in real time.`,
        'ShiftedClock',
      );
    },
  };
}

/** What happened reaches the register, with the state from which it goes on; that is asked for, so that no history holds it. */
async function recordDelivery(
  { authority, reference, inspectionTitle, entries, abandoned = [], after }: Delivery,
  { register, lifecycles }: ActivityParts,
  { info: { workflowExecution: run } }: Context,
): Promise<void> {
  const last = entries.at(-1);
  const state = last === undefined || run === undefined ? null : await lifecycles.stateToKeep(run, last.seq);
  await register.appendDelivery({ authority: authority.id, reference, inspectionTitle }, entries, { after, state });
  for (const { digest, reason, at } of abandoned) await register.settle(digest, 'undeliverable', reason, at, null);
}

/**
 * What was recorded is told outside: by each address's own courier, so that no mail waits for that. One that can't be nudged now
 * is nudged by the next look whether all is well.
 */
async function nudgeCouriers(
  authority: string,
  { register, webhooks, nudge }: Pick<ActivityParts, 'register' | 'webhooks' | 'nudge'>,
): Promise<void> {
  if (webhooks === undefined || nudge === undefined) return;
  const due = await register.webhooks.dueAddresses(authority);
  await Promise.allSettled(due.map(nudge));
}

/** How long this delivery has been tried, by the server's clock alone (the worker's may differ from it). */
function isStale({ info }: Context): boolean {
  return info.currentAttemptScheduledTimestampMs - info.scheduledTimestampMs > STALE_AFTER_MS;
}

function stale(digest: Digest): DigestOutcome {
  return { digest: digest.id, outcome: 'stale', reason: null };
}

/** This try, among all that may be made of the same mails: by the server's clock alone. */
function attemptOf({ info }: Context): Attempt {
  const { runId } = info.workflowExecution ?? { runId: '' };
  return { id: `${runId}/${info.activityId}/${info.attempt}`, at: info.currentAttemptScheduledTimestampMs };
}

/** How old an answer of the lifecycle's may be: many mails of one delivery ask in the same moment. */
const STANDING_LASTS_MS = 250;

/**
 * Are the mails of a delivery still to go out? Not where the inspection has been closed, withdrawn or cancelled since they were
 * made. One that does not answer is not known to have ended: its mail is due.
 */
function wantedIn(
  { status }: Delivery,
  lifecycles: Pick<Lifecycles, 'statusOf'>,
  { info: { workflowExecution: run }, cancellationSignal }: Context,
): () => Promise<boolean> {
  let asked = Number.NEGATIVE_INFINITY;
  let answer: Promise<InspectionStatus | null> = Promise.resolve(null);
  return async () => {
    if (performance.now() - asked > STANDING_LASTS_MS) {
      asked = performance.now();
      answer = run === undefined ? Promise.resolve(null) : lifecycles.statusOf(run);
    }
    const now = await answer;
    return !cancellationSignal.aborted && (now === null || now === status);
  };
}

type DeliveryParts = Omit<SendingParts, 'now'> & Pick<ActivityParts, 'register'>;

async function send(digest: Digest, parts: DeliveryParts): Promise<DigestOutcome> {
  return sendDigest(await quoted(digest, parts.register), { ...parts, now: digest.at });
}

/**
 * Sends mails a few at a time. Where one fails by a mistake of ours or for want of the register, those not yet begun are
 * left to the next attempt, and this one ends only once nothing of it is under way.
 */
async function sendAll(
  digests: readonly Digest[],
  parts: DeliveryParts,
  fewAtOnce: ReturnType<typeof atMost>,
  { cancellationSignal }: Context,
): Promise<DigestOutcome[]> {
  const failures: unknown[] = [];
  const until = performance.now() + MAX_DELIVERY_MS;
  const outcomes = await Promise.all(
    digests.map((digest) =>
      fewAtOnce(async () => {
        // Cancelled: the engine has taken this worker for dead, and given the delivery to another.
        if (failures.length > 0 || cancellationSignal.aborted || performance.now() > until) return stale(digest);
        try {
          return await send(digest, parts);
        } catch (error) {
          failures.push(error);
          return stale(digest);
        }
      }),
    ),
  );
  if (failures.length > 0) throw failures[0];
  return outcomes;
}
