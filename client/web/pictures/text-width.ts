/** Widths of Arial's letters, and of its kin that stand in for it, in ems: never less than what is drawn. */
const WIDTHS: readonly [letters: RegExp, ems: number][] = [
  [/[ijl|!.,:;'’ ]/u, 0.29],
  [/[fIrt()[\]/\\–-]/u, 0.36],
  [/[cksvxyzJ]/u, 0.51],
  [/[mMW@%…—]/u, 1],
  [/[wA-Z&+=<>~_]/u, 0.79],
  [/[\p{Ll}\p{Nd}"#$£*?^{}`“”‘]/u, 0.57],
];
/** What is of another script may be as wide as it is high. */
const WIDEST = 1.1;
const BOLD = 1.12;

/** How wide a line of text is at most, in the unit of its size. */
export function textWidth(text: string, size: number, bold = false): number {
  let ems = 0;
  for (const letter of text) ems += WIDTHS.find(([letters]) => letters.test(letter))?.[1] ?? WIDEST;
  return ems * size * (bold ? BOLD : 1);
}

/** As much of a text as there is room for; what is cut off ends in an ellipsis. */
export function fitted(text: string, room: number, size: number, bold = false): string {
  if (textWidth(text, size, bold) <= room) return text;
  const letters = Array.from(text);
  while (letters.length > 0) {
    letters.pop();
    const cut = `${letters.join('').trimEnd()}…`;
    if (textWidth(cut, size, bold) <= room) return cut;
  }
  return '';
}
