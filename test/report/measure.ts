import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { linesOfDocument } from '../../client/report/document-lines.ts';
import type { FoundReport } from '../../domain/report/found.ts';
import { plain } from '../../domain/report/plain.ts';
import { reportIn } from '../../domain/report/read-report.ts';

/** What is truly in a document: what it does not say is null. */
export interface Truth {
  inspectorate: string | null;
  framework: string | null;
  authority: string | null;
  title: string | null;
  fieldwork: { from: string; until: string } | null;
  published: string | null;
  judgements: { area: string; grade: string }[];
  recommendations: string[];
}

export type Measured = 'recommendations' | 'dates' | 'grades' | 'rest';

/** What was found right, and by its words what was found and is not there, and what is there and was not found. */
export interface Measure {
  right: number;
  false: string[];
  missed: string[];
}

const FOLDER = join(import.meta.dirname, 'documents');

/** The documents of which it is known what is in them, by their names. */
export const documents = (): string[] => readdirSync(FOLDER).filter((name) => extname(name) !== '.json');

export const contentOf = (name: string): Buffer => readFileSync(join(FOLDER, name));

export const truthOf = (name: string): Truth =>
  JSON.parse(readFileSync(join(FOLDER, `${name.slice(0, -extname(name).length)}.json`), 'utf8')) as Truth;

export async function foundIn(name: string): Promise<FoundReport> {
  const { lines, notes } = await linesOfDocument(contentOf(name));
  const found = reportIn(lines);
  return { ...found, notes: [...notes, ...found.notes] };
}

/** What was found against what is there. */
export function measured(found: FoundReport, truth: Truth): Record<Measured, Measure> {
  const { facts } = found;
  const fact = (name: keyof FoundReport['facts'], is: string | null): [string[], string[]] => [
    facts[name] === undefined ? [] : [`${name}: ${facts[name].value}`],
    is === null ? [] : [`${name}: ${is}`],
  ];
  const both = (pairs: [string[], string[]][]): Measure =>
    compared(
      pairs.flatMap(([one]) => one),
      pairs.flatMap(([, other]) => other),
    );
  return {
    recommendations: compared(
      found.recommendations.map(({ value }) => value),
      truth.recommendations,
    ),
    dates: both([
      fact('fieldworkFrom', truth.fieldwork?.from ?? null),
      fact('fieldworkUntil', truth.fieldwork?.until ?? null),
      fact('published', truth.published),
      fact('received', null),
    ]),
    grades: compared(
      found.judgements.map(({ value }) => `${value.area}: ${value.grade}`),
      truth.judgements.map(({ area, grade }) => `${area}: ${grade}`),
    ),
    rest: both([
      fact('title', truth.title),
      fact('authority', truth.authority),
      fact('inspectorate', truth.inspectorate),
      fact('framework', truth.framework),
    ]),
  };
}

function compared(found: readonly string[], there: readonly string[]): Measure {
  const [mine, theirs] = [new Set(found.map(plain)), new Set(there.map(plain))];
  return {
    right: there.filter((each) => mine.has(plain(each))).length,
    false: found.filter((each) => !theirs.has(plain(each))),
    missed: there.filter((each) => !mine.has(plain(each))),
  };
}
