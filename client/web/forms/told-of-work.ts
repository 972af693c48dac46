import type { LifecycleState } from '../../../domain/lifecycle/state.ts';
import { type ToldNext, toldNext } from '../../../domain/lifecycle/told-next.ts';
import { NOTICE_KINDS } from '../../../domain/milestone/notice-kinds.ts';
import { byMail } from './by-mail.ts';

/** A mail in words: who reads it, what it says, and when it goes. */
export const mailInWords = ({ kind, at, ...told }: ToldNext, now: string) => ({
  ...told,
  what: NOTICE_KINDS[kind].words,
  when: byMail(at, now),
});

/** What somebody is told in one mail, of how many duties. */
export interface ToldOfWork {
  to: string;
  what: string;
  when: string;
  duties: number;
  /** Who reads it in their place, by their roles; null where they do themselves. */
  readBy: string | null;
}

/** Who is told because several duties of an inspection are changed together: each kind of news to a role once. */
export function toldOfWork(before: LifecycleState, after: LifecycleState, now: string): ToldOfWork[] {
  const told = new Map<string, ToldOfWork>();
  for (const mail of toldNext(before, after, now)) {
    const { about: _about, ...each } = mailInWords(mail, now);
    const key = JSON.stringify(each);
    told.set(key, { ...each, duties: (told.get(key)?.duties ?? 0) + 1 });
  }
  return [...told.values()];
}
