import { ACTIONS, PLAN } from './council.ts';
import type { Operation } from './operations.ts';

/** What the model knows of one duty. `due` is undefined where the model leaves the date to the calendar. */
export interface Duty {
  kind: 'statutory' | 'action' | 'question' | 'publication' | 'window' | 'review' | 'referral';
  status: 'open' | 'held' | 'submitted' | 'completed' | 'waived' | 'lapsed' | 'unfinished';
  owner: string;
  dueVersion: number;
  due?: string;
  /** Its owner has asked for a later date. */
  asked: boolean;
}

interface Decision {
  published: boolean;
  urgent: boolean;
  calledIn: boolean;
  resolved?: string;
  reconsidered: boolean;
  implemented: boolean;
}

/** An inspection as the design's words describe it: small tables, and no code of the engine's. */
export interface Model {
  closed: boolean;
  duties: Record<string, Duty>;
  questions: Record<string, { answered: boolean }>;
  decisions: Record<string, Decision>;
}

export function newModel(): Model {
  const duty = (kind: Duty['kind'], owner: string, due?: string): Duty => ({
    kind,
    status: 'open',
    owner,
    dueVersion: 1,
    asked: false,
    ...(due === undefined ? {} : { due }),
  });
  return {
    closed: false,
    duties: {
      [PLAN]: duty('statutory', 'head-of-service'),
      ...Object.fromEntries(
        ACTIONS.map(({ id, owner, due }) => [`improvement-actions/${id}`, duty('action', owner, due)]),
      ),
    },
    questions: {},
    decisions: {},
  };
}

/** Somebody still has to act. */
export const isPending = ({ status }: Duty): boolean => status === 'open' || status === 'held';

/** What an accepted operation makes of the inspection. */
export function carryOut(model: Model, operation: Operation): void {
  const { duties, decisions, questions } = model;
  const add = (id: string, kind: Duty['kind'], owner: string): void => {
    duties[id] ??= { kind, status: 'open', owner, dueVersion: 1, asked: false };
  };
  const finish = (id: string): void => {
    const duty = duties[id];
    if (duty !== undefined && isPending(duty)) duty.status = 'completed';
  };
  const decision = 'decision' in operation ? decisions[operation.decision] : undefined;
  switch (operation.name) {
    case 'ask':
      questions[operation.question] = { answered: false };
      return add(`member-briefings/question-${operation.question}`, 'question', 'director');
    case 'answer':
      questions[operation.question] = { answered: true };
      return finish(`member-briefings/question-${operation.question}`);
    case 'decide': {
      const { decision: id, published, urgent } = operation;
      decisions[id] = { published, urgent, calledIn: false, reconsidered: false, implemented: false };
      if (!published) add(`call-in-window/${id}-publication`, 'publication', 'democratic-services');
      else if (!urgent) add(`call-in-window/${id}`, 'window', 'democratic-services');
      return;
    }
    case 'publishDecision':
      finish(`call-in-window/${operation.decision}-publication`);
      if (decision === undefined) return;
      decision.published = true;
      if (!decision.urgent) add(`call-in-window/${operation.decision}`, 'window', 'democratic-services');
      return;
    case 'callIn':
      finish(`call-in-window/${operation.decision}`);
      add(`call-in-window/${operation.decision}-review`, 'review', 'democratic-services');
      if (decision !== undefined) decision.calledIn = true;
      return;
    case 'resolveCallIn':
      finish(`call-in-window/${operation.decision}-review`);
      if (decision !== undefined) decision.resolved = operation.outcome;
      if (operation.outcome === 'refer-back')
        add(`call-in-window/${operation.decision}-reconsideration`, 'referral', 'director');
      if (operation.outcome === 'refer-to-council')
        add(`call-in-window/${operation.decision}-council`, 'referral', 'democratic-services');
      return;
    case 'reconsider':
      finish(`call-in-window/${operation.decision}-reconsideration`);
      finish(`call-in-window/${operation.decision}-council`);
      if (decision !== undefined) decision.reconsidered = true;
      return;
    case 'implement':
      if (decision !== undefined) decision.implemented = true;
      return;
    case 'close':
      model.closed = true;
      for (const duty of Object.values(duties))
        if (isPending(duty)) duty.status = duty.kind === 'action' ? 'unfinished' : 'lapsed';
      return;
    default: {
      const duty = duties[operation.duty];
      if (duty !== undefined) changeDuty(duty, operation);
    }
  }
}

function changeDuty(duty: Duty, operation: Extract<Operation, { kind: 'duty' }>): void {
  switch (operation.name) {
    // A promise changes when reminders come, and nothing that is compared.
    case 'acknowledge':
      return;
    case 'submit':
      // Nobody has to accept an action here; the plan goes to the inspectorate.
      duty.status = duty.kind === 'statutory' ? 'submitted' : 'completed';
      duty.asked = false;
      return;
    case 'complete':
      duty.status = 'completed';
      return;
    case 'waive':
      duty.status = 'waived';
      return;
    case 'extend':
      duty.due = operation.to;
      duty.dueVersion++;
      duty.asked = false;
      return;
    case 'requestExtension':
      duty.asked = true;
      return;
    case 'declineExtension':
      duty.asked = false;
      return;
    case 'hold':
      duty.status = 'held';
      return;
    case 'release':
      duty.status = 'open';
      return;
    case 'reassign':
      duty.owner = operation.to;
  }
}
