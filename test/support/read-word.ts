import { spawnSync } from 'node:child_process';
import { findPythonDocx } from './ensure-tools.mjs';

/** A Word document as python-docx, a program of somebody else's, has read it. */
export interface ReadDocument {
  title: string;
  created: string;
  language: string | null;
  /** Every paragraph outside tables: the name of its style, and its words. */
  paragraphs: [style: string, text: string][];
  tables: {
    /** Whether its first row comes again on each page. */
    repeats: boolean;
    rows: string[][];
  }[];
  /** What each picture is, in words. */
  pictures: (string | null)[];
  /** The words at the head of its pages. */
  head: string;
  /** The typeface of its first headings; null where it is that of all. */
  heading: string | null;
  /** The words and the fields of the foot of its pages. */
  foot: { text: string; fields: string[] };
}

/** @throws Error where there is no python-docx, or it can't read the file */
export const readWord = (file: string): ReadDocument => JSON.parse(byPython('read-word.py', file)) as ReadDocument;

/** Writes a council's letterhead with fields. @throws Error where there is no python-docx */
export const makeTemplate = (file: string): void => void byPython('make-template.py', file);

function byPython(name: string, file: string): string {
  const python = findPythonDocx();
  if (python === undefined) throw new Error('no python-docx: run node platform/setup.mjs test');
  const script = new URL(name, import.meta.url).pathname;
  const { status, stdout, stderr } = spawnSync(python, [script, file], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
