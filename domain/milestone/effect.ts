/**
 * What a command does to a milestone, as its strand sees it: meets it (or hands it in), pauses it or its reminders, moves its
 * date (or asks for that), passes it on, records that it no longer applies, opens it again, tells how it goes on, or moves a
 * round in which that is asked.
 */
export type Effect = 'meet' | 'pause' | 'move' | 'pass-on' | 'waive' | 'reopen' | 'report' | 'round';
