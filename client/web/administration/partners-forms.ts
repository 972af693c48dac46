import { shortName } from '../../../domain/authority/change/short-name.ts';
import { choicesOf, councilOfficers } from '../../../domain/authority/officers.ts';
import { allRoles } from '../../../domain/authority/partners.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import type { Partner } from '../../../domain/schemas/partner.ts';
import type { FormField } from '../forms/form.ts';
import { type CouncilForm, type FormSubject, textOf } from './council-form.ts';

const back = ({ home }: FormSubject): string => `${home}/partners`;

const partnerIn = ({ authority, about }: FormSubject): Partner | undefined =>
  authority.partners?.find(({ id }) => id === about);

const NAME: FormField = {
  name: 'name',
  kind: 'line',
  label: 'What the partner is called',
  missing: 'Enter what the partner is called',
  hint: 'For example Anyborough NHS Foundation Trust',
};

const leadField = (authority: Authority, present?: string): FormField => ({
  name: 'lead',
  kind: 'choice',
  label: 'The council’s lead for it',
  missing: 'Choose the council’s lead for it',
  hint: 'Hears of what the partner misses, and grants its officers later dates.',
  choices: choicesOf(councilOfficers(authority), authority, present),
});

export const addPartner: CouncilForm = {
  title: 'Add a partner',
  explain: 'Another organisation whose officers own actions. Its further roles are added under people and roles.',
  fields: ({ authority }) => [
    NAME,
    leadField(authority),
    {
      name: 'head',
      kind: 'line',
      label: 'The role at its head',
      missing: 'Enter the role at its head',
      hint: 'For example Chief Nurse: told of what is late at the partner.',
    },
    { name: 'email', kind: 'line', label: 'Email address of whoever holds that role', optional: true },
  ],
  edited({ authority }, values) {
    const name = textOf(values, 'name') ?? '';
    const title = textOf(values, 'head') ?? '';
    const email = textOf(values, 'email');
    const head = shortName(
      title,
      allRoles(authority).map(({ id }) => id),
    );
    const partner: Partner = {
      id: shortName(
        name,
        (authority.partners ?? []).map(({ id }) => id),
      ),
      name,
      lead: textOf(values, 'lead') ?? '',
      chain: { head },
      roles: [{ id: head, title, ...(email === undefined ? {} : { email }), capacity: 'manager' }],
    };
    return { ...authority, partners: [...(authority.partners ?? []), partner] };
  },
  back,
  done: 'The partner is added.',
};

export const changePartner: CouncilForm = {
  title: 'Change a partner',
  explain: 'What it is called, who leads on it in the council, and who is at its head.',
  fields(subject) {
    const partner = partnerIn(subject);
    if (partner === undefined) return undefined;
    const choices = Object.fromEntries(partner.roles.map(({ id, title }) => [id, title]));
    return [
      NAME,
      leadField(subject.authority, partner.lead),
      { name: 'head', kind: 'choice', label: 'The role at its head', choices },
    ];
  },
  present(subject) {
    const { name = '', lead = '', chain } = partnerIn(subject) ?? {};
    return { name, lead, head: chain?.head ?? '' };
  },
  edited: ({ authority, about }, values) => ({
    ...authority,
    partners: (authority.partners ?? []).map((each) =>
      each.id === about
        ? {
            ...each,
            name: textOf(values, 'name') ?? '',
            lead: textOf(values, 'lead') ?? each.lead,
            chain: { head: textOf(values, 'head') ?? each.chain.head },
          }
        : each,
    ),
  }),
  back,
  done: 'The partner is changed.',
};

export const removePartner: CouncilForm = {
  title: 'Remove a partner',
  explain: 'A partner whose roles own nothing can be removed, with all of its roles.',
  fields: (subject) => (partnerIn(subject) === undefined ? undefined : []),
  edited({ authority: { partners = [], ...authority }, about }) {
    const left = partners.filter(({ id }) => id !== about);
    const held = new Set(
      [...authority.roles, ...left.flatMap(({ roles }) => roles)].map(({ email }) => email?.toLowerCase()),
    );
    const { people, ...rest } = authority;
    return {
      ...rest,
      ...(people === undefined ? {} : { people: people.filter(({ email }) => held.has(email.toLowerCase())) }),
      ...(left.length === 0 ? {} : { partners: left }),
    };
  },
  back,
  done: 'The partner is removed.',
};
