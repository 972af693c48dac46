import { expect, test } from 'vitest';
import { withFingerprint } from '../../client/documents/freeze.ts';
import { frozenIn } from '../../domain/documents/frozen.ts';
import { fileNamedIn, NAME_FILES } from '../../domain/evidence/named-file.ts';
import type { RegisterEntry } from '../../domain/lifecycle/entry.ts';
import { everyDocument } from '../support/documents.ts';

const AT = '2026-03-02T17:00:00.000Z';
const file = { sha256: 'a'.repeat(64), name: 'x.docx', bytes: 3, type: 'application/pdf' };
const entryOf = (kind: RegisterEntry['kind'], data: RegisterEntry['data']): RegisterEntry => ({
  ...{ seq: 1, at: AT, kind, milestone: 'plan/x', text: '', data },
  ...{ actor: { id: 'a', role: 'r' }, row: null },
});

test('the same content as at the same moment has the same fingerprint; another word or moment has another', () => {
  for (const document of Object.values(everyDocument())) {
    const of = (made = document, at = AT) => withFingerprint(made, at).fingerprint;
    expect(of()).toBe(of({ ...document }));
    expect(of({ ...document, title: `${document.title}.` })).not.toBe(of());
    expect(of(document, '2026-03-02T17:00:00.001Z')).not.toBe(of());
    // The foot is not part of what it is made from.
    expect(withFingerprint(document, AT).document.frozen).toContain('As at 5:00pm on Monday 2 March 2026');
  }
});

test('every kind of entry that names a file is read; what was erased of it names none', () => {
  const data = { title: 't', what: 'board-pack', asAt: AT, fingerprint: 'F', ...file };
  for (const kind of NAME_FILES) {
    expect(fileNamedIn(entryOf(kind, data))).toEqual(file);
    expect(fileNamedIn(entryOf(kind, {}))).toBeNull();
  }
  expect(fileNamedIn(entryOf('milestone-completed', data))).toBeNull();
  expect(frozenIn(entryOf('document-frozen', { ...data, what: '__proto__' }))).toBeUndefined();
});
