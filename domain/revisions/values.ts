import { roleTitle } from '../authority/roles.ts';
import { formatDate, isCivilDate } from '../calendar/civil-date.ts';
import { entryOf } from '../closed-table.ts';
import type { Facts } from '../facts/facts.ts';
import { rulesUnder, standingInstruments } from '../facts/instruments.ts';
import { DIRECTIONS } from '../measures/directions.ts';
import { recommendationsInWords } from '../plan/recommendation-words.ts';
import { cycleTyped } from '../plan/cycle-typed.ts';
import { everyInWords } from '../plan/cycles.ts';
import { inShort } from '../in-short.ts';
import { fieldInWords, valueInWords } from './change-words.ts';
import type { PlanChange } from './changes.ts';
import { itemsById, type PlanItem, type PlanItemKind, type PlanItems, planItems, type PlanPart } from './plan-items.ts';
import type { StrandName } from '../schemas/rule-pack.ts';
import { strandTitle } from '../strands/strand-title.ts';
import { STRANDS } from '../strands/strands.ts';

/** What it takes to say a value of a plan: whose roles and rules they are, and the plans in which what is named may be. */
export interface Readers {
  facts: Facts;
  plans: readonly PlanPart[];
}

/** What something of a plan is called, in whichever of the plans it is; its short name where it is in none. */
export function titleIn(readers: Readers, what: PlanItemKind, id: string): string {
  const item = readers.plans.map((plan) => itemsById(plan, what).get(id)).find((each) => each !== undefined);
  if (item !== undefined) return titleOfItem(readers, what, item);
  const { withdrawn = [] } = readers.facts.inspection;
  return withdrawn.findLast((each) => each.what === what && each.id === id)?.title ?? nameOf(readers, what, id);
}

/** What it is called: a duty by its rule's title, a kind of duty by its own. */
export function titleOfItem(readers: Readers, what: PlanItemKind, item: PlanItem): string {
  if (what === 'approval') {
    const { rule, body } = item as PlanItems['approval'];
    return `${ruleTitle(readers, rule)}, by ${bodyName(readers, body)}`;
  }
  const { titleOf, idOf } = planItems(what);
  if (what === 'owner') return nameOf(readers, what, idOf(item));
  if (what === 'promise') {
    const { title, rule, instrument } = item as PlanItems['promise'];
    return title ?? (rule === undefined ? idOf(item) : ruleTitle(readers, rule, instrument));
  }
  return titleOf(item);
}

/** What is called after something else than itself. */
function nameOf(readers: Readers, what: PlanItemKind, id: string): string {
  if (what === 'owner') return isStrand(id) ? strandTitle(id, readers.facts.authority) : id;
  return what === 'approval' || what === 'promise' ? ruleTitle(readers, id) : id;
}

function ruleTitle({ facts }: Readers, rule: string, instrument?: string): string {
  return rulesUnder(facts, instrument).find(({ id }) => id === rule)?.title ?? rule;
}

const bodyName = ({ facts }: Readers, id: string): string =>
  facts.authority.bodies.find((each) => each.id === id)?.name ?? id;

const isStrand = (id: string): id is StrandName => Object.hasOwn(STRANDS, id);

/** What it is where it is not said of something itself. */
const UNSAID = {
  'action owner': 'as its theme says',
  'action theme': 'none',
  'action acceptedBy': 'as its theme says',
  'action sustained': 'as the council’s file says',
  'promise owner': 'as its kind of duty says',
  'promise title': 'as its rule says',
  'promise act': 'as its rule says',
  'promise every': 'as its rule says',
  'promise from': 'as its rule says',
  'promise strand': STRANDS['other-reporting'].title,
  'promise key': 'no',
  'promise inPrivate': 'no',
  'promise ladder': 'the usual ones',
};

/** So much of what something is called a sentence has room for, in characters. */
const MAX_TITLE = 80;

/** Several of a plan by what they are called, as a sentence names them: '"Audit", "Train every manager"'. */
export const titlesIn = (readers: Readers, what: PlanItemKind, ids: readonly string[]): string =>
  ids.map((id) => `"${inShort(titleIn(readers, what, id), MAX_TITLE)}"`).join(', ');

/** How a value of a field is said where that takes more than its own words. */
type Say = (readers: Readers, value: never, what: PlanItemKind) => string;
const SAYS = {
  owner: roles,
  officer: roles,
  role: roles,
  with: roles,
  theme: named('theme'),
  themes: named('theme'),
  actions: named('action'),
  recommendations: (readers, value) =>
    recommendationsInWords(namesIn(value), (id) => titleIn(readers, 'recommendation', id)),
  replaces: (readers, value, what) => named(what)(readers, value),
  acceptedBy: accepter,
  direction: (_readers, value) =>
    namesIn(value)
      .map((each) => entryOf(DIRECTIONS, each) ?? each)
      .join('; '),
  every: (_readers, value) => cycleTyped(value),
  rule: (readers, value) => ruleTitle(readers, value),
  body: bodyName,
  strand: ({ facts }, value) => strandTitle(value, facts.authority),
  instrument: ({ facts }, value) =>
    standingInstruments(facts.inspection).find(({ id }) => id === value)?.title ?? value,
  changes: (_readers, value) => changesOfCycle(value),
  round: (_readers, { days, ahead }: NonNullable<PlanItems['promise']['round']>) =>
    `yes: ${days} working days to answer, ${ahead} before the report is due`,
  writtenRoute: (_readers, { title, act }: NonNullable<PlanItems['promise']['writtenRoute']>) => `${title}. ${act}`,
  ladder: () => 'its own',
} satisfies Record<string, Say>;

/** A value of a field for a reader: people by their titles, what is named by its own title. */
export function valueOf(readers: Readers, what: PlanItemKind, field: string, value: unknown): string {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0))
    return entryOf(UNSAID, `${what} ${field}`) ?? 'none';
  const say = entryOf<Say>(SAYS, field);
  return say === undefined ? plainly(value) : say(readers, value as never, what);
}

function roles({ facts }: Readers, value: unknown): string {
  return namesIn(value)
    .map((id) => roleTitle(facts.authority, id))
    .join('; ');
}

function named(kind: PlanItemKind) {
  return (readers: Readers, value: unknown): string =>
    namesIn(value)
      .map((id) => titleIn(readers, kind, id))
      .join('; ');
}

/** One name, or several. */
const namesIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string');

function accepter({ facts: { authority } }: Readers, by: PlanItems['action']['acceptedBy']): string {
  if (by?.role !== undefined) return roleTitle(authority, by.role);
  return authority.bodies.find(({ id }) => id === by?.body)?.name ?? by?.body ?? 'nobody';
}

function changesOfCycle(changes: NonNullable<PlanItems['promise']['changes']>): string {
  return changes
    .map(({ from, every, until }) =>
      every === undefined
        ? `paused from ${formatDate(from)} to ${formatDate(until ?? from)}`
        : `from ${formatDate(from)} on ${everyInWords(every)}`,
    )
    .join('; ');
}

function plainly(value: unknown): string {
  if (typeof value === 'string') return isCivilDate(value) ? formatDate(value) : value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return valueInWords(value);
  const { by, on, words, value: amount }: Partial<Record<string, unknown>> = { ...value };
  const [until, since] = [by, on].map((day) =>
    typeof day === 'string' && isCivilDate(day) ? formatDate(day) : undefined,
  );
  if (typeof words === 'string' && until !== undefined) return `${words}, at the latest on ${until}`;
  if (typeof amount === 'number' && until !== undefined) return `${amount} by ${until}`;
  if (typeof amount === 'number' && since !== undefined) return `${amount} on ${since}`;
  return valueInWords(value);
}

/** A line of a revision as the record tells it, without a full stop: 'Action "Audit", due: Monday 1 May 2017, was Friday 3 March 2017'. */
export function changeTold(readers: Readers, change: PlanChange): string {
  const { what, id } = change;
  const name = `${planItems(what).title} ${titlesIn(readers, what, [id])}`;
  switch (change.kind) {
    case 'add':
      return `${name} added${change.replaces === undefined ? '' : ` in place of ${titlesIn(readers, what, change.replaces)}`}`;
    case 'withdraw':
      return `${name} withdrawn${change.replacedBy === undefined ? '' : ` (in its place: ${titlesIn(readers, what, change.replacedBy)})`}${change.reason === undefined ? '' : `: ${change.reason}`}`;
    case 'change':
      return `${name}, ${fieldInWords(change.field)}: ${valueTold(readers, change, change.to)}, was ${valueTold(readers, change, change.from)}`;
  }
}

/** A value of a field in a sentence: words that somebody has written in quotation marks. */
export function valueTold(
  readers: Readers,
  { what, field }: { what: PlanItemKind; field: string },
  value: unknown,
): string {
  const said = valueOf(readers, what, field, value);
  return said === value ? `"${said}"` : said;
}
