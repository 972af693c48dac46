import { partnerOf } from '../authority/partners.ts';
import { followSubmission } from '../acceptance/follow-submission.ts';
import { addresseeOf } from '../authority/addressee.ts';
import { requireRole } from '../authority/roles.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { instantAt, localDate, todayInWords } from '../calendar/london.ts';
import { afterPast, entryOfPast, handedInAs, PAST_COMMANDS } from '../commands/past-command.ts';
import { end } from '../milestone/end.ts';
import type { Facts } from '../facts/facts.ts';
import type { Announcement, Milestone } from '../milestone/milestone.ts';
import { isPending } from '../milestone/milestone-state.ts';
import { withQuestions } from '../questions/answers.ts';
import { reportData } from '../progress/series.ts';
import { asked, type Question } from '../questions/questions.ts';
import { wordsOf } from '../questions/words.ts';
import { enterFileValues } from '../measures/record-values.ts';
import { notAmong } from '../nearest.ts';
import { FIRST_MAIL } from './first-mail.ts';
import { Refusal } from '../refusal.ts';
import type { FileQuestion, Happened } from '../schemas/inspection.ts';
import { STRANDS } from '../strands/strands.ts';
import { milestoneOf, milestonesOf, withMilestones } from './milestones.ts';
import { withNextStep } from './next-step.ts';
import { type Happening, record } from './record.ts';
import { replan } from './replan.ts';
import { calendarOf, type LifecycleStart, type LifecycleState, calendarDataOf } from './state.ts';

/**
 * Takes an inspection on: plans it, enters what has already happened by its own dates, and prepares one first notice
 * for each owner.
 *
 * @param now the instant of the start, UTC
 * @throws Refusal where what the file says has happened makes no sense, or a date in it can't be counted with
 */
export function openLifecycle(start: LifecycleStart, now: string): LifecycleState {
  mustBeAllowedToStart(start);
  const { inspection, authority } = start.facts;
  // What waits to be accepted, or is to be asked about again, follows from what has happened.
  const { awaiting: _awaiting, holding: _holding, ...facts } = start.facts;
  const empty: LifecycleState = {
    ...start,
    facts,
    status: 'open',
    startedAt: now,
    kept: {},
    ended: {},
    cyclesFrom: {},
    cyclesTo: {},
    plannedOn: localDate(now),
    mail: {},
    seq: 0,
    unrecorded: [],
  };
  const started = record(empty, now, [
    {
      kind: 'inspection-started',
      actor: start.startedBy,
      text: `${inspection.title}: started.`,
      data: {
        title: inspection.title,
        division: authority.division,
        authorityName: authority.name,
        framework: start.facts.pack,
        calendar: calendarDataOf(start).version,
        ...(start.fileHash === undefined ? {} : { fileHash: start.fileHash }),
        ...(inspection.instruments === undefined ? {} : { instruments: inspection.instruments }),
      },
    },
  ]);
  return withNextStep(empty, now, () => {
    const asking = enterFileValues(enterQuestions(started, now), now);
    const planned = replan(asking, asking, now, 'the lifecycle was started');
    return greet(enterHistory(planned, now), now);
  });
}

/** Questions that the file brings go on record with their texts, as if they had been asked and answered here. */
function enterQuestions(state: LifecycleState, now: string): LifecycleState {
  const { questions = [], ...inspection } = state.facts.inspection;
  if (questions.length === 0) return state;
  const bare: LifecycleState = { ...state, facts: { ...state.facts, inspection, questions: [] } };
  return questions.reduce((next, question) => enterQuestion(next, question, now), bare);
}

function enterQuestion(state: LifecycleState, file: FileQuestion, now: string): LifecycleState {
  const { id, askedOn, by, text, answer, reportedIn, withdrawn } = file;
  const asking: Happening = {
    kind: 'question-asked',
    text: `Question ${id}, asked by a member on ${formatDate(askedOn)}: ${text}`,
    data: { question: id, askedOn, text },
  };
  const answering = (given: NonNullable<FileQuestion['answer']>): Happening => ({
    kind: 'question-answered',
    text: `Question ${id}, answered on ${formatDate(given.on)}: ${given.text}`,
    data: { question: id, answeredOn: given.on, text: given.text },
  });
  const kept: Question = {
    ...{ id, askedOn, by, words: wordsOf(text, state.seq + 1) },
    ...(answer === undefined ? {} : { answer: { on: answer.on, words: wordsOf(answer.text, state.seq + 2) } }),
    ...(reportedIn === undefined ? {} : { reportedIn }),
    ...(withdrawn === undefined ? {} : { withdrawn }),
  };
  const recorded = record(state, now, [asking, ...(answer === undefined ? [] : [answering(answer)])]);
  return withQuestions(recorded, [...asked(recorded.facts), kept]);
}

/**
 * Which of what has happened a start would take, one after the other, and why not the rest. The plan is made once, however
 * much has happened.
 *
 * @throws Refusal where nothing can be started, whatever has happened
 */
export function historyTaken(
  start: LifecycleStart,
  happened: readonly Happened[],
  now: string,
): { taken: Happened[]; refused: { past: Happened; why: string }[] } {
  let state = openLifecycle({ ...start, facts: withHistory(start.facts, []) }, now);
  const taken: Happened[] = [];
  const refused: { past: Happened; why: string }[] = [];
  for (const past of happened) {
    try {
      state = { ...enterPast(state, past, now), unrecorded: [] };
      taken.push(past);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push({ past, why: error.message });
    }
  }
  return { taken, refused };
}

const withHistory = (facts: Facts, happened: Happened[]): Facts => ({
  ...facts,
  inspection: { ...facts.inspection, happened },
});

/** The particulars of what happened, as the record keeps them of a command. */
function saidOf(past: Happened): Record<string, unknown> {
  const { evidence, reason, dueOn, body, reviewOn, awaiting, owner, promisedOn } = past;
  const said = { evidence, reason, to: dueOn ?? owner, with: past.with, body, reviewOn, awaiting, promisedOn };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

/** A report on an action is kept whole, as one that is given here: it begins the action's series. */
function reportOf(
  { what, on, text }: Happened,
  { progress }: Milestone,
  { authority }: Facts,
): Record<string, unknown> {
  if (what !== 'reported' || progress === undefined) return {};
  const { rating, percent, forecast } = progress;
  const stands = {
    ...(rating === undefined ? {} : { rating }),
    ...(percent === undefined ? {} : { percent }),
    ...(forecast === undefined ? {} : { forecast }),
  };
  return { ...reportData(on, stands, authority), ...(text === undefined ? {} : { text }) };
}

/** What the file says has happened, and the windows that closed before the start. */
function enterHistory(state: LifecycleState, now: string): LifecycleState {
  const entered = state.facts.inspection.happened.reduce((next, past) => enterPast(next, past, now), state);
  return closeWindows(entered, now);
}

/** Later on the same day it is the time that lies ahead. */
function whenSaid(past: Happened, now: string): string {
  return past.on === localDate(now) ? `at ${past.at} today` : `on ${formatDate(past.on)}`;
}

function enterPast(state: LifecycleState, past: Happened, now: string): LifecycleState {
  const { facts } = state;
  const { words } = PAST_COMMANDS[past.what];
  const at = instantAt(past.on, past.at);
  const milestone = milestoneOf(state, past.milestone);
  if (milestone === undefined)
    throw new Refusal(
      'unknown-milestone',
      notAmong(
        `The file says what was ${words} on ${formatDate(past.on)}, but the plan has no milestone`,
        past.milestone,
        Object.keys(state.kept),
        'It has',
      ),
    );
  if (at > now)
    throw new Refusal(
      'wrong-date',
      `The file says that "${past.milestone}" was ${words} ${whenSaid(past, now)}, which is in the future: ${todayInWords(now)}.`,
      undefined,
    );
  const actor = { id: 'file', role: past.by };
  const after = afterPast(milestone, past, { actor, now: at, facts, calendar: calendarOf(state), seq: state.seq + 1 });
  const became = handedInAs(past.what, after);
  const recorded = record(withMilestones(state, after), now, [
    {
      kind: entryOfPast(became),
      milestone: after,
      actor,
      text: `${after.title}: ${PAST_COMMANDS[became].words} on ${formatDate(past.on)}, before the inspection was started here.`,
      data: { at, ...saidOf(past), ...reportOf(past, after, facts) },
    },
  ]);
  return followSubmission(recorded, after, { actor, now: at });
}

/** Windows that had closed by the start closed of themselves, and nobody is told of it any more. */
function closeWindows(state: LifecycleState, now: string): LifecycleState {
  const calendar = calendarOf(state);
  const closed = milestonesOf(state).flatMap((milestone): (Happening & { milestone: Milestone })[] => {
    const { dueAt, strand, title } = milestone;
    if (dueAt > now || !isPending(milestone)) return [];
    const at = STRANDS[strand].atCutOff(milestone, state.facts, calendar);
    if (at.becomes !== 'completed') return [];
    const after = end(milestone, { status: 'completed', at: dueAt, by: 'duecourse', outcome: at.outcome });
    return [{ kind: 'window-closed', milestone: after, text: `${title}: ${at.outcome}`, data: { at: dueAt } }];
  });
  return record(withMilestones(state, ...closed.map((each) => each.milestone)), now, closed);
}

/**
 * One notice to each owner of something still to be done, and to those beside them: what is theirs, and when. Whoever started the lifecycle is
 * shown all of it, at once.
 */
function greet(state: LifecycleState, now: string): LifecycleState {
  const starter = state.startedBy.role;
  const present = addresseeOf(state.facts.authority, starter, localDate(now)).standsIn ? [] : [starter];
  const greeted = milestonesOf(state)
    .filter(isPending)
    .map((milestone) => ({
      ...milestone,
      announcements: [...new Set([...present, milestone.owner, ...(milestone.beside ?? [])])].map(
        (to): Announcement => ({
          ...FIRST_MAIL,
          to,
          readyAt: now,
          ...(to === starter ? { atOnce: true } : {}),
        }),
      ),
    }));
  return withMilestones(state, ...greeted);
}

/** Managers and administrators start lifecycles. */
function mustBeAllowedToStart({ facts, startedBy }: LifecycleStart): void {
  const role = requireRole(facts.authority, startedBy.role, undefined);
  const isCouncils = partnerOf(facts.authority, role.id) === undefined;
  if (!isCouncils || (role.capacity !== 'manager' && role.capacity !== 'administrator'))
    throw new Refusal(
      'not-permitted',
      `The role "${role.title}" may not start an inspection; managers and administrators may.`,
    );
}
