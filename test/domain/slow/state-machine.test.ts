import assert from 'node:assert/strict';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refusal } from '../../../domain/refusal.ts';
import type { Command, CommandName } from '../../../domain/commands/commands.ts';
import { commands } from '../../../domain/schemas/commands.ts';
import { runs } from '../../support/runs.ts';
import { actor, asActor, command, fates, inPlace, type MailFate, pause } from '../state-machine/generators.ts';
import { canGoOn, Invariants } from '../state-machine/invariants.ts';
import { Lifecycle } from '../state-machine/lifecycle.ts';
import { PROLOGUE, START, startOfAll } from '../state-machine/start.ts';

const HOUR_MS = 3_600_000;
/** Lifecycles played: thousands of wakes, changes and deliveries. */
const RUNS = 120;

/** How often each command has been taken, over all runs. */
const accepted = new Map<CommandName, number>();
let steps = 0;

/** Somebody asks for something; what makes no sense is refused, and leaves nothing behind. */
class Ask implements fc.Command<Invariants, Lifecycle> {
  readonly asked: Command;
  readonly actor: string;
  readonly check = () => true;

  constructor(asked: Command, by: string) {
    this.asked = asked;
    this.actor = by;
  }

  run(_invariants: Invariants, lifecycle: Lifecycle): void {
    const before = lifecycle.state;
    const asked = inPlace(this.asked, before, lifecycle.now);
    try {
      lifecycle.give(asked, asActor(this.actor, asked, before));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      assert.equal(lifecycle.state, before);
      return;
    }
    accepted.set(this.asked.name, (accepted.get(this.asked.name) ?? 0) + 1);
    canGoOn(lifecycle.state, lifecycle.now);
  }

  toString(): string {
    return `${this.actor}: ${JSON.stringify(this.asked)}`;
  }
}

/** Time passes, with mail that goes as it goes. */
class Wait implements fc.Command<Invariants, Lifecycle> {
  readonly hours: number;
  readonly fates: readonly MailFate[];
  readonly check = () => true;

  constructor(hours: number, mail: readonly MailFate[]) {
    this.hours = hours;
    this.fates = mail;
  }

  run(_invariants: Invariants, lifecycle: Lifecycle): void {
    lifecycle.fates = this.fates;
    lifecycle.until(new Date(Date.parse(lifecycle.now) + this.hours * HOUR_MS).toISOString());
  }

  toString(): string {
    return `wait ${this.hours} h, mail ${this.fates.join(', ')}`;
  }
}

const asks = fc.tuple(command, actor).map(([asked, by]) => new Ask(asked, by));
const waits = fc.tuple(pause, fates).map(([hours, mail]) => new Wait(hours, mail));

/** Where it begins: with papers before meetings or without, and how much of the prologue has happened. */
const beginnings = fc.record({ papers: fc.boolean(), prologue: fc.nat({ max: PROLOGUE.length }) });
const courses = fc.commands([asks, asks, asks, asks, asks, waits], { maxCommands: 80, size: 'max' });

test('whatever is asked, and whatever becomes of its mail, a lifecycle keeps its word', () => {
  fc.assert(
    fc.property(beginnings, courses, ({ papers, prologue }, course) => {
      const invariants = new Invariants();
      const lifecycle = Lifecycle.start(startOfAll(papers), START, invariants);
      for (const asked of PROLOGUE.slice(0, prologue)) lifecycle.give(asked, { id: 'x', role: 'democratic-services' });
      try {
        fc.modelRun(() => ({ model: invariants, real: lifecycle }), course);
      } finally {
        steps += lifecycle.steps;
      }
    }),
    runs(RUNS),
  );
  // It says something only where enough has been tried, and nearly every command has been taken.
  expect(steps).toBeGreaterThan(2000);
  expect(accepted.size).toBeGreaterThan(Object.keys(commands).length - 7);
});
