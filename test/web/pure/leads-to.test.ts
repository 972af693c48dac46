import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localPath } from '../../../client/web/sign-in/leads-to.ts';

const BOARDS = ['https://board.example.org', 'http://127.0.0.1:8080'];
const isOurs = (to: string): boolean =>
  BOARDS.every((board) => new URL(to, board).origin === board && /^\/(?![/\\])[\x21-\x7e]*$/.test(to));

test.each([
  '//evil.example',
  '///evil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/a/..//evil.example',
  '/%2e//evil.example',
  '/%2e%2e//evil.example',
  '/./..//evil.example/x?y=z',
  '/\\evil.example',
  '/.\\evil.example',
  '\\\\evil.example',
  '/\tevil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\u0000/evil.example',
  '/\u00a0/evil.example',
  'https://evil.example',
  'https:/evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  ' /my-duties',
  'my-duties',
  '',
  `/${'a'.repeat(1000)}`,
])('%j leads to the first page', (next) => {
  expect(localPath(next)).toBe('/');
});

test.each([
  ['/my-duties', '/my-duties'],
  ['/?status=all&page=2', '/?status=all&page=2'],
  ['/inspections/a/b?form=x.y.z&check=yes', '/inspections/a/b?form=x.y.z&check=yes'],
  ['/a/../my-duties', '/my-duties'],
  ['/x#y', '/x'],
  ['/caf\u00e9', '/caf%C3%A9'],
  ['/a?next=//evil.example', '/a?next=//evil.example'],
])('%j leads to %j', (next, to) => {
  expect(localPath(next)).toBe(to);
});

test('whatever is asked for, it is one of our own pages, as a browser takes it', () => {
  const piece = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '%2e',
    '%2f',
    '%5c',
    '@',
    ':',
    '?',
    '#',
    'evil.example',
    'a',
    '\t',
    '//',
  );
  const made = fc.array(piece, { maxLength: 9 }).map((pieces) => `/${pieces.join('')}`);
  fc.assert(
    fc.property(fc.oneof(made, fc.webUrl(), fc.string({ unit: 'binary' })), (next) => {
      expect([next, isOurs(localPath(next))]).toEqual([next, true]);
    }),
    { numRuns: 3000 },
  );
});
