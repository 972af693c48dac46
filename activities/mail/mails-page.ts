import { formatDate } from '../../domain/calendar/civil-date.ts';
import { localDate, localTime } from '../../domain/calendar/london.ts';
import { renderMailsPage } from './render.ts';

/** A mail as the page shows it. */
export interface ShownMail {
  date: Date;
  to: string;
  subject: string;
  html: string;
  /** The mail itself, beside the page. */
  file?: string;
}

/** One page that shows mails on a time line, each as its reader sees it; oldest first. */
export function mailsPage(title: string, mails: readonly ShownMail[]): string {
  const days = new Map<string, { time: string; to: string; subject: string; html: string; file: string }[]>();
  for (const { date, to, subject, html, file = '' } of mails) {
    const at = date.toISOString();
    const day = localDate(at);
    days.set(day, [...(days.get(day) ?? []), { time: localTime(at), to, subject, html, file }]);
  }
  return renderMailsPage({
    title,
    count: mails.length,
    days: [...days].map(([day, sent]) => ({ day, heading: formatDate(day), mails: sent })),
  });
}
