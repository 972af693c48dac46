import { formatDate } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { type InspectionRef, partsOf } from '../../domain/inspection-ref.ts';
import type { RegisterEntry } from '../../domain/lifecycle/entry.ts';
import { lifecycleFrom } from '../../domain/lifecycle/from-register.ts';
import { recordedUpTo } from '../../domain/lifecycle/kept-state.ts';
import { record } from '../../domain/lifecycle/record.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import type { Comparison } from './compare.ts';
import { CannotRecover, type RecoveryOptions, type RecoveryServices } from './recovery-services.ts';

/** Sentences of the record that are repeated in one entry; beyond them only their number is said. */
const MAX_REPEATED = 20;

/**
 * Starts an inspection's clock again from what the register has of it; what runs under its name is ended in the same moment.
 *
 * @returns what is said of it on record
 * @throws CannotRecover where the register has no state of it
 */
export async function restartClock(
  services: RecoveryServices,
  comparison: Comparison,
  options: RecoveryOptions,
): Promise<string> {
  const { engine, register } = services;
  const { inspection, register: seq } = comparison;
  const { authority, reference } = partsOf(inspection);
  const own = await stateInEngine(services, comparison);
  const lost = own === null ? [] : await lostOf(services, inspection, own);
  const kept = (await register.recovery.kept(authority, reference))?.state ?? null;
  const from = newest(kept, lost.length > 0 ? null : own, seq);
  if (from === null)
    throw new CannotRecover(
      'The register has kept no state of it: the engine was lost in the moment of its start. Start it again from its file, under another reference.',
    );
  const later = await entriesAfter(services, inspection, from.seq);
  const mails = await register.recovery.settledMails(inspection);
  const text = sentence(comparison, later, lost);
  const data = {
    from: { register: seq, engine: comparison.engine, standing: comparison.standing, state: from.seq },
    later: later.map((entry) => entry.seq),
    lost: lost.map(({ at, text: said }) => ({ at, text: said })),
  };
  const state = record(lifecycleFrom({ state: from, seq, later, mails }), options.now, [
    { kind: 'clock-recovered', actor: options.actor, text, data },
  ]);
  await engine.restart(state, options.clock === undefined ? {} : { clock: options.clock });
  return text;
}

/** What the engine still has of it: one that was ended there may have come further than what was kept. */
async function stateInEngine(
  { engine }: RecoveryServices,
  { inspection, engine: numbers }: Comparison,
): Promise<LifecycleState | null> {
  return numbers === null ? null : engine.stateOf(inspection);
}

/** What an older engine has taken on since, under numbers that the register has given otherwise, and all that followed: the record holds. */
async function lostOf(
  { register }: RecoveryServices,
  inspection: InspectionRef,
  { unrecorded }: LifecycleState,
): Promise<RegisterEntry[]> {
  const [first] = await register.recovery.conflicting(inspection, unrecorded);
  return first === undefined ? [] : unrecorded.filter(({ seq }) => seq >= first.seq);
}

/** The newer of two states; not one that takes more to be on record than is. */
function newest(kept: LifecycleState | null, own: LifecycleState | null, seq: number): LifecycleState | null {
  if (own === null || recordedUpTo(own) > seq) return kept;
  return kept === null || own.seq > kept.seq ? own : kept;
}

/** Entries that were recorded without a state: the inspection could not be asked for it just then. */
async function entriesAfter(
  { register }: RecoveryServices,
  inspection: InspectionRef,
  seq: number,
): Promise<RegisterEntry[]> {
  const { authority, reference } = partsOf(inspection);
  const all = await register.history(authority, reference);
  return all.filter((entry) => entry.seq > seq).sort((a, b) => a.seq - b.seq);
}

function sentence({ register, engine, standing }: Comparison, later: RegisterEntry[], lost: RegisterEntry[]): string {
  const why =
    engine !== null && standing === 'running'
      ? `the engine had counted to entry ${engine.seq}`
      : standing === null
        ? 'the engine knew nothing of it'
        : `it had ended in the engine (${standing})`;
  return [
    `The clock was brought back from the register by an operator, after entry ${register}: ${why}.`,
    ...(later.length === 0
      ? []
      : [
          `Its state was kept before ${list(later)}: dates are as these say, and whatever else they say has to be said again.`,
        ]),
    ...(lost.length === 0
      ? []
      : [`The engine had taken on what the record has not, and it has to be done again: ${list(lost)}.`]),
  ].join(' ');
}

function list(entries: readonly RegisterEntry[]): string {
  const said = entries
    .slice(0, MAX_REPEATED)
    .map(({ at, text }) => `"${text.replace(/\.$/, '')}" (${formatDate(localDate(at))})`);
  const more = entries.length - said.length;
  return more > 0 ? `${said.join(', ')}, and ${more} more` : said.join(', ');
}
