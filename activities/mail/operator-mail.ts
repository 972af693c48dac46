import { capitalised } from '../../domain/words.ts';
import { createHash } from 'node:crypto';
import { formatInstant } from '../../domain/calendar/london.ts';
import type { Finding } from '../../domain/doctor/finding.ts';
import { FINDINGS } from '../../domain/doctor/findings.ts';
import type { MailMessage } from './mail-transport.ts';
import type { OperatorPage } from './operator-page.ts';
import { plainLine, shortened } from './plain-line.ts';
import { renderOperatorHtml, renderOperatorText } from './render.ts';

/** What the operator is told in one mail. */
export interface OperatorNews {
  /** What was not there before. */
  found: { finding: Finding; since: string }[];
  /** What was told before, and is over. */
  over: { finding: Finding; since: string }[];
  /** The look's instant, UTC. */
  at: string;
}

/** More than so many nobody reads in a mail: `duecourse doctor` shows them all. */
const MAX_TOLD = 40;
const MAX_SUBJECT = 150;

/** What is not well, and what is well again, for whoever runs duecourse. Pure: the same news is always the same mail. */
export function operatorMail(news: OperatorNews, to: string, from: string): MailMessage {
  const page = pageOf(news);
  const keys = JSON.stringify([news.found, news.over, news.at]);
  const domain = /@([^@\s<>]+)>?$/.exec(from)?.[1] ?? 'duecourse';
  return {
    from,
    channel: 'smtp',
    to,
    subject: shortened(page.title.replaceAll('=?', '= ?'), MAX_SUBJECT),
    text: renderOperatorText(page),
    html: renderOperatorHtml(page),
    messageId: `<doctor-${createHash('sha256').update(keys).digest('hex').slice(0, 32)}@${domain}>`,
    references: [],
    date: new Date(news.at),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    attachments: [],
  };
}

function pageOf({ found, over }: OperatorNews): OperatorPage {
  const shown = ({ finding, since }: OperatorNews['found'][number]) => ({
    heading: plainLine(`${headingOf(finding)}`),
    what: plainLine(finding.what),
    advice: plainLine(finding.do),
    since: formatInstant(since),
  });
  return {
    title: `duecourse: ${titleOf(found, over)}`,
    found: found.slice(0, MAX_TOLD).map(shown),
    moreFound: Math.max(0, found.length - MAX_TOLD),
    over: over.slice(0, MAX_TOLD).map(shown),
    moreOver: Math.max(0, over.length - MAX_TOLD),
  };
}

/** An inspection's own name says which of many it is. */
function headingOf({ code, inspection }: Finding): string {
  const { title } = FINDINGS[code];
  const words = capitalised(title);
  return inspection === undefined ? words : `${inspection}: ${title}`;
}

function titleOf(found: OperatorNews['found'], over: OperatorNews['over']): string {
  const several = (list: OperatorNews['found']): string => {
    const titles = [...new Set(list.map(({ finding }) => FINDINGS[finding.code].title))];
    const [first = '', ...rest] = titles;
    return rest.length === 0 ? first : `${first}, and ${rest.length} more`;
  };
  if (found.length === 0) return `over: ${several(over)}`;
  return over.length === 0 ? several(found) : `${several(found)}; over: ${several(over)}`;
}
