import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { FAILURE_WORDS } from '../../platform/failure-words.ts';
import { failureOf } from '../../platform/failure.ts';
import { asMime } from './mime.ts';
import { MailFailure, type MailMessage, type MailTransport } from './mail-transport.ts';

/**
 * Mail as files, where no mail server is set: one `.eml` a mail, as a mail program opens it. The same mail written
 * twice is one file, whole or not there at all.
 */
export function outboxTransport(folder: string): MailTransport {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    async send(message, beforeEnd = () => Promise.resolve()) {
      const mail = asMime(message);
      try {
        const { message: bytes } = (await transport.sendMail(mail)) as { message: Buffer };
        await beforeEnd();
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeWhole(folder, fileName(message), bytes);
      } catch (error) {
        const failure = failureOf(error);
        const why = failure === undefined ? '' : `: ${FAILURE_WORDS[failure.kind].sentence(undefined)}`;
        throw new MailFailure('delayed', `the outbox folder can't be written${why}`, { cause: error });
      }
    },
    close: () => Promise.resolve(transport.close()),
  };
}

/** Sorted by time, readable, and the same for the same mail. */
function fileName({ date, to, messageId }: MailMessage): string {
  const who = (to.split('@')[0] ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .slice(0, 60);
  const stamp = date
    .toISOString()
    .replaceAll(':', '')
    .replace(/\.\d+Z$/, 'Z');
  return `${stamp}-${who}-${createHash('sha256').update(messageId).digest('hex').slice(0, 8)}.eml`;
}

/** By way of a file of its own name: two workers may write the same mail at once. */
async function writeWhole(folder: string, name: string, bytes: Buffer): Promise<void> {
  const part = join(folder, `${name}.${randomUUID()}.part`);
  try {
    await writeSynced(part, bytes);
    await rename(part, join(folder, name));
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

async function writeSynced(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** So that the new name outlives a power cut as well. Windows can't open folders, and needs no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
