import {
  MaxXmlDepthError,
  MissingCloseDelimiterError,
  MissingStartDelimiterError,
  TagOptionsParseError,
  TemplateHandler,
} from 'easy-template-x';
import { namesOf } from '../../../domain/closed-table.ts';
import type { Document } from '../../../domain/documents/document.ts';
import { fieldNamed, plainly, TEMPLATE_FIELDS, type TemplateField } from '../../../domain/documents/template-fields.ts';
import { inShort } from '../../../domain/in-short.ts';
import { nearest } from '../../../domain/nearest.ts';
import { documentOnTemplate } from './fill.ts';
import { MAX_DEPTH, tagsIn, type TemplateTag } from './tags.ts';
import { UNFIT, UNWANTED, type Unwanted } from './unfit.ts';
import { relatedIn, textsIn, wordPackage, type WordPackage } from './word-package.ts';

/** What a look at a template has found. */
export interface LookedAtTemplate {
  /** What it has a place for. */
  fields: TemplateField[];
  /** Words in braces that are no field, each with the one that may be meant. */
  unknown: { text: string; nearest?: TemplateField }[];
  /** Fields that a template must have, and this one has not. */
  missing: TemplateField[];
  /** Every reason why it is not used, a sentence each; none where it is good. */
  problems: string[];
  /** What is worth knowing of it, and no reason against it. */
  notes: string[];
}

const MAX_NAMED = 60;

/** Looks whether a file can be the template of a council's documents; a document is made with it for a try. */
export async function lookAtTemplate(content: Buffer): Promise<LookedAtTemplate> {
  const found: LookedAtTemplate = { fields: [], unknown: [], missing: [], problems: [], notes: [] };
  const opened = wordPackage(content);
  if (typeof opened === 'string') return { ...found, problems: [UNFIT[opened]] };
  const unwanted = unwantedIn(opened);
  const { problems: joined, notes } = joinedIn(opened);
  found.notes.push(...notes);
  found.problems.push(...unwanted.map((each) => UNWANTED[each]), ...joined);
  try {
    const tags = await tagsIn(new TemplateHandler({ maxXmlDepth: MAX_DEPTH }), content);
    found.fields = namesOf(TEMPLATE_FIELDS).filter((name) => tags.some(({ field }) => field === name));
    found.missing = namesOf(TEMPLATE_FIELDS).filter(
      (name) => TEMPLATE_FIELDS[name].isNeeded === true && !found.fields.includes(name),
    );
    found.unknown = unknownIn(tags);
    found.problems.push(...ofFields(found), ...ofContent(tags), ...ofBraces(opened));
    if (found.problems.length === 0) await documentOnTemplate(TRIAL, content, TRIAL.on);
  } catch (error) {
    found.problems.push(whyUnreadable(error as Error));
  }
  return found;
}

function unwantedIn(opened: WordPackage): Unwanted[] {
  const texts = textsIn(opened);
  const names = [...opened.parts.keys()];
  const has = (what: RegExp) => texts.some(({ xml }) => what.test(xml));
  const comments = names.filter((name) => name.endsWith('comments.xml'));
  return [
    ...(has(/<w:(?:ins|del|moveFrom|moveTo|[a-z]+PrChange)[ >]/i) ? (['changes'] as const) : []),
    ...(comments.some((name) => /<w:comment[ >]/.test(opened.parts.get(name)?.toString('utf8') ?? ''))
      ? (['comments'] as const)
      : []),
    ...(names.some((name) => /\/(?:embeddings|activeX|afchunk)[^/]*\/?[^/]*\.\w+$/i.test(name)) ||
    has(/<w:(?:altChunk|object)[ >]/)
      ? (['embedded'] as const)
      : []),
    ...(texts.some(({ xml }) => fetches(xml)) ? (['fetches'] as const) : []),
  ];
}

/** A field that Word fills from elsewhere; its words may be divided among several pieces. */
function fetches(xml: string): boolean {
  const words = [...xml.matchAll(/<w:instrText[^>]*>([^<]*)<|\sw:instr="([^"]*)"/g)].map(
    ([, long, short]) => long ?? short ?? '',
  );
  const said = `${words.join('')} ${words.join(' ')}`;
  return /INCLUDE(?:PICTURE|TEXT)|\b(?:INCLUDE|IMPORT|DATABASE|DDE|DDEAUTO)\b|(?<!HYPER)LINK\b/i.test(said);
}

/** What a template takes from elsewhere; an address to click on takes nothing. */
function joinedIn(opened: WordPackage): { problems: string[]; notes: string[] } {
  const problems: string[] = [];
  const notes: string[] = [];
  const outside = [...opened.parts.keys()]
    .filter((name) => name.endsWith('.rels'))
    .flatMap((name) => relatedIn(opened, name.replace('_rels/', '').replace(/\.rels$/, '')))
    .filter(({ isOutside }) => isOutside);
  for (const { type, target } of outside) {
    const named = inShort(target, MAX_NAMED);
    if (type === 'hyperlink' && /^(?:https?:|mailto:|tel:)/i.test(target)) notes.push(`It links to ${named}.`);
    else if (type === 'attachedTemplate')
      notes.push('It was made from another template of Word’s. Documents that are made with it do not name that one.');
    else
      problems.push(`It takes something from outside itself: ${named}. Break that link, or put the thing itself in.`);
  }
  return { problems: [...new Set(problems)], notes: [...new Set(notes)] };
}

function unknownIn(tags: readonly TemplateTag[]): LookedAtTemplate['unknown'] {
  const texts = [...new Set(tags.flatMap(({ field, text }) => (field === undefined ? [text] : [])))];
  return texts.map((text) => {
    const close = fieldNamed(nearest(plainly(text.replaceAll(/[{}#/]/g, '')), namesOf(TEMPLATE_FIELDS)) ?? '');
    return { text: inShort(text, MAX_NAMED), ...(close === undefined ? {} : { nearest: close }) };
  });
}

const ofFields = ({ unknown, missing }: LookedAtTemplate): string[] => [
  ...unknown.map(
    (each) =>
      `${each.text} is no field that is known here${each.nearest === undefined ? '' : `; did you mean {${each.nearest}}?`}`,
  ),
  ...missing.map((name) => `{${name}} is missing: ${TEMPLATE_FIELDS[name].stands}.`),
];

function ofContent(tags: readonly TemplateTag[]): string[] {
  const contents = tags.filter(({ field }) => field === 'content');
  if (contents.length > 1) return ['{content} stands there more than once. Leave one.'];
  if (contents.every(({ isAlone }) => isAlone)) return [];
  return [
    '{content} must stand by itself in a paragraph of the text: with no other words, in no table or box, in no header or footer, and not where a section ends.',
  ];
}

/** Braces that are left where every field is filled: the library lets them stand. */
function ofBraces(opened: WordPackage): string[] {
  return textsIn(opened).flatMap(({ name, xml }) => {
    const lines = xml
      .split('</w:p>')
      .map((within) => [...within.matchAll(/<w:t(?:\s[^>]*)?>([^<]*)</g)].map(([, words]) => words).join(''));
    if (/(?:footnotes|endnotes|glossary)/.test(name))
      return lines.some((line) => /[{}]/.test(line))
        ? ['A field stands in a note, where none is filled. Put it into the text, a header or a footer.']
        : [];
    const lone = lines.find((line) => /[{}]/.test(line.replaceAll(/\{[^{}]*\}/g, '')));
    return lone === undefined ? [] : [unpaired(lone)];
  });
}

const unpaired = (words: string): string =>
  `Braces are not in pairs near “${inShort(words, MAX_NAMED)}”. They stand for fields only: {title}.`;

/** Why the words in braces can't be read. */
function whyUnreadable(error: Error): string {
  if (error instanceof MissingCloseDelimiterError) return unpaired(error.openDelimiterText);
  if (error instanceof MissingStartDelimiterError) return unpaired(error.closeDelimiterText);
  if (error instanceof TagOptionsParseError) return unpaired(error.tagRawText);
  if (error instanceof MaxXmlDepthError) return UNFIT.long;
  return UNFIT.damaged;
}

/** One of each, as documents have them. */
const TRIAL: Document = {
  ...{ title: 'A try', under: 'A council, 2 March 2026', on: '2026-03-02', contents: true },
  about: { council: 'A council', inspection: 'An inspection' },
  blocks: [
    { kind: 'heading', level: 2, text: 'A heading' },
    { kind: 'paragraph', text: 'A text.' },
    { kind: 'list', items: [{ text: 'One' }, { text: 'Another', tone: 'aside' }] },
    { kind: 'table', caption: 'A table', heads: ['One', 'Two'], rows: [['1', { text: 'Green', rag: 'green' }]] },
  ],
};
