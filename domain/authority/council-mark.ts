import { canonical } from '../canonical.ts';
import { hashOfText } from '../questions/words.ts';
import type { Authority } from '../schemas/authority.ts';
import { withoutWebhooks } from '../webhooks/without-webhooks.ts';

const marks = new WeakMap<Authority, string>();

/** Two files of a council that say the same to its inspections have the same mark: 64 hexadecimal digits. Worked out once for a file, as it is asked for often. */
export function councilMark(authority: Authority): string {
  const mark = marks.get(authority) ?? hashOfText(canonical(withoutWebhooks(authority)));
  marks.set(authority, mark);
  return mark;
}
