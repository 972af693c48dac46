import { choicesOf, councilOfficers } from '../../../domain/authority/officers.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { ConstitutionFile } from '../../../domain/schemas/constitution.ts';
import { amountInWords } from '../../../domain/plan/counting.ts';
import { callInRule, linesOfConstitution } from '../../files/rule-words.ts';
import { readableConstitutions } from '../../files/readable-rules.ts';
import { constitutionTitle } from '../../files/rules.ts';
import type { FormField } from '../forms/form.ts';
import { type CouncilForm, type FormSubject, numberOf, orNone, textOf, wrongIn } from './council-form.ts';

const back = ({ home }: FormSubject): string => `${home}/rules`;

/** Was it in force on a day? A new inspection is refused under one that is not. */
export const isInForce = ({ valid }: Pick<ConstitutionFile, 'valid'>, day: CivilDate): boolean =>
  valid.from <= day && (valid.until === undefined || day <= valid.until);

/** Those of a council's choice that can be read: the ones that are in force, by their ids, the newest version of each. */
function inForceOn(today: CivilDate): Map<string, ConstitutionFile> {
  const all = readableConstitutions().read.filter(({ constitution }) => isInForce(constitution, today));
  return new Map(all.toReversed().map(({ constitution }) => [constitution.id, constitution] as const));
}

/** The constitutions that are in force, and the one that is chosen, whatever it is: to send the form as it stands changes nothing. */
function constitutionsFor({ authority: { constitution: chosen }, today }: FormSubject): [string, string][] {
  const inForce = [...inForceOn(today).values()].toSorted((a, b) => (a.title < b.title ? -1 : 1));
  const choices = new Map<string, string>(
    inForce.map(({ id, title, callIn }) => [id, `${title}: ${amountInWords(callIn.window)}`]),
  );
  if (chosen !== undefined && !choices.has(chosen)) choices.set(chosen, constitutionTitle(chosen));
  return [...choices];
}

export const changeConstitution: CouncilForm = {
  title: 'Choose the constitution',
  explain:
    'By which rules decisions can be called in. An inspection keeps the constitution that it began with; one that began without goes by the one that you choose, as does what is started from now on.',
  fields: (subject) => [
    {
      name: 'constitution',
      kind: 'choice',
      label: 'Constitution',
      hint: 'Those that are in force, each with how long a decision can be called in. Your council’s own is not among them? Ask the monitoring officer for how many days, until what time and by whom a decision of yours can be called in. Choose one that says the same; if none does, send the answer to whoever runs duecourse for you, who can add it, and choose none until then.',
      choices: orNone(constitutionsFor(subject), 'None: windows of call-in are not worked out'),
      optional: true,
    },
  ],
  present: ({ authority: { constitution = '' } }) => ({ constitution }),
  choices: ({ today }) =>
    [...inForceOn(today).values()]
      .map((each) => ({ name: each.title, text: callInRule(each) }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  means(values, { today }) {
    const chosen = inForceOn(today).get(textOf(values, 'constitution') ?? '');
    return chosen === undefined ? [] : linesOfConstitution(chosen).map(({ text }) => text);
  },
  edited({ authority: { constitution: _before, ...authority } }, values) {
    const constitution = textOf(values, 'constitution');
    return constitution === undefined ? authority : { ...authority, constitution };
  },
  back,
  done: 'The constitution is chosen.',
};

export const changeLaterDates: CouncilForm = {
  title: 'Change who grants later dates',
  explain: 'How often one duty may be given a later date by those above its owner, and who alone may grant more.',
  fields: ({ authority }) => [
    {
      name: 'cap',
      kind: 'number',
      label: 'How often',
      hint: 'For example 2. Left empty: as often as they agree to.',
      max: 50,
      optional: true,
    },
    {
      name: 'beyond',
      kind: 'choice',
      label: 'Who alone may grant more',
      choices: {
        '': 'Nobody has to',
        ...choicesOf(councilOfficers(authority), authority, authority.laterDates?.beyond),
      },
      optional: true,
    },
  ],
  present: ({ authority: { laterDates } }) => ({
    cap: laterDates === undefined ? '' : String(laterDates.cap),
    beyond: laterDates?.beyond ?? '',
  }),
  wrong(values) {
    const [cap, beyond] = [numberOf(values, 'cap'), textOf(values, 'beyond')];
    if ((cap === undefined) === (beyond === undefined)) return [];
    return [{ text: 'Say both, how often and who may grant more, or neither', href: '#cap', field: 'cap' }];
  },
  edited({ authority: { laterDates: _before, ...authority } }, values) {
    const [cap, beyond] = [numberOf(values, 'cap'), textOf(values, 'beyond')];
    return cap === undefined || beyond === undefined ? authority : { ...authority, laterDates: { cap, beyond } };
  },
  back,
  done: 'It is changed who grants later dates.',
};

const AFTER: FormField = {
  name: 'after',
  kind: 'line',
  label: 'How many months after it was done',
  hint: 'For example 3, 6. Left empty: never.',
  optional: true,
};

/** Months as somebody types them, '3, 6'; undefined where something else stands there. */
function monthsIn(text: string): number[] | undefined {
  const parts = text.split(/[\s,;]+|\band\b/).filter((each) => each !== '');
  return parts.every((each) => /^\d{1,3}$/.test(each)) ? parts.map(Number) : undefined;
}

export const changeSustained: CouncilForm = {
  title: 'Change when it is asked whether what was done still holds',
  explain:
    'Somebody is asked whether an action that was done still holds. Where it has fallen back, it is opened again. An action of a plan may say it otherwise.',
  fields: ({ authority }) => [
    AFTER,
    {
      name: 'askedOf',
      kind: 'choice',
      label: 'Who is asked',
      choices: {
        '': 'Whoever owned it when it was done',
        ...choicesOf(councilOfficers(authority), authority, authority.sustained?.askedOf),
      },
      optional: true,
    },
  ],
  present: ({ authority: { sustained } }) => ({
    after: sustained?.after.join(', ') ?? '',
    askedOf: sustained?.askedOf ?? '',
  }),
  wrong(values) {
    const months = monthsIn(textOf(values, 'after') ?? '');
    if (months === undefined) return [wrongIn(AFTER, `${AFTER.label}: enter whole numbers, like 3, 6`)];
    const isNobodyAsked = months.length === 0 && textOf(values, 'askedOf') !== undefined;
    return isNobodyAsked ? [wrongIn(AFTER, 'Enter after how many months they are asked, or choose nobody')] : [];
  },
  edited({ authority: { sustained: _before, ...authority } }, values) {
    const after = monthsIn(textOf(values, 'after') ?? '') ?? [];
    const askedOf = textOf(values, 'askedOf');
    if (after.length === 0) return authority;
    return { ...authority, sustained: { after, ...(askedOf === undefined ? {} : { askedOf }) } };
  },
  back,
  done: 'It is changed when it is asked whether what was done still holds.',
};
