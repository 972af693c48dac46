/** What the marks of a date follow from. */
export interface MarkedDate {
  /** It rests on bank holidays that are not published yet. */
  provisional: boolean;
  /** The event whose day is not on file, where another event's day stands in for it. */
  standIn?: string | null | undefined;
}

/** What a list says of a date beside it, where it may still change: 'provisional', 'stand-in'. */
export function dueMarks({ provisional, standIn }: MarkedDate): string[] {
  const stands = standIn !== undefined && standIn !== null;
  return [...(provisional ? ['provisional'] : []), ...(stands ? ['stand-in'] : [])];
}

/** The same after a date: ' (provisional, stand-in)', or nothing. */
export function marksAfter(date: MarkedDate): string {
  const marks = dueMarks(date);
  return marks.length === 0 ? '' : ` (${marks.join(', ')})`;
}
