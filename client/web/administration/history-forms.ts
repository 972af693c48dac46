import { sameValue } from '../../../domain/revisions/same-value.ts';
import { mergeThree } from '../../../domain/authority/change/three-way.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { CouncilForm } from './council-form.ts';

/** A change taken back: what it made otherwise is as it was before; what was changed elsewhere since stays. */
export const putBack: CouncilForm = {
  title: 'Put a change back',
  explain: 'What the change made otherwise becomes as it was before it; all else stays as it is.',
  fields: ({ about, number }) => (/^[1-9]\d{0,8}$/.test(about) && Number(about) <= number ? [] : undefined),
  async edited({ authority, about }, _values, { register }) {
    const change = await register.board.authorityChange(authority.id, Number(about));
    if (change === null) throw new Refusal('wrong-state', 'This change is no longer kept.');
    if (change.before === null)
      throw new Refusal('wrong-state', 'This was the first file of the council: there is nothing before it.');
    const { merged, conflicts } = mergeThree(change.after, change.before, authority);
    // Put back already, or gone with a later change.
    if (conflicts.length > 0 || sameValue(merged, authority))
      throw new Refusal(
        'wrong-revision',
        'What this change made has been changed again since. Put the later change back first, or change it by its own page.',
      );
    return merged;
  },
  back: ({ home }) => `${home}/history`,
  done: 'The change is put back.',
};
