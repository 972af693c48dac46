import type { Zip } from 'easy-template-x';

// The library's archive takes text apart every 16,384 characters before it makes bytes of it: a letter that JavaScript has as two halves
// (an emoji, an older script) is torn where that falls between them. So we give it bytes; and what it writes itself, of the template and of
// what is filled in, has private letters in place of the halves meanwhile.

const HIGH = 0xd800;
const LOW = 0xdc00;
/** Where the private letters begin that stand for the halves, 1,024 of each; and the one that stands before a private letter of the text's own. */
const FOR_HIGH = 0xe000;
const FOR_LOW = 0xe400;
const OWN = '\ue800';

const IN_HALVES = /[\u{10000}-\u{10FFFF}]|[\uE000-\uE800]/gu;
const TOGETHER = /\uE800([\uE000-\uE800])|([\uE000-\uE3FF])([\uE400-\uE7FF])/g;

/** Text that nothing can tear. */
export const inHalves = (text: string): string =>
  text.replaceAll(IN_HALVES, (letter) =>
    letter.length === 1
      ? OWN + letter
      : String.fromCharCode(letter.charCodeAt(0) - HIGH + FOR_HIGH, letter.charCodeAt(1) - LOW + FOR_LOW),
  );

/** The same text as it was. */
export const together = (text: string): string =>
  text.replaceAll(TOGETHER, (_, own: string | undefined, high: string, low: string) =>
    own === undefined
      ? String.fromCharCode(high.charCodeAt(0) - FOR_HIGH + HIGH, low.charCodeAt(0) - FOR_LOW + LOW)
      : own,
  );

/** Puts a part into an archive as bytes. */
export const putText = (zip: Zip, path: string, text: string): void => zip.setFile(path, Buffer.from(text));

/** Changes the text of an archive's parts. @returns whether anything of it was changed */
export async function changeTexts(zip: Zip, change: (text: string) => string): Promise<boolean> {
  let isChanged = false;
  for (const path of zip.listFiles()) {
    if (!path.endsWith('.xml')) continue;
    const before = (await zip.getFile(path).getContentBinary(Buffer)).toString('utf8');
    const after = change(before);
    if (after === before) continue;
    isChanged = true;
    putText(zip, path, after);
  }
  return isChanged;
}
