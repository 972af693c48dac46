import { type CivilDate, isCivilDate } from '../../../domain/calendar/civil-date.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;

/** A date as people write it: 2026-11-17, 17/11/2026, Tuesday 17 November 2026. @returns undefined where it is none */
export function dateIn(cell: string): CivilDate | undefined {
  const text = cell.trim().toLowerCase();
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[t ].*)?$/.exec(text);
  if (iso !== null) return dateOf(iso[1], iso[2], iso[3]);
  const slashed = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?: .*)?$/.exec(text);
  if (slashed !== null) return dateOf(slashed[3], slashed[2], slashed[1]);
  const words = /^(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3})[a-z]*,? (\d{4})(?: .*)?$/.exec(text);
  const month = MONTHS.findIndex((each) => each === words?.[2]) + 1;
  return words === null || month === 0 ? undefined : dateOf(words[3], String(month), words[1]);
}

function dateOf(year = '', month = '', day = ''): CivilDate | undefined {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCivilDate(date) ? date : undefined;
}
