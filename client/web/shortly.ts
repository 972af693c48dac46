/** How long a page of a list may be used again, in milliseconds: well under the two seconds that a page may be old. */
const FRESH_MS = 1000;

/** Answers kept by what was asked, for so short a time that nobody sees an old one. */
export function shortly<T>() {
  const kept = new Map<string, { at: number; answer: Promise<T> }>();
  return {
    of(asked: object, ask: () => Promise<T>): Promise<T> {
      const key = JSON.stringify(asked);
      const at = performance.now();
      for (const [old, each] of kept) {
        if (at - each.at <= FRESH_MS) break;
        kept.delete(old);
      }
      const known = kept.get(key);
      if (known !== undefined) return known.answer;
      const answer = ask();
      kept.set(key, { at, answer });
      answer.catch(() => kept.delete(key));
      return answer;
    },
    forget: () => kept.clear(),
  };
}
