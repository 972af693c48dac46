import { type MailStanding, mailStanding } from './mail-standing.ts';
import type { PlacedRow } from '../domain/milestone/columns.ts';
import type { Authority } from '../domain/schemas/authority.ts';
import * as keys from './access-keys.ts';
import * as requests from './answered-requests.ts';
import * as authorities from './authority-files.ts';
import * as lists from './board-reads.ts';
import type { Database } from './database.ts';
import { type FoldedCounts, foldedCounts, headsOf, keptCounts } from './folded-counts.ts';
import * as folded from './folded-milestones.ts';
import { wideInTurn } from './wide-reads.ts';
import * as past from './duty-changes.ts';
import * as drafts from './form-drafts.ts';
import { type InspectionReads, inspectionReadsOf } from './inspection-reads.ts';
import { type PlanDrafts, planDraftsOf } from './plan-drafts.ts';
import * as saved from './saved-forms.ts';
import * as later from './later-dates.ts';
import { type WaitingReads, waitingReadsOf } from './waiting-reads.ts';
import type { InspectionSummary } from './reads.ts';
import * as views from './saved-views.ts';
import * as search from './search.ts';
import * as signIns from './sign-ins.ts';
import { type MailReader, wantCopies } from './subscriptions.ts';

/** What the board reads and keeps beside the record itself: lists, people, sessions, keys. All instants are UTC. */
export interface BoardRegister {
  milestones(now: string, filter: lists.MilestoneFilter, page: { offset: number; limit: number }): Promise<PlacedRow[]>;
  milestoneCounts(now: string, filter: lists.MilestoneFilter): Promise<lists.StandingCounts>;
  foldedMilestones(
    now: string,
    filter: lists.MilestoneFilter,
    page: Parameters<typeof folded.foldedMilestones>[3],
  ): Promise<folded.FoldedRow[]>;
  foldedCounts(now: string, filter: lists.MilestoneFilter): Promise<FoldedCounts>;
  searchFor(sought: string, searched: search.Searched, limit: number): Promise<search.Found>;
  viewsOf(email: string): Promise<views.SavedView[]>;
  keepView(view: Parameters<typeof views.keepView>[1]): Promise<views.ViewKept>;
  renameView(view: Parameters<typeof views.renameView>[1]): Promise<views.ViewKept>;
  removeView(email: string, id: string): Promise<boolean>;
  dutiesOf(roles: readonly { authority: string; role: string }[]): Promise<PlacedRow[]>;
  metBy(person: string, authorities: readonly string[], since: string): Promise<lists.MetRow[]>;
  changedAt(rows: Parameters<typeof lists.changedAt>[1]): Promise<(string | undefined)[]>;
  /** The heads of councils' chains: the same head, the same record. */
  headsOf(authorities: readonly string[]): Promise<ReadonlyMap<string, string>>;
  inspections(
    now: string,
    which: lists.WhichInspections,
    page: { offset: number; limit: number },
  ): Promise<{ rows: InspectionSummary[]; total: number }>;
  ofInspection: InspectionReads;
  /** What figures of past days are counted from, and what duties were called. */
  pastOf(of: Parameters<typeof past.pastOf>[1], until: string): ReturnType<typeof past.pastOf>;
  pastSince(of: Parameters<typeof past.pastSince>[1], after: number, until: string): Promise<past.PastSince>;
  namesIn(authority: string, numbers: readonly number[]): ReturnType<typeof past.namesIn>;
  mailsAbout(authority: string, reference: string, milestone: string): Promise<lists.MilestoneMail[]>;
  /** @param by who says so, where that is known */
  keepAuthority(authority: Authority, at: string, by?: string): Promise<void>;
  /** The same where nobody has changed it since its number was read; false where somebody has, and nothing is kept. */
  replaceAuthority(authority: Authority, keeping: Required<authorities.Keeping>): Promise<boolean>;
  /** Keeps the file of the first council; false where there is one already, and nothing is kept. */
  keepFirstAuthority(authority: Authority, keeping: Omit<authorities.Keeping, 'expected'>): Promise<boolean>;
  authorityFiles(): Promise<Authority[]>;
  keptAuthority(id: string): Promise<authorities.KeptAuthority | null>;
  authorityChanges(
    id: string,
    page: Parameters<typeof authorities.authorityChanges>[2],
  ): Promise<authorities.AuthorityChange[]>;
  authorityChange(id: string, number: number): Promise<authorities.AuthorityChange | null>;
  /** Stops or resumes copies for information to somebody. */
  wantCopies(reader: MailReader, wanted: boolean, at: string): Promise<void>;
  keepLink(link: Parameters<typeof signIns.keepLink>[1]): Promise<void>;
  linkIsGood(token: string, now: string): Promise<boolean>;
  useLink(token: string, now: string): Promise<{ email: string; leadsTo: string } | null>;
  beginSession(session: Parameters<typeof signIns.beginSession>[1]): Promise<void>;
  session(id: string, now: string): Promise<signIns.WebSession | null>;
  endSession(id: string): Promise<void>;
  makeKey(key: keys.NewKey, secret?: string): Promise<string>;
  keyOf(kind: keys.AccessKey['kind'], secret: string, now: string): Promise<keys.AccessKey | null>;
  keysOf(email: string): Promise<keys.AccessKey[]>;
  keysIn(authority: string, holders: keys.Holders): Promise<keys.AccessKey[]>;
  mailStanding(authority: string): Promise<MailStanding>;
  revokeKey(email: string, id: string, now: string): Promise<boolean>;
  revokeKeyIn(
    authority: string,
    holders: keys.Holders,
    which: Parameters<typeof keys.revokeKeyIn>[3],
  ): Promise<boolean>;
  answeredRequest(email: string, key: string, now: string): Promise<requests.AnsweredRequest | null>;
  takeKey(taken: Parameters<typeof requests.takeKey>[1]): Promise<string>;
  releaseKey(taken: Parameters<typeof requests.releaseKey>[1]): Promise<void>;
  keepAnswer(answer: Parameters<typeof requests.keepAnswer>[1]): Promise<void>;
  keepDraft(draft: Parameters<typeof drafts.keepDraft>[1]): Promise<void>;
  draftOf(form: string): Promise<drafts.Typed | null>;
  /** What people are writing into plans. */
  planDrafts: PlanDrafts;
  saveForm(form: Parameters<typeof saved.saveForm>[1]): Promise<void>;
  savedForm(form: Parameters<typeof saved.savedForm>[1]): ReturnType<typeof saved.savedForm>;
  dropSavedForm(form: Parameters<typeof saved.dropSavedForm>[1]): Promise<void>;
  waiting: WaitingReads;
  declinedDates(duties: Parameters<typeof later.declinedDates>[1]): ReturnType<typeof later.declinedDates>;
}

export function boardOf(database: Database): BoardRegister {
  const inTurn = wideInTurn(database);
  const counts = keptCounts();
  return {
    milestones: (now, filter, page) => inTurn(filter, (queries) => lists.milestonesOf(queries, now, filter, page)),
    milestoneCounts: (now, filter) => inTurn(filter, (queries) => lists.milestoneCounts(queries, now, filter)),
    foldedMilestones: (now, filter, page) =>
      inTurn(filter, (queries) => folded.foldedMilestones(queries, now, filter, page)),
    foldedCounts: (now, filter) => inTurn(filter, (queries) => foldedCounts(queries, counts, now, filter)),
    searchFor: (sought, searched, limit) =>
      inTurn(searched, (queries) => search.searchFor(queries, sought, searched, limit)),
    viewsOf: (email) => views.viewsOf(database, email),
    keepView: (view) => views.keepView(database, view),
    renameView: (view) => views.renameView(database, view),
    removeView: (email, id) => views.removeView(database, email, id),
    dutiesOf: (roles) => lists.dutiesOf(database, roles),
    metBy: (person, authorities, since) => lists.metBy(database, person, authorities, since),
    changedAt: (rows) => lists.changedAt(database, rows),
    headsOf: (authorities) => headsOf(database, authorities),
    inspections: (now, which, page) => lists.inspectionsOf(database, now, which, page),
    ofInspection: inspectionReadsOf(database),
    pastOf: (of, until) => past.pastOf(database, of, until),
    pastSince: (of, after, until) => past.pastSince(database, of, after, until),
    namesIn: (authority, numbers) => past.namesIn(database, authority, numbers),
    mailsAbout: (authority, reference, milestone) => lists.mailsAbout(database, authority, reference, milestone),
    keepAuthority: async (authority, at, by) =>
      void (await authorities.keepAuthority(database, authority, { at, by: by ?? null })),
    keepFirstAuthority: (authority, keeping) => authorities.keepFirstAuthority(database, authority, keeping),
    replaceAuthority: (authority, keeping) => authorities.keepAuthority(database, authority, keeping),
    authorityFiles: () => authorities.authorityFiles(database),
    keptAuthority: (id) => authorities.keptAuthority(database, id),
    authorityChanges: (id, page) => authorities.authorityChanges(database, id, page),
    authorityChange: (id, number) => authorities.authorityChange(database, id, number),
    wantCopies: (reader, wanted, at) => wantCopies(database, reader, wanted, at),
    keepLink: (link) => signIns.keepLink(database, link),
    linkIsGood: (token, now) => signIns.linkIsGood(database, token, now),
    useLink: (token, now) => signIns.useLink(database, token, now),
    beginSession: (session) => signIns.beginSession(database, session),
    session: (id, now) => signIns.sessionOf(database, id, now),
    endSession: (id) => signIns.endSession(database, id),
    makeKey: (key, secret) => keys.makeKey(database, key, secret),
    keyOf: (kind, secret, now) => keys.keyOf(database, kind, secret, now),
    keysOf: (email) => keys.keysOf(database, email),
    keysIn: (authority, holders) => keys.keysIn(database, authority, holders),
    mailStanding: (authority) => mailStanding(database, authority),
    revokeKey: (email, id, now) => keys.revokeKey(database, email, id, now),
    revokeKeyIn: (authority, holders, which) => keys.revokeKeyIn(database, authority, holders, which),
    answeredRequest: (email, key, now) => requests.answeredRequest(database, email, key, now),
    takeKey: (taken) => requests.takeKey(database, taken),
    releaseKey: (taken) => requests.releaseKey(database, taken),
    keepAnswer: (answer) => requests.keepAnswer(database, answer),
    keepDraft: (draft) => drafts.keepDraft(database, draft),
    draftOf: (form) => drafts.draftOf(database, form),
    planDrafts: planDraftsOf(database),
    saveForm: (form) => saved.saveForm(database, form),
    savedForm: (form) => saved.savedForm(database, form),
    dropSavedForm: (form) => saved.dropSavedForm(database, form),
    waiting: waitingReadsOf(database),
    declinedDates: (duties) => later.declinedDates(database, duties),
  };
}
