import { createHmac } from 'node:crypto';
import { isDemonstration } from '../../../domain/authority/demonstration.ts';
import type { Register } from '../../../register/register.ts';
import { isSame } from '../same-secret.ts';

/** How long a link is good for: whoever runs duecourse passes it on to the council. */
export const SET_UP_DAYS = 7;

const DAY_MS = 86_400_000;

/** The address by which the first council is set up, for whoever runs duecourse to pass on; good until it is, or for 7 days. */
export function setUpAddress({ boardUrl, secret }: { boardUrl: string; secret: string }, now: Date): string {
  const until = String(now.getTime() + SET_UP_DAYS * DAY_MS);
  return `${boardUrl}/set-up/${until}.${signed(until, secret)}`;
}

/** Is it a link of ours, and still good? */
export function isGoodLink(token: string, secret: string, now: Date): boolean {
  const [until = '', signature = ''] = token.split('.');
  return isSame(signature, signed(until, secret)) && now.getTime() < Number(until);
}

const signed = (until: string, secret: string): string =>
  createHmac('sha256', secret).update(`set-up\n${until}`).digest('base64url');

/** Is no council on record yet, but for an invented one? */
export async function isToBeSetUp({ board }: Pick<Register, 'board'>): Promise<boolean> {
  return (await board.authorityFiles()).every(isDemonstration);
}
