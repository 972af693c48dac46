/** What strands are called on pages. */
export const STRAND_TITLES: Record<string, string> = {
  'plan-submission': 'Plan submission',
  'cabinet-updates': 'Cabinet updates',
  'member-briefings': 'Member briefings',
  'call-in-window': 'Decisions and call-in',
  'improvement-actions': 'Improvement actions',
  'other-reporting': 'Other reporting',
};

/** Where a milestone stands, in words. */
export const STANDING_WORDS: Record<string, string> = {
  overdue: 'Overdue',
  open: 'To do',
  held: 'On hold',
  submitted: 'Submitted',
  completed: 'Done',
  waived: 'No longer applies',
  lapsed: 'Lapsed',
};

/** What a notice is, in words. */
export const NOTICE_WORDS: Record<string, string> = {
  started: 'told that the inspection had begun',
  reminder: 'reminder',
  'due-today': 'due today',
  escalation: 'escalation',
  information: 'copy for information',
  reassigned: 'told that it changed hands',
  moved: 'told that its date moved',
  held: 'told that it was put on hold',
  released: 'told that it was released',
  'review-due': 'review of a hold',
  'call-in-received': 'told of a call-in',
  'window-closed': 'told that a window closed',
  undeliverable: 'told that mail could not be delivered',
  resent: 'sent again',
  'question-asked': 'told of a question',
  decision: 'told of a decision',
  'extension-requested': 'asked for a later date',
  'extension-declined': 'told that a later date was declined',
};

/** What became of a mail, in words. */
export const MAIL_WORDS: Record<string, string> = {
  sent: 'sent',
  claimed: 'being sent',
  undeliverable: 'could not be delivered',
  stale: 'not sent: its moment had passed',
  unwanted: 'not sent: its reader has stopped copies for information',
  delayed: 'put off',
};
