import { hiddenIn } from '../hidden-characters.ts';
import { Refusal } from '../refusal.ts';
import { ALLOWED_KINDS, EVIDENCE_LIMITS, EVIDENCE_TYPES, type EvidenceType, sizeInWords } from './kinds.ts';
import { partsOfZip } from './zip-parts.ts';

/** A file as somebody gives it: its name, and what is in it. */
export interface GivenFile {
  name: string;
  content: Uint8Array;
}

/**
 * What a file is, by its content and not by its name; the name must agree with it.
 *
 * @throws Refusal where it is too large, empty, none of the kinds that are kept, or named as another kind
 */
export function evidenceTypeOf({ name, content }: GivenFile): EvidenceType {
  mustBeNamed(name);
  if (content.length === 0) throw new Refusal('wrong-state', `"${name}" is empty.`);
  if (content.length > EVIDENCE_LIMITS.fileBytes)
    throw new Refusal(
      'too-large',
      `"${name}" is ${sizeInWords(content.length)}; a file of evidence may be ${sizeInWords(EVIDENCE_LIMITS.fileBytes)}. Make it smaller, or give a link to where it is kept.`,
    );
  const ending = endingOf(name);
  const type = typeOf(content, ending);
  if (typeof type !== 'string') throw unknownKind(name, type.because);
  mustEndAs(name, ending, type);
  return type;
}

/** A file of a known type has a name, and one that agrees with it. @throws Refusal */
export function mustBeNamedAs(name: string, type: EvidenceType): void {
  mustBeNamed(name);
  mustEndAs(name, endingOf(name), type);
}

const endingOf = (name: string): string | undefined => /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase();

function mustEndAs(name: string, ending: string | undefined, type: EvidenceType): void {
  const { endings, words } = EVIDENCE_TYPES[type];
  if (ending !== undefined && !endings.includes(ending))
    throw new Refusal(
      'wrong-state',
      `"${name}" ends in .${ending}, but what is in it is ${words}. Save it as .${endings[0]}, or give the right file.`,
    );
}

function mustBeNamed(name: string): void {
  const isPath = /[/\\]/.test(name) || name === '.' || name === '..';
  if (name.trim() === '' || name.length > EVIDENCE_LIMITS.name || isPath || hiddenIn(name) !== undefined)
    throw new Refusal(
      'wrong-state',
      `A file of evidence needs a name of 1 to ${EVIDENCE_LIMITS.name} characters that can all be seen, without a folder.`,
    );
}

const unknownKind = (name: string, because: string): Refusal =>
  new Refusal('wrong-state', `"${name}" can't be kept as evidence: ${because}. What is kept is ${ALLOWED_KINDS}.`);

/** Why a file is of none of the kinds. */
interface NoType {
  because: string;
}

const starts = (content: Uint8Array, ...bytes: number[]): boolean =>
  bytes.every((byte, index) => content[index] === byte);

function typeOf(content: Uint8Array, ending: string | undefined): EvidenceType | NoType {
  if (starts(content, 0x25, 0x50, 0x44, 0x46, 0x2d)) return 'application/pdf';
  if (starts(content, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (starts(content, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (starts(content, 0x50, 0x4b, 0x03, 0x04)) return officeTypeOf(content);
  if (starts(content, 0xd0, 0xcf, 0x11, 0xe0))
    return { because: 'it is an old Office file, or one with a password; save it as .docx, .xlsx or .pptx' };
  if (starts(content, 0x4d, 0x5a) || starts(content, 0x7f, 0x45, 0x4c, 0x46)) return { because: 'it is a program' };
  return textTypeOf(content, ending);
}

/** The part that each Office document has, and nothing else. */
const MAIN_PARTS: ReadonlyMap<string, EvidenceType> = new Map([
  ['word/document.xml', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xl/workbook.xml', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['ppt/presentation.xml', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
] as const);

function officeTypeOf(content: Uint8Array): EvidenceType | NoType {
  const parts = partsOfZip(content);
  if (parts === undefined) return { because: 'it is a damaged archive' };
  if (!parts.includes('[Content_Types].xml')) return { because: 'it is an archive; give the files in it one by one' };
  if (parts.some((part) => part.endsWith('vbaProject.bin')))
    return { because: 'it holds macros; save it without them' };
  const found = parts.flatMap((part) => MAIN_PARTS.get(part) ?? []);
  return found.length === 1 && found[0] !== undefined ? found[0] : { because: 'it is an archive of another kind' };
}

/** Bytes that no text has: all controls but tab, line feed, form feed and carriage return. */
const isControl = (byte: number): boolean =>
  byte === 0x7f || (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d);

function textTypeOf(content: Uint8Array, ending: string | undefined): EvidenceType | NoType {
  if (content.some(isControl)) return { because: 'its content is of no kind that is known here' };
  const head = latin(content.subarray(0, 4000)).replace(/^\u00ef\u00bb\u00bf/, '');
  if (/^\s*(<!doctype|<html|<svg|<\?xml|<script|#!|@echo)/i.test(head))
    return { because: 'it is a page, a picture or a program written as text' };
  if (isMail(head)) return 'message/rfc822';
  return ending === 'csv' ? 'text/csv' : 'text/plain';
}

/** It begins with header lines, and has those that every mail has. */
function isMail(head: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9-]*:/.test(head)) return false;
  const [lines = ''] = head.split(/\r?\n\r?\n/);
  const has = (name: string): boolean => new RegExp(`^${name}:`, 'im').test(lines);
  return has('From') && (has('Date') || has('Message-ID')) && (has('To') || has('Subject'));
}

/** Each byte as the character of its number. */
const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
