import type { MailTransport } from './mail-transport.ts';

/**
 * Says at a start where no mail could leave, and what to do. The start does not wait for it: mail that is due waits and is
 * tried again, and all else goes on.
 */
export async function warnOfMail(post: Pick<MailTransport, 'trouble'>, warn: (line: string) => void): Promise<void> {
  const trouble = await post.trouble?.();
  if (trouble === undefined) return;
  const what = trouble.charAt(0).toUpperCase() + trouble.slice(1);
  warn(
    `${what.replace(/\.$/, '')}. No mail leaves until that is mended; what is due is tried again for 5 days. Look at DUECOURSE_SMTP_URL, whether the server is up, and whether it lets this machine in.`,
  );
}
