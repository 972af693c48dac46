import { describe, expect, test } from 'vitest';
import { EVIDENCE_LIMITS, sizeInWords } from '../../domain/evidence/kinds.ts';
import { evidenceTypeOf } from '../../domain/evidence/sniff.ts';
import { Story } from '../../domain/preview/story.ts';
import { archiveOf, PDF } from '../support/evidence-files.ts';
import { startOf } from '../support/facts.ts';
import { refusalSentence } from '../support/refusals.ts';

const bytes = (...numbers: number[]) => Uint8Array.from([...numbers, 1, 2, 3]);
const office = (main: string, ...more: string[]) => archiveOf('[Content_Types].xml', main, ...more);
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const mail =
  'From: a@x.example.org\r\nTo: b@x.example.org\r\nSubject: The plan\r\nDate: Mon, 1 Jun 2026\r\n\r\nAttached.\r\n';

describe('what a file is', () => {
  test.each<[string, Uint8Array, string]>([
    ['plan.pdf', PDF, 'application/pdf'],
    ['no-ending', PDF, 'application/pdf'],
    ['PLAN.PDF', PDF, 'application/pdf'],
    ['a.png', bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), 'image/png'],
    ['a.jpeg', bytes(0xff, 0xd8, 0xff), 'image/jpeg'],
    ['plan.docx', office('word/document.xml'), WORD],
    ['figures.xlsx', office('xl/workbook.xml'), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    [
      'slides.pptx',
      office('ppt/presentation.xml'),
      'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    ],
    ['mail.eml', Buffer.from(mail), 'message/rfc822'],
    ['figures.csv', Buffer.from('\ufeffmonth,n\nMay,3\n'), 'text/csv'],
    ['notes.txt', Buffer.from('All cases were read.\n'), 'text/plain'],
    // A spreadsheet's older code page.
    ['notes.txt', bytes(0x43, 0x61, 0x66, 0xe9).subarray(0, 4), 'text/plain'],
  ])('%s by its content', (name, content, type) => {
    expect(evidenceTypeOf({ name, content })).toBe(type);
  });

  test.each<[string, string, Uint8Array, RegExp]>([
    ['that is empty', 'a.pdf', new Uint8Array(), /"a.pdf" is empty/],
    [
      'named as another kind',
      'report.pdf',
      Buffer.from('words'),
      /ends in .pdf, but what is in it is plain text. Save it as .txt/,
    ],
    [
      'of a page',
      'page.txt',
      Buffer.from('<!DOCTYPE html><script>alert(1)</script>'),
      /a page, a picture or a program/,
    ],
    ['of a drawing that runs', 'a.svg', Buffer.from('  <svg onload="x()">'), /a page, a picture or a program/],
    ['with macros', 'plan.docx', office('word/document.xml', 'word/vbaProject.bin'), /holds macros/],
    ['that is an archive', 'all.zip', archiveOf('a.txt'), /it is an archive; give the files in it one by one/],
    ['that is two documents', 'a.docx', office('word/document.xml', 'xl/workbook.xml'), /archive of another kind/],
    ['that is a cut-off archive', 'a.docx', office('word/document.xml').subarray(0, 60), /a damaged archive/],
    ['whose archive lies about its directory', 'a.docx', lying(), /a damaged archive/],
    ['of old Office', 'a.doc', bytes(0xd0, 0xcf, 0x11, 0xe0), /an old Office file, or one with a password/],
    ['that is a program', 'a.txt', bytes(0x4d, 0x5a), /it is a program/],
    ['of nobody knows what', 'a.txt', bytes(0, 1, 2), /of no kind that is known here/],
    ['in a folder', '../a.pdf', PDF, /needs a name/],
    ['with a name that deceives', 'a\u202efdp.exe', PDF, /characters that can all be seen/],
    ['with a name as long as a page', `${'a'.repeat(300)}.pdf`, PDF, /1 to 200 characters/],
    [
      'too large',
      'a.pdf',
      new Uint8Array(EVIDENCE_LIMITS.fileBytes + 1),
      /"a.pdf" is 20.0 MB; a file of evidence may be 20.0 MB/,
    ],
  ])('%s is refused', (_what, name, content, sentence) => {
    expect(refusalSentence(() => evidenceTypeOf({ name, content }))).toMatch(sentence);
  });

  test.each([
    [1, '1 bytes'],
    [999, '999 bytes'],
    [1001, '2 kB'],
    [1_250_000, '1.3 MB'],
  ])('%d bytes are "%s"', (n, words) => {
    expect(sizeInWords(n)).toBe(words);
  });
});

/** Its directory is said to lie behind its end. */
function lying(): Buffer {
  const zip = office('word/document.xml');
  zip.writeUInt32LE(0xffff_fff0, zip.length - 6);
  return zip;
}

describe('adding evidence', () => {
  const AUDIT = 'improvement-actions/audit';
  const FILE = { sha256: 'a'.repeat(64), name: 'minutes.pdf', bytes: 1200, type: 'application/pdf' };
  const begun = () =>
    new Story(
      startOf({ actions: [{ id: 'audit', title: 'Audit', owner: 'team-manager', due: '2016-04-29' }] }),
      '2016-02-22T10:00:00.000Z',
    );
  const give = (story: Story, payload: object, role = 'team-manager') =>
    story.command(
      { name: 'addEvidence', payload: { milestone: 'audit', title: 'Minutes', ...payload } },
      {
        id: 'x',
        role,
      },
    );

  test('goes on record with its hash, and leaves the duty as it is', () => {
    const before = begun();
    const kept = before.state.kept[AUDIT];
    const { entries, state } = give(before, FILE);
    expect(entries.at(-1)).toMatchObject({
      ...{ kind: 'evidence-added', milestone: AUDIT, row: null },
      text: 'Audit: evidence added: Minutes (minutes.pdf, 2 kB).',
      data: { title: 'Minutes', ...FILE },
    });
    expect(state.kept[AUDIT]).toEqual(kept);
  });

  test('is possible after it was met, and put away: evidence is often found later', () => {
    const story = begun()
      .command({ name: 'complete', payload: { milestone: AUDIT } }, { id: 'x', role: 'team-manager' })
      .until('2016-03-01T10:00:00.000Z');
    const ended = story.state.ended[AUDIT];
    expect(give(story, { link: 'https://x.example.org' }).entries.at(-1)?.milestone).toBe(AUDIT);
    expect(story.state.ended[AUDIT]).toEqual(ended);
  });

  const close = (story: Story) => {
    story.state = { ...story.state, status: 'closed' };
    return story;
  };
  test.each<[string, () => unknown, RegExp]>([
    ['without a link or a file', () => give(begun(), {}), /Evidence is a link or a file: give one of the two/],
    ['with both', () => give(begun(), { ...FILE, link: 'x' }), /give one of the two/],
    [
      'with a hash that is none',
      () => give(begun(), { ...FILE, sha256: 'abc' }),
      /has a SHA-256, a name, a size and a type/,
    ],
    ['of a kind that is not kept', () => give(begun(), { ...FILE, type: 'text/html' }), /a type that is kept here/],
    ['beyond the size', () => give(begun(), { ...FILE, bytes: 20_000_001 }), /a type that is kept here/],
    ['to a duty that is not there', () => give(begun(), { ...FILE, milestone: 'none' }), /has no milestone "none"/],
    ['by somebody else', () => give(begun(), FILE, 'vacant-post'), /may not add evidence to it/],
    ['to an inspection that is closed', () => give(close(begun()), FILE), /is closed/],
  ])('%s is refused', (_what, run, sentence) => {
    expect(refusalSentence(run)).toMatch(sentence);
  });
});
