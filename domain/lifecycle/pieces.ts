/** A piece of a long text: an answer of megabytes does not pass, or would be stored for as long as its lifecycle runs. */
export interface TextPiece {
  /** Of which text it is a piece: pieces of two texts don't fit. */
  of: string;
  pieces: number;
  text: string;
}

/** Characters of a piece: well below what goes to the store of large payloads, in whatever letters. */
const PIECE = 150_000;

/**
 * One piece of a text.
 *
 * @param of what the text is known by, its hash for example
 * @param piece which, from 0
 */
export function pieceOf(text: string, of: string, piece: number): TextPiece {
  return { of, pieces: Math.ceil(text.length / PIECE), text: text.slice(piece * PIECE, (piece + 1) * PIECE) };
}

/**
 * The first piece, with the text of all of them; undefined where another text has taken its place in between, null where
 * there is none.
 */
export async function wholeText<Piece extends TextPiece | null>(
  ask: (piece: number) => Promise<Piece>,
): Promise<Piece | undefined> {
  const first = await ask(0);
  if (first === null) return first;
  const texts = [first.text];
  while (texts.length < first.pieces) {
    const next = await ask(texts.length);
    if (next?.of !== first.of) return undefined;
    texts.push(next.text);
  }
  return { ...first, text: texts.join('') };
}
