import { doubtOf, MAILS_IN_DOUBT } from '../../activities/mail/doubt.ts';
import type { Digest, Notice } from '../../domain/lifecycle/digest.ts';
import type { Attempt } from '../../register/mail-claims.ts';

/** A worker's first try, where it does not matter which it is. */
export const TRY: Attempt = { id: 'try', at: 1 };

/** What the sending of mails needs beside them, where nothing strikes. */
export const trying = () => ({ attempt: TRY, doubt: doubtOf(MAILS_IN_DOUBT) });

/** A digest of the tests' own; parts of it may be replaced. */
export function digestOf(parts: Partial<Digest> = {}): Digest {
  return {
    id: 'anyborough/2016/owner@anyborough.example.org/2016-06-02/1',
    authority: { id: 'anyborough', name: 'Anyborough Council' },
    reference: '2016',
    inspectionTitle: 'Anyborough 2016',
    recipient: {
      email: 'owner@anyborough.example.org',
      roles: [{ id: 'head-of-service', title: 'Head of Service' }],
      standsInFor: [],
    },
    day: '2016-06-02',
    n: 1,
    at: '2016-06-02T08:00:00.000Z',
    notices: [noticeOf()],
    tells: [],
    ...parts,
  };
}

export function noticeOf(parts: Partial<Notice> = {}): Notice {
  return {
    milestone: 'plan-submission/written-action-plan',
    strand: 'plan-submission',
    title: 'Written action plan to Ofsted',
    act: 'Send the written action plan to the inspection support team.',
    kind: 'reminder',
    step: 'owner',
    due: '2016-06-30',
    dueAt: '2016-06-30T23:00:00.000Z',
    dueVersion: 1,
    workingDaysLeft: 20,
    overdue: false,
    provisional: false,
    strength: 'statutory',
    ownerTitle: 'Head of Service',
    citation: 'EIA 2006 s.137',
    explanation: [
      'The report was published on Friday 19 February 2016.',
      '90 working days after that day: Thursday 30 June 2016.',
    ],
    stricter: null,
    movedFrom: null,
    text: null,
    ...parts,
  };
}
