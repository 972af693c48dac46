import type { NoticeKind } from './milestone.ts';

/** What a notice was, as people read it of one that has been sent. */
export const NOTICE_KINDS: Record<NoticeKind, { words: string }> = {
  started: { words: 'told that the inspection had begun' },
  reminder: { words: 'reminder' },
  'due-today': { words: 'due today' },
  escalation: { words: 'escalation' },
  information: { words: 'copy for information' },
  reassigned: { words: 'told that it changed hands' },
  moved: { words: 'told that its date moved' },
  held: { words: 'told that it was put on hold' },
  released: { words: 'told that it was released' },
  reopened: { words: 'told that it is open again' },
  planned: { words: 'told of a new duty' },
  revised: { words: 'told that it was changed' },
  withdrawn: { words: 'told that it is no longer needed' },
  'review-due': { words: 'review of a hold' },
  'call-in-received': { words: 'told of a call-in' },
  'window-closed': { words: 'told that a window closed' },
  undeliverable: { words: 'told that mail could not be delivered' },
  resent: { words: 'sent again' },
  'question-asked': { words: 'told of a question' },
  decision: { words: 'told of a decision' },
  'extension-requested': { words: 'asked for a later date' },
  'extension-declined': { words: 'told that a later date was declined' },
};
