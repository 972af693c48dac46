import { newInThePast } from '../../../domain/authority/change/meetings.ts';
import { heldBy } from '../../../domain/authority/held-by.ts';
import { newStandInsAway } from '../../../domain/authority/stand-ins-away.ts';
import { readsOnlyInWords, standingInWords, standInNews } from '../../../domain/authority/standing-in.ts';
import { titlesTwice } from '../../../domain/authority/titles-twice.ts';
import { type CivilDate, formatDate } from '../../../domain/calendar/civil-date.ts';
import { nextOpening } from '../../../domain/lifecycle/sending-hours.ts';
import { newlyOdd } from '../../../domain/preview/warnings.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import { byMail } from '../forms/by-mail.ts';
import type { MilestonePages } from '../lists.ts';
import type { CouncilForm, FormSubject } from './council-form.ts';
import { type OnNewest, overtakenInWords } from './on-newest.ts';

interface AskedOf {
  form: CouncilForm;
  subject: FormSubject;
  /** It is of themselves that somebody says something. */
  isOwn: boolean;
}

/** What somebody should look at before a changed file counts: what is odd in it that was not before, too. */
export async function doubtsOf(
  { calendars }: MilestonePages,
  { form, subject, isOwn }: AskedOf,
  after: Authority,
  { typed, overtaken }: OnNewest,
) {
  const [before, changed] = [subject.authority, after];
  const odd = isOwn
    ? []
    : newlyOdd(
        { authority: before, calendar: await calendars.of(before) },
        { authority: changed, calendar: await calendars.of(changed) },
      );
  const ofTitle = new Set(titlesTwice(after).map(({ text }) => text));
  const doubts = [
    ...overtaken.map(overtakenInWords),
    ...readersOnly(before, changed, subject.today),
    ...meetingsInThePast(subject, after),
    ...newStandInsAway(before, changed, subject.today),
    ...odd,
    ...(form.doubts?.(typed) ?? []),
  ];
  return doubts.map((text) => ({ text, field: ofTitle.has(text) && 'title' in typed ? '#title' : undefined }));
}

/** Whoever would stand in and can't act, and what else there is to choose. */
const readersOnly = (before: Authority, after: Authority, today: CivilDate): string[] =>
  standInNews(before, after, today).flatMap(({ email, of }) =>
    of
      .filter(({ readsOnly }) => readsOnly)
      .map(
        (each) =>
          `${readsOnlyInWords(heldBy(after, email), each)}. Choose one of them where something is to be done meanwhile, or name ${heldBy(after, email)} beside the owner on the duty: then they may report on it.`,
      ),
  );

/** Whoever stands in otherwise than before: what they are told, and when. */
export async function standInsTold({ calendars }: MilestonePages, subject: FormSubject, after: Authority, now: string) {
  const news = standInNews(subject.authority, after, subject.today);
  if (news.length === 0) return [];
  const when = byMail(nextOpening(now, { calendar: await calendars.of(after), sending: after.sending }), now);
  return news.map(({ email, of }) => ({
    ...{ title: heldBy(after, email), email, when },
    lines: of.map((each) => standingInWords('they', each)),
  }));
}

/** A year mistyped is told before it counts. */
const meetingsInThePast = ({ authority, today }: FormSubject, after: Authority): string[] =>
  newInThePast(authority, after, today).map(
    ({ body, on }) => `${body}: ${formatDate(on)} is in the past. Look at the year, unless the meeting was held then.`,
  );
