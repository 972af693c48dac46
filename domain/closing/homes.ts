import { roleTitle } from '../authority/roles.ts';
import { namesOf } from '../closed-table.ts';
import type { Authority } from '../schemas/authority.ts';
import { unstopped } from '../unstopped.ts';

/** Where an unfinished action goes once its inspection is closed. */
export type HomeKind = 'inspection' | 'business-as-usual' | 'dropped';

/** What has to be said of each, how it reads, and how much of it anybody may read: neither a role nor a reason, and of another inspection its title alone. */
export const HOMES: Record<
  HomeKind,
  {
    needs: string;
    /** @param title of the other inspection, where it is known */ words(said: string, title?: string): string;
    inPublic(said: string, titles: ReadonlyMap<string, string>): string;
  }
> = {
  inspection: {
    needs: 'its reference',
    words: (said, title = 'another inspection') => `it goes on under ${title} (reference ${said})`,
    // Its reference says nothing to the public, and may be anything that somebody has typed.
    inPublic(said, titles) {
      const title = titles.get(said);
      return `it goes on under ${title === undefined ? 'another inspection' : `the inspection “${title}”`}`;
    },
  },
  'business-as-usual': {
    needs: 'its owner’s role',
    words: (said) => `it goes on as business as usual, with ${said}`,
    inPublic: () => 'it goes on as business as usual',
  },
  dropped: { needs: 'the reason', words: (said) => `it is dropped: ${said}`, inPublic: () => 'it is dropped' },
};

/** Where one goes in words, with the title of the role that has it from now on. */
export const homeInWords = ({ to, said }: Pick<Home, 'to' | 'said'>, authority: Authority): string =>
  HOMES[to].words(to === 'business-as-usual' ? roleTitle(authority, said) : unstopped(said));

/** An answer for one unfinished action, or for all that have none of their own. */
export interface Home {
  /** The action's short name, or {@link REST}. */
  action: string;
  to: HomeKind;
  /** The other inspection's reference, the role that owns it from now on, or the reason. */
  said: string;
}

export const REST = 'rest';

/** The answers by action: its own, or the one for all that have none. */
export function homeOfEach(homes: readonly Home[]): (action: string) => Home | undefined {
  const own = new Map(homes.map((each) => [each.action, each]));
  return (action) => own.get(action) ?? own.get(REST);
}

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
