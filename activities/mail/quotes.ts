import type { Digest } from '../../domain/lifecycle/digest.ts';
import { quotesIn, withQuotes } from '../../domain/questions/quotes.ts';
import type { Register } from '../../register/register.ts';

/** A digest with the words that it quotes, as the register has them. */
export async function quoted(digest: Digest, register: Pick<Register, 'texts'>): Promise<Digest> {
  const seqs = quotesIn(digest);
  if (seqs.length === 0) return digest;
  const texts = await register.texts(digest.authority.id, digest.reference, seqs);
  return withQuotes(digest, (seq) => {
    const words = texts.get(seq)?.data['text'];
    return typeof words === 'string' ? words : undefined;
  });
}
