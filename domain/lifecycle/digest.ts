import type { CivilDate } from '../calendar/civil-date.ts';
import type { Announcement, NoticeKind, Quote, Step } from '../milestone/milestone.ts';
import type { Channel } from '../schemas/authority.ts';

/**
 * What one role has been told once a notice has reached it: as much of it as marks it in the lifecycle's state. It goes with
 * the mail into the register, from which the marks can be made again.
 */
export interface Tell {
  /** The role. */
  to: string;
  /** The place of the rung on the ladder, from 0; absent where it is of none. */
  rung?: number;
  announced?: Pick<Announcement, 'kind' | 'readyAt'>;
}

/** What roles have been told of one milestone, by the version of its date. */
export interface ToldMilestone {
  milestone: string;
  dueVersion: number;
  tells: Tell[];
}

/** What a mail says at least about one milestone. */
export interface NoticeLine {
  milestone: string;
  title: string;
  kind: NoticeKind;
  step: Step | null;
  due: CivilDate;
  dueAt: string;
  dueVersion: number;
  overdue: boolean;
  /** It has ended: nothing of it is due any more. */
  ended?: true;
}

/** One notice in a digest: all that a mail says about one milestone. Plain data, ready to be rendered. */
export interface Notice extends NoticeLine {
  strand: string;
  act: string;
  /** Working days from the digest's day to the due day; negative when it is late. */
  workingDaysLeft: number;
  provisional: boolean;
  strength: string;
  /** The role title of the owner, for those up the chain. */
  ownerTitle: string;
  citation: string;
  explanation: string[];
  stricter: { due: CivilDate; why: string; workingDaysLeft: number } | null;
  movedFrom: { due: CivilDate; because: string } | null;
  /** What is said beyond the milestone itself. */
  text: string | null;
  /** Words of the register's to be said before that; gone once they are put in. */
  quote?: Quote;
}

export interface Recipient {
  email: string;
  /** The authority's roles that this address holds here, with their titles. */
  roles: { id: string; title: string }[];
  /** Told because nobody holds the role that should have been: its titles. */
  standsInFor: string[];
  /** Told because the holders of these roles are away, and for how long it goes to this reader: the last day of that. */
  coversFor?: CoversFor[];
}

/** Whose mail somebody gets who stands in. */
export interface CoversFor {
  title: string;
  until: CivilDate;
  /** No role of the reader's lets them act on what that role owns. */
  readsOnly?: true;
}

/** A calendar entry as it was last sent. */
export interface CalendarEntry {
  due: CivilDate;
  dueVersion: number;
}

export interface FinishedEntry extends CalendarEntry {
  milestone: string;
  title: string;
}

/** What every mail has: who gets it, when, and the key under which it is claimed. */
export interface Envelope {
  /** `<authority>/<reference>/<recipient>/<day>/<n>`: the claim's key, and what the Message-ID is made from. */
  id: string;
  authority: { id: string; name: string };
  reference: string;
  recipient: Recipient;
  day: CivilDate;
  /** The n-th mail to this person about this inspection that day, from 1. */
  n: number;
  /** The story's instant at which it is sent: the mail's Date header. */
  at: string;
  /** By which channel it leaves; absent: by the mail server. */
  channel?: Channel;
}

/** How many notices a digest has no room to name. */
export interface Unnamed {
  count: number;
  overdue: number;
}

/** One mail to one person: all the notices of one inspection that are due to them that day, most urgent first. */
export interface Digest extends Envelope {
  inspectionTitle: string;
  /** The most urgent, in full. */
  notices: Notice[];
  /** Those after them, a line each; absent where all are in full. */
  lines?: NoticeLine[];
  /** Those after the lines; absent where all are named. */
  unnamed?: Unnamed;
  /** All that it tells, also of those that it has no room to name. */
  tells: ToldMilestone[];
  /** Calendar entries sent to this reader earlier that are to go: nobody has to do these duties any more. */
  finished?: FinishedEntry[];
  /** Told to whoever has started it: facts for want of which nothing is planned, a sentence each. */
  waiting?: string[];
  /** It tells one thing alone: that the inspection was withdrawn, by which role (its title), when and why. */
  withdrawn?: { by: string; on: CivilDate; reason: string };
}

/** Every notice that a digest names, most urgent first. */
export function namedIn({ notices = [], lines = [] }: Partial<Pick<Digest, 'notices' | 'lines'>>): NoticeLine[] {
  return [...notices, ...lines];
}

/** How many notices it has, named or not, and how many of them are of overdue duties. */
export function countsOf(digest: Partial<Pick<Digest, 'notices' | 'lines' | 'unnamed'>>): Unnamed {
  const named = namedIn(digest);
  const { count = 0, overdue = 0 } = digest.unnamed ?? {};
  return { count: named.length + count, overdue: named.filter((each) => each.overdue).length + overdue };
}
