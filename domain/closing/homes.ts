import { namesOf } from '../closed-table.ts';

/** Where an unfinished action goes once its inspection is closed. */
export type HomeKind = 'inspection' | 'business-as-usual' | 'dropped';

/** What has to be said of each, and how it reads. */
export const HOMES: Record<HomeKind, { needs: string; words(said: string): string }> = {
  inspection: { needs: 'its reference', words: (said) => `it goes on under another inspection, ${said}` },
  'business-as-usual': { needs: 'its owner’s role', words: (said) => `it goes on as business as usual, with ${said}` },
  dropped: { needs: 'the reason', words: (said) => `it is dropped: ${said}` },
};

/** An answer for one unfinished action, or for all that have none of their own. */
export interface Home {
  /** The action's short name, or {@link REST}. */
  action: string;
  to: HomeKind;
  /** The other inspection's reference, the role that owns it from now on, or the reason. */
  said: string;
}

export const REST = 'rest';

/** How an answer is written in one line; shown where one can't be read. */
export const HOME_EXAMPLES =
  '“supervision = business-as-usual head-of-service”, “audit = inspection 2027” or “rest = dropped no longer needed”';

/**
 * An answer as somebody types it; undefined where it is none.
 *
 * @example
 * homeIn('audit = dropped the service has moved') // { action: 'audit', to: 'dropped', said: 'the service has moved' }
 */
export function homeIn(text: string): Home | undefined {
  const [, action, kind, said] = /^([a-z0-9-]+)\s*=\s*([a-z-]+)\s+(\S.*)$/.exec(text.trim()) ?? [];
  const to = namesOf(HOMES).find((each) => each === kind);
  return action === undefined || to === undefined || said === undefined ? undefined : { action, to, said };
}
