import { mapTable, namesOf } from '../../domain/closed-table.ts';

/** The styles of paragraphs in a document of ours. */
export type StyleName =
  | 'Normal'
  | 'Title'
  | 'Heading1'
  | 'Heading2'
  | 'Heading3'
  | 'ListParagraph'
  | 'Under'
  | 'TableCaption'
  | 'TableText'
  | 'Foot'
  | 'Contents';

interface Style {
  /** As Word calls it: by its own names it knows headings, whatever the language of whoever reads. */
  name: string;
  next?: StyleName;
  /** In half points. */
  size?: number;
  bold?: boolean;
  colour?: string;
  /** In twentieths of a point. */
  above?: number;
  below?: number;
  /** In 240ths of a line. */
  line?: number;
  /** It is not left alone at the foot of a page. */
  staysWithNext?: boolean;
  /** From 0: headings of it stand in Word's own outline. */
  outline?: number;
}

const heading = (name: string, size: number, above: number): Style => ({
  ...{ name, next: 'Normal', size, above, below: 80 },
  ...{ bold: true, staysWithNext: true },
});

export const QUIET = '505A5F';

const STYLES: Record<StyleName, Style> = {
  Normal: { name: 'Normal' },
  Title: heading('Title', 34, 0),
  Heading1: { ...heading('heading 1', 27, 280), outline: 0 },
  Heading2: { ...heading('heading 2', 23, 200), outline: 1 },
  Heading3: { ...heading('heading 3', 21, 160), outline: 2 },
  ListParagraph: { name: 'List Paragraph', below: 40 },
  Under: { name: 'Under the title', next: 'Normal', colour: QUIET },
  TableCaption: {
    name: 'Table caption',
    next: 'Normal',
    size: 19,
    colour: QUIET,
    above: 80,
    below: 60,
    staysWithNext: true,
  },
  TableText: { name: 'Table text', size: 18, below: 0, line: 240 },
  Foot: { name: 'Foot of the page', size: 17, colour: QUIET, below: 0 },
  Contents: { name: 'Line of the contents', below: 20 },
};

/** The same names, to be asked for. */
export const STYLE = mapTable(STYLES, (_style, name) => name);

const NAMESPACE = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

/**
 * `word/styles.xml`: British English and one typeface for all, and each style. The library's own names no style as that of
 * paragraphs without one, so that other programs find none.
 */
export const STYLES_XML = [
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
  `<w:styles xmlns:w="${NAMESPACE}">`,
  '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/><w:color w:val="0B0C0C"/><w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>',
  '<w:pPrDefault><w:pPr><w:spacing w:after="100" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>',
  ...namesOf(STYLES).map((id) => styleAsXml(id, STYLES[id])),
  '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>',
  '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
  '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style>',
  '</w:styles>',
].join('\n');

/** As Word calls each style. */
export const STYLE_NAMES: Record<StyleName, string> = mapTable(STYLES, ({ name }) => name);

/** One style, where styles are called otherwise. @param idOf each style's own id there */
export const styleNamed = (id: StyleName, idOf: (style: StyleName) => string): string =>
  styleAsXml(id, STYLES[id], idOf);

/** The order of what is in it is the schema's. */
function styleAsXml(id: StyleName, style: Style, idOf: (style: StyleName) => string = (same) => same): string {
  const { name, next, size, bold, colour, above, below, line, staysWithNext, outline } = style;
  const isNormal = id === 'Normal';
  const spacing = [
    ...(above === undefined ? [] : [`w:before="${above}"`]),
    ...(below === undefined ? [] : [`w:after="${below}"`]),
    ...(line === undefined ? [] : [`w:line="${line}" w:lineRule="auto"`]),
  ].join(' ');
  return [
    `<w:style w:type="paragraph" ${isNormal ? 'w:default="1" ' : ''}w:styleId="${idOf(id)}"><w:name w:val="${name}"/>`,
    isNormal ? '' : `<w:basedOn w:val="${idOf('Normal')}"/>`,
    next === undefined ? '' : `<w:next w:val="${idOf(next)}"/>`,
    '<w:qFormat/><w:pPr>',
    staysWithNext === true ? '<w:keepNext/><w:keepLines/>' : '',
    spacing === '' ? '' : `<w:spacing ${spacing}/>`,
    outline === undefined ? '' : `<w:outlineLvl w:val="${outline}"/>`,
    '</w:pPr><w:rPr>',
    bold === true ? '<w:b/><w:bCs/>' : '',
    colour === undefined ? '' : `<w:color w:val="${colour}"/>`,
    size === undefined ? '' : `<w:sz w:val="${size}"/><w:szCs w:val="${size}"/>`,
    '</w:rPr></w:style>',
  ].join('');
}
