/** What XML can't hold, however it is written: control characters and halves of letters. */
const NOT_IN_XML = /[^\t\n\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** Text without what XML can't hold, its lines ended alike. */
export const xmlText = (text: string): string => text.replaceAll(/\r\n?/g, '\n').replaceAll(NOT_IN_XML, '');
