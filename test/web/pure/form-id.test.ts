import { expect, test } from 'vitest';
import { formIdsBy } from '../../../client/web/forms/form-id.ts';

const [A, B] = ['a@example.org', 'b@example.org'];
const forms = formIdsBy('x'.repeat(32));

test('an id is one person’s, for one page, of one secret; two are never the same', () => {
  const id = forms.make(A, '/feeds');
  expect(forms.make(A, '/feeds')).not.toBe(id);
  expect(forms.isTheirs(id, A, '/feeds')).toBe(true);
  expect(forms.isTheirs(id, A.toUpperCase(), '/feeds')).toBe(true);
  expect(forms.isTheirs(id, B, '/feeds')).toBe(false);
  expect(forms.isTheirs(id, A, '/api')).toBe(false);
  expect(forms.isOurs(id, '/feeds')).toBe(true);
  expect(forms.isOurs(id, '/api')).toBe(false);
  expect(formIdsBy('y'.repeat(32)).isOurs(id, '/feeds')).toBe(false);
});

test('changed in any place, or of another shape, it is none of ours', () => {
  const id = forms.make(A, '/feeds');
  for (let at = 0; at < id.length; at++) {
    const changed = `${id.slice(0, at)}${id[at] === 'A' ? 'B' : 'A'}${id.slice(at + 1)}`;
    expect(forms.isOurs(changed, '/feeds')).toBe(false);
  }
  for (const other of ['', '.', '..', id.slice(1), `${id}A`, id.split('.').slice(0, 2).join('.')])
    expect(forms.isOurs(other, '/feeds')).toBe(false);
});

test('what is made of a form follows from it and from what is asked for', () => {
  const id = forms.make(A, '/feeds');
  expect(forms.secretOf(id, { of: 'person' })).toBe(forms.secretOf(id, { of: 'person' }));
  expect(forms.secretOf(id, { of: 'person' })).toMatch(/^[\w-]{43}$/);
  expect(forms.secretOf(id, { of: 'authority' })).not.toBe(forms.secretOf(id, { of: 'person' }));
  expect(forms.secretOf(forms.make(A, '/feeds'), { of: 'person' })).not.toBe(forms.secretOf(id, { of: 'person' }));
});
