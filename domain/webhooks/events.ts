/** What an address outside can be told of, each by the name that programs know it by. */
export type WebhookEvent =
  | 'duty.due'
  | 'duty.late'
  | 'duty.completed'
  | 'decision.published'
  | 'call-in.received'
  | 'round.opened'
  | 'inspection.stuck';

interface EventKind {
  /** What happened, in a few words. */
  title: string;
  /** The same as a choice on a form. */
  choice: string;
  /** For whoever writes a program. */
  description: string;
}

/** Every event: forms, cards of Teams, the API's description and docs/integrations.md are made from this. */
export const WEBHOOK_EVENTS: Readonly<Record<WebhookEvent, EventKind>> = {
  'duty.due': {
    title: 'Due today',
    choice: 'A duty falls due today',
    description: 'on the morning of its day, where it is still open',
  },
  'duty.late': {
    title: 'Overdue',
    choice: 'A duty is overdue',
    description: 'its last moment has passed, and it is not done',
  },
  'duty.completed': {
    title: 'Done',
    choice: 'A duty is done',
    description: 'it is recorded as done; what has to be accepted, once it is accepted',
  },
  'decision.published': {
    title: 'Decision published',
    choice: 'A decision is published',
    description: 'from which its window for call-in is counted',
  },
  'call-in.received': {
    title: 'Call-in received',
    choice: 'A decision is called in',
    description: 'it may not be carried out until the call-in is resolved',
  },
  'round.opened': {
    title: 'Progress asked for',
    choice: 'A round of progress is opened',
    description: 'owners of open actions are asked for their progress by a date',
  },
  'inspection.stuck': {
    title: 'Clock stands still',
    choice: 'An inspection is stuck',
    description: 'nobody is reminded of its duties until the operator has mended it',
  },
};
