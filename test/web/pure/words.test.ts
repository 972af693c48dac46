import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TEMPLATES } from '../../../client/web/render.ts';
import { COMMAND_NAMES, definitionOf } from '../../../domain/commands/commands.ts';
import type { Field } from '../../../domain/commands/fields.ts';
import { LISTED_COLUMNS } from '../../../domain/milestone/columns.ts';

/** Words of ours, for each of which officers have one of theirs. */
const OURS =
  /\b(strands?|rungs?|ladders?|lifecycles?|payloads?|up the chain|for programs|nobody (looks|has looked)|notices? of nobody|mend(s|ed|ing)?|bring (a changed|meetings|from))\b/i;

/** What a page says: its text, and the words that its expressions write. */
function saidBy(template: string): string {
  return template
    .replaceAll(/\{#[\s\S]*?#\}/g, ' ')
    .replaceAll(/\{%[\s\S]*?%\}/g, ' ')
    .replaceAll(/\{\{([\s\S]*?)\}\}/g, (_all, expression: string) =>
      [...expression.matchAll(/(?:text|html): '([^']*)'|~ '([^']* [^']*)'|'([A-Z][^']* [^']*)'/g)]
        .map((found) => found.slice(1).join(' '))
        .join(' '),
    )
    .replaceAll(/<[^>]*>/g, ' ');
}

const templates = readdirSync(TEMPLATES).filter((name) => /\.(html|txt)$/.test(name));

test.each(templates)('%s speaks as officers do', (name) => {
  const template = readFileSync(join(TEMPLATES, name), 'utf8');
  expect(saidBy(template)).not.toMatch(OURS);
  // What may be done is headed by more than a verb that stands alone.
  expect(template).not.toMatch(/>Do( with [^<]*)?</);
});

test.each(COMMAND_NAMES)('the form of %s speaks as officers do', (name) => {
  const { title, help, done, warning, fields, verb } = definitionOf(name);
  const asked = Object.values<Field>(fields).flatMap(({ label, hint, missing }) => [label, hint, missing]);
  for (const said of [title, help, done, warning, verb, ...asked]) expect(said ?? '').not.toMatch(OURS);
});

test('the heads of lists speak as officers do', () => {
  for (const { title } of Object.values(LISTED_COLUMNS)) expect(title).not.toMatch(OURS);
});

/** Lists call it submitted. */
const HANDED_IN = /\bhand(s|ed|ing)? in\b/i;

test.each(['domain', 'client', 'activities', 'rules'])(
  'nothing under %s says by another word that a duty was submitted',
  (layer) => {
    const files = readdirSync(layer, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(ts|html|txt|ya?ml)$/.test(name),
    );
    expect(files).not.toEqual([]);
    expect(files.filter((name) => HANDED_IN.test(readFileSync(join(layer, name), 'utf8')))).toEqual([]);
  },
);

/** Lists call it by the words of MILESTONE_STATUSES. */
const OTHER_ENDS = /\b(waived|laps(e|es|ed))\b/i;

/** What a source says to people: its strings of more than a word, and the text of a template. */
const stringsOf = (source: string): string[] => {
  const code = source.replaceAll(/^\s*(\/?\*|\/\/).*$/gm, '').replaceAll(/\$?\{[^{}]*\}/g, '');
  const strings = [...code.matchAll(/'([^'\n]*)'|`([^`]*)`|>([^<>\n{}]*)</g)].map(([, ...parts]) => parts.join(''));
  return strings.filter((each) => each.trim().includes(' ') || /^[A-Z]/.test(each));
};
const saysAnotherEnd = (source: string): boolean => stringsOf(source).some((each) => OTHER_ENDS.test(each));

test.each(['domain', 'client', 'activities'])(
  'nothing under %s says by another word that a duty no longer applies, is no longer needed, or was not finished',
  (layer) => {
    const files = readdirSync(layer, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(ts|html|txt)$/.test(name),
    );
    expect(files.filter((name) => saysAnotherEnd(readFileSync(join(layer, name), 'utf8')))).toEqual([]);
  },
);

test('what is looked for is found', () => {
  for (const said of ['`The duty lapsed, because`', "sentence: 'It was waived by'", '<td>Waived</td>'])
    expect(saysAnotherEnd(said)).toBe(true);
  expect(saysAnotherEnd("if (status === 'waived' || status === 'lapsed') return '';")).toBe(false);
  expect('it is done or handed in').toMatch(HANDED_IN);
  expect(saidBy("<h2>Strands</h2>{{ govukInput({ label: { text: 'A ladder' } }) }}")).toMatch(OURS);
  expect(saidBy("{{ 'On the way up the chain' if late else 'x' }}")).toMatch(OURS);
  expect(saidBy('{{ strands.length }}{% if ladder %}{% endif %}<p id="ladder">Kinds of duty</p>')).not.toMatch(OURS);
});
