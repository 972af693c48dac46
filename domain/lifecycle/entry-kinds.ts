import type { InspectionStatus } from './inspection-status.ts';

/** What an entry of the register tells of. */
export type EntryKind =
  | 'inspection-started'
  | 'inspection-closed'
  | 'inspection-cancelled'
  | 'inspection-withdrawn'
  | 'milestone-planned'
  | 'milestone-moved'
  | 'milestone-submitted'
  | 'milestone-completed'
  | 'milestone-extended'
  | 'extension-requested'
  | 'extension-declined'
  | 'milestone-held'
  | 'milestone-released'
  | 'milestone-waived'
  | 'milestone-reassigned'
  | 'milestone-owner-changed'
  | 'work-reassigned'
  | 'milestone-acknowledged'
  | 'milestone-missed'
  | 'milestone-folded'
  | 'milestone-lapsed'
  | 'milestone-withdrawn'
  | 'milestone-reopened'
  | 'milestone-accepted'
  | 'evidence-added'
  | 'milestone-returned'
  | 'progress-reported'
  | 'measure-recorded'
  | 'measure-taken-back'
  | 'round-opened'
  | 'progress-asked'
  | 'round-postponed'
  | 'round-closed'
  | 'decision-recorded'
  | 'call-in-received'
  | 'decision-published'
  | 'call-in-resolved'
  | 'decision-reconsidered'
  | 'decision-implemented'
  | 'decision-withdrawn'
  | 'call-in-withdrawn'
  | 'window-closed'
  | 'mail-sent'
  | 'mail-delayed'
  | 'mail-undeliverable'
  | 'mail-resent'
  | 'authority-changed'
  | 'calendar-changed'
  | 'facts-corrected'
  | 'event-recorded'
  | 'fact-ruled-out'
  | 'report-reissued'
  | 'reading-chosen'
  | 'instrument-added'
  | 'instrument-withdrawn'
  | 'cycle-changed'
  | 'question-asked'
  | 'question-answered'
  | 'question-withdrawn'
  | 'report-part-written'
  | 'plan-recorded'
  | 'plan-revised'
  | 'attendance-recorded'
  | 'milestone-confirmed'
  | 'limit-near'
  | 'clock-recovered'
  | 'record-recovered'
  | 'entries-missing'
  | 'document-frozen'
  | 'public-page-opened'
  | 'public-page-closed'
  | 'history-archived'
  | 'personal-data-erased';

/** What everything that reads entries has to know of a kind. */
interface EntryKindEntry {
  /** A few words for lists and descriptions; what happened is in the entry's own sentence. */
  title: string;
  /** What it is about. Entries about the record itself name nobody, and stay readable whatever is erased. */
  about: 'inspection' | 'milestone' | 'decision' | 'mail' | 'record';
  /** How the inspection stands from then on, where it ends. */
  ends?: Exclude<InspectionStatus, 'open'>;
  /** What became of the mail that it tells of. */
  mail?: 'sent' | 'delayed' | 'undeliverable';
}

/** Every kind of entry. */
export const ENTRY_KINDS: Record<EntryKind, EntryKindEntry> = {
  'inspection-started': { title: 'inspection started', about: 'inspection' },
  'inspection-closed': { title: 'inspection closed', about: 'inspection', ends: 'closed' },
  'inspection-cancelled': { title: 'inspection cancelled', about: 'inspection', ends: 'cancelled' },
  'inspection-withdrawn': { title: 'inspection withdrawn', about: 'inspection', ends: 'withdrawn' },
  'milestone-planned': { title: 'duty planned', about: 'milestone' },
  'milestone-moved': { title: 'date moved by a fact or a holiday', about: 'milestone' },
  'milestone-submitted': { title: 'duty submitted', about: 'milestone' },
  'milestone-completed': { title: 'duty completed', about: 'milestone' },
  'milestone-extended': { title: 'later date granted', about: 'milestone' },
  'extension-requested': { title: 'later date asked for', about: 'milestone' },
  'extension-declined': { title: 'later date declined', about: 'milestone' },
  'milestone-held': { title: 'duty put on hold', about: 'milestone' },
  'milestone-released': { title: 'duty released', about: 'milestone' },
  'milestone-waived': { title: 'duty no longer applies', about: 'milestone' },
  'milestone-reassigned': { title: 'duty passed on', about: 'milestone' },
  // It follows from the plan that it belongs to somebody else: of the plan's own change there is an entry as well.
  'milestone-owner-changed': { title: 'duty of another owner', about: 'milestone' },
  'work-reassigned': { title: 'a role’s work passed on', about: 'inspection' },
  'milestone-acknowledged': { title: 'duty acknowledged', about: 'milestone' },
  'milestone-missed': { title: 'date missed', about: 'milestone' },
  'milestone-folded': { title: 'missed round folded into a later one', about: 'milestone' },
  'milestone-lapsed': { title: 'duty no longer needed, or not finished', about: 'milestone' },
  'milestone-withdrawn': { title: 'duty no longer needed', about: 'milestone' },
  'milestone-reopened': { title: 'duty opened again', about: 'milestone' },
  'evidence-added': { title: 'evidence added', about: 'milestone' },
  'milestone-accepted': { title: 'submission accepted', about: 'milestone' },
  'milestone-returned': { title: 'submission sent back', about: 'milestone' },
  'round-opened': { title: 'round of progress opened by hand', about: 'inspection' },
  'progress-asked': { title: 'progress asked for', about: 'milestone' },
  'round-postponed': { title: 'round of progress postponed', about: 'milestone' },
  'round-closed': { title: 'round of progress closed', about: 'milestone' },
  'measure-taken-back': { title: 'value of a measure taken back', about: 'inspection' },
  'measure-recorded': { title: 'value of a measure recorded', about: 'inspection' },
  'progress-reported': { title: 'progress reported', about: 'milestone' },
  'decision-recorded': { title: 'decision recorded', about: 'decision' },
  'call-in-received': { title: 'call-in received', about: 'decision' },
  'decision-published': { title: 'decision published', about: 'decision' },
  'call-in-resolved': { title: 'call-in resolved', about: 'decision' },
  'decision-reconsidered': { title: 'decision reconsidered', about: 'decision' },
  'decision-implemented': { title: 'decision implemented', about: 'decision' },
  'decision-withdrawn': { title: 'decision withdrawn', about: 'decision' },
  'call-in-withdrawn': { title: 'call-in withdrawn', about: 'decision' },
  'window-closed': { title: 'window closed', about: 'milestone' },
  'mail-sent': { title: 'mail sent', about: 'mail', mail: 'sent' },
  'mail-delayed': { title: 'mail put off', about: 'mail', mail: 'delayed' },
  'mail-undeliverable': { title: 'mail undeliverable', about: 'mail', mail: 'undeliverable' },
  'mail-resent': { title: 'mail sent again', about: 'mail' },
  'authority-changed': { title: 'council’s file changed', about: 'inspection' },
  'calendar-changed': { title: 'bank holidays changed', about: 'inspection' },
  'facts-corrected': { title: 'facts corrected', about: 'inspection' },
  'report-reissued': { title: 'report issued again', about: 'inspection' },
  'reading-chosen': { title: 'reading of a rule chosen', about: 'inspection' },
  'instrument-added': { title: 'instrument added', about: 'inspection' },
  'instrument-withdrawn': { title: 'instrument withdrawn', about: 'inspection' },
  'event-recorded': { title: 'event recorded', about: 'inspection' },
  'fact-ruled-out': { title: 'missing fact ruled out', about: 'inspection' },
  'cycle-changed': { title: 'cycle changed, paused or ended', about: 'inspection' },
  'question-asked': { title: 'question asked', about: 'inspection' },
  'question-answered': { title: 'question answered', about: 'inspection' },
  'question-withdrawn': { title: 'question withdrawn', about: 'inspection' },
  'report-part-written': { title: 'part of the reports written', about: 'inspection' },
  'plan-recorded': { title: 'version of a plan recorded', about: 'inspection' },
  'plan-revised': { title: 'plan revised', about: 'inspection' },
  'attendance-recorded': { title: 'attendance recorded', about: 'inspection' },
  'milestone-confirmed': { title: 'duty confirmed', about: 'milestone' },
  'limit-near': { title: 'half as large as is possible', about: 'inspection' },
  'clock-recovered': { title: 'clock brought back', about: 'inspection' },
  'record-recovered': { title: 'record made up', about: 'inspection' },
  'document-frozen': { title: 'document frozen', about: 'inspection' },
  'public-page-opened': { title: 'public page switched on', about: 'inspection' },
  'public-page-closed': { title: 'public page switched off', about: 'inspection' },
  'entries-missing': { title: 'entries missing', about: 'record' },
  'history-archived': { title: 'history archived', about: 'record' },
  'personal-data-erased': { title: 'personal data erased', about: 'record' },
};
