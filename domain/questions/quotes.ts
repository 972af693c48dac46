import type { Digest, Notice } from '../lifecycle/digest.ts';

/** The numbers of the entries whose words a digest quotes. */
export function quotesIn({ notices }: Digest): number[] {
  return notices.flatMap(({ quote }) => quote?.seq ?? []);
}

/**
 * A digest with the words that it quotes put in, which the lifecycle does not carry.
 *
 * @param wordsOf the words of an entry, by its number; undefined where they were erased since: then nothing is said
 */
export function withQuotes(digest: Digest, wordsOf: (seq: number) => string | undefined): Digest {
  const put = ({ quote, ...notice }: Notice): Notice => {
    const words = quote === undefined ? undefined : wordsOf(quote.seq);
    if (quote === undefined || words === undefined) return notice;
    return { ...notice, text: [`${quote.before} ${words}`, ...(notice.text === null ? [] : [notice.text])].join(' ') };
  };
  return { ...digest, notices: digest.notices.map(put) };
}
