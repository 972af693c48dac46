import { ApplicationFailure, Context } from '@temporalio/activity';
import type { Digest } from '../domain/lifecycle/digest.ts';
import type { Delivery, DigestOutcome } from '../domain/lifecycle/entry.ts';
import type { Activities } from './activities.ts';
import { atMost } from './at-most.ts';
import type { Post } from './mail/post.ts';
import { sendDigest } from './mail/send-digest.ts';
import type { Register } from './register/register.ts';

/** The real parts behind the activities: chosen by the worker, or by a test. */
export interface ActivityParts {
  register: Register;
  post: Post;
  /** The sender's address, as a mail's From shows it. */
  from: string;
  /** Where the board is, for links in mail. */
  boardUrl?: string;
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

export function createActivities(parts: ActivityParts): Activities {
  const fewAtOnce = atMost(AT_ONCE);
  return {
    async deliver(delivery) {
      const context = Context.current();
      const beat = setInterval(() => context.heartbeat(), HEARTBEAT_EVERY_MS);
      try {
        const { authority, reference, inspectionTitle } = delivery;
        await parts.register.append({ authority: authority.id, reference, inspectionTitle }, delivery.entries);
        for (const { digest, reason, at } of delivery.abandoned ?? [])
          await parts.register.settle(digest, 'undeliverable', reason, at);
        const outcomes = isStale(context)
          ? delivery.digests.map(stale)
          : await sendAll(delivery.digests, parts, fewAtOnce);
        parts.onDelivered?.(delivery, outcomes);
        return outcomes;
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

/** How long this delivery has been tried, by the server's clock alone (the worker's may differ from it). */
function isStale({ info }: Context): boolean {
  return info.currentAttemptScheduledTimestampMs - info.scheduledTimestampMs > STALE_AFTER_MS;
}

function stale(digest: Digest): DigestOutcome {
  return { digest: digest.id, outcome: 'stale', reason: null };
}

function send(digest: Digest, { register, post, from, boardUrl }: ActivityParts): Promise<DigestOutcome> {
  return sendDigest(digest, { register, post, from, now: digest.at, ...(boardUrl === undefined ? {} : { boardUrl }) });
}

/**
 * Sends mails a few at a time. Where one fails by a mistake of ours or for want of the register, those not yet begun are
 * left to the next attempt, and this one ends only once nothing of it is under way.
 */
async function sendAll(
  digests: readonly Digest[],
  parts: ActivityParts,
  fewAtOnce: ReturnType<typeof atMost>,
): Promise<DigestOutcome[]> {
  const failures: unknown[] = [];
  const outcomes = await Promise.all(
    digests.map((digest) =>
      fewAtOnce(async () => {
        if (failures.length > 0) return stale(digest);
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
