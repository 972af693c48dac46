import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { composeMail } from '../../activities/mail/compose.ts';
import type { MailMessage } from '../../activities/mail/mail-transport.ts';
import type { Digest, Notice } from '../../domain/lifecycle/digest.ts';
import { digestOf, noticeOf } from '../support/digests.ts';

export const FROM = 'duecourse <duecourse@anyborough.example.org>';
export const BOARD = 'https://board.example.org/duecourse/';
export const LATE: Partial<Notice> = {
  overdue: true,
  workingDaysLeft: -5,
  due: '2016-05-25',
  dueAt: '2016-05-25T23:00:00.000Z',
};

/** A notice of its own number, due a day later than the one before. */
export const numbered = (n: number, parts: Partial<Notice> = {}): Notice =>
  noticeOf({
    milestone: `improvement-actions/a${n}`,
    strand: 'improvement-actions',
    title: `Action ${n}`,
    due: `2016-06-${String(n + 2).padStart(2, '0')}`,
    dueAt: `2016-06-${String(n + 2).padStart(2, '0')}T23:00:00.000Z`,
    workingDaysLeft: n,
    ...parts,
  });

export const message = (parts: Partial<Digest> = {}): MailMessage => composeMail(digestOf(parts), { from: FROM });

/** A message to a person of this number. */
export function messageTo(n: number): MailMessage {
  const email = `owner-${n}@anyborough.example.org`;
  const recipient = { ...digestOf().recipient, email };
  return message({ id: `anyborough/2016/${email}/2016-06-02/1`, recipient });
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'duecourse-mail-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Text as nobody should write it, and as somebody will. */
export const HOSTILE: Record<string, string> = {
  quotes: `The "best" plan, o'Brien's <plan> & \`more\``,
  html: '<script>alert(1)</script></td></table><img src=x onerror="alert(1)">',
  attribute: '" onmouseover="alert(1)" x="',
  template: '{{ page.title }} {% include "digest.html" %}',
  crlf: 'Plan\r\nBcc: victim@example.org\r\n\r\nInjected body',
  controls: 'Plan\u0000\u0007\u001B[31m\u007F\u2028of\u0085action',
  emoji: '👩‍👩‍👧‍👦 Family plan 🏴󠁧󠁢󠁳󠁣󠁴󠁿',
  long: 'A very long title of a duty that somebody wrote '.repeat(5).slice(0, 200),
  unbroken: 'x'.repeat(200),
  rightToLeft: 'خطة العمل المكتوبة إلى المفتشين',
  override: 'Plan \u202Egnp.exe\u2066 of action',
  half: 'Half \uD83D an emoji',
  encodedWord: '=?utf-8?Q?Bcc:=20victim@example.org?=',
};

/** The same hostile text wherever text from people stands. */
export function hostileDigest(text: string): Digest {
  return digestOf({
    authority: { id: 'anyborough', name: text },
    inspectionTitle: text,
    recipient: { ...digestOf().recipient, roles: [{ id: 'head-of-service', title: text }], standsInFor: [text] },
    notices: [
      noticeOf({
        title: text,
        act: text,
        ownerTitle: text,
        citation: text,
        explanation: [text, text],
        stricter: { due: '2016-06-07', why: text, workingDaysLeft: 3 },
        movedFrom: { due: '2016-06-20', because: text },
        text,
      }),
      numbered(1, { kind: 'escalation', step: 'manager', title: text, ownerTitle: text }),
    ],
  });
}
