import { COMMAND_NAMES } from '../../domain/commands/commands.ts';
import { allRoles } from '../../domain/authority/partners.ts';
import { namesOf } from '../../domain/closed-table.ts';
import { EVENTS } from '../../domain/facts/events.ts';
import type { Facts } from '../../domain/facts/facts.ts';
import { ENTRY_KINDS } from '../../domain/lifecycle/entry-kinds.ts';
import { promiseId } from '../../domain/plan/promise-id.ts';
import { strandNames } from '../../domain/schemas/rule-pack.ts';

const idsOf = (items: readonly { id: string }[] = []): string[] => items.map(({ id }) => id);

/** A word in which a hyphen, a stroke, a figure or a capital inside says that no person has made it up. */
const isOfPrograms = (name: string): boolean => /[-/]|[a-z]\d|[a-z][A-Z]/.test(name);

const wordsOf = (text: string): string[] =>
  text
    .replaceAll(/(https?|mailto):\S+|\S+@\S+/g, ' ')
    .split(/[^\w/-]+/)
    .map((word) => word.replaceAll(/^[-/]+|[-/]+$/g, ''));

/**
 * The names of the inside of an inspection that somebody could come upon in a sentence: of its duties, plan, rules, roles and what
 * has happened. Not those that people say as well: a word of a title, a question's number.
 *
 * @param milestones the ids of its duties
 */
export function internalNames(
  { inspection, authority, rules }: Facts,
  milestones: readonly string[],
): ReadonlySet<string> {
  const { themes, recommendations, actions, measures, instruments, decisions, training } = inspection;
  const names = [
    ...[
      allRoles(authority),
      authority.bodies,
      themes,
      recommendations,
      actions,
      measures,
      instruments,
      decisions,
      training,
    ].flatMap((items) => idsOf(items)),
    ...inspection.commitments.map(promiseId),
    ...rules.flatMap(({ id, readings }) => [id, ...idsOf(readings)]),
    ...milestones.flatMap((id) => [id, id.slice(id.indexOf('/') + 1)]),
    ...[...namesOf(EVENTS), ...strandNames.options, ...COMMAND_NAMES, ...namesOf(ENTRY_KINDS)],
  ];
  const titles = [...themes, ...actions, ...(measures ?? []), ...rules].map(({ title }) => title);
  const said = new Set(wordsOf([...titles, ...recommendations.map(({ text }) => text)].join(' ')));
  return new Set(names.filter((name) => isOfPrograms(name) && !said.has(name)));
}

/** The lines of a text in which such a name stands, each with it. */
export function linesNaming(names: ReadonlySet<string>, texts: readonly string[]): string[] {
  const lines = texts.flatMap((text) => text.split('\n'));
  return [...new Set(lines)].flatMap((line) => {
    const named = wordsOf(line).find((word) => names.has(word));
    return named === undefined ? [] : [`${named}: ${line.trim()}`];
  });
}
