import type { CommandName } from '../../domain/commands/commands.ts';
import { ACTIONS, FUTURE, PAST, PLAN, ROLES, TODAY } from './council.ts';

/** One thing that a client asks for: with all that the model has to know of it. */
export type Operation = { role: string } & (
  | { kind: 'question'; name: 'ask'; question: string; on?: string }
  | { kind: 'question'; name: 'answer'; question: string }
  | {
      kind: 'new decision';
      name: 'decide';
      decision: string;
      takenOn: string;
      published: boolean;
      urgent: boolean;
      reasons: boolean;
    }
  | { kind: 'decision'; name: 'publishDecision' | 'callIn' | 'implement' | 'reconsider'; decision: string }
  | { kind: 'decision'; name: 'resolveCallIn'; decision: string; outcome: Outcome }
  | { kind: 'close'; name: 'close' }
  | { kind: 'duty'; name: 'submit' | 'complete'; duty: string; on?: string }
  | { kind: 'duty'; name: 'extend' | 'requestExtension'; duty: string; to: string }
  | { kind: 'duty'; name: 'declineExtension' | 'waive'; duty: string }
  | { kind: 'duty'; name: 'hold'; duty: string; reviewOn: string }
  | { kind: 'duty'; name: 'release'; duty: string; workingDays?: number }
  | { kind: 'duty'; name: 'reassign'; duty: string; to: string }
  | { kind: 'duty'; name: 'acknowledge'; duty: string; promisedOn: string }
);
type Outcome = 'no-further-action' | 'refer-back' | 'refer-to-council';
const OUTCOMES: readonly Outcome[] = ['no-further-action', 'refer-back', 'refer-to-council'];

/** How often each is tried: what ends something is rarer, so that there is something left to be done to. */
const WEIGHTS: Record<Operation['name'], number> = {
  submit: 1,
  complete: 1,
  waive: 1,
  extend: 8,
  requestExtension: 6,
  declineExtension: 6,
  hold: 10,
  release: 12,
  reassign: 10,
  acknowledge: 8,
  ask: 4,
  answer: 4,
  decide: 4,
  publishDecision: 5,
  callIn: 5,
  resolveCallIn: 5,
  reconsider: 5,
  implement: 4,
  close: 1,
};
const NAMES = Object.entries(WEIGHTS).flatMap(([name, weight]) =>
  new Array<Operation['name']>(weight).fill(name as Operation['name']),
);

/** Names of questions and decisions that clients share, so that they come in each other's way. */
const FEW = 6;

/** A random operation, valid or not: mostly by somebody who may, mostly with a date that makes sense. */
export function randomOperation(random: () => number): Operation {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const likely = (chance: number) => random() < chance;
  const name = pick(NAMES);
  const role = likely(0.75) ? pick(['director', 'democratic-services']) : pick(ROLES);
  const question = `q${1 + Math.floor(random() * FEW)}`;
  const decision = `d${1 + Math.floor(random() * FEW)}`;
  const actions = ACTIONS.map(({ id }) => `improvement-actions/${id}`);
  const duty = pick([
    PLAN,
    ...actions,
    `member-briefings/question-${question}`,
    `call-in-window/${decision}${pick(['', '-publication', '-review'])}`,
    'improvement-actions/unknown',
  ]);
  const date = likely(0.8) ? later(random) : PAST;
  switch (name) {
    case 'ask':
      return { kind: 'question', name, role, question, ...(likely(0.1) ? { on: FUTURE } : {}) };
    case 'answer':
      return { kind: 'question', name, role, question };
    case 'decide': {
      const urgent = likely(0.2);
      const takenOn = likely(0.9) ? TODAY : FUTURE;
      return {
        kind: 'new decision',
        name,
        role,
        decision,
        takenOn,
        published: likely(0.5),
        urgent,
        reasons: likely(0.7),
      };
    }
    case 'publishDecision':
    case 'callIn':
    case 'implement':
    case 'reconsider':
      return { kind: 'decision', name, role, decision };
    case 'resolveCallIn':
      return { kind: 'decision', name, role, decision, outcome: pick(OUTCOMES) };
    case 'close':
      return { kind: 'close', name, role };
    case 'submit':
    case 'complete':
      return { kind: 'duty', name, role, duty, ...(likely(0.5) ? { on: likely(0.3) ? FUTURE : TODAY } : {}) };
    case 'extend':
    case 'requestExtension':
      return { kind: 'duty', name, role: likely(0.3) ? 'team-manager' : role, duty, to: date };
    case 'declineExtension':
    case 'waive':
      return { kind: 'duty', name, role, duty };
    case 'hold':
      return { kind: 'duty', name, role, duty, reviewOn: date };
    case 'release':
      return { kind: 'duty', name, role, duty, ...(duty === PLAN && likely(0.3) ? { workingDays: 5 } : {}) };
    case 'reassign':
      return { kind: 'duty', name, role, duty, to: likely(0.9) ? pick(ROLES) : 'nobody' };
    case 'acknowledge':
      // Not beyond any due date: the calendar's are not in the model.
      return { kind: 'duty', name, role, duty, promisedOn: date > TODAY ? TODAY : date };
  }
}

/** A day of 2030 after the soak's own: some are before a due date, some after. */
function later(random: () => number): string {
  const month = 3 + Math.floor(random() * 10);
  return `2030-${String(month).padStart(2, '0')}-${String(1 + Math.floor(random() * 28)).padStart(2, '0')}`;
}

/** The command that the engine is asked for. */
export function commandOf(operation: Operation): { name: CommandName; payload: Record<string, unknown> } {
  const { name, kind } = operation;
  switch (kind) {
    case 'question':
      if (name === 'answer') return { name, payload: { question: operation.question, text: 'The answer.' } };
      return {
        name,
        payload: {
          id: operation.question,
          by: 'A member',
          text: 'A question?',
          ...(operation.on === undefined ? {} : { on: operation.on }),
        },
      };
    case 'new decision': {
      const { decision: id, takenOn, urgent, published, reasons } = operation;
      const decision = {
        id,
        title: `Decision ${id}`,
        takenOn,
        key: false,
        urgent,
        ...(published ? { publishedOn: takenOn } : {}),
        ...(reasons ? { reasons: 'It could not wait.' } : {}),
      };
      return { name, payload: decision };
    }
    case 'decision': {
      const { decision } = operation;
      if (name === 'callIn') return { name, payload: { decision, by: 'Five members', reasons: 'Why' } };
      if (name === 'reconsider') return { name, payload: { decision, outcome: 'confirmed' } };
      if (name === 'resolveCallIn') return { name, payload: { decision, outcome: operation.outcome } };
      return { name, payload: { decision } };
    }
    case 'close':
      return { name, payload: { reason: 'All done', homes: [{ action: 'rest', to: 'dropped', said: 'All done' }] } };
    case 'duty': {
      const { duty: milestone, role: _role, kind: _kind, name: _name, ...rest } = operation;
      const reason = ['extend', 'requestExtension', 'declineExtension', 'hold', 'waive'].includes(name)
        ? { reason: 'As the soak has it' }
        : {};
      return { name, payload: { milestone, ...rest, ...reason } };
    }
  }
}
