import { rulesUnder, standingInstruments } from '../../../../domain/facts/instruments.ts';
import { strandOwner } from '../../../../domain/facts/facts.ts';
import { roleTitle } from '../../../../domain/authority/roles.ts';
import { CYCLE_EXAMPLES, cycleIn, cycleTyped } from '../../../../domain/plan/cycle-typed.ts';
import { promiseId } from '../../../../domain/plan/promise-id.ts';
import { strandOfPromise } from '../../../../domain/plan/promised.ts';
import { valueInWords } from '../../../../domain/revisions/change-words.ts';
import { freshId } from '../../../../domain/revisions/fresh-id.ts';
import { checkPromises, promise, type Promised, PROMISED_STRANDS } from '../../../../domain/schemas/promise.ts';
import { strandTitle } from '../../../../domain/strands/strand-title.ts';
import { STRANDS } from '../../../../domain/strands/strands.ts';
import { dateTyped, type FormField } from '../../forms/form.ts';
import { besideTicks, bodyOptions, type Choices, type Options, ownerOptions, ruleOptions } from '../choices.ts';
import { dayOf, dueOf, type Filled, type ItemForm, said, wordsField, wordsOf } from './item-form.ts';

/** What a promise follows: a rule of the inspection's framework or of an instrument's, or its own words. */
function followOptions({ facts }: Choices): Options {
  const under = standingInstruments(facts.inspection).flatMap(({ id, title }) => [
    [`${id}:`, `Nothing: it is in its own words, under ${title}`] as const,
    ...Object.entries(ruleOptions(rulesUnder(facts, id))).map(
      ([rule, words]) => [`${id}:${rule}`, `${words} (${title})`] as const,
    ),
  ]);
  return {
    '': 'Nothing: it is in its own words',
    ...ruleOptions(facts.rules),
    ...Object.fromEntries(under),
  };
}

function followed(value: unknown): Pick<Promised, 'rule' | 'instrument'> {
  const text = typeof value === 'string' ? value : '';
  const [first = '', second] = text.split(':');
  const [instrument, rule] = second === undefined ? [undefined, first] : [first, second];
  return {
    ...(rule === '' ? {} : { rule }),
    ...(instrument === undefined ? {} : { instrument }),
  };
}

const followTyped = ({ rule = '', instrument }: Promised): string =>
  instrument === undefined ? rule : `${instrument}:${rule}`;

const dated = (name: string, label: string, hint: string): FormField => ({
  ...{ name, kind: 'date', label, optional: true, hint },
});

const countedHint = (due: Promised['due']): string =>
  due !== undefined && dayOf(due) === undefined
    ? `It is counted: ${valueInWords(due)}. Leave this empty to leave it so.`
    : 'Leave how often empty then.';

export const PROMISE: ItemForm<Promised> = {
  schema: promise,
  asked: (choices, before) => ({
    fields: [
      {
        ...{ name: 'title', kind: 'line', label: 'What is promised', optional: true },
        hint: 'For example: progress report to the Executive',
      },
      {
        ...{ name: 'act', kind: 'line', label: 'What its owner is asked to do', optional: true },
        hint: 'As a mail says it, for example: Bring a report on the plan to the Improvement Board.',
      },
      {
        ...{ name: 'follows', kind: 'choice', label: 'Which rule does it follow?', optional: true },
        hint: 'What is left empty is then as the rule says it',
        choices: followOptions(choices),
      },
      { name: 'every', kind: 'line', label: 'How often', optional: true, hint: `For example ${CYCLE_EXAMPLES}` },
      dated('due', 'Or, where it comes once: by when', countedHint(before?.due)),
      dated('first', 'The first one is on', 'Where it is known. The others are counted from it.'),
      dated('until', 'The last one is by', 'Left empty: it goes on until the inspection is closed'),
      {
        ...{ name: 'body', kind: 'choice', label: 'Which body it goes to', optional: true },
        hint: 'Each date moves to its next meeting, where one is on file',
        choices: { '': 'None', ...bodyOptions(choices.facts.authority) },
      },
      {
        ...{ name: 'to', kind: 'line', label: 'Or who outside the council it goes to', optional: true },
        hint: 'For example: the Department for Education',
      },
      {
        ...{ name: 'owner', kind: 'choice', label: 'Owner', optional: true },
        choices: ownerOptions(choices.facts.authority, ownerUnsaid(choices, before), before?.owner),
      },
      {
        ...{ name: 'source', kind: 'line', label: 'Where it was promised', optional: true },
        hint: 'For example: report to Cabinet, 13 October 2026, paragraph 25',
      },
    ],
    more: [
      {
        ...{ name: 'strand', kind: 'choice', label: 'Kind of duty', optional: true },
        hint: 'Where it follows no rule',
        choices: {
          '': STRANDS['other-reporting'].title,
          ...Object.fromEntries(
            PROMISED_STRANDS.filter((name) => name !== 'other-reporting').map((name) => [
              name,
              strandTitle(name, choices.facts.authority),
            ]),
          ),
        },
      },
      dated('from', 'Counted from', 'Left empty: from the rule’s own event, or the receipt of the report'),
      wordsField(),
      {
        ...{ name: 'setBy', kind: 'line', label: 'Who has set it, where it was not the council', optional: true },
        hint: 'The council can’t grant a later date then.',
      },
      { name: 'key', kind: 'yes', label: 'It asks the body for a key decision' },
      {
        ...{ name: 'generalException', kind: 'line', optional: true },
        label: 'Why 28 clear days’ notice of the key decision can’t be given',
      },
      { name: 'inPrivate', kind: 'yes', label: 'It is to be decided in private' },
      {
        ...{ name: 'routeTitle', kind: 'line', optional: true },
        label: 'What takes a cancelled meeting’s place',
        hint: 'For example: written update to Cabinet members',
      },
      {
        ...{ name: 'routeAct', kind: 'line', optional: true },
        label: 'What its owner is asked to do then',
        hint: 'For example: Send the update in writing.',
      },
      {
        name: 'round',
        kind: 'yes',
        label: 'Before each of its dates the owners of open actions are asked for progress',
      },
    ],
    ticks: [besideTicks(choices, 'Who works on it beside the owner')],
  }),
  typed: (item) => ({
    ...{ title: item.title ?? '', act: item.act ?? '', follows: followTyped(item), body: item.body ?? '' },
    ...{ to: item.to ?? '', owner: item.owner ?? '', source: item.source ?? '', setBy: item.setBy ?? '' },
    ...(item.strand === undefined || item.strand === 'other-reporting' ? {} : { strand: item.strand }),
    ...(item.every === undefined ? {} : { every: cycleTyped(item.every) }),
    ...dateTyped('due', dayOf(item.due)),
    ...wordsOf(item.due),
    ...dateTyped('from', item.from),
    ...dateTyped('first', item.first),
    ...dateTyped('until', item.until),
    ...(item.key === true ? { key: 'yes' } : {}),
    ...(item.inPrivate === true ? { inPrivate: 'yes' } : {}),
    ...(item.round === undefined ? {} : { round: 'yes' }),
    ...(item.generalException === undefined ? {} : { generalException: item.generalException }),
    ...(item.writtenRoute === undefined
      ? {}
      : { routeTitle: item.writtenRoute.title, routeAct: item.writtenRoute.act }),
  }),
  ticked: ({ with: beside = [] }) => ({ with: beside }),
  item: made,
  ofWhole: (filled) => {
    const plain = wrongIn(filled);
    if (plain.length > 0) return plain;
    // What a file would be told of, too: at the field that it is about, or of the whole.
    const found: [string, string][] = [];
    checkPromises({ commitments: [...othersOf(filled), made(filled)] }, (path, text) => {
      found.push([String(path[2] ?? ''), text.replaceAll('`', '')]);
    });
    return found;
  },
};

const ownerUnsaid = ({ facts }: Choices, before: Promised | undefined): string => {
  const strand = before?.rule === undefined ? before && strandOfPromise(before) : ruleStrand(facts, before);
  return strand === undefined
    ? 'Whoever has its kind of duty'
    : `${roleTitle(facts.authority, strandOwner(facts, strand))}, who has its kind of duty`;
};

const ruleStrand = (facts: Choices['facts'], { rule, instrument }: Promised) =>
  rulesUnder(facts, instrument).find(({ id }) => id === rule)?.strand;

const othersOf = ({ choices: { plan }, before }: Filled<Promised>): Promised[] =>
  plan.commitments.filter((each) => before === undefined || promiseId(each) !== promiseId(before));

function made(filled: Filled<Promised>): object {
  const { values, ticks, before } = filled;
  const { changes, ladder, round, every: was, due: dueBefore } = before ?? {};
  const { rule, instrument } = followed(values['follows']);
  const { with: beside = [] } = ticks;
  const { title, act, every, body, to, owner, source, setBy, strand, from, first, until } = values;
  const { key, generalException, inPrivate, routeTitle, routeAct } = values;
  const isCounted = dueBefore !== undefined && dayOf(dueBefore) === undefined;
  const due = dueOf(values) ?? (isCounted && every === undefined ? dueBefore : undefined);
  const isSameCycle = was !== undefined && every === cycleTyped(was);
  return {
    ...nameOf(filled),
    ...said(rule, 'rule'),
    ...said(instrument, 'instrument'),
    ...said(rule === undefined ? strand : undefined, 'strand'),
    ...said(title, 'title'),
    ...said(act, 'act'),
    ...said(body, 'body'),
    ...said(to, 'to'),
    ...said(due, 'due'),
    ...said(isSameCycle ? was : typeof every === 'string' ? cycleIn(every) : undefined, 'every'),
    ...said(from, 'from'),
    ...said(first, 'first'),
    ...said(until, 'until'),
    ...said(due === undefined ? changes : undefined, 'changes'),
    ...said(setBy, 'setBy'),
    ...said(key === true ? true : undefined, 'key'),
    ...said(generalException, 'generalException'),
    ...said(inPrivate === true ? true : undefined, 'inPrivate'),
    ...(routeTitle === undefined || routeAct === undefined
      ? {}
      : { writtenRoute: { title: routeTitle, act: routeAct } }),
    ...said(owner, 'owner'),
    ...(beside.length === 0 ? {} : { with: beside }),
    ...said(source, 'source'),
    ...said(values['round'] === true ? (round ?? { days: 10, ahead: 2 }) : undefined, 'round'),
    ...said(ladder, 'ladder'),
  };
}

/** Its name: as it was; its rule's, where no other promise is called so; or one of its own, that no round of another has. */
function nameOf(filled: Filled<Promised>): object {
  const { values, id, before, choices } = filled;
  if (before !== undefined) return before.id === undefined ? {} : { id: before.id };
  const { rule } = followed(values['follows']);
  const others = othersOf(filled);
  if (rule !== undefined && !others.some((each) => promiseId(each) === rule)) return {};
  const title = typeof values['title'] === 'string' ? values['title'] : (rule ?? 'promise');
  const taken = new Set([...choices.plan.commitments.map(promiseId), ...(choices.taken ?? [])]);
  const names = [id, ...['another', 'a further', 'one more'].map((word) => freshId(`${word} ${title}`, taken))];
  const isFree = (name: string): boolean => {
    let clashes = false;
    const it = { id: name, title: 'x', act: 'x', due: '2027-01-01' };
    checkPromises({ commitments: [...others, it] }, (path) => {
      clashes ||= path[1] === others.length;
    });
    return !clashes;
  };
  return { id: names.find(isFree) ?? id };
}

const CYCLE_KEYS = ['from', 'first', 'until'] as const;

/** What is wrong of several fields together, in a reader's words. */
function wrongIn({ values, before }: Filled<Promised>): [string, string][] {
  const wrong: [string, string][] = [];
  const has = (name: string) => values[name] !== undefined && values[name] !== false;
  const { rule } = followed(values['follows']);
  const every = typeof values['every'] === 'string' ? values['every'] : undefined;
  const cycle = every === undefined ? undefined : cycleIn(every);
  const isAsBefore = before?.every !== undefined && every === cycleTyped(before.every);
  const isCounted = before?.due !== undefined && dayOf(before.due) === undefined;
  const isOnce = has('due') || (isCounted && every === undefined);
  if (every !== undefined && cycle === undefined && !isAsBefore)
    wrong.push(['every', `How often: “${every}” can’t be read; write it like ${CYCLE_EXAMPLES}`]);
  if (rule === undefined) {
    if (!has('title')) wrong.push(['title', 'Enter what is promised, or choose the rule that it follows']);
    if (!has('act')) wrong.push(['act', 'Enter what its owner is asked to do, or choose the rule that it follows']);
    if (isOnce && every !== undefined)
      wrong.push(['due', 'Enter how often it comes, or the day on which it comes once, not both']);
    if (!isOnce && every === undefined)
      wrong.push(['every', 'Enter how often it comes, or the day on which it comes once']);
  } else {
    if (has('due'))
      wrong.push(['due', 'Leave the day empty: a promise that follows a rule has its date from the rule']);
    if (has('strand')) wrong.push(['strand', 'Leave the kind of duty as it is: the rule says it']);
  }
  if (isOnce)
    for (const name of CYCLE_KEYS)
      if (has(name)) wrong.push([name, 'Leave this day empty: it belongs to what comes again and again']);
  if (has('body') && has('to')) wrong.push(['to', 'Choose a body of the council, or enter somebody outside, not both']);
  if (cycle?.meetings !== undefined && !has('body')) wrong.push(['body', 'Choose the body whose meetings these are']);
  if (has('first') && (cycle?.dates !== undefined || cycle?.meetings !== undefined))
    wrong.push(['first', 'Leave the first one empty: it is the first of the days, or of the meetings']);
  const [from, first] = [values['from'], values['first']];
  if (typeof from === 'string' && typeof first === 'string' && first < from)
    wrong.push(['first', 'The first one can’t be before the day from which it is counted']);
  if (has('generalException') && !has('key'))
    wrong.push(['generalException', 'Only a key decision needs notice: tick that it is one, or leave this empty']);
  if (has('routeTitle') !== has('routeAct'))
    wrong.push(
      has('routeTitle')
        ? ['routeAct', 'Enter what its owner is asked to do then']
        : ['routeTitle', 'Enter what takes a cancelled meeting’s place'],
    );
  return wrong;
}
