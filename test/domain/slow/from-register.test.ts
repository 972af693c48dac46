import fc from 'fast-check';
import assert from 'node:assert/strict';
import { expect, test } from 'vitest';
import type { Digest } from '../../../domain/lifecycle/digest.ts';
import { lifecycleFrom, withSettledMails } from '../../../domain/lifecycle/from-register.ts';
import { milestonesOf } from '../../../domain/lifecycle/milestones.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { actor, asActor, command, fates, inPlace, type MailFate, pause } from '../state-machine/generators.ts';
import { Lifecycle, type Watcher } from '../state-machine/lifecycle.ts';
import { START, startOfAll } from '../state-machine/start.ts';

// The engine is lost, and an inspection's clock starts again from what the register has of it.

const HOUR_MS = 3_600_000;
const RUNS = 25;
/** Long enough that every rung of what is open comes up, or a repeat of it. */
const AFTERWARDS_HOURS = 40 * 24;

/** What mails have told, a line each: of which milestone and which of its dates, to whom, and what. */
class Told implements Watcher {
  readonly lines: string[] = [];
  readonly changed = () => undefined;
  readonly recorded = () => undefined;
  readonly atRest = () => undefined;
  told({ digest, told }: { digest: Digest; told: readonly { milestone: string }[] }): void {
    const reached = new Set(told.map(({ milestone }) => milestone));
    this.lines.push(...linesOf(digest).filter((line) => reached.has(line.split(' ')[0] ?? '')));
  }
}

const linesOf = ({ tells }: Digest): string[] =>
  tells.flatMap(({ milestone, dueVersion, tells: each }) =>
    each.flatMap(({ to, rung, announced }) => [
      ...(rung === undefined ? [] : [`${milestone} v${dueVersion} ${to} rung ${rung}`]),
      ...(announced === undefined ? [] : [`${milestone} ${to} ${announced.kind} of ${announced.readyAt}`]),
    ]),
  );

const turns = fc.array(
  fc.oneof(
    fc.tuple(command, actor).map(([asked, by]) => ({ asked, by })),
    fc.record({ hours: pause, mail: fates }),
  ),
  { minLength: 5, maxLength: 50 },
);
type Turn = typeof turns extends fc.Arbitrary<(infer T)[]> ? T : never;

const later = (instant: string, hours: number): string => new Date(Date.parse(instant) + hours * HOUR_MS).toISOString();

function play(papers: boolean, course: readonly Turn[], only: readonly MailFate[]): { life: Lifecycle; told: Told } {
  const told = new Told();
  const life = Lifecycle.start(startOfAll(papers), START, told);
  for (const turn of course) {
    if ('hours' in turn) {
      life.fates = turn.mail.map((fate) => (only.includes(fate) ? fate : 'sent'));
      life.until(later(life.now, turn.hours));
      continue;
    }
    const asked = inPlace(turn.asked, life.state, life.now);
    try {
      life.give(asked, asActor(turn.by, asked, life.state));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  life.fates = ['sent'];
  return { life, told };
}

/** What a register knows of one of its kept states, of the last or an earlier one. */
const known = ({ entries, settled: mails }: Lifecycle, state: Lifecycle['kept']): Lifecycle['state'] =>
  lifecycleFrom({
    state,
    seq: entries.at(-1)?.seq ?? 0,
    later: entries.filter(({ seq }) => seq > state.seq),
    mails,
  });

/** What is told from now on, by one that goes on from a state. */
function toldAfter(state: Lifecycle['state'], now: string): string[] {
  const told = new Told();
  Lifecycle.goOn(state, now, told).until(later(now, AFTERWARDS_HOURS));
  return told.lines.sort();
}

test('from the last kept state and the mails, an inspection goes on exactly as if nothing had been lost', () => {
  let told = 0;
  fc.assert(
    fc.property(fc.boolean(), turns, (papers, course) => {
      // What is put off, or not wanted, leaves no trace in the register by which it could be known again.
      const { life } = play(papers, course, ['sent', 'undeliverable', 'stale', 'earlier']);
      const again = known(life, life.kept);
      assert.deepEqual(toldAfter(again, life.now), toldAfter(life.state, life.now));
      told += life.settled.length;
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
  expect(told).toBeGreaterThan(RUNS * 3);
});

test('whatever became of mail, nothing that went out goes out again; and to know it twice is to know it once', () => {
  fc.assert(
    fc.property(fc.boolean(), turns, (papers, course) => {
      const all: MailFate[] = ['sent', 'undeliverable', 'stale', 'earlier', 'delayed', 'unwanted'];
      const { life, told } = play(papers, course, all);
      const again = known(life, life.kept);
      assert.deepEqual(withSettledMails(again, life.settled), again);
      const gone = new Set(told.lines);
      assert.deepEqual(
        toldAfter(again, life.now).filter((line) => gone.has(line)),
        [],
      );
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
});

test('the mails of a state that knows them all change nothing', () => {
  fc.assert(
    fc.property(fc.boolean(), turns, (papers, course) => {
      const { life } = play(papers, course, ['sent', 'undeliverable', 'earlier']);
      assert.equal(withSettledMails(life.state, life.settled), life.state);
    }),
    { numRuns: Math.ceil(RUNS / 2), endOnFailure: true },
  );
});

test('from an earlier state nothing that went out goes out again either; duties are where their entries say, and numbers go on', () => {
  let later = 0;
  fc.assert(
    fc.property(fc.boolean(), turns, fc.nat(), (papers, course, which) => {
      const all: MailFate[] = ['sent', 'undeliverable', 'stale', 'earlier', 'delayed', 'unwanted'];
      const { life, told } = play(papers, course, all);
      const state = life.keptBefore[which % life.keptBefore.length] ?? life.kept;
      later += life.entries.length - state.seq;
      const again = known(life, state);
      const first = again.unrecorded[0]?.seq ?? again.seq + 1;
      assert.equal(first, life.entries.length + 1);
      const rows = new Map(life.entries.flatMap(({ row }) => (row === null ? [] : [[row.milestone, row]])));
      for (const each of milestonesOf(again)) {
        const row = rows.get(each.id);
        if (row === undefined || again.unrecorded.some(({ milestone }) => milestone === each.id)) continue;
        const { due, status, owner } = each;
        assert.deepEqual({ due, status, owner }, { due: row.due, status: row.status, owner: row.owner });
      }
      const gone = new Set(told.lines);
      assert.deepEqual(
        toldAfter(again, life.now).filter((line) => gone.has(line)),
        [],
      );
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
  expect(later).toBeGreaterThan(RUNS);
});
