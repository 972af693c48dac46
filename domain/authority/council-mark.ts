import { canonical } from '../canonical.ts';
import { hashOfText } from '../questions/words.ts';
import type { Authority } from '../schemas/authority.ts';

const marks = new WeakMap<Authority, string>();

/** Two files of a council that say the same have the same mark: 64 hexadecimal digits. Worked out once for a file, as it is asked for often. */
export function councilMark(authority: Authority): string {
  const mark = marks.get(authority) ?? hashOfText(canonical(authority));
  marks.set(authority, mark);
  return mark;
}
