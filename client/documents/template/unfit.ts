/** Why a file is not used as a template, whatever stands in it. */
export type Unfit =
  | 'empty'
  | 'large'
  | 'old'
  | 'encrypted'
  | 'macros'
  | 'no-word'
  | 'strict'
  | 'damaged'
  | 'unpacks'
  | 'many-parts'
  | 'long';

/** What is in a template, and may not be in documents that are made with it. */
export type Unwanted = 'changes' | 'comments' | 'embedded' | 'fetches';

/** A template is read within these bounds: a letterhead with pictures has a tenth of them. */
export const TEMPLATE_LIMITS = {
  fileBytes: 5 * 1024 * 1024,
  unpackedBytes: 32 * 1024 * 1024,
  parts: 400,
  /** Elements of the parts that have words: each is looked at. */
  tags: 60_000,
} as const;

const SAVE_AGAIN = 'Open it in Word, choose Save As, and “Word Document (.docx)”.';

export const UNFIT: Record<Unfit, string> = {
  empty: 'The file is empty. Choose a Word document (.docx).',
  large: `The file is larger than ${TEMPLATE_LIMITS.fileBytes / 1024 / 1024} MB. Make its pictures smaller: in Word choose Picture Format, Compress Pictures.`,
  old: `This is a document in the old form (.doc). ${SAVE_AGAIN}`,
  encrypted:
    'This document has a password. Take it off: in Word choose File, Info, Protect Document, Encrypt with Password.',
  macros: `This document has macros. ${SAVE_AGAIN}`,
  'no-word': 'This is no Word document. Choose a file that was saved as .docx.',
  strict: 'This document was saved as “Strict Open XML”. Save it as “Word Document (.docx)” instead.',
  damaged: `This document is damaged, and can’t be read. ${SAVE_AGAIN}`,
  unpacks: 'This document becomes too large when it is opened. Take out what is embedded in it.',
  'many-parts': 'This document has too many parts. Take out what is embedded in it.',
  long: 'This document is too long for a template. Take out what is not letterhead, header or footer.',
};

export const UNWANTED: Record<Unwanted, string> = {
  changes: 'It has tracked changes. In Word choose Review, Accept All Changes, and save it again.',
  comments: 'It has comments, which would stand in every document. Take them out: Review, Delete All Comments.',
  embedded: 'It has something of another program embedded in it. Take that out, or put a picture in its place.',
  fetches:
    'It has a field that takes its content from elsewhere (for example INCLUDEPICTURE or LINK). Put the content itself in its place.',
};
