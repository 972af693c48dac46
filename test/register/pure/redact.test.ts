import { describe, expect, test } from 'vitest';
import { redactor } from '../../../register/redact.ts';

describe('a spelling', () => {
  test.each<[string, string, string]>([
    ['Ann Lee', 'Ann Lee, ANN  lee and Ann\nLee', '[erased], [erased] and [erased]'],
    ['Anna', 'Annabel planned with Anna.', 'Annabel planned with [erased].'],
    [
      'a@x.org',
      'a@x.org, ba@x.org, a@x.org.uk, a@x.orgs <A@X.ORG>.',
      '[erased], ba@x.org, a@x.org.uk, a@x.orgs <[erased]>.',
    ],
    ['D. O’Hara (Mrs)', 'seen by D. O’Hara (Mrs)!', 'seen by [erased]!'],
    ['Zoë', 'Zoe\u0308 and ZOË, not Zoëtrope', '[erased] and [erased], not Zoëtrope'],
  ])('%s is found where it stands by itself', (spelling, text, redacted) => {
    expect(redactor([spelling]).redact(text)).toBe(redacted);
  });
});
