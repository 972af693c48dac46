import { createHash } from 'node:crypto';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { MailFailure, type MailMessage, type Post } from './post.ts';

/**
 * Mail as files, where no mail server is set: one `.eml` a mail, as a mail program opens it. The same mail written
 * twice is one file, whole or not there at all.
 */
export function outboxPost(folder: string): Post {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    async send(message) {
      try {
        const { message: bytes } = (await transport.sendMail(message)) as { message: Buffer };
        await mkdir(folder, { recursive: true });
        await writeWhole(join(folder, fileName(message)), bytes);
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'no code';
        throw Object.assign(new MailFailure('delayed', `the outbox folder can't be written (${code})`), {
          cause: error,
        });
      }
    },
    close: () => Promise.resolve(transport.close()),
  };
}

/** Sorted by day, readable, and the same for the same mail. */
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

async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  const file = await open(`${path}.${process.pid}.part`, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.${process.pid}.part`, path);
}
