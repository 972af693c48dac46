import type { CivilDate } from '../calendar/civil-date.ts';
import type { NewestReport } from '../progress/newest-report.ts';
import type { Source } from '../plan/citation.ts';
import type { Ladder, Rule, StrandName, TriggerEvent } from '../schemas/rule-pack.ts';

/** One dated duty, as the planner works it out from the facts, the rules and the calendar. */
export interface PlannedMilestone {
  /** `<strand>/<name>`: stable while facts change; an occurrence of a cycle is named by its number. */
  id: string;
  strand: StrandName;
  title: string;
  /** What the owner is asked to do. */
  act: string;
  due: CivilDate;
  /** The instant (UTC, ISO 8601) at which it is late: the cut-off on the due day in Europe/London. */
  dueAt: string;
  /** That cut-off as a local time of day. */
  cutOff: string;
  /** The authority's role that owns it: the lead. */
  owner: string;
  /** The roles beside the owner, who hear of it as they do; absent where there is none. */
  beside?: string[];
  /** Resting on projected bank holidays. */
  provisional: boolean;
  strength: Rule['strength'];
  extendable: boolean;
  rule: { id: string; version: number; citation: Source; calendar: string };
  /** Why this date: one sentence a step, in order. */
  explanation: string[];
  /** The strictest other reading in the sources, where it falls earlier. */
  stricter?: { due: CivilDate; dueAt: string; why: string };
  /** The event whose day is not on file, so that another's stands in for it: the date may be later than the law's, never earlier. */
  standIn?: TriggerEvent;
  /** A right, or what others do: nothing is late once its date has passed. */
  passes?: true;
  ladder: Ladder;
  /** Which occurrence of a cycle this is, from 1. */
  occurrence?: number;
  /** The duty that this makes ready: it lapses when that is met. */
  preparesFor?: string;
  /** The body that it goes to. */
  body?: string;
  /** Of an action: the theme that it belongs to, and the recommendations that it answers. */
  theme?: { id: string; title: string };
  recommendations?: string[];
  /** The last day of the theme that it belongs to, where the plan names one. */
  themeEnds?: CivilDate;
  /** The decision a call-in window or review belongs to. */
  decision?: string;
  /** The facts themselves say that it was met, on this day: it is not taken on, and ends where it was. */
  metOn?: CivilDate;
  /** Of a round of progress: the day on which owners are asked. */
  opens?: CivilDate;
  /** The day of the meeting that it makes ready; once that has been, nobody needs it any more. */
  neededUntil?: CivilDate;
  /** Somebody of the council must accept it before it is done. */
  signOff?: SignOff;
}

/** Who accepts what an owner submits. */
export interface SignOff {
  /** The role that accepts it, or that records what a body made of it. */
  role: string;
  /** What people read: the role's title, or the body's name. */
  by: string;
}

/** Where a milestone stands. Whether it is overdue follows from the instant asked about. */
export type MilestoneStatus =
  | 'open'
  | 'held'
  | 'submitted'
  | 'completed'
  | 'missed'
  | 'waived'
  | 'lapsed'
  | 'unfinished';

/** The rungs of a ladder, and what else is told about a milestone. */
export type NoticeKind =
  | 'started'
  | 'reminder'
  | 'due-today'
  | 'stricter'
  | 'stricter-passed'
  | 'escalation'
  | 'information'
  | 'reassigned'
  | 'moved'
  | 'held'
  | 'released'
  | 'review-due'
  | 'call-in-received'
  | 'window-closed'
  | 'undeliverable'
  | 'resent'
  | 'question-asked'
  | 'question-answered'
  | 'waived'
  | 'call-in-outcome'
  | 'decision'
  | 'extension-requested'
  | 'extension-declined'
  | 'reopened'
  | 'progress-asked'
  | 'progress-reminded'
  | 'progress-silent'
  | 'planned'
  | 'revised'
  | 'withdrawn'
  | 'taken-over'
  | 'carried-on'
  | 'handed-on'
  | 'acceptance-asked'
  | 'accepted'
  | 'sent-back';

/** What a ladder's rungs are. */
export type LadderKind = 'reminder' | 'due-today' | 'stricter' | 'stricter-passed' | 'escalation' | 'information';

/**
 * The steps of the chain. At a partner the director's and the chief executive's are its own head's, and the council's lead
 * for it hears at each; who is beside the owner hears what they hear, the lead member is told for information.
 */
export type Step = 'owner' | 'beside' | 'manager' | 'director' | 'chief-executive' | 'partner-lead' | 'lead-member';

/** One dated notice of a ladder. */
export interface Rung {
  /** Its place on the ladder, from 0. */
  index: number;
  on: CivilDate;
  kind: Extract<NoticeKind, LadderKind>;
  step: Step;
  /** The authority's role it goes to. */
  to: string;
  /** Working days after the day that it counts to, the due day or that of the stricter reading; negative before it. */
  workingDays: number;
}

/** Something to be told once, beside the ladder. */
export interface Announcement {
  kind: Exclude<NoticeKind, LadderKind>;
  to: string;
  /** Not before this instant. */
  readyAt: string;
  urgent: boolean;
  /** The answer to what this very person has just done: it goes at any hour, since they are there to read it. */
  atOnce?: boolean;
  /** What is said, beyond the milestone itself. */
  text?: string;
  /** Long words of somebody's, which the register has: they are put in where the mail is made. */
  quote?: Quote;
}

/** Words in the register, by the number of the inspection's own entry that holds them, and what stands before them. */
export interface Quote {
  before: string;
  seq: number;
}

/** A date that a person has set in place of the planner's, or of an earlier person's. */
export interface DateMove {
  from: CivilDate;
  to: CivilDate;
  /** Without a full stop: it stands after "because". */
  because: string;
  /** Who set it, where that is nobody of the council: it can't be extended here, and no hold moves it. */
  by?: string;
  /** Where somebody granted it; absent where it came of something else, as of a hold that was released. */
  granted?: Grant;
}

/** What was submitted once, and was sent back. */
export interface Returned {
  /** The instant of the submission, UTC, and the role that made it. */
  submittedAt: string;
  submittedBy: string;
  /** When it was sent back, by whom in words, and why. */
  on: CivilDate;
  by: string;
  reason: string;
}

/** How a later date came to be granted. Roles are the authority's; instants are UTC. */
export interface Grant {
  by: string;
  at: string;
  /** The body that agreed to it. */
  body?: string;
  /** Who had asked for it; absent where nobody had. */
  asked?: { by: string; at: string; to: CivilDate; reason: string };
}

/** Earlier rounds of a cycle that were missed, and for which a later one stands. */
export interface MissedBefore {
  /** How many, without the one that stands for them. */
  times: number;
  /** When the first of them was due. */
  since: CivilDate;
}

/** The marks that people and time leave on a milestone. */
export interface Marks {
  /** The present due date: what was last told, also where a new plan says otherwise until it is brought into line. */
  due: CivilDate;
  status: MilestoneStatus;
  /** Counts the due date's versions from 1: a notice says which one it speaks of. */
  dueVersion: number;
  /** Dates set by people, oldest first: while there is one, the planner's own date does not count. */
  moves: DateMove[];
  movedFrom?: { due: CivilDate; because: string };
  /** A later date that its owner has asked for, and that nobody has granted or declined yet. */
  extensionRequested?: { to: CivilDate; reason: string; by: string; at: string };
  /** The last one was declined: by which role and when (UTC), as long as nobody asks anew. */
  extensionDeclined?: { by: string; at: string };
  /** The role that a person has passed it on to, in place of the planner's owner. */
  passedTo?: string;
  /** The roles that a person has put beside the owner, in place of the planner's; empty: nobody. */
  sharedWith?: string[];
  hold?: {
    reason: string;
    awaiting?: string;
    reviewOn: CivilDate;
    since: string;
    workingDaysLeft: number;
    reviewTold?: boolean;
  };
  acknowledged?: { by: string; promisedOn: CivilDate; at: string; note?: string };
  /** Of a round of progress: since when owners have been asked, and for which version of its date they have been reminded. */
  round?: { askedAt: string; remindedFor?: number };
  /** How it stands by the newest of its owner's reports; all of them are in the register. */
  progress?: NewestReport;
  submitted?: { at: string; by: string; evidence?: string };
  completed?: { at: string; by: string; evidence?: string };
  /** It was accepted: on which day, and by whom in words. */
  accepted?: { on: CivilDate; by: string };
  /** Submissions that were sent back, oldest first. */
  returned?: Returned[];
  waived?: { at: string; by: string; reason: string };
  /** For what ended of itself: how. */
  outcome?: string;
  /** It was open at its cut-off. */
  missed?: boolean;
  /** It stands for earlier rounds of its cycle. */
  missedBefore?: MissedBefore;
  /** The highest rung already told to each recipient role, for the present due version. */
  told: Record<string, number>;
  announcements: Announcement[];
}

/**
 * What a lifecycle keeps of a milestone: its marks, without those that every milestone begins with. Titles, explanations,
 * ladders and all else that follows from facts and rules is planned anew when it is asked for.
 */
export type KeptMilestone = Pick<Marks, 'due'> & Partial<Marks>;

/** A milestone of a running lifecycle, whole: the plan with the marks laid over it. */
export type Milestone = PlannedMilestone & Marks;
