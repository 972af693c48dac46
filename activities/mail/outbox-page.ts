import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { mailsPage, type ShownMail } from './mails-page.ts';
import { outboxTransport } from './outbox-transport.ts';
import type { MailTransport } from './mail-transport.ts';

/** More mails than this nobody looks through; the older ones are still in the folder. */
const MAX_MAILS = 200;
/** Mails of one morning come together: the page is written once for them. */
const PAUSE_MS = 300;

/**
 * An outbox folder with a page, `index.html`, that shows its mails as their readers see them. The page is written a moment
 * after the mails; whatever is wrong with it never keeps a mail from being written.
 */
export function outboxWithPage(folder: string): MailTransport {
  const post = outboxTransport(folder);
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  const write = () => {
    timer = undefined;
    writing = writing.then(() => writeOutboxPage(folder)).catch(() => undefined);
  };
  return {
    async send(message, beforeEnd) {
      await post.send(message, beforeEnd);
      timer ??= setTimeout(write, PAUSE_MS);
    },
    async close() {
      if (timer !== undefined) {
        clearTimeout(timer);
        write();
      }
      await writing;
      await post.close();
    },
  };
}

/** Writes the page anew from the mails in a folder, the newest of them; whole or not at all. A broken mail is left out. */
export async function writeOutboxPage(folder: string): Promise<void> {
  const all = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();
  const mails: ShownMail[] = [];
  for (const file of all.slice(-MAX_MAILS)) {
    const mail = await read(folder, file);
    if (mail !== undefined) mails.push(mail);
  }
  const older = all.length > MAX_MAILS ? ` (the newest ${MAX_MAILS} of ${all.length})` : '';
  const part = join(folder, '.index.html.part');
  await writeFile(part, mailsPage(`Mail in the outbox${older}`, mails), { mode: 0o600 });
  await rename(part, join(folder, 'index.html'));
}

async function read(folder: string, file: string): Promise<ShownMail | undefined> {
  try {
    const mail = await PostalMime.parse(await readFile(join(folder, file)));
    const date = new Date(mail.date ?? '');
    if (Number.isNaN(date.getTime())) return undefined;
    return { file, date, to: mail.to?.[0]?.address ?? '', subject: mail.subject ?? '', html: mail.html ?? '' };
  } catch {
    return undefined;
  }
}
