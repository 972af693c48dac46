import { TODAY } from './council.ts';
import { type Duty, isPending, type Model } from './model.ts';
import type { Operation } from './operations.ts';

/** Who is above whom, to the top. */
const ABOVE: ReadonlyMap<string, string[]> = new Map(
  Object.entries({
    'team-manager': ['head-of-service', 'assistant-director', 'director', 'chief-executive'],
    'head-of-service': ['assistant-director', 'director', 'chief-executive'],
    'assistant-director': ['director', 'chief-executive'],
    'democratic-services': ['director', 'chief-executive'],
    'scrutiny-chair': ['director', 'chief-executive'],
    'vacant-post': ['director', 'chief-executive'],
    director: ['chief-executive'],
    'chief-executive': [],
  }),
);
const SENIOR = ['chief-executive', 'director', 'assistant-director', 'democratic-services'];
const MEMBERS = ['scrutiny-chair'];
const ADMINISTRATORS = ['democratic-services'];

/** Who may do what: managers and administrators, the owner, those above the owner. */
const MAY: Record<Extract<Operation, { kind: 'duty' }>['name'], ('senior' | 'owner' | 'above')[]> = {
  submit: ['senior', 'owner', 'above'],
  complete: ['senior', 'owner', 'above'],
  acknowledge: ['owner', 'above'],
  extend: ['senior', 'above'],
  requestExtension: ['owner'],
  declineExtension: ['senior', 'above'],
  hold: ['senior', 'above'],
  release: ['senior', 'above'],
  waive: ['senior', 'above'],
  reassign: ['senior', 'above'],
};

const isOver = ({ status }: Duty): boolean => ['completed', 'waived', 'lapsed', 'unfinished'].includes(status);

/** Every reason for which an operation would be refused now; none: it is accepted. */
export function reasonsAgainst(model: Model, operation: Operation): Set<string> {
  const why = new Set<string>();
  const unless = (holds: boolean, code: string) => void (holds || why.add(code));
  if (model.closed) return new Set(['inspection-closed']);
  const { role } = operation;
  const senior = SENIOR.includes(role);
  switch (operation.name) {
    case 'ask':
      unless(senior || MEMBERS.includes(role), 'not-permitted');
      unless(model.questions[operation.question] === undefined, 'duplicate');
      unless(operation.on === undefined || operation.on <= TODAY, 'wrong-date');
      return why;
    case 'answer': {
      const question = model.questions[operation.question];
      if (question === undefined) return new Set(['unknown-question']);
      const duty = model.duties[`member-briefings/question-${operation.question}`];
      const owner = duty?.owner ?? 'director';
      unless(senior || owner === role || (ABOVE.get(owner) ?? []).includes(role), 'not-permitted');
      unless(!question.answered && duty?.status !== 'held', 'wrong-state');
      return why;
    }
    case 'decide':
      unless(senior, 'not-permitted');
      unless(model.decisions[operation.decision] === undefined, 'duplicate');
      unless(operation.takenOn <= TODAY, 'wrong-date');
      unless(!operation.urgent || operation.reasons, 'missing-reason');
      return why;
    case 'close':
      unless(senior, 'not-permitted');
      unless(
        !Object.values(model.duties).some(
          (each) => isPending(each) && (each.kind === 'statutory' || each.kind === 'window'),
        ),
        'duties-open',
      );
      // What went to the inspectorate is accepted first.
      unless(
        !Object.values(model.duties).some((each) => each.status === 'submitted' && each.kind === 'statutory'),
        'duties-open',
      );
      unless(
        !Object.values(model.decisions).some((each) => each.calledIn && each.resolved === undefined),
        'duties-open',
      );
      return why;
    case 'publishDecision':
    case 'callIn':
    case 'resolveCallIn':
    case 'reconsider':
    case 'implement':
      return aboutDecision(model, operation, why);
    default:
      return aboutDuty(model, operation, why);
  }
}

function aboutDecision(
  model: Model,
  operation: Extract<Operation, { decision: string; kind: 'decision' }>,
  why: Set<string>,
): Set<string> {
  const { role, name } = operation;
  const may =
    name === 'callIn' ? [...MEMBERS, ...ADMINISTRATORS] : name === 'resolveCallIn' ? [...MEMBERS, ...SENIOR] : SENIOR;
  if (!may.includes(role)) why.add('not-permitted');
  const decision = model.decisions[operation.decision];
  if (decision === undefined) return why.add('unknown-decision');
  const window = model.duties[`call-in-window/${operation.decision}`];
  const wrong = (holds: boolean, code = 'wrong-state') => void (holds && why.add(code));
  switch (name) {
    case 'publishDecision':
      wrong(decision.published);
      return why;
    case 'callIn':
      wrong(decision.urgent || window === undefined || !isPending(window), 'window-closed');
      wrong(!decision.published);
      wrong(decision.calledIn, 'duplicate');
      return why;
    case 'resolveCallIn':
      wrong(!decision.calledIn || decision.resolved !== undefined);
      return why;
    case 'reconsider':
      wrong(decision.resolved === undefined || decision.resolved === 'no-further-action' || decision.reconsidered);
      return why;
    case 'implement':
      wrong(
        decision.implemented ||
          !(decision.urgent || decision.resolved === 'no-further-action' || decision.reconsidered),
      );
      return why;
  }
}

/**
 * Bank holidays are known to the end of 2030: a due date leaves 25 working days for its notices until then (the lead member hears
 * after 15), another date 10. Nothing but weekends is off in the soak's council.
 */
const LAST_DUE = '2030-11-26';
const LAST_REVIEW = '2030-12-17';

function aboutDuty(model: Model, operation: Extract<Operation, { kind: 'duty' }>, why: Set<string>): Set<string> {
  const duty = model.duties[operation.duty];
  if (duty === undefined) return why.add('unknown-milestone');
  const { name, role } = operation;
  const against = (holds: boolean, code: string) => void (holds && why.add(code));
  const may = MAY[name];
  const permitted =
    (may.includes('senior') && SENIOR.includes(role)) ||
    (may.includes('owner') && duty.owner === role) ||
    (may.includes('above') && (ABOVE.get(duty.owner) ?? []).includes(role));
  // Nobody lets themselves off, where somebody is above them; an administrator answers for the whole.
  const ownFavour =
    (name === 'extend' || name === 'waive') &&
    duty.owner === role &&
    SENIOR.includes(role) &&
    !ADMINISTRATORS.includes(role) &&
    (ABOVE.get(role) ?? []).length > 0;
  against(!permitted || ownFavour, 'not-permitted');
  against(isOver(duty), 'wrong-state');
  // A window closes of itself: it is passed on or waived, and nothing else.
  against(duty.kind === 'window' && name !== 'reassign' && name !== 'waive', 'wrong-state');
  switch (name) {
    case 'submit':
    case 'complete':
      against(duty.kind !== 'statutory' && duty.kind !== 'action', 'wrong-state');
      against(duty.status === 'held' || (name === 'submit' && duty.status === 'submitted'), 'wrong-state');
      against(operation.on !== undefined && operation.on > TODAY, 'wrong-date');
      return why;
    case 'extend':
    case 'requestExtension':
      against(!isPending(duty), 'wrong-state');
      against(!(duty.kind === 'action' || duty.kind === 'question'), 'statutory-date');
      against(operation.to <= TODAY || (duty.due !== undefined && operation.to <= duty.due), 'wrong-date');
      // A date that is asked for must be one that can be granted.
      against(operation.to > LAST_DUE, 'wrong-date');
      return why;
    case 'declineExtension':
      against(!duty.asked, 'wrong-state');
      return why;
    case 'hold':
      against(duty.status !== 'open', 'wrong-state');
      against(operation.reviewOn <= TODAY || operation.reviewOn > LAST_REVIEW, 'wrong-date');
      return why;
    case 'release':
      against(duty.status !== 'held', 'wrong-state');
      against(operation.workingDays !== undefined && duty.kind === 'statutory', 'statutory-date');
      return why;
    case 'waive':
      against(
        duty.kind === 'statutory' && !['director', 'chief-executive', ...ADMINISTRATORS].includes(role),
        'not-permitted',
      );
      return why;
    case 'reassign':
      against(!ABOVE.has(operation.to), 'unknown-role');
      against(operation.to === duty.owner, 'wrong-state');
      return why;
    case 'acknowledge':
      against(!isPending(duty), 'wrong-state');
      against(
        operation.promisedOn < TODAY || (duty.due !== undefined && operation.promisedOn > duty.due),
        'wrong-date',
      );
      return why;
  }
}
