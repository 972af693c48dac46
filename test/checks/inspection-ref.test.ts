import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  type InspectionRef,
  inspectionRef,
  NoInspectionRef,
  parseInspectionRef,
  partsOf,
} from '../../domain/inspection-ref.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** The one place that knows of the slash; the bench's checker, which shares no code with what it checks. */
const MAY = new Set(['domain/inspection-ref.ts', 'bench/checker/record.ts']);
const FOLDERS = [
  'domain',
  'platform',
  'register',
  'workflows',
  'activities',
  'worker',
  'client',
  'bench',
  'test/support',
];

/** An authority and a slash in one text, or a text cut at its slash into an authority and the rest. */
const BY_HAND = [
  /\$\{[\w.?]*\bauthority(\.id)?\}\/\$\{[\w.?]*\b(reference|name|inspection)\b[\w.]*\}/,
  /\bauthority(\.id)? \+ '\/' \+/,
  /\[authority\b[^\]]*\] = [^;]*split\('\/'\)/,
  /\b(ref|reference|inspection|id)\.split\('\/'\)/,
];
const byHand = (line: string): boolean => BY_HAND.some((pattern) => pattern.test(line));

test.each([
  'const id = `$' + '{authority}/$' + '{reference}`;',
  'workflowId: `archive/$' + '{authority.id}/$' + '{inspection.reference}`,',
  "const [authority = '', reference = ''] = ref.split('/');",
  "reached('anyborough', id.split('/')[1] ?? '')",
  "const id = authority + '/' + reference;",
])('seen as made or taken apart by hand: %s', (line) => {
  expect(byHand(line)).toBe(true);
});

test('an inspection ref is made and taken apart in one place', () => {
  const found = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => path.endsWith('.ts') && !MAY.has(path))
      .flatMap((path) =>
        readFileSync(join(ROOT, path), 'utf8')
          .split('\n')
          .flatMap((line, index) => (byHand(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
      ),
  );
  expect(found).toEqual([]);
});

describe('an inspection ref', () => {
  test('is its two parts, and they are it', () => {
    const ref: InspectionRef = inspectionRef('stockton-on-tees', '2010');
    expect(ref).toBe('stockton-on-tees/2010');
    expect(partsOf(ref)).toEqual({ authority: 'stockton-on-tees', reference: '2010' });
  });

  test.each([
    ['middlesbrough/2016', 'middlesbrough/2016'],
    [' Middlesbrough/2016 ', 'middlesbrough/2016'],
  ])('"%s" is %s', (text, ref) => {
    expect(parseInspectionRef(text)).toBe(ref);
  });

  test.each([
    ['middlesbrough', 'its council or its reference is missing'],
    ['', 'its council or its reference is missing'],
    ['middlesbrough 2016', 'did you mean middlesbrough/2016?'],
    ['/middlesbrough/2016/', 'did you mean middlesbrough/2016?'],
    ['middlesbrough\\2016', 'did you mean middlesbrough/2016?'],
    ['middlesbrough/2016/plan', 'expected <council>/<reference>'],
    ['middlesbrough/', 'expected <council>/<reference>'],
    ['../etc', 'expected <council>/<reference>'],
  ])('"%s" is refused: %s', (text, sentence) => {
    expect(() => parseInspectionRef(text)).toThrow(NoInspectionRef);
    expect(() => parseInspectionRef(text)).toThrow(sentence);
  });
});
