import { describe, expect, test } from 'vitest';
import { loadAuthorityFile } from '../../../client/files/load.ts';
import { changedBy } from '../../../client/web/administration/changed-by.ts';
import type { CouncilForm } from '../../../client/web/administration/council-form.ts';
import { COUNCIL_FORMS } from '../../../client/web/administration/forms.ts';
import { FILLED_FROM, onNewest, overtakenInWords } from '../../../client/web/administration/on-newest.ts';
import { OWN_FORMS } from '../../../client/web/administration/own-forms.ts';
import { readForm } from '../../../client/web/forms/form.ts';
import { ratingsOf } from '../../../domain/progress/ratings.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import type { Typed } from '../../../register/form-drafts.ts';
import type { Register } from '../../../register/register.ts';
import { outside, subjectOf } from '../../support/council-form.ts';

const EXAMPLE = loadAuthorityFile('examples/authorities/middlesbrough.yaml');
const HEAD = 'head-of-early-help';
const COUNCIL: Authority = {
  ...EXAMPLE,
  ratings: [...ratingsOf(EXAMPLE)],
  laterDates: { cap: 2, beyond: 'chief-executive' },
  sustained: { after: [3], askedOf: 'executive-director' },
  partners: [
    {
      ...{ id: 'nhs', name: 'NHS board', lead: 'executive-director', chain: { head: 'nhs-head' } },
      roles: [
        { id: 'nhs-head', title: 'Director', capacity: 'manager', email: 'director@nhs.example.org' },
        { id: 'nhs-deputy', title: 'Deputy', capacity: 'manager', email: 'deputy@nhs.example.org' },
      ],
    },
  ],
  webhooks: [
    {
      ...{ id: 'own', name: 'Ours', address: 'https://www.example.org/a', format: 'standard-webhooks' },
      ...{ events: ['duty.late'], words: false, on: true },
    },
  ],
};

const FORMS: Partial<Record<string, CouncilForm>> = { ...COUNCIL_FORMS, digest: OWN_FORMS.digest };

/** A form, what it is about, what another changes in it, and what is changed in it meanwhile. */
const CASES: [form: string, about: string, theirs: Typed, mine: Typed][] = [
  ['change-role', HEAD, { title: 'Head of Help' }, { email: 'successor@middlesbrough.example.org' }],
  ['change-role', HEAD, { groups: 'early-help' }, { reportsTo: 'executive-director' }],
  ['change-body', 'executive', { name: 'Cabinet' }, { officer: 'scrutiny-officer', agendaClearDays: '5' }],
  ['change-partner', 'nhs', { name: 'Integrated care board' }, { head: 'nhs-deputy' }],
  ['chain', '', { director: 'assistant-director' }, { leadMember: '' }],
  ['sending', '', { time: '10:00' }, { summary: '08:30' }],
  ['later-dates', '', { cap: '3' }, { beyond: 'executive-director' }],
  ['sustained', '', { after: '6, 12' }, { askedOf: 'chief-executive' }],
  ['change-rating', 'amber', { meaning: 'It may still be met.' }, { name: 'Some issues' }],
  ['change-webhook', 'own', { name: 'Our channel' }, { on: '' }],
  ['digest', HEAD, { digest: 'weekly' }, { weeklyOn: 'friday' }],
];

/** Forms of which two people can change different things: with one field alone, or that add something, they can't. (A period
 * before an election is named by its days: once these are others, the older form's page is gone.) */
const together = Object.entries(FORMS).flatMap(([name, form]) => {
  const about = CASES.find(([each]) => each === name)?.[1] ?? HEAD;
  const isFilled = form?.present !== undefined && !name.startsWith('add-') && name !== 'change-election';
  return isFilled && (form.fields(subjectOf(COUNCIL, about)) ?? [undefined, undefined]).length > 1 ? [name] : [];
});

const register = (before: Authority) =>
  ({ board: { authorityChange: async () => ({ after: before }) } }) as unknown as Pick<
    Register,
    'board' | 'approvedHolidays'
  >;

function asked(name: string, about: string, authority: Authority, number: number) {
  const form = FORMS[name];
  const subject = { ...subjectOf(authority, about), number };
  const fields = form?.fields(subject);
  if (form === undefined || fields === undefined) throw new Error(`${name}: there is no ${about}`);
  return { form, fields, subject };
}

async function made(of: ReturnType<typeof asked>, typed: Typed, before = COUNCIL) {
  const filled = readForm(of.fields, typed);
  const { after } = await changedBy({ register: register(before), outside }, of, filled, typed);
  if (after === undefined) throw new Error(filled.problems.map(({ text }) => text).join('; '));
  return after;
}

const presentIn = (name: string, about: string, authority: Authority) =>
  FORMS[name]?.present?.(subjectOf(authority, about)) ?? {};
const said = (typed: Typed) => Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ''));

describe('a form that was filled from an older file', () => {
  test('every one of which two people can change different things is tried', () => {
    expect(new Set(CASES.map(([name]) => name))).toEqual(new Set(together));
  });

  test.each(CASES)('%s of %s: what another changed meanwhile stays, %o', async (name, about, theirs, mine) => {
    const opened = presentIn(name, about, COUNCIL);
    const newer = await made(asked(name, about, COUNCIL, 1), { ...opened, ...theirs });
    const now = asked(name, about, newer, 2);
    const sent = { ...opened, ...mine, [FILLED_FROM]: '1' };
    const { typed, since, overtaken } = await onNewest({ register: register(COUNCIL) }, now, sent);
    const after = await made(now, typed);
    expect(said(presentIn(name, about, after))).toEqual(said({ ...opened, ...theirs, ...mine }));
    expect([since, overtaken]).toEqual([1, []]);
  });

  test.each(CASES)('%s of %s: what both changed alike is nothing to tell', async (name, about, theirs, mine) => {
    const opened = presentIn(name, about, COUNCIL);
    const newer = await made(asked(name, about, COUNCIL, 1), { ...opened, ...mine });
    const sent = { ...opened, ...theirs, ...mine, [FILLED_FROM]: '1' };
    const { typed, overtaken } = await onNewest({ register: register(COUNCIL) }, asked(name, about, newer, 2), sent);
    expect([typed, overtaken]).toEqual([sent, []]);
  });

  test('the same field: what was typed stays, and that it takes the place of another’s is said', async () => {
    const opened = presentIn('change-role', HEAD, COUNCIL);
    const newer = await made(asked('change-role', HEAD, COUNCIL, 1), { ...opened, title: 'Head of Help' });
    const sent = { ...opened, title: 'Head of Early Years', [FILLED_FROM]: '1' };
    const found = await onNewest({ register: register(COUNCIL) }, asked('change-role', HEAD, newer, 2), sent);
    expect(found.typed['title']).toBe('Head of Early Years');
    expect(found.overtaken.map(overtakenInWords)).toEqual([
      'Somebody else has changed “What the role is called” since you opened the form. If you go on, what you typed takes the place of theirs.',
    ]);
  });

  test.each(['2', '3', '0', 'x', ''])(
    'filled from %s, where the second is in force, is left as it is',
    async (from) => {
      const opened = presentIn('change-role', HEAD, COUNCIL);
      const now = asked('change-role', HEAD, { ...COUNCIL, name: 'Another' }, 2);
      const sent = { ...opened, title: 'Head of Help', [FILLED_FROM]: from };
      expect(await onNewest({ register: register(COUNCIL) }, now, sent)).toEqual({ typed: sent, overtaken: [] });
    },
  );
});
