import { messageIdOf } from '../../activities/mail/compose.ts';
import { partsOf } from '../../domain/inspection-ref.ts';
import type { Digest } from '../../domain/lifecycle/digest.ts';
import type { DigestOutcome, RegisterEntry } from '../../domain/lifecycle/entry.ts';
import { recordedUpTo } from '../../domain/lifecycle/kept-state.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import type { InspectionKey } from '../../register/append.ts';
import type { MadeUpMail } from '../../register/recovery.ts';
import type { PastDelivery } from '../engine/history-deliveries.ts';
import type { Comparison } from './compare.ts';
import type { RecoveryOptions, RecoveryServices } from './recovery-services.ts';

/** What was made up. */
interface MadeUp {
  entries: number[];
  mails: number;
  missing: [from: number, to: number][];
}

/**
 * Makes up what the register lacks of an inspection from what the engine still knows, and lets its lifecycle go on. What is
 * there already is left alone, so that a recovery that was broken off can be begun again.
 *
 * @returns what is said of it on record
 */
export async function makeUpRecord(
  services: RecoveryServices,
  { inspection, standing }: Comparison,
  options: RecoveryOptions,
): Promise<string> {
  const { engine, register } = services;
  const state = await engine.stateOf(inspection);
  const key = { ...partsOf(inspection), inspectionTitle: state.facts.inspection.title };
  await keepAuthority(services, state, options.now);
  const wanted = new Set(await register.recovery.missing(inspection, recordedUpTo(state)));
  const since = await register.recovery.newestAt(inspection);
  const made: MadeUp = { entries: [], mails: 0, missing: [] };
  const lastWanted = Math.max(...wanted);
  const last: RegisterEntry[] = [];
  for await (const past of engine.deliveries(inspection)) {
    const entries = past.delivery.entries.filter(({ seq }) => wanted.delete(seq));
    const now = entries.filter(({ seq }) => seq < lastWanted);
    last.push(...entries.filter(({ seq }) => seq === lastWanted));
    if (now.length > 0) await register.recovery.makeUp(key, now, options.now);
    made.entries.push(...entries.map(({ seq }) => seq));
    made.mails += await makeUpMails(services, past, since, options);
  }
  made.missing = rangesOf([...wanted]);
  const missing = made.missing.length === 0 ? [] : [missingEntry(made.missing, state, options)];
  // By its number it is seen whether all is made up: so it comes last, after the mails.
  await register.recovery.makeUp(key, [...missing, ...last], options.now);
  if (standing !== 'running') await makeUpRest(services, key, state, made, options);
  const text = sentence(made);
  const said = { actor: options.actor, text, data: { ...made } };
  if (standing === 'running') await engine.mended(inspection, { ...said, confirm: made.missing.length > 0 });
  else await register.recovery.note(key, { at: options.now, kind: 'record-recovered', ...said });
  return text;
}

/** What had not reached the register when the lifecycle ended. */
async function makeUpRest(
  { register }: RecoveryServices,
  key: InspectionKey,
  { unrecorded }: LifecycleState,
  made: MadeUp,
  { now }: RecoveryOptions,
): Promise<void> {
  await register.recovery.makeUp(key, unrecorded, now);
  made.entries.push(...unrecorded.map(({ seq }) => seq));
}

/** Who may sign in to it; a file that is there is newer. */
async function keepAuthority({ register }: RecoveryServices, { facts }: LifecycleState, at: string): Promise<void> {
  const known = await register.board.authorityFiles();
  if (!known.some(({ id }) => id === facts.authority.id)) await register.board.keepAuthority(facts.authority, at);
}

/** Mails that went, or ended otherwise, after the moment to which the register was restored. */
async function makeUpMails(
  { register }: RecoveryServices,
  { delivery: { digests }, result }: PastDelivery,
  since: string,
  { from, now }: RecoveryOptions,
): Promise<number> {
  const ended = digests.flatMap((digest): MadeUpMail[] => {
    const outcome = result?.outcomes.find((each) => each.digest === digest.id);
    return outcome === undefined || digest.at < since ? [] : mailOf(digest, outcome);
  });
  const known = await register.recovery.knownMails(ended.map(({ digest }) => digest.id));
  const lost = ended.filter(({ digest }) => !known.has(digest.id));
  for (const mail of lost) await register.recovery.makeUpMail(mail, messageIdOf(mail.digest, from), now);
  return lost.length;
}

function mailOf(digest: Digest, { outcome, reason }: DigestOutcome): MadeUpMail[] {
  return outcome === 'sent' || outcome === 'undeliverable' || outcome === 'delayed'
    ? [{ digest, outcome, reason }]
    : [];
}

/** Numbers in a row, each range with both its ends: [3, 4, 5, 9] is [[3, 5], [9, 9]]. */
export function rangesOf(numbers: readonly number[]): [from: number, to: number][] {
  return numbers
    .toSorted((a, b) => a - b)
    .reduce<[number, number][]>((ranges, number) => {
      const last = ranges.at(-1);
      if (last === undefined || last[1] !== number - 1) return [...ranges, [number, number]];
      last[1] = number;
      return ranges;
    }, []);
}

/** One entry stands in the place of the last of them, and says which are missing. */
function missingEntry(
  missing: MadeUp['missing'],
  { facts, startedAt }: LifecycleState,
  { now }: RecoveryOptions,
): RegisterEntry {
  const { inspection, authority } = facts;
  return {
    seq: missing.at(-1)?.[1] ?? 0,
    at: now,
    kind: 'entries-missing',
    milestone: null,
    actor: null,
    text: `Nobody has entries ${wordsOf(missing)} of this inspection any more: the register was restored to an earlier moment, and the engine had forgotten them.`,
    data: { missing, title: inspection.title, division: authority.division, startedAt },
    row: null,
  };
}

const wordsOf = (ranges: MadeUp['missing']): string =>
  ranges.map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`)).join(', ');

function sentence({ entries, mails, missing }: MadeUp): string {
  const ranges = rangesOf(entries);
  const made = [
    ...(ranges.length === 0 ? [] : [`entries ${wordsOf(ranges)}`]),
    ...(mails === 0 ? [] : [`${mails} mail${mails === 1 ? '' : 's'}`]),
  ];
  return [
    made.length === 0
      ? 'An operator compared the record with the engine: all that the engine still has is there.'
      : `The record was made up from the engine by an operator: ${made.join(' and ')}.`,
    ...(missing.length === 0 ? [] : [`Nobody has entries ${wordsOf(missing)} any more.`]),
  ].join(' ');
}
