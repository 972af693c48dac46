import { describe, expect, test } from 'vitest';
import { seen, seenJson } from '../../client/cli/seen-stream.ts';
import { textOf } from '../../client/files/file-problems.ts';
import { loadInspectionFile } from '../../client/files/load.ts';
import { COMMAND_NAMES, definitionOf } from '../../domain/commands/commands.ts';
import type { FieldKind } from '../../domain/commands/fields.ts';
import { hiddenIn, visible } from '../../domain/hidden-characters.ts';
import { actor, commands } from '../../domain/schemas/commands.ts';
import { fieldSchema } from '../../domain/schemas/fields.ts';
import { line, paragraphs, personName, searchWords } from '../../domain/schemas/common.ts';
import { COUNCIL, folderOf, GOOD, problemsOf } from '../files/good-file.ts';

/** By what Unicode says of each character, not by the list under test. */
const SHOWS_NOTHING = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Variation_Selector}]/u;
/** Format characters that are seen: signs of Arabic and Syriac, and of old scripts. */
const SEEN = /[\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}\u{13430}-\u{1345F}]/u;
const OVERRIDE = 'Plan \u202Egnp.exe';

describe('a character that shows nothing', () => {
  test('is found, each of them, wherever it stands between letters', () => {
    for (let code = 0; code <= 0x10ffff; code++) {
      const character = String.fromCodePoint(code);
      const text = `a${character}b`;
      if (/[\t\r\n]/.test(character) || SEEN.test(character)) expect(hiddenIn(text)).toBeUndefined();
      else if (SHOWS_NOTHING.test(character)) {
        expect([code, hiddenIn(text)]).toEqual([code, expect.stringMatching(/\(U\+[0-9A-F]{4,6}\) after "a"$/)]);
        expect(visible(text)).toMatch(/^a⟨U\+[0-9A-F]+⟩b$/);
      }
    }
  });

  test.each([
    'Plan of action: “£5,000” – what’s next?',
    'خطة العمل المكتوبة إلى المفتشين',
    'می\u200Cخواهم',
    'क्\u200Dष',
    '👩‍👩‍👧‍👦 Family plan 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🏴󠁧󠁢󠁷󠁬󠁳󠁿 ❤️ ☎︎ 👍🏽 1️⃣',
    'Zoë, Renée, Łukasz, 李小龙, é',
    '',
  ])('%j holds none', (text) => {
    expect(hiddenIn(text)).toBeUndefined();
    expect(visible(text)).toBe(text);
  });

  test('is named, with where it is', () => {
    expect(hiddenIn(OVERRIDE)).toBe('a right-to-left override (U+202E) after "Plan "');
    expect(hiddenIn('\u200Bx')).toBe('a zero-width space (U+200B) at its beginning');
    expect(hiddenIn('👩‍👧 and\u200Dthen')).toBe('a zero-width joiner (U+200D) after "👩‍👧 and"');
    expect(visible('Half \uD83D an emoji')).toBe('Half ⟨U+D83D⟩ an emoji');
  });
});

describe('every door refuses it', () => {
  test.each(Object.entries({ line, paragraphs, personName, searchWords }))('%s', (_name, schema) => {
    expect(schema.safeParse('Plan').success).toBe(true);
    expect(schema.safeParse(OVERRIDE).error?.issues.map(({ message }) => message)).toEqual([
      'expected text whose every character can be seen, found a right-to-left override (U+202E) after "Plan "; delete the words around it and type them again',
    ]);
  });

  test('each field of each command that takes words, and who acts', () => {
    const wordy: FieldKind[] = ['line', 'text', 'lines'];
    const fields = COMMAND_NAMES.flatMap((name) =>
      Object.values(definitionOf(name).fields)
        .filter(({ kind }) => wordy.includes(kind))
        .map((field) => ({ name, field })),
    );
    expect(fields.length).toBeGreaterThan(20);
    for (const { field } of fields) {
      const schema = fieldSchema(field);
      const given = (text: string) => (field.kind === 'lines' ? [text] : text);
      expect(schema.safeParse(given('Plan')).success).toBe(true);
      expect(schema.safeParse(given(OVERRIDE)).success).toBe(false);
    }
    expect(commands.close.safeParse({ reason: OVERRIDE }).success).toBe(false);
    expect(actor.safeParse({ id: 'x\u200B', role: 'clerk' }).success).toBe(false);
  });

  test('an inspection’s file and its council’s, with the line', () => {
    const folder = folderOf({
      'inspection.yaml': GOOD.replace('title: A test', String.raw`title: "Plan \u202Egnp.exe"`),
      'council.yaml': COUNCIL.replace('Anyborough Council', 'Any\u200Bborough Council'),
    });
    const said = problemsOf(() => loadInspectionFile(folder.path('inspection.yaml'))).map(textOf);
    folder.remove();
    expect(said).toEqual([
      expect.stringMatching(/^title: .*a right-to-left override \(U\+202E\) after "Plan "/),
      expect.stringMatching(/^name: .*a zero-width space \(U\+200B\) after "Any"/),
    ]);
  });
});

describe('the terminal', () => {
  test('is given no character that moves it, whatever a title quotes', () => {
    expect(seen(`${OVERRIDE}\u001B[2J\u009B31m\n`, true)).toBe('Plan ⟨U+202E⟩gnp.exe⟨U+001B⟩[2J⟨U+009B⟩31m\n');
  });

  test('keeps our colours where there are any, and nobody’s where there are none', () => {
    expect(seen('\u001B[31mred\u001B[39m', true)).toBe('\u001B[31mred\u001B[39m');
    expect(seen('\u001B[31mred', false)).toBe('⟨U+001B⟩[31mred');
  });

  test('keeps what a spinner writes, and the mark before a table of values', () => {
    expect(seen('\u001B[?25l', false)).toBe('\u001B[?25l');
    expect(seen('\uFEFFCouncil,Inspection\n', false)).toBe('\uFEFFCouncil,Inspection\n');
  });

  test('JSON is the same value, escaped', () => {
    const data = { title: `${OVERRIDE}\u001B[2J\u009B 👩‍👧 \u{E0067} é` };
    expect(seenJson(data)).not.toMatch(/[\u007F-\u009F\p{Default_Ignorable_Code_Point}]/u);
    expect(JSON.parse(seenJson(data))).toEqual(data);
  });
});
