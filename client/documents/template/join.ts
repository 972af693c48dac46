import type { Zip } from 'easy-template-x';
import { namesOf } from '../../../domain/closed-table.ts';
import type { ZipPart } from '../../workbook/parts-of-zip.ts';
import { STYLE_NAMES, type StyleName, styleNamed } from '../word-styles.ts';
import { attribute, type Related, relatedIn, relationsOf, type WordPackage } from './word-package.ts';
import { putText } from './torn-letters.ts';

/** A template that has everything but its content, and the content as a document of ours. */
export interface Joining {
  zip: Zip;
  opened: WordPackage;
  /** Its text, and where in it which words stand for the content. */
  main: string;
  at: number;
  place: string;
  ours: readonly ZipPart[];
}

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const WORDS = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const TYPES = '[Content_Types].xml';
const WORD_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const OUR_MAIN = 'word/document.xml';

/** What the content is written with, which a template may not name. */
const NAMESPACES = {
  r: OFFICE,
  wp: 'http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing',
} as const;

/** Puts our content into a template, with its pictures and bullets, in the template's styles. */
export async function joinInto(joining: Joining): Promise<void> {
  const { zip, opened, at, place } = joining;
  const body = bodyIn(joining.ours);
  const styles = await joinStyles(zip, opened);
  const bullets = await joinBullets(zip, opened);
  const pictures = await joinPictures(joining, body);
  await joinTypes(zip, opened);
  await forgetItsTemplate(zip, opened);
  const first = freeNumber(joining.main, body);
  const written = renamed(body, {
    'w:pStyle': (tag) => attributeOf(tag, 'w:val', (style) => styles(style)),
    'w:numId': (tag) => attributeOf(tag, 'w:val', () => String(bullets)),
    'w:bookmarkStart': (tag) =>
      attributeOf(
        attributeOf(tag, 'w:id', (id) => String(first + Number(id))),
        'w:name',
        ourPlace,
      ),
    'w:bookmarkEnd': (tag) => attributeOf(tag, 'w:id', (id) => String(first + Number(id))),
    'w:hyperlink': (tag) => attributeOf(tag, 'w:anchor', ourPlace),
    'wp:docPr': (tag) => attributeOf(tag, 'id', (id) => String(first + Number(id))),
    'a:blip': (tag) => attributeOf(tag, 'r:embed', (id) => pictures.get(id) ?? id),
  });
  const joined = joining.main.slice(0, at) + written + joining.main.slice(at + place.length);
  putText(
    zip,
    opened.main,
    joined.replace(/<w:document\s[^>]*>/, (tag) =>
      namesOf(NAMESPACES).reduce(
        (so, prefix) =>
          attribute(so, `xmlns:${prefix}`) === ''
            ? so.replace('<w:document', () => `<w:document xmlns:${prefix}="${NAMESPACES[prefix]}"`)
            : so,
        tag,
      ),
    ),
  );
}

export const textOf = async (zip: Zip, path: string): Promise<string> =>
  zip.isFileExist(path) ? zip.getFile(path).getContentText() : '';

/** Ours, whatever the template has. */
const ourPlace = (name: string): string => `duecourse_${name.replaceAll('-', '_')}`;

const partIn = (ours: readonly ZipPart[], path: string): Buffer =>
  ours.find(({ name }) => name === path)?.content ?? Buffer.alloc(0);

/** What stands in our own document's text. */
function bodyIn(ours: readonly ZipPart[]): string {
  const xml = partIn(ours, OUR_MAIN).toString('utf8');
  return xml.slice(xml.indexOf('<w:body>') + '<w:body>'.length, xml.lastIndexOf('<w:sectPr'));
}

/** Some of the tags written otherwise. Words of people have no tags: a `<` in them is none. */
function renamed(xml: string, tags: Readonly<Record<OurTag, (tag: string) => string>>): string {
  return xml.replaceAll(OUR_TAGS, (tag, name: OurTag) => tags[name](tag));
}

type OurTag = 'w:pStyle' | 'w:numId' | 'w:bookmarkStart' | 'w:bookmarkEnd' | 'w:hyperlink' | 'wp:docPr' | 'a:blip';
const OUR_TAGS = /<(w:pStyle|w:numId|w:bookmarkStart|w:bookmarkEnd|w:hyperlink|wp:docPr|a:blip)\s[^>]*>/g;

/** A tag with one attribute of its own written otherwise; what words are in another is no matter. */
const attributeOf = (tag: string, name: string, make: (value: string) => string): string =>
  tag.replaceAll(/(\s)([\w:]+)="([^"]*)"/g, (whole, space: string, key: string, value: string) =>
    key === name ? `${space}${key}="${make(value)}"` : whole,
  );

/** From where on numbers of our own are nobody else's. */
function freeNumber(main: string, body: string): number {
  const numbers = (xml: string) =>
    [...xml.matchAll(/<(?:w:bookmarkStart|wp:docPr)\s[^>]*?\s(?:w:)?id="(\d+)"/g)].map(([, id]) => Number(id));
  const taken = numbers(main);
  const size = numbers(body).reduce((most, id) => Math.max(most, id), 0) + 1;
  let first = 0;
  while (taken.some((id) => id >= first && id <= first + size)) first += size;
  return first;
}

/** Something more at the end of an element, also of one that is empty. */
function inside(xml: string, element: string, more: string): string {
  const end = xml.lastIndexOf(`</${element}>`);
  if (end !== -1) return xml.slice(0, end) + more + xml.slice(end);
  return xml.replace(
    new RegExp(`<${element}(\\s[^>]*)?/>`),
    (_, given: string = '') => `<${element}${given}>${more}</${element}>`,
  );
}

interface NewPart {
  type: 'styles' | 'numbering';
  root: string;
}

/** A part that the text has one of; made, and told of, where the template has none. */
async function mainPart(
  zip: Zip,
  opened: WordPackage,
  { type, root }: NewPart,
): Promise<{ path: string; xml: string }> {
  const known = relatedIn(opened, opened.main).find((each) => each.type === type);
  if (known !== undefined) return { path: known.target, xml: await textOf(zip, known.target) };
  const folder = opened.main.slice(0, opened.main.lastIndexOf('/') + 1);
  const path = `${folder}duecourse-${type}.xml`;
  await relate(zip, opened, { id: `duecourse-${type}`, type, target: `duecourse-${type}.xml` });
  const override = `<Override PartName="/${path}" ContentType="${WORD_TYPE}.${type}+xml"/>`;
  putText(zip, TYPES, inside(await textOf(zip, TYPES), 'Types', override));
  return {
    path,
    xml: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:${root} xmlns:w="${WORDS}"></w:${root}>`,
  };
}

async function relate(zip: Zip, opened: WordPackage, { id, type, target }: Omit<Related, 'isOutside'>): Promise<void> {
  const path = relationsOf(opened.main);
  const more = `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  putText(zip, path, inside(await textOf(zip, path), 'Relationships', more));
}

/**
 * Puts in the styles that a template lacks; those that it has are the council's own, by the name that Word gives them in every
 * language.
 *
 * @returns what each style of ours is called there
 */
async function joinStyles(zip: Zip, opened: WordPackage): Promise<(style: string) => string> {
  const { path, xml } = await mainPart(zip, opened, { type: 'styles', root: 'styles' });
  const theirs = [...xml.matchAll(/<w:style\s([^>]*)>(.*?)<\/w:style>/gs)].flatMap(([, tag = '', within = '']) => {
    const of = (name: string) => attribute(` ${tag}`, `w:${name}`);
    const [named = ''] = /<w:name\s[^>]*>/.exec(within) ?? [];
    const isDefault = /^(?:1|true|on)$/.test(of('default'));
    return of('type') === 'paragraph'
      ? [{ id: of('styleId'), name: attribute(named, 'w:val').toLowerCase(), isDefault }]
      : [];
  });
  const called = (style: StyleName): string | undefined =>
    style === 'Normal'
      ? theirs.find(({ isDefault }) => isDefault)?.id
      : theirs.find(({ name }) => name === STYLE_NAMES[style].toLowerCase())?.id;
  const free = (style: StyleName): string => (xml.includes(`w:styleId="${style}"`) ? `duecourse${style}` : style);
  const idOf = (style: StyleName): string => called(style) ?? free(style);
  const lacking = USED.filter((style) => called(style) === undefined);
  putText(zip, path, inside(xml, 'w:styles', lacking.map((style) => styleNamed(style, idOf)).join('')));
  return (style) => (isOurs(style) ? idOf(style) : style);
}

const isOurs = (style: string): style is StyleName => Object.hasOwn(STYLE_NAMES, style);

/** The title, its line and the foot are the template's own. */
const USED = namesOf(STYLE_NAMES).filter((style) => !['Title', 'Under', 'Foot'].includes(style));

/** Puts in our bullets. @returns the number of their list there */
async function joinBullets(zip: Zip, opened: WordPackage): Promise<number> {
  const { path, xml } = await mainPart(zip, opened, { type: 'numbering', root: 'numbering' });
  const highest = (of: RegExp) => [...xml.matchAll(of)].reduce((most, [, n]) => Math.max(most, Number(n)), 0);
  const abstract = highest(/w:abstractNumId="(\d+)"/g) + 1;
  const number = highest(/w:numId="(\d+)"/g) + 1;
  const made = `<w:abstractNum w:abstractNumId="${abstract}"><w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:spacing w:after="40"/><w:ind w:left="360" w:hanging="260"/></w:pPr></w:lvl></w:abstractNum>`;
  const list = `<w:num w:numId="${number}"><w:abstractNumId w:val="${abstract}"/></w:num>`;
  // What lists look like stands before all lists, and something may stand behind them.
  const before = /<w:num\s|<w:numIdMacAtCleanup/.exec(xml)?.index;
  const looks =
    before === undefined ? inside(xml, 'w:numbering', made) : xml.slice(0, before) + made + xml.slice(before);
  const behind = looks.indexOf('<w:numIdMacAtCleanup');
  putText(
    zip,
    path,
    behind === -1 ? inside(looks, 'w:numbering', list) : looks.slice(0, behind) + list + looks.slice(behind),
  );
  return number;
}

/** Puts in our pictures. @returns what each is called there, by what our own document calls it */
async function joinPictures({ zip, opened, ours }: Joining, body: string): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  const folder = opened.main.slice(0, opened.main.lastIndexOf('/') + 1);
  const related = relatedIn(
    { parts: new Map(ours.map(({ name, content }) => [name, content])), main: OUR_MAIN },
    OUR_MAIN,
  );
  for (const { id, type, target } of related) {
    if (type !== 'image' || !body.includes(`r:embed="${id}"`)) continue;
    const file = `media/duecourse-${names.size + 1}.png`;
    const own = `duecoursePicture${names.size + 1}`;
    zip.setFile(`${folder}${file}`, partIn(ours, target));
    await relate(zip, opened, { id: own, type: 'image', target: file });
    names.set(id, own);
  }
  return names;
}

/** Pictures are known, and what was made as a template for Word is a document. */
async function joinTypes(zip: Zip, { main }: WordPackage): Promise<void> {
  const xml = await textOf(zip, TYPES);
  const hasPng = /<Default\s[^>]*Extension="png"/i.test(xml);
  const types = hasPng ? xml : inside(xml, 'Types', '<Default Extension="png" ContentType="image/png"/>');
  putText(
    zip,
    TYPES,
    types.replaceAll(/<Override\s[^>]*>/g, (tag) =>
      attribute(tag, 'PartName') === `/${main}` ? tag.replace('template.main+xml', 'document.main+xml') : tag,
    ),
  );
}

/** A document does not say from which file on whose disk its template was made. */
async function forgetItsTemplate(zip: Zip, opened: WordPackage): Promise<void> {
  const settings = relatedIn(opened, opened.main).find(({ type }) => type === 'settings')?.target;
  if (settings === undefined || !zip.isFileExist(settings)) return;
  putText(zip, settings, (await textOf(zip, settings)).replaceAll(/<w:attachedTemplate\s[^>]*\/>/g, ''));
  const path = relationsOf(settings);
  if (!zip.isFileExist(path)) return;
  const kept = (await textOf(zip, path)).replaceAll(/<Relationship\s[^>]*>/g, (tag) =>
    attribute(tag, 'Type').endsWith('/attachedTemplate') ? '' : tag,
  );
  putText(zip, path, kept);
}
