import type { PlacedRow } from '../domain/milestone/columns.ts';
import type { Authority } from '../domain/schemas/authority.ts';
import * as keys from './access-keys.ts';
import * as requests from './answered-requests.ts';
import * as authorities from './authority-files.ts';
import * as lists from './board-reads.ts';
import type { Database } from './database.ts';
import * as drafts from './form-drafts.ts';
import type { InspectionSummary } from './reads.ts';
import * as signIns from './sign-ins.ts';

/** What the board reads and keeps beside the record itself: lists, people, sessions, keys. All instants are UTC. */
export interface BoardRegister {
  milestones(now: string, filter: lists.MilestoneFilter, page: { offset: number; limit: number }): Promise<PlacedRow[]>;
  milestoneCounts(now: string, filter: lists.MilestoneFilter): Promise<lists.StandingCounts>;
  dutiesOf(roles: readonly { authority: string; role: string }[]): Promise<PlacedRow[]>;
  inspections(
    now: string,
    which: { authorities: readonly string[]; reference?: string | undefined },
    page: { offset: number; limit: number },
  ): Promise<{ rows: InspectionSummary[]; total: number }>;
  mailsAbout(authority: string, reference: string, milestone: string): Promise<lists.MilestoneMail[]>;
  keepAuthority(authority: Authority, at: string): Promise<void>;
  authorityFiles(): Promise<Authority[]>;
  keepLink(link: Parameters<typeof signIns.keepLink>[1]): Promise<void>;
  linkIsGood(token: string, now: string): Promise<boolean>;
  useLink(token: string, now: string): Promise<{ email: string; leadsTo: string } | null>;
  beginSession(session: Parameters<typeof signIns.beginSession>[1]): Promise<void>;
  session(id: string, now: string): Promise<signIns.WebSession | null>;
  endSession(id: string): Promise<void>;
  makeKey(key: Omit<keys.AccessKey, 'id'>, secret?: string): Promise<string>;
  keyOf(kind: keys.AccessKey['kind'], secret: string): Promise<keys.AccessKey | null>;
  keysOf(email: string): Promise<keys.AccessKey[]>;
  revokeKey(email: string, id: string, now: string): Promise<boolean>;
  answeredRequest(email: string, key: string, now: string): Promise<requests.AnsweredRequest | null>;
  takeKey(taken: Parameters<typeof requests.takeKey>[1]): Promise<string>;
  releaseKey(taken: Parameters<typeof requests.releaseKey>[1]): Promise<void>;
  keepAnswer(answer: Parameters<typeof requests.keepAnswer>[1]): Promise<void>;
  keepDraft(draft: Parameters<typeof drafts.keepDraft>[1]): Promise<void>;
  draftOf(form: string): Promise<drafts.Typed | null>;
}

export function boardOf(database: Database): BoardRegister {
  return {
    milestones: (now, filter, page) => lists.milestonesOf(database, now, filter, page),
    milestoneCounts: (now, filter) => lists.milestoneCounts(database, now, filter),
    dutiesOf: (roles) => lists.dutiesOf(database, roles),
    inspections: (now, which, page) => lists.inspectionsOf(database, now, which, page),
    mailsAbout: (authority, reference, milestone) => lists.mailsAbout(database, authority, reference, milestone),
    keepAuthority: (authority, at) => authorities.keepAuthority(database, authority, at),
    authorityFiles: () => authorities.authorityFiles(database),
    keepLink: (link) => signIns.keepLink(database, link),
    linkIsGood: (token, now) => signIns.linkIsGood(database, token, now),
    useLink: (token, now) => signIns.useLink(database, token, now),
    beginSession: (session) => signIns.beginSession(database, session),
    session: (id, now) => signIns.sessionOf(database, id, now),
    endSession: (id) => signIns.endSession(database, id),
    makeKey: (key, secret) => keys.makeKey(database, key, secret),
    keyOf: (kind, secret) => keys.keyOf(database, kind, secret),
    keysOf: (email) => keys.keysOf(database, email),
    revokeKey: (email, id, now) => keys.revokeKey(database, email, id, now),
    answeredRequest: (email, key, now) => requests.answeredRequest(database, email, key, now),
    takeKey: (taken) => requests.takeKey(database, taken),
    releaseKey: (taken) => requests.releaseKey(database, taken),
    keepAnswer: (answer) => requests.keepAnswer(database, answer),
    keepDraft: (draft) => drafts.keepDraft(database, draft),
    draftOf: (form) => drafts.draftOf(database, form),
  };
}
