import { absenceInWords, WITHOUT_END } from '../../../domain/authority/absence.ts';
import { personOf } from '../../../domain/authority/addressee.ts';
import { CAPACITIES, CHANNELS } from '../../../domain/authority/change/words.ts';
import {
  type Holder,
  withAway,
  withAwayEnded,
  withNewRole,
  withOwnChannel,
  withoutRole,
  withRole,
} from '../../../domain/authority/change/people.ts';
import { choicesOf, councillors, councilOfficers, isOfficer } from '../../../domain/authority/officers.ts';
import { rolesHeldBy } from '../../../domain/authority/held-by.ts';
import { standInMayAct } from '../../../domain/commands/stand-in-rights.ts';
import { usesOf } from '../../../domain/authority/change/uses.ts';
import { shortName } from '../../../domain/authority/change/short-name.ts';
import { allRoles, partnerOf } from '../../../domain/authority/partners.ts';
import { findRole, roleTitle } from '../../../domain/authority/roles.ts';
import { namesOf } from '../../../domain/closed-table.ts';
import { formatDate } from '../../../domain/calendar/civil-date.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { Authority, Capacity, Channel, Role } from '../../../domain/schemas/authority.ts';
import { type FormField, type FormProblem, linesIn, type Values } from '../forms/form.ts';
import { type CouncilForm, type FormSubject, textOf, orNone, wrongIn } from './council-form.ts';

const back = ({ home }: FormSubject): string => `${home}/people`;

/** The roles of the organisation that a role is of; of the council where it is none of a partner's. */
const colleaguesOf = (authority: Authority, role: string): readonly Role[] =>
  partnerOf(authority, role)?.roles ?? authority.roles;

const TITLE = {
  name: 'title',
  kind: 'line',
  label: 'What the role is called',
  missing: 'Enter what the role is called',
  hint: 'For example Head of Safeguarding',
} as const;
const ADDRESS = {
  name: 'email',
  kind: 'line',
  label: 'Email address of whoever holds it',
  hint: 'For example head-of-safeguarding@council.example.org. Left empty while nobody holds it: its mail goes to the administrator.',
  optional: true,
} as const;

function roleFields(authority: Authority, others: readonly Role[], isPartner: boolean): FormField[] {
  const { owner, manager } = CAPACITIES;
  return [
    {
      name: 'reportsTo',
      kind: 'choice',
      label: 'Whom it answers to',
      hint: 'That role hears first when something of this one’s is late.',
      choices: orNone(
        others.map(({ id }) => [id, roleTitle(authority, id)]),
        isPartner ? 'The head of the partner’s chain' : 'Nobody here: the administrator hears',
      ),
      optional: true,
    },
    {
      name: 'capacity',
      kind: 'choice',
      label: 'What its holder may do',
      choices: isPartner ? { owner, manager } : CAPACITIES,
      initial: 'owner',
    },
  ];
}

const GROUPS = {
  name: 'groups',
  kind: 'text',
  label: 'Groups or app roles of your sign-in whose members hold it',
  hint: 'One to a line, as your sign-in gives them: for Microsoft Entra a group’s object id, or an app role’s value. Only where your operator has set that roles come from there. Mail still goes to the address.',
  optional: true,
} as const;

function roleIn(id: string, values: Values): Role {
  const [email, reportsTo] = [textOf(values, 'email'), textOf(values, 'reportsTo')];
  const groups = [...new Set(linesIn(textOf(values, 'groups') ?? ''))];
  return {
    id,
    title: textOf(values, 'title') ?? '',
    ...(email === undefined ? {} : { email }),
    ...(reportsTo === undefined ? {} : { reportsTo }),
    capacity: (textOf(values, 'capacity') ?? 'owner') as Capacity,
    ...(groups.length === 0 ? {} : { groups }),
  };
}

export const changeRole: CouncilForm = {
  title: 'Change a role',
  explain: 'Whoever newly holds the role is sent one mail about each inspection with what is theirs.',
  fields({ authority, about }) {
    const role = findRole(authority, about);
    if (role === undefined) return undefined;
    const others = colleaguesOf(authority, about).filter(({ id }) => id !== about);
    const holder: FormField = {
      name: 'holder',
      kind: 'choice',
      label: 'If the address is another: who is it?',
      choices: { other: 'Another person', same: 'The same person, with another address' },
      hint: 'The same person keeps how they get their mail, and when they are away, in all of their roles.',
      initial: 'other',
    };
    return [
      TITLE,
      ADDRESS,
      ...(role.email === undefined ? [] : [holder]),
      ...roleFields(authority, others, partnerOf(authority, about) !== undefined),
      GROUPS,
    ];
  },
  present({ authority, about }) {
    const {
      title = '',
      email = '',
      reportsTo = '',
      capacity = 'owner',
      groups = [],
    } = findRole(authority, about) ?? {};
    return { title, email, reportsTo, capacity, groups: groups.join('\n'), holder: 'other' };
  },
  edited: ({ authority, about }, values) =>
    withRole(authority, roleIn(about, values), (textOf(values, 'holder') ?? 'other') as Holder),
  back,
  done: 'The role is changed.',
};

export const addRole: CouncilForm = {
  title: 'Add a role',
  explain: 'A role can own duties once it is there, and its holder can sign in.',
  fields: ({ authority }) => [
    TITLE,
    ADDRESS,
    {
      name: 'organisation',
      kind: 'choice',
      label: 'Whose role it is',
      choices: {
        '': authority.name,
        ...Object.fromEntries((authority.partners ?? []).map(({ id, name }) => [id, name])),
      },
      optional: true,
    },
    ...roleFields(authority, allRoles(authority), false),
    GROUPS,
    {
      name: 'id',
      kind: 'line',
      label: 'Short name',
      hint: 'By which files name the role; it never changes. Left empty, it is made from what the role is called.',
      optional: true,
    },
  ],
  present: () => ({ capacity: 'owner' }),
  edited({ authority }, values) {
    const taken = allRoles(authority).map(({ id }) => id);
    const id = textOf(values, 'id') ?? shortName(textOf(values, 'title') ?? '', taken);
    return withNewRole(authority, roleIn(id, values), textOf(values, 'organisation'));
  },
  back,
  done: 'The role is added.',
};

export const removeRole: CouncilForm = {
  title: 'Remove a role',
  explain: 'A role that owns nothing can be removed.',
  fields: ({ authority, about }) => (findRole(authority, about) === undefined ? undefined : []),
  edited({ authority, about }) {
    const [use] = usesOf(authority, about);
    if (use !== undefined) throw new Refusal('wrong-state', `${roleTitle(authority, about)} can’t be removed: ${use}.`);
    return withoutRole(authority, about);
  },
  back,
  done: 'The role is removed.',
};

/** Those who can stand in for a role's holder: of the same organisation, not the same person, and for an officer no councillor. */
export function standInsFor(authority: Authority, role: string): [string, string][] {
  const own = findRole(authority, role)?.email?.toLowerCase();
  const isOfficers = allRoles(authority).some((each) => each.email?.toLowerCase() === own && isOfficer(each));
  return colleaguesOf(authority, role)
    .filter((each) => !isOfficers || isOfficer(each))
    .flatMap(({ id, title, email }): [string, string][] =>
      email === undefined || email.toLowerCase() === own ? [] : [[id, `${title} (${email})`]],
    );
}

/** The same as choices: of whom no role allows them to act on what is owned, it is said. */
function standInChoices(authority: Authority, role: string): Record<string, string> {
  const owned = rolesHeldBy(authority, findRole(authority, role)?.email ?? '');
  const choices = standInsFor(authority, role).map(([id, text]): [string, string] => {
    const email = findRole(authority, id)?.email ?? '';
    const mayAct = owned.every((each) => standInMayAct(authority, email, each));
    return [id, mayAct ? text : `${text}: reads the mail, can’t act`];
  });
  return Object.fromEntries(choices);
}

function awayFields(authority: Authority, role: string): FormField[] {
  return [
    { name: 'from', kind: 'date', label: 'First day away', missing: 'Enter the first day away' },
    { name: 'until', kind: 'date', label: 'Last day away' },
    {
      name: 'delegate',
      kind: 'choice',
      label: 'Who stands in',
      hint: 'Their mail says for whom it is. Whoever is away still owns the duties: who stands in may do what their own role allows, and no more.',
      missing: 'Choose who stands in',
      choices: standInChoices(authority, role),
    },
  ];
}

function wrongAbsence(values: Values, { authority, about, today }: FormSubject): FormProblem[] {
  const [from = '', until = ''] = [textOf(values, 'from'), textOf(values, 'until')];
  const field = awayFields(authority, about).find(({ name }) => name === 'until');
  if (field === undefined || from === '' || until === '') return [];
  if (until < from)
    return [wrongIn(field, `Last day away: ${formatDate(until)} is before the first day, ${formatDate(from)}`)];
  return until < today ? [wrongIn(field, `Last day away: ${formatDate(until)} is over already`)] : [];
}

export const markAway: CouncilForm = {
  title: 'Mark somebody away',
  explain:
    'From the first day to the last, both included, the mail of all their roles goes to whoever stands in, who is told so by mail. Nothing else changes: standing in gives no right to act on what is theirs.',
  fields: ({ authority, about }) =>
    findRole(authority, about)?.email === undefined ? undefined : awayFields(authority, about),
  wrong: wrongAbsence,
  edited: ({ authority, about }, values) =>
    withAway(authority, findRole(authority, about)?.email ?? '', {
      from: textOf(values, 'from') ?? '',
      until: textOf(values, 'until') ?? '',
      delegate: textOf(values, 'delegate') ?? '',
    }),
  back,
  done: 'It is noted who is away, and who stands in.',
};

export const changeChannel: CouncilForm = {
  title: 'Change how mail reaches somebody',
  explain:
    'Of all their roles. To tell them in Microsoft Teams as well, add an address under Integrations and choose them there; their mail comes all the same.',
  fields: ({ authority, about }) =>
    findRole(authority, about)?.email === undefined
      ? undefined
      : [
          {
            name: 'channel',
            kind: 'choice',
            label: 'Their mail leaves by',
            hint: 'GOV.UK Notify only where your operator has set it up: Integrations says whether it is. Otherwise their mail waits.',
            choices: {
              '': `The council’s own way: ${CHANNELS[authority.channel ?? 'smtp']}`,
              smtp: 'The mail server',
              'govuk-notify': CHANNELS['govuk-notify'],
            },
            optional: true,
          },
        ],
  present: ({ authority, about }) => ({
    channel: personOf(authority, findRole(authority, about)?.email?.toLowerCase() ?? '')?.channel ?? '',
  }),
  edited: ({ authority, about }, values) =>
    withOwnChannel(
      authority,
      findRole(authority, about)?.email ?? '',
      textOf(values, 'channel') as Channel | undefined,
    ),
  back,
  done: 'It is noted how their mail leaves.',
};

/** Named for good: a time away without an end. */
export const nameStandIn: CouncilForm = {
  title: 'Name a permanent stand-in',
  explain:
    'From the first day on, the mail of all their roles goes to whoever stands in, who is told so by mail, until somebody ends it. Whoever holds the roles still owns the duties, and may act on them. Where a deputy is to hear beside them instead, name the deputy beside them on the duty.',
  fields: ({ authority, about }) =>
    findRole(authority, about)?.email === undefined
      ? undefined
      : awayFields(authority, about).flatMap((field) => {
          if (field.name === 'until') return [];
          return field.name === 'from' ? { ...field, label: 'First day', missing: 'Enter the first day' } : field;
        }),
  wrong(_values, subject) {
    const already = absencesOf(subject).find(({ until }) => until === WITHOUT_END);
    if (already === undefined) return [];
    const who = roleTitle(subject.authority, already.delegate);
    return [{ text: `${who} stands in already, until further notice: end that time away first` }];
  },
  edited: ({ authority, about }, values) =>
    withAway(authority, findRole(authority, about)?.email ?? '', {
      from: textOf(values, 'from') ?? '',
      until: WITHOUT_END,
      delegate: textOf(values, 'delegate') ?? '',
    }),
  back,
  done: 'It is noted who stands in until further notice.',
};

/** What is still to come, or under way, of the times at which a role's holder is away. */
function absencesOf({ authority, about, today }: Pick<FormSubject, 'authority' | 'about' | 'today'>) {
  const email = findRole(authority, about)?.email;
  if (email === undefined) return [];
  return (personOf(authority, email.toLowerCase())?.away ?? []).filter(({ until }) => until >= today);
}

export const endAway: CouncilForm = {
  title: 'End a time away',
  explain: 'Their mail comes to themselves again, and whoever stood in is told so.',
  fields(subject) {
    const away = absencesOf(subject);
    if (away.length === 0) return undefined;
    const { authority } = subject;
    const words = away.map((each): [string, string] => [
      each.from,
      `${absenceInWords(each)}, ${roleTitle(authority, each.delegate)} stands in`,
    ]);
    return [
      { name: 'which', kind: 'choice', label: 'Which one?', choices: Object.fromEntries(words) },
      {
        name: 'back',
        kind: 'date',
        label: 'First day back',
        hint: 'Leave this empty if it is today. What has not begun by then is taken out.',
        optional: true,
      },
    ];
  },
  edited: ({ authority, about, today }, values) =>
    withAwayEnded(
      authority,
      findRole(authority, about)?.email ?? '',
      textOf(values, 'which') ?? '',
      textOf(values, 'back') ?? today,
    ),
  back,
  done: 'It is noted when they are back.',
};

/** Each step of the chain, by its key in the file. */
const STEPS = {
  director: 'Second step of escalation (5 working days late)',
  chiefExecutive: 'Third step of escalation (10 working days late)',
  administrator: 'Who runs duecourse here, and gets the mail that nobody else can',
  leadMember: 'Lead member, told of what is long overdue',
} as const;

export const changeChain: CouncilForm = {
  title: 'Change who is told of what stays late',
  explain: 'Who is told of what is late beyond the owner’s own manager.',
  fields: ({ authority }) =>
    namesOf(STEPS).map((name) => {
      const isMembers = name === 'leadMember';
      const all = isMembers ? councillors(authority) : councilOfficers(authority);
      return {
        ...{ name, label: STEPS[name], kind: 'choice' },
        choices: { ...(isMembers ? { '': 'Nobody' } : {}), ...choicesOf(all, authority, authority.chain[name]) },
        ...(isMembers ? { optional: true } : {}),
      };
    }),
  present: ({ authority: { chain } }) => ({ ...chain, leadMember: chain.leadMember ?? '' }),
  wrong(values, subject) {
    const { authority } = subject;
    const chosen = findRole(authority, textOf(values, 'administrator') ?? '');
    const field = changeChain.fields(subject)?.find(({ name }) => name === 'administrator');
    if (chosen === undefined || field === undefined || chosen.capacity === 'administrator') return [];
    if (chosen.id === authority.chain.administrator) return [];
    return [
      wrongIn(
        field,
        `The holder of ${roleTitle(authority, chosen.id)} may ${CAPACITIES[chosen.capacity]}, and not administer. Choose a role whose holder may, or change first what this one’s may do`,
      ),
    ];
  },
  edited({ authority }, values) {
    const { director, chiefExecutive, administrator } = authority.chain;
    const leadMember = textOf(values, 'leadMember');
    return {
      ...authority,
      chain: {
        director: textOf(values, 'director') ?? director,
        chiefExecutive: textOf(values, 'chiefExecutive') ?? chiefExecutive,
        administrator: textOf(values, 'administrator') ?? administrator,
        ...(leadMember === undefined ? {} : { leadMember }),
      },
    };
  },
  back,
  done: 'It is changed who is told of what stays late.',
};
