import { namesOf } from '../closed-table.ts';

/** What a file of evidence may be, by its content type. */
export type EvidenceType =
  | 'application/pdf'
  | 'image/png'
  | 'image/jpeg'
  | 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  | 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  | 'application/vnd.openxmlformats-officedocument.presentationml.presentation'
  | 'message/rfc822'
  | 'text/csv'
  | 'text/plain';

interface Kind {
  /** As people read it. */
  words: string;
  /** The endings that a file's name may have; the first is put where it has none. */
  endings: readonly [string, ...string[]];
  /** Its words can be looked through for somebody's name. */
  isText?: true;
}

/** Every kind of evidence file. What is not here is refused. */
export const EVIDENCE_TYPES: Record<EvidenceType, Kind> = {
  'application/pdf': { words: 'a PDF', endings: ['pdf'] },
  'image/png': { words: 'a PNG picture', endings: ['png'] },
  'image/jpeg': { words: 'a JPEG picture', endings: ['jpg', 'jpeg'] },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
    words: 'a Word document',
    endings: ['docx'],
  },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
    words: 'an Excel workbook',
    endings: ['xlsx'],
  },
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': {
    words: 'a PowerPoint presentation',
    endings: ['pptx'],
  },
  'message/rfc822': { words: 'a mail', endings: ['eml'], isText: true },
  'text/csv': { words: 'comma-separated values', endings: ['csv'], isText: true },
  'text/plain': { words: 'plain text', endings: ['txt', 'text', 'md', 'log'], isText: true },
};

/** What a person may upload, in one sentence's words. */
export const ALLOWED_KINDS = `PDF, PNG, JPEG, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), CSV, plain text or a mail (.eml)`;

/** How much evidence may be: the one place where that is said. */
export const EVIDENCE_LIMITS = {
  /** Bytes of one file: 20 MB. */
  fileBytes: 20_000_000,
  /** Characters of a file's name. */
  name: 200,
  /** Entries of an Office document's list of its parts. */
  parts: 20_000,
} as const;

export const isEvidenceType = (type: string): type is EvidenceType => Object.hasOwn(EVIDENCE_TYPES, type);

/** Of a size in bytes: '340 kB', '1.2 MB'. */
export function sizeInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** The types whose words can be looked through. */
export const TEXT_TYPES: readonly EvidenceType[] = namesOf(EVIDENCE_TYPES).filter(
  (type) => EVIDENCE_TYPES[type].isText === true,
);
