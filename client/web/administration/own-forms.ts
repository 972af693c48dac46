import { personOf as onFile } from '../../../domain/authority/addressee.ts';
import { withDigest } from '../../../domain/authority/change/people.ts';
import { WEEKDAYS } from '../../../domain/authority/change/words.ts';
import { findRole } from '../../../domain/authority/roles.ts';
import { entryOf } from '../../../domain/closed-table.ts';
import type { Person } from '../../../domain/schemas/authority.ts';
import { type CouncilForm, textOf } from './council-form.ts';
import { endAway, markAway } from './people-forms.ts';

const back = ({ home }: { home: string }): string => home;

/** How somebody wants their mail. */
const changeDigest: CouncilForm = {
  title: 'Change how often mail comes',
  explain: 'What is late, urgent, or due before the next weekly mail comes on its day all the same.',
  fields: () => [
    {
      name: 'digest',
      kind: 'choice',
      label: 'How often',
      choices: { daily: 'One mail a day at most, on working days', weekly: 'One mail a week' },
      initial: 'daily',
    },
    {
      name: 'weeklyOn',
      kind: 'choice',
      label: 'Day of the weekly mail',
      hint: 'Where that is a holiday, it comes on the first working day after it.',
      choices: WEEKDAYS,
      initial: 'monday',
    },
  ],
  present({ authority, about }) {
    const email = findRole(authority, about)?.email?.toLowerCase() ?? '';
    const { digest = 'daily', weeklyOn = 'monday' } = onFile(authority, email) ?? {};
    return { digest, weeklyOn };
  },
  edited: ({ authority, about }, values) =>
    withDigest(authority, findRole(authority, about)?.email ?? '', {
      digest: (textOf(values, 'digest') ?? 'daily') as Person['digest'],
      weeklyOn: (textOf(values, 'weeklyOn') ?? 'monday') as Person['weeklyOn'],
    }),
  back,
  done: 'It is noted how often your mail comes.',
};

/** What people say of themselves, by the names in addresses: the same forms as administrators have, of their own roles alone. */
export const OWN_FORMS = {
  digest: changeDigest,
  away: { ...markAway, title: 'Say when you are away', back },
  'end-away': { ...endAway, title: 'End your time away', back },
} as const satisfies Record<string, CouncilForm>;

export const ownForm = (name: string): CouncilForm | undefined => entryOf<CouncilForm>(OWN_FORMS, name);
