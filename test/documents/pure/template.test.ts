import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { documentOnTemplate } from '../../../client/documents/template/fill.ts';
import { exampleTemplate } from '../../../client/documents/template/example.ts';
import { lookAtTemplate } from '../../../client/documents/template/look.ts';
import {
  TEMPLATE_LIMITS,
  UNFIT,
  type Unfit,
  UNWANTED,
  type Unwanted,
} from '../../../client/documents/template/unfit.ts';
import { namesOf } from '../../../domain/closed-table.ts';
import { type Document, heading, list, paragraph, table } from '../../../domain/documents/document.ts';
import { fieldNamed, TEMPLATE_FIELDS } from '../../../domain/documents/template-fields.ts';
import { WRITTEN_PARTS, writtenBlocks } from '../../../domain/progress/written-parts.ts';
import { NASTY } from '../../support/documents.ts';
import { editedTemplate, para, withContent } from '../../support/templates.ts';
import { wordParts, wordText } from '../../support/word.ts';
import { zipOf } from '../../support/zip.ts';

const DOCUMENT = 'word/document.xml';
const nobody = { text: null, summary: null, financial: null, legal: null, equality: null, risk: null };
const SMALL: Document = {
  title: 'A document',
  under: 'Anyborough Council',
  on: '2026-03-02',
  about: { council: 'Anyborough Council', inspection: 'Inspection of 2026' },
  blocks: [
    ...writtenBlocks({ ...nobody, summary: { text: 'All is well.', by: 'Director', on: '2026-03-01' } }, ['summary']),
    heading(2, 'First'),
    paragraph('One line.\nAnother.'),
    list(['a', 'b'], 'none'),
    table('Themes', ['Theme', 'Rating'], [['Practice', { text: 'Red', rag: 'red' }]], 'none'),
    ...writtenBlocks(nobody, ['legal']),
  ],
};
const MADE_ON = '2026-03-09';

const example = async (): Promise<Buffer> => Buffer.from(await exampleTemplate());
const made = async (template: Buffer, document = SMALL) =>
  Buffer.from(await documentOnTemplate(document, template, MADE_ON));
const problemsOf = async (file: Buffer): Promise<string[]> => (await lookAtTemplate(file)).problems;

afterEach(() => {
  vi.useRealTimers();
});

test('the template to begin with is a good one, and every field has its place', async () => {
  expect(await lookAtTemplate(await example())).toEqual({
    fields: ['title', 'council', 'inspection', 'as at', 'made on', 'content'],
    ...{ unknown: [], missing: [], problems: [], notes: [] },
  });
  const all = namesOf(TEMPLATE_FIELDS).filter((name) => name !== 'content');
  const every = await withContent(`${all.map((name) => para(`${name}: {${name}}`)).join('')}${para('{content}')}`);
  expect(await lookAtTemplate(every)).toMatchObject({ fields: namesOf(TEMPLATE_FIELDS), problems: [] });
  const text = wordText(await made(every));
  for (const said of [
    'title: A document',
    'council: Anyborough Council',
    'inspection: Inspection of 2026',
    'as at: Monday 2 March 2026',
    'made on: Monday 9 March 2026',
    'summary: All is well.Written by Director on Sunday 1 March 2026.',
    'financial: Not recorded.',
    'legal: Not recorded.',
  ])
    expect(text).toContain(said);
  // What has a place of its own does not stand in the content again.
  expect(text.match(/All is well/g)).toHaveLength(1);
  expect(text).not.toContain(WRITTEN_PARTS.summary);
  expect(wordText(await made(await example()))).toContain(`${WRITTEN_PARTS.summary}\nAll is well.`);
});

test('a field may be written with capitals, hyphens or lines, and in pieces as Word leaves it', async () => {
  expect(['As at', 'as-at', 'AS_AT', ' as  at '].map(fieldNamed)).toEqual(['as at', 'as at', 'as at', 'as at']);
  const pieces =
    '<w:p><w:r><w:t>{</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:b/></w:rPr><w:t>Con</w:t></w:r><w:r><w:t>tent}</w:t></w:r></w:p>';
  const file = await withContent(pieces + para('{AS-AT}'));
  expect(await problemsOf(file)).toEqual([]);
  expect(wordText(await made(file))).toContain('Monday 2 March 2026');
});

test('the same document on the same template, made on the same day, is the same file', async () => {
  const at = async (now: string) => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(now) });
    return (await made(await example())).toString('hex');
  };
  expect(await at('2031-11-05T23:59:58.000Z')).toBe(await at('2026-03-02T10:00:00.000Z'));
});

test('what people write is text, whatever it looks like: braces, markup, what a replacement would take for its own', async () => {
  const words = `${NASTY} {content} {title} {#loop} {/x} } { $1 $& <w:pStyle w:val="x"/> duecourse: the content`;
  const document: Document = {
    ...{ ...SMALL, title: words, about: { council: words, inspection: words } },
    blocks: [heading(2, words), paragraph(words), table(words, [words], [[words]], '')],
  };
  const file = await made(await example(), document);
  const shown = words.replaceAll('\u0001', '');
  const lines = wordText(file).split('\n');
  expect(lines.filter((each) => each === shown)).toHaveLength(7);
  expect(wordParts(file).get('word/header1.xml')).toContain('{content} {title}');
  for (const [, xml] of wordParts(file)) expect(xml).not.toContain('<b>');
  const any = fc.sample(fc.string({ unit: 'binary', maxLength: 40 }), 200);
  const many = await made(await example(), { ...SMALL, title: any.join(' '), blocks: any.map(paragraph) });
  expect(wordText(many)).toContain('Monday 2 March 2026');
});

describe('the council’s own looks', () => {
  const styles = (own: string) => (xml: string) =>
    xml.replace(/<w:style [^>]*w:styleId="Heading1".*?<\/w:style>/s, own);

  test('headings are in its styles, by whatever they are called; what it lacks is put in beside them', async () => {
    const file = await editedTemplate({
      'word/styles.xml': (xml) =>
        styles('<w:style w:styleId="berschrift1" w:type="paragraph"><w:name w:val="Heading 1"/></w:style>')(
          xml,
        ).replace(
          /<w:style [^>]*w:styleId="TableText".*?<\/w:style>/s,
          '<w:style w:type="character" w:styleId="TableText"><w:name w:val="Something else"/></w:style>',
        ),
    });
    expect(await problemsOf(file)).toEqual([]);
    const parts = wordParts(await made(file));
    const text = parts.get(DOCUMENT) ?? '';
    expect(text).toContain('<w:pStyle w:val="berschrift1"/>');
    expect(text).not.toContain('<w:pStyle w:val="Heading1"/>');
    expect(text).toContain('<w:pStyle w:val="duecourseTableText"/>');
    const known = [...(parts.get('word/styles.xml') ?? '').matchAll(/w:styleId="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(known).size).toBe(known.length);
    for (const [, id] of text.matchAll(/<w:pStyle w:val="([^"]*)"/g)) expect(known).toContain(id);
  });

  test('tables are as wide as its text, also on a page on its side', async () => {
    const file = await editedTemplate({
      [DOCUMENT]: (xml) =>
        xml
          .replace(/<w:pgSz[^>]*>/, '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>')
          .replace(/<w:pgMar[^>]*>/, '<w:pgMar w:left="1000" w:right="838" w:gutter="0"/>'),
    });
    expect(wordParts(await made(file)).get(DOCUMENT)).toContain('<w:tblW w:type="dxa" w:w="15000"/>');
  });

  test('it needs no list, no styles and no settings of its own', async () => {
    const gone = /<Relationship [^>]*(?:numbering|styles|settings)[^>]*>/g;
    const file = await editedTemplate({
      ...{ 'word/numbering.xml': null, 'word/styles.xml': null, 'word/settings.xml': null },
      'word/_rels/document.xml.rels': (xml) => xml.replaceAll(gone, ''),
      '[Content_Types].xml': (xml) => xml.replaceAll(/<Override [^>]*(?:numbering|styles|settings)[^>]*>/g, ''),
    });
    expect(await problemsOf(file)).toEqual([]);
    const parts = wordParts(await made(file));
    const [, number] = /<w:numId w:val="(\d+)"/.exec(parts.get(DOCUMENT) ?? '') ?? [];
    expect(parts.get('word/duecourse-numbering.xml')).toContain(`<w:num w:numId="${number}">`);
    expect(parts.get('[Content_Types].xml')).toContain('/word/duecourse-styles.xml');
    expect(parts.get('word/_rels/document.xml.rels')).toContain('Target="duecourse-styles.xml"');
  });

  test('a template of Word’s (.dotx) makes documents, and the one that it was made from is not named in them', async () => {
    const file = await editedTemplate({
      '[Content_Types].xml': (xml) => xml.replace('document.main+xml', 'template.main+xml'),
      'word/settings.xml': (xml) => xml.replace(/(<w:settings[^>]*>)/, '$1<w:attachedTemplate r:id="rId1"/>'),
      'word/_rels/settings.xml.rels':
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="file:///C:/Users/somebody/Council.dotx" TargetMode="External"/></Relationships>',
    });
    const { problems, notes } = await lookAtTemplate(file);
    expect([problems, notes.length]).toEqual([[], 1]);
    const parts = wordParts(await made(file));
    expect(parts.get('[Content_Types].xml')).toContain('document.main+xml');
    for (const [, xml] of parts) expect(xml).not.toMatch(/Council\.dotx|attachedTemplate/);
  });
});

describe('fields that can’t be used are told', () => {
  test.each([
    [para('{conten}'), ['{conten} is no field that is known here; did you mean {content}?', /^\{content\} is missing/]],
    [para('{content}{colour}'), [/^\{colour\} is no field/, /^\{content\} must stand by itself/]],
    [
      para('{#content}') + para('{/content}') + para('{content}'),
      [/^\{#content\} is no field/, /^\{\/content\} is no field/],
    ],
    [para('{content}') + para('{}'), [/^\{\} is no field/]],
    [para('{content}') + para('{__proto__}') + para('{constructor}'), [/__proto__/, /constructor/]],
    ['', [/^\{content\} is missing/]],
    [para('{content}') + para('{content}'), ['{content} stands there more than once. Leave one.']],
    [para('See {content}'), [/^\{content\} must stand by itself/]],
    [`<w:tbl><w:tr><w:tc>${para('{content}')}</w:tc></w:tr></w:tbl>`, [/^\{content\} must stand by itself/]],
    ['<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>{content}</w:t></w:r></w:p>', [/^\{content\} must stand by itself/]],
    [para('{content}') + para('a { b'), ['Braces are not in pairs near “a { b”. They stand for fields only: {title}.']],
    [para('{content}') + para('a } b'), [/^Braces are not in pairs near “a } b”/]],
    [para('{content}') + para('{title [x: }'), [/./]],
    [para('{content}') + para('{title'), [/^Braces are not in pairs near “\{title”/]],
  ])('%s', async (content, told) => {
    const problems = await problemsOf(await withContent(content));
    expect(problems).toEqual(
      told.map((each): unknown => (typeof each === 'string' ? each : expect.stringMatching(each))),
    );
  });

  test('a template without a title is none', async () => {
    const file = await editedTemplate({
      [DOCUMENT]: (xml) => xml.replaceAll('{title}', ''),
      'word/footer1.xml': (xml) => xml.replaceAll('{title}', ''),
    });
    expect(await lookAtTemplate(file)).toMatchObject({ missing: ['title'] });
  });
});

const bomb = (): Buffer => zipOf([{ name: 'word/document.xml', content: Buffer.alloc(40_000_000), says: 10 }]);
const UNFIT_FILES: Record<Unfit, () => Buffer | Promise<Buffer>> = {
  empty: () => Buffer.alloc(0),
  large: () => Buffer.alloc(TEMPLATE_LIMITS.fileBytes + 1, 'PK'),
  old: () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
  encrypted: () =>
    Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.from('EncryptedPackage', 'utf16le'),
      Buffer.alloc(600),
    ]),
  macros: () => editedTemplate({ 'word/vbaProject.bin': 'x' }),
  'no-word': () => editedTemplate({ '[Content_Types].xml': (xml) => xml.replace('document.main+xml', 'other+xml') }),
  strict: () =>
    editedTemplate({
      [DOCUMENT]: (xml) =>
        xml.replaceAll(
          'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
          'http://purl.oclc.org/ooxml/wordprocessingml/main',
        ),
    }),
  damaged: () => editedTemplate({ [DOCUMENT]: (xml) => `<!DOCTYPE a [<!ENTITY b "c">]>${xml}` }),
  unpacks: bomb,
  'many-parts': () => zipOf(Array.from({ length: 500 }, (_, n) => ({ name: `word/${n}.xml`, content: '' }))),
  long: () => withContent(para('a').repeat(20_000) + para('{content}')),
};

test.each(Object.entries(UNFIT_FILES))('a file that is %s is refused in a sentence', async (why, file) => {
  expect(await problemsOf(await file())).toEqual([UNFIT[why as Unfit]]);
});

const rels = (type: string, target: string) => (xml: string) =>
  xml.replace(
    '</Relationships>',
    `<Relationship Id="x1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}" TargetMode="External"/></Relationships>`,
  );
const UNWANTED_FILES: Record<Unwanted, () => Promise<Buffer>> = {
  changes: () =>
    withContent(`${para('{content}')}<w:p><w:ins w:id="9" w:author="x"><w:r><w:t>new</w:t></w:r></w:ins></w:p>`),
  comments: () =>
    editedTemplate({
      'word/comments.xml': (xml) =>
        xml.replace(/\/>$|<\/w:comments>/, (end) =>
          end === '/>' ? '><w:comment w:id="1"/></w:comments>' : `<w:comment w:id="1"/>${end}`,
        ),
    }),
  embedded: () => editedTemplate({ 'word/embeddings/oleObject1.bin': 'x' }),
  fetches: () =>
    withContent(
      `${para('{content}')}<w:p><w:r><w:instrText> INCLUDE</w:instrText></w:r><w:r><w:instrText>PICTURE "https://example.org/a.png"</w:instrText></w:r></w:p>`,
    ),
};

test.each(Object.entries(UNWANTED_FILES))('what has %s in it is refused in a sentence', async (what, file) => {
  expect(await problemsOf(await file())).toEqual([UNWANTED[what as Unwanted]]);
});

test('what takes something from elsewhere is refused; an address to click on is told', async () => {
  const joined = (type: string, target: string) =>
    editedTemplate({ 'word/_rels/document.xml.rels': rels(type, target) });
  expect(await problemsOf(await joined('image', 'https://example.org/logo.png'))).toEqual([
    'It takes something from outside itself: https://example.org/logo.png. Break that link, or put the thing itself in.',
  ]);
  for (const target of ['file://server/share/x', 'javascript:alert(1)'])
    expect(await problemsOf(await joined('hyperlink', target))).toHaveLength(1);
  expect(await lookAtTemplate(await joined('hyperlink', 'https://www.example.org/'))).toMatchObject({
    ...{ problems: [], notes: ['It links to https://www.example.org/.'] },
  });
});

test('whatever is sent instead of a template is refused or used, and nothing is thrown; each within two seconds', async () => {
  const good = await example();
  const files = [
    ...Array.from({ length: 20 }, (_, n) => good.subarray(0, Math.floor((good.length * n) / 20))),
    ...Array.from({ length: 40 }, (_, n) => {
      const broken = Buffer.from(good);
      randomBytes(4).copy(broken, Math.floor((good.length * n) / 40));
      return broken;
    }),
    await editedTemplate({ [DOCUMENT]: (xml) => xml.replace('<w:body>', `<w:body>${'<w:sdt>'.repeat(9_000)}`) }),
    await editedTemplate({ [DOCUMENT]: (xml) => xml.slice(0, -40) }),
    await editedTemplate({ 'word/styles.xml': () => '<w:styles' }),
    await editedTemplate({ '_rels/.rels': (xml) => xml.replace('word/document.xml', '%ZZ') }),
    await withContent(para('{'.repeat(20_000))),
    await withContent(para(`{${'a'.repeat(200_000)}}`) + para('{content}')),
  ];
  for (const file of files) {
    const begun = performance.now();
    expect((await lookAtTemplate(file)).problems).toEqual(expect.any(Array));
    expect(performance.now() - begun).toBeLessThan(2_000);
  }
});
