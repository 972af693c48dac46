import { allRoles } from '../../../domain/authority/partners.ts';
import { roleTitle } from '../../../domain/authority/roles.ts';
import { shortName } from '../../../domain/authority/change/short-name.ts';
import { WEBHOOK_FORMATS } from '../../../domain/authority/change/words.ts';
import { mapTable, namesOf } from '../../../domain/closed-table.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import type { Webhook } from '../../../domain/schemas/webhooks.ts';
import { strandTitle } from '../../../domain/strands/strand-title.ts';
import { STRANDS } from '../../../domain/strands/strands.ts';
import { WEBHOOK_EVENTS } from '../../../domain/webhooks/events.ts';
import type { FormField, Values } from '../forms/form.ts';
import { type CouncilForm, type FormSubject, orNone, textOf, wrongIn } from './council-form.ts';

const toIntegrations = ({ home }: FormSubject): string => `${home}/integrations`;

export const webhookOf = (authority: Authority, id: string): Webhook | undefined =>
  authority.webhooks?.find((each) => each.id === id);

const NAME: FormField = {
  name: 'name',
  kind: 'line',
  label: 'What it is called',
  missing: 'Enter what it is called',
  hint: 'For example Performance team’s channel',
};
const ADDRESS: FormField = {
  name: 'address',
  kind: 'line',
  label: 'Where it is told',
  missing: 'Enter the address at which it is told',
  hint: 'Begins with https://. For Teams: what its workflow “When a Teams webhook request is received” gives you. Whoever has that address can write to the channel.',
};
const FIRST_FIELDS: FormField[] = [
  NAME,
  ADDRESS,
  {
    ...{ name: 'format', kind: 'choice', label: 'Which form it wants', choices: WEBHOOK_FORMATS },
    missing: 'Choose which form it wants',
  },
];
const EVENTS: FormField = {
  name: 'events',
  kind: 'several',
  label: 'What it is told of',
  missing: 'Choose what it is told of',
  choices: mapTable(WEBHOOK_EVENTS, ({ choice, description }) => `${choice}: ${description}`),
};
const kindsOf = (authority: Authority): FormField => ({
  name: 'kinds',
  kind: 'several',
  label: 'Of which kinds of duty',
  hint: 'Where none is chosen: of all.',
  choices: mapTable(STRANDS, (_strand, name) => strandTitle(name, authority)),
  optional: true,
});
const personField = (authority: Authority, chosen: string | undefined): FormField => {
  const people = new Map<string, string>(
    allRoles(authority).flatMap(({ id, email }) =>
      email === undefined ? [] : [[email.toLowerCase(), `${roleTitle(authority, id)} (${email})`] as const],
    ),
  );
  if (chosen !== undefined && !people.has(chosen.toLowerCase()))
    people.set(chosen.toLowerCase(), `${chosen}, who holds no role here now: nothing is told`);
  return {
    ...{ name: 'person', kind: 'choice', label: 'Of whose duties' },
    hint: 'One person’s, for a channel of their own in Teams: it is told of the duties that are theirs, and of nothing else.',
    choices: orNone([...people], 'Everybody’s'),
    optional: true,
  };
};
const WORDS: FormField = {
  name: 'words',
  kind: 'yes',
  label:
    'What people wrote goes along: reasons, outcomes, the sentence of the record. They may name somebody, and leave the council’s systems.',
};
const ON: FormField = {
  name: 'on',
  kind: 'yes',
  label: 'It is told. What happens while it is not, it never hears.',
};

const fieldsOf = (authority: Authority, webhook?: Webhook): FormField[] => [
  ...FIRST_FIELDS,
  EVENTS,
  kindsOf(authority),
  personField(authority, webhook?.person),
  WORDS,
];

const EXPLAIN =
  'A program of the council’s, or a channel of Teams, that is told what happens. It is beside the mails, never in their place: a statutory notice is not served by it.';

/** All of them chosen is as none: of all. */
function kindsIn(values: Values): Pick<Webhook, 'kinds'> {
  const all = namesOf(STRANDS);
  const kinds = chosenIn(values, 'kinds', all);
  return kinds.length === 0 || kinds.length === all.length ? {} : { kinds };
}

const chosenIn = <Name extends string>(values: Values, field: string, names: readonly Name[]): Name[] =>
  names.filter((name) => [values[field]].flat().includes(name));

function personIn(values: Values): Pick<Webhook, 'person'> {
  const person = textOf(values, 'person');
  return person === undefined ? {} : { person };
}

const typed = (values: Values): Omit<Webhook, 'id' | 'on'> => ({
  name: textOf(values, 'name') ?? '',
  address: textOf(values, 'address') ?? '',
  events: chosenIn(values, 'events', namesOf(WEBHOOK_EVENTS)),
  ...kindsIn(values),
  ...personIn(values),
  format: (textOf(values, 'format') ?? 'standard-webhooks') as Webhook['format'],
  words: values['words'] === true,
});

/** By the rule by which it would not be told, as far as the address says so itself. */
const wrongAddress: NonNullable<CouncilForm['wrong']> = (values, _subject, { outside }) => {
  const why = outside.barred(textOf(values, 'address') ?? '');
  return why === undefined ? [] : [wrongIn(ADDRESS, `${ADDRESS.label}: ${why}`)];
};

export const addWebhook: CouncilForm = {
  title: 'Add an address that is told',
  explain: EXPLAIN,
  fields: ({ authority }) => fieldsOf(authority),
  wrong: wrongAddress,
  edited({ authority }, values) {
    const webhooks = authority.webhooks ?? [];
    const taken = webhooks.map(({ id }) => id);
    const id = shortName(textOf(values, 'name') ?? '', taken);
    return { ...authority, webhooks: [...webhooks, { id, ...typed(values), on: true }] };
  },
  back: toIntegrations,
  done: 'The address is added. For a program, make its secret on the address’s page: nothing is sent before.',
};

export const changeWebhook: CouncilForm = {
  title: 'Change an address that is told',
  explain: EXPLAIN,
  fields({ authority, about }) {
    const webhook = webhookOf(authority, about);
    return webhook === undefined ? undefined : [...fieldsOf(authority, webhook), ON];
  },
  wrong: wrongAddress,
  present({ authority, about }) {
    const webhook = webhookOf(authority, about);
    if (webhook === undefined) return {};
    const { name, address, format, events, kinds = [], person = '', words, on } = webhook;
    const yes = { ...(words ? { words: 'yes' } : {}), ...(on ? { on: 'yes' } : {}) };
    return {
      name,
      address,
      format,
      events: events.join('\n'),
      kinds: kinds.join('\n'),
      person: person.toLowerCase(),
      ...yes,
    };
  },
  edited: ({ authority, about }, values) => ({
    ...authority,
    webhooks: (authority.webhooks ?? []).map((each) =>
      each.id === about ? { id: each.id, ...typed(values), on: values['on'] === true } : each,
    ),
  }),
  back: ({ home, about }) => `${home}/webhooks/${about}`,
  done: 'The address is changed. What waits goes to it as it is now.',
};

export const removeWebhook: CouncilForm = {
  title: 'Remove an address that is told',
  explain: 'Nothing is sent to it any more, not even what waits, and its secret is no longer valid.',
  fields: ({ authority, about }) => (webhookOf(authority, about) === undefined ? undefined : []),
  edited({ authority: { webhooks = [], ...authority }, about }) {
    const left = webhooks.filter(({ id }) => id !== about);
    return { ...authority, ...(left.length === 0 ? {} : { webhooks: left }) };
  },
  back: toIntegrations,
  done: 'The address is removed.',
};
