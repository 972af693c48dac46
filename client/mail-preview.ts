import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { composeMail } from '../activities/mail/compose.ts';
import { mailsPage } from '../activities/mail/mails-page.ts';
import { outboxTransport } from '../activities/mail/outbox-transport.ts';
import type { LifecycleStart } from '../domain/lifecycle/state.ts';
import { Story } from '../domain/preview/story.ts';
import type { Turn } from './rehearsal-script.ts';

/**
 * Writes every mail of a story as `.eml`, and one page, `index.html`, that shows them on a time line. No server: the
 * lifecycle's pure heart is run as the keeper runs it.
 *
 * @returns how many mails there are
 */
export async function writeMails(
  start: LifecycleStart,
  script: { begin: string; end: string; turns: Turn[] },
  options: { folder: string; from: string; boardUrl?: string },
): Promise<number> {
  const story = new Story(start, script.begin);
  for (const { at, name, milestone, actor } of script.turns)
    story.until(at).command({ name, payload: { milestone } }, actor);
  story.until(script.end);
  const mails = story.mails.map((digest) => composeMail(digest, options));
  await mkdir(options.folder, { recursive: true });
  const post = outboxTransport(options.folder);
  for (const mail of mails) await post.send(mail);
  await post.close();
  await writeFile(join(options.folder, 'index.html'), mailsPage(start.facts.inspection.title, mails));
  return mails.length;
}
