import { describe, expect, test } from 'vitest';
import { BadRequest } from '../../../client/bad-request.ts';
import { linesOfDocument } from '../../../client/report/document-lines.ts';
import { reportReader } from '../../../client/report/reader.ts';
import { reportIn } from '../../../domain/report/read-report.ts';
import { encrypted, old, paragraph, pdfWith, scanned, wordOf, archiveOf } from '../bad-files.ts';
import { contentOf } from '../measure.ts';

const REPORT = [
  'Anyborough Council',
  'Inspection of local authority children’s services',
  'Inspection dates: 4 to 15 July 2022',
];
const whole = contentOf('sif-anyborough.pdf');

describe('a file that can’t be read: a sentence that says why, and nothing of it', () => {
  const REFUSED: [string, () => Buffer, RegExp][] = [
    ['nothing in it', () => Buffer.alloc(0), /^The file is empty\.$/],
    ['a scan', scanned, /^This PDF has no text in it: its pages are pictures, as a scanner makes them\./],
    ['a PDF with a password', encrypted, /^This PDF is encrypted: it opens with a password alone\./],
    ['the beginning of a PDF', () => whole.subarray(0, 6000), /^This PDF is damaged or cut off/],
    [
      'a PDF with a hole in it',
      () => Buffer.concat([whole.subarray(0, 300), Buffer.alloc(200, 7), whole.subarray(-40)]),
      /^This PDF is damaged or cut off/,
    ],
    ['50 MB', () => Buffer.alloc(50_000_000, 0x20), /^The file is 50\.0 MB; a report may be 20\.0 MB\./],
    ['a thousand pages', () => pdfWith(REPORT, 1000), /^This has 1,000 pages; a report has at most 300\./],
    [
      'more text than a report has',
      () => Buffer.from('word '.repeat(300_000)),
      /^This has more text than a report has: at most 1,000,000 characters/,
    ],
    ['more lines than a report has', () => Buffer.from('a\n'.repeat(70_000)), /and 60,000 lines are read/],
    [
      'a Word document that unpacks into 60 MB',
      () => wordOf(`<!-- ${' '.repeat(60_000_000)} -->`),
      /^This Word document unpacks into more than a report holds/,
    ],
    [
      'many parts that unpack into 40 MB',
      () =>
        archiveOf({
          'word/document.xml': '<a/>',
          ...Object.fromEntries(Array.from({ length: 4 }, (_, n) => [`word/${n}.xml`, ' '.repeat(10_000_000)])),
        }),
      /^This Word document unpacks into more than a report holds/,
    ],
    [
      'entities that a Word document declares',
      () => wordOf(paragraph('&a;'), '<!DOCTYPE x [<!ENTITY a "aaaa">]>'),
      /^This Word document is damaged/,
    ],
    [
      'a Word document that is cut off',
      () => wordOf(paragraph('x')).subarray(0, 200),
      /^This Word document is damaged/,
    ],
    [
      'a Word document whose text is no XML',
      () => archiveOf({ '[Content_Types].xml': '<', '_rels/.rels': '<', 'word/document.xml': '<w:document' }),
      /^This Word document is damaged/,
    ],
    ['a Word document without words', () => wordOf('<w:p/>'), /^This Word document has no text in it\.$/],
    ['another archive', () => archiveOf({ 'a.txt': 'x' }), /^This is an archive, but no Word document/],
    [
      'an old Word document',
      () => old(),
      /^This is a Word document of the old kind \(\.doc\)\. Open it in Word, save it as \.docx/,
    ],
    ['a Word document with a password', () => old('EncryptedPackage'), /^This Office document is encrypted/],
    ['rich text', () => Buffer.from('{\\rtf1 x}'), /^This is a rich text file/],
    ['bytes of no kind', () => Buffer.from([0xff, 0xfe, 0x00, 0x01]), /^This is no PDF, no Word document/],
  ];
  test.each(REFUSED)('%s', async (_, make, sentence) => {
    const answer = await linesOfDocument(make()).catch((error: unknown) => error);
    expect(answer).toBeInstanceOf(BadRequest);
    expect((answer as BadRequest).message).toMatch(sentence);
  });
});

test('what takes too long is given up between two pages', async () => {
  await expect(linesOfDocument(pdfWith(REPORT, 3), 0)).rejects.toThrow(/^This takes too long to read/);
});

test('a thread that takes too long is ended, and says so; the next report is read', async () => {
  const body = new Uint8Array(contentOf('ilacs-anyborough.pdf'));
  const hasty = reportReader(1);
  expect((await hasty.read({ body, as: 'file' }))?.refusal).toMatch(/^This takes too long/);
  const patient = reportReader();
  const scan = await patient.read({ body: new Uint8Array(scanned()), as: 'file' });
  expect(scan?.found).toBeUndefined();
  expect(scan?.refusal).toMatch(/^This PDF has no text/);
  expect(await patient.read({ body, as: 'file' })).toMatchObject({ found: { layout: 'childrens-services' } });
  // What is no form is none, whatever it says of itself.
  const noForm = new Uint8Array(Buffer.from('no form'));
  expect(await patient.read({ body: noForm, as: { contentType: 'multipart/form-data; boundary=x' } })).toBeUndefined();
}, 300_000);

test('pages without words in a report that has some: they are named', async () => {
  expect((await linesOfDocument(pdfWith(REPORT, 2))).notes).toEqual([]);
  const [one = ''] = (await linesOfDocument(pdfWith(REPORT, 2, 1))).notes;
  expect(one).toMatch(/^Page 3 has no text in it/);
  const [two = ''] = (await linesOfDocument(pdfWith(REPORT, 1, 2))).notes;
  expect(two).toMatch(/^Pages 2, 3 have no text in them/);
});

test('text with characters that nobody can see: they are left out, and that is said', () => {
  const text =
    'Inspection of local authority children\u2019s services\nInspection dates: 4 to 15 July 2022\n\nWhat needs to improve?\n\u2022 The quality of \u202Esnalp\u202C.\n\u2022 The timeliness\u200B of visits.\u0007';
  const found = reportIn(text.split('\n').map((line, at) => ({ line: at + 1, text: line, gap: true })));
  expect(found.recommendations.map(({ value }) => value)).toEqual([
    'The quality of snalp.',
    'The timeliness of visits.',
  ]);
  expect(found.notes).toContain('4 characters that nobody can see were left out.');
});
