import { join } from 'node:path';
import type { z } from 'zod';
import { packageRoot } from '../../platform/package-root.ts';
import { citation, period, TIME_OF_DAY } from '../../domain/schemas/common.ts';
import { cycle } from '../../domain/schemas/cycle.ts';
import { ownDue } from '../../domain/schemas/own-due.ts';
import { windowExample, workedExample } from '../../domain/schemas/worked-example.ts';
import { refersTo, type RefersTo, sharedPart, type SharedPart } from '../../domain/schemas/key-meta.ts';
import { ladder, triggerEvent } from '../../domain/schemas/rule-pack.ts';
import { FILE_KINDS, fileKind } from './file-kind.ts';
import { INTRODUCTIONS, SHARED_PARTS, WORDS } from './reference-text.ts';
import { type Place, type SchemaNode, optionsOf, placesOf, written } from './schema-keys.ts';

/** The committed page: docs/files.md. */
export function referencePageFile(): string {
  return join(packageRoot(), 'docs', 'files.md');
}

type OwnSection = keyof typeof SHARED_PARTS;

const PARTS: Record<OwnSection, z.ZodType> = {
  event: triggerEvent,
  due: ownDue,
  period,
  cycle,
  citation,
  ladder,
  example: workedExample,
  'window-example': windowExample,
};
const SECTIONS: readonly OwnSection[] = sharedPart.exclude(['authority']).options;

/** Every kind of file and every key of it, in Markdown: made from the schemas, so that it says what is checked. */
export function referencePage(): string {
  return `${[
    '<!-- Made from domain/schemas by `npm run docs:files`. Change the descriptions there, not this page. -->',
    '# The files',
    HOW_TO,
    ...fileKind.options.flatMap((kind) => [
      `## ${INTRODUCTIONS[kind].title}`,
      INTRODUCTIONS[kind].text,
      tableOf(FILE_KINDS[kind].schema),
    ]),
    '## Parts that several files have',
    ...SECTIONS.flatMap((part) => [
      `### ${SHARED_PARTS[part].title}`,
      SHARED_PARTS[part].text,
      part === 'event' ? listOfNames(PARTS[part]) : tableOf(PARTS[part]),
    ]),
    '## Words that need more than a line',
    WORDS,
  ].join('\n\n')}\n`;
}

const HOW_TO = `Everything that duecourse is told stands in a few YAML files. \`duecourse init\` writes a first authority and a first inspection to fill in;
\`duecourse check FILE…\` says what kind of file each is, by what is in it, and everything that is wrong with it, with line and column. The first
line of a file, \`# yaml-language-server: $schema=…/rules/schemas/KIND.schema.json\`, has your editor complete keys and show what each means.

- Dates are written \`2026-08-03\`, years with four digits; times of day \`'09:00'\`, in quotes.
- A text with a colon and a space in it is put in quotes: \`title: 'Inspection: outcome'\`.
- \`[]\` in a key below stands for each entry of a list, \`<name>\` for one of the names given.
- "needed": the file, or the entry, is refused without it. A short name is lower-case letters, digits and hyphens.`;

function tableOf(schema: z.ZodType): string {
  const rows = shownPlaces(schema).map((place) => {
    const { node, path, needed } = place;
    const usual = node.default === undefined ? '' : `\`${JSON.stringify(node.default)}\``;
    return `| \`${written(path)}\` | ${typeOf(node)} | ${needed ? 'needed' : usual} | ${meaningOf(node)} |`;
  });
  return ['| key | what stands there | default | what it means |', '|---|---|---|---|', ...rows].join('\n');
}

/** The keys, without entries of lists, and without what stands within a part that is told of once. */
function shownPlaces(schema: z.ZodType): Place[] {
  const all = placesOf(schema);
  const within = all
    .filter(
      ({ path, node }) => path.length > 0 && [node, ...optionsOf(node)].some((each) => partOf(each) !== undefined),
    )
    .map(({ path }) => path);
  return all.filter(
    ({ path }) =>
      typeof path.at(-1) === 'string' &&
      !within.some((outer) => outer.length < path.length && outer.every((step, index) => step === path[index])),
  );
}

function partOf(node: SchemaNode): SharedPart | undefined {
  const part = sharedPart.safeParse(node['part']);
  return part.success ? part.data : undefined;
}

const NAMED: Record<RefersTo, string> = {
  role: 'a role of the authority',
  owner: 'a role of the authority or of a partner',
  body: 'a body of the authority',
  rule: 'a rule of the framework',
  framework: 'a rule pack',
  constitution: 'a constitution',
  'working-days': 'a definition of working days',
  theme: 'a theme of this file',
  recommendation: 'a recommendation of this file',
  decision: 'a decision of this file',
  instrument: 'an instrument of this file',
  rating: 'a rating of the authority',
};

/** What may stand there, in words. */
function typeOf(node: SchemaNode): string {
  const part = partOf(node);
  if (part !== undefined) {
    const { title } = part === 'authority' ? INTRODUCTIONS.authority : SHARED_PARTS[part];
    return `[${title.toLowerCase()}](#${title.toLowerCase().replaceAll(' ', '-')})`;
  }
  const options = optionsOf(node);
  if (options.length > 1) return [...new Set(options.map(typeOf))].join(', or ');
  const named = refersTo.safeParse(node['refersTo']);
  if (named.success) return `${NAMED[named.data]}, by its id`;
  if (node.enum !== undefined) return 'one of these names';
  switch (node.type) {
    case 'string':
      return textType(node);
    case 'integer':
      return numberType(node);
    case 'boolean':
      return '`true` or `false`';
    case 'array':
      return `a list: ${entriesOf(node)}`;
    default:
      return node.propertyNames === undefined ? 'the keys below' : 'a value for any of these names';
  }
}

function entriesOf(node: SchemaNode): string {
  const { items } = node;
  const [entry] = (Array.isArray(items) ? items : [items]).filter((each) => typeof each === 'object');
  return entry === undefined ? 'anything' : typeOf(entry);
}

function textType(node: SchemaNode): string {
  if (node.format === 'date') return 'a date';
  if (node.format === 'email') return 'an email address';
  if (node.format === 'uri') return 'a web address';
  if (node.pattern === TIME_OF_DAY.source) return 'a time of day';
  if (node.pattern !== undefined && node.maxLength === 80) return 'a short name';
  return (node.maxLength ?? 0) > 1000 ? 'text of several lines' : 'text';
}

function numberType({ minimum, maximum }: SchemaNode): string {
  const top = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? ` to ${maximum}` : ' on';
  return `a whole number from ${minimum ?? 0}${top}`;
}

/** The description, the names with what each means, an example. */
function meaningOf(node: SchemaNode): string {
  const { examples } = node;
  const example = examples === undefined || examples.length === 0 ? '' : ` Example: \`${exampleOf(examples[0])}\``;
  const names = partOf(node) === undefined ? namesOf(node) : [];
  return cell(`${node.description ?? ''}${names.length === 0 ? '' : ` Names: ${names.join('; ')}.`}${example}`);
}

/** The names of a closed set, each with what it means. */
function namesOf(node: SchemaNode): string[] {
  const names = typeof node.propertyNames === 'object' ? node.propertyNames : node;
  const meanings = names['enumDescriptions'];
  return (names.enum ?? []).map((value, index) => {
    const meaning: unknown = Array.isArray(meanings) ? meanings[index] : undefined;
    return typeof meaning === 'string' ? `\`${String(value)}\`: ${meaning}` : `\`${String(value)}\``;
  });
}

function listOfNames(schema: z.ZodType): string {
  return placesOf(schema)
    .flatMap(({ node }) => namesOf(node))
    .map((each) => `- ${each}`)
    .join('\n');
}

function exampleOf(example: unknown): string {
  if (Array.isArray(example)) return `[${example.map(exampleOf).join(', ')}]`;
  return typeof example === 'string' ? example : JSON.stringify(example);
}

/** As a cell of a table holds it. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ').trim();
}
