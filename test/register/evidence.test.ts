import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Register } from '../../register/register.ts';
import type { EvidenceType } from '../../domain/evidence/kinds.ts';
import { PDF } from '../support/evidence-files.ts';
import { entry, key, ownRegister, rows, sql, started } from './support.ts';

const AT = '2026-11-26T10:00:00.000Z';
const LATER = '2026-11-28T10:00:00.000Z';
const { authority } = key;
const DUTY = 'improvement-actions/audit';

const fileOf = (content: Buffer, type: EvidenceType = 'application/pdf') => ({
  ...{ authority, type, content },
  sha256: createHash('sha256').update(content).digest('hex'),
});
const pdf = fileOf(PDF);
const notes = fileOf(Buffer.from('Seen by Jane Roe on Monday.\n'), 'text/plain');

/** Entries of evidence, each with its file kept before it. */
async function given(register: Register, ...files: [ReturnType<typeof fileOf>, string][]): Promise<void> {
  await register.append(key, [started]);
  for (const [index, [file, name]] of files.entries()) {
    await register.evidence.keep(file, AT);
    await register.append(key, [
      entry(index + 2, {
        ...{ kind: 'evidence-added', milestone: DUTY, at: AT, actor: { id: 'x', role: 'team-manager' } },
        text: `Audit: evidence added: ${name}.`,
        data: { title: name, name, sha256: file.sha256, bytes: file.content.length, type: file.type },
      }),
    ]);
  }
}
const erasing = (register: Register, files: string[] = []) =>
  register.erase(
    {
      ...{ authority, files, at: LATER, reason: 'asked for on 1 March' },
      spellings: ['Jane Roe'],
      actor: { id: 'admin', role: 'democratic-services' },
    },
    'carry out',
  );
const isWhole = async (register: Register) => (await register.verify())[0]?.ok;

describe('a file of evidence', () => {
  test('is kept once, named by its entries, and stays', async () => {
    const { register, url } = await ownRegister();
    await given(register, [pdf, 'minutes.pdf'], [pdf, 'the same again.pdf']);
    expect(await rows(url, 'SELECT unclaimed_since FROM evidence_file')).toEqual([{ unclaimed_since: null }]);
    expect((await register.applyRetention(LATER))['unused-evidence']).toBe(0);
    expect(await register.evidence.find(authority, pdf.sha256)).toEqual(pdf);
    expect(
      (await register.evidence.of(key)).map(({ title, file, isThere, by }) => [title, file?.bytes, isThere, by]),
    ).toEqual([
      ['minutes.pdf', PDF.length, true, 'team-manager'],
      ['the same again.pdf', PDF.length, true, 'team-manager'],
    ]);
    expect(await register.evidence.of(key, 'improvement-actions/other')).toEqual([]);
    expect(await register.evidence.of({ authority, reference: 'other' })).toEqual([]);
    // Another council's record does not have it.
    expect(await register.evidence.find('elsewhere', pdf.sha256)).toBeUndefined();
    expect(await isWhole(register)).toBe(true);
  });

  test('that nobody came to name is gone after a day, and is not looked at as part of the record', async () => {
    const { register } = await ownRegister();
    await given(register);
    await register.evidence.keep(pdf, AT);
    expect(await isWhole(register)).toBe(true);
    expect((await register.applyRetention('2026-11-27T09:59:59.999Z'))['unused-evidence']).toBe(0);
    expect((await register.applyRetention('2026-11-27T10:00:00.000Z'))['unused-evidence']).toBe(1);
  });

  test('can’t be changed or deleted once an entry names it', async () => {
    const { register, url } = await ownRegister();
    await given(register, [pdf, 'minutes.pdf']);
    for (const statement of [
      'DELETE FROM evidence_file',
      `UPDATE evidence_file SET content = 'other'`,
      `UPDATE evidence_file SET unclaimed_since = '2020'`,
      'TRUNCATE evidence_file',
    ])
      await expect(sql(url, statement)).rejects.toThrow(/append-only/);
  });

  test.each<[string, string, string]>([
    ['altered', `UPDATE evidence_file SET content = 'other'`, 'altered'],
    ['taken away', 'DELETE FROM evidence_file', 'missing, and no entry says that it was erased'],
  ])('%s by an intruder is found', async (_what, statement, why) => {
    const { register, url } = await ownRegister();
    await given(register, [pdf, 'minutes of May.pdf']);
    await sql(url, `ALTER TABLE evidence_file DISABLE TRIGGER ALL; ${statement}`);
    expect((await register.verify())[0]?.findings).toEqual([
      { where: 'evidence', what: `anyborough/2016, minutes of May.pdf (${pdf.sha256.slice(0, 12)}…)`, why },
    ]);
  });

  test('put in by an intruder is found', async () => {
    const { register, url } = await ownRegister();
    await given(register);
    await sql(url, `INSERT INTO evidence_file VALUES ($1, $2, 'text/plain', 1, 'x', NULL)`, [
      authority,
      'f'.repeat(64),
    ]);
    expect((await register.verify())[0]?.findings?.map(({ why }) => why)).toEqual(['altered', 'no entry names it']);
  });
});

describe('erasing somebody', () => {
  test('takes the files whose text has them, and the record stays whole', async () => {
    const { register } = await ownRegister();
    await given(register, [pdf, 'minutes.pdf'], [notes, 'notes.txt']);
    expect((await erasing(register)).evidence).toBe(1);
    expect((await register.evidence.of(key)).map(({ title, isThere }) => [title, isThere])).toEqual([
      ['minutes.pdf', true],
      ['notes.txt', false],
    ]);
    expect(await register.evidence.find(authority, notes.sha256)).toBeUndefined();
    expect(await isWhole(register)).toBe(true);
  });

  test('takes the file whose own entry speaks of them, and that which is named', async () => {
    const { register } = await ownRegister();
    const picture = fileOf(Buffer.concat([PDF, Buffer.from('1')]));
    const other = fileOf(Buffer.concat([PDF, Buffer.from('2')]));
    await given(register, [pdf, 'letter of Jane Roe.pdf'], [picture, 'photo.pdf'], [other, 'other.pdf']);
    const { evidence, mentioned } = await erasing(register, [picture.sha256.slice(0, 16)]);
    expect([evidence, mentioned]).toEqual([2, 1]);
    expect((await register.evidence.of(key)).map(({ title, isThere }) => [title, isThere])).toEqual([
      ['letter of [erased].pdf', false],
      ['photo.pdf', false],
      ['other.pdf', true],
    ]);
    expect(await isWhole(register)).toBe(true);
    // Given once more, it belongs to the record again.
    await register.evidence.keep(picture, LATER);
    expect(await isWhole(register)).toBe(true);
  });

  test('of a file that is not there is refused, and nothing is erased', async () => {
    const { register } = await ownRegister();
    await given(register, [notes, 'notes.txt']);
    await expect(erasing(register, ['0123456789ab'])).rejects.toThrow(/There is no file of evidence "0123456789ab"/);
    await expect(erasing(register, ['01'])).rejects.toThrow(/the first 12 digits/);
    expect(await register.evidence.find(authority, notes.sha256)).toBeDefined();
  });
});
