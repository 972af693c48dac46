import type { StandInMail } from '../../domain/authority/stand-in-mail.ts';
import { readsOnlyInWords, standingInWords } from '../../domain/authority/standing-in.ts';
import { type ComposeOptions, messageIdOf } from './compose.ts';
import type { MailMessage } from './mail-transport.ts';
import { plainLine, shortened } from './plain-line.ts';
import { greetingOf } from './recipient-words.ts';
import { renderStandInHtml, renderStandInText } from './render.ts';
import type { StandInPage } from './stand-in-page.ts';

/** So many are named, and so much of each: nobody stands in for more. */
const MAX_LINES = 40;
const MAX_WORDS = 1000;
const MAX_SUBJECT = 150;

/** What somebody is told of standing in as a mail. Pure: the same news is always the same mail. */
export function composeStandIn(mail: StandInMail, { from }: ComposeOptions): MailMessage {
  const page = pageOf(mail);
  return {
    from,
    channel: mail.channel ?? 'smtp',
    to: mail.recipient.email,
    subject: shortened(page.title.replaceAll('=?', '= ?'), MAX_SUBJECT),
    html: renderStandInHtml(page),
    text: renderStandInText(page),
    messageId: messageIdOf(mail, from),
    references: [],
    date: new Date(mail.at),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    attachments: [],
  };
}

function pageOf(mail: StandInMail): StandInPage {
  const authority = plainLine(mail.authority.name);
  const isNamed = mail.of.some(({ after }) => after.length > 0);
  return {
    title: `${isNamed ? 'You stand in for somebody' : 'You no longer stand in'}: ${authority}`,
    authority,
    greeting: greetingOf(mail.recipient),
    lines: mail.of
      .slice(0, MAX_LINES)
      .flatMap((each) => [standingInWords('You', each), ...(each.readsOnly ? [readsOnlyInWords('You', each)] : [])])
      .map((line) => `${shortened(line, MAX_WORDS)}.`),
    isNamed,
    administrator: { title: plainLine(mail.administrator.title), email: mail.administrator.email },
  };
}
