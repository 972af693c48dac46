import { createInterface } from 'node:readline/promises';
import { BadRequest } from '../bad-request.ts';

/**
 * Asks before something that is seldom meant. Where nobody is there to be asked, it is not done.
 *
 * @param what a whole sentence
 * @throws BadRequest where the answer is no, or nobody can be asked
 */
export async function confirm(what: string, question: string): Promise<void> {
  if (!process.stdin.isTTY || !process.stderr.isTTY)
    throw new BadRequest(`${what} Nothing has been done. If that is meant, say the same with --yes.`);
  const asked = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await asked.question(`${what}\n${question} (yes/no) `);
    if (!/^y(es)?$/i.test(answer.trim())) throw new BadRequest('Nothing has been done.');
  } finally {
    asked.close();
  }
}
