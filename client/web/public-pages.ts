import { inspectionRef } from '../../domain/inspection-ref.ts';
import { byTheme, dayOfPage, publicPage } from '../../domain/publication/public-page.ts';
import { atMost, LineIsFull } from '../../platform/at-most.ts';
import { openPage } from './page.ts';
import type { WebParts } from './parts.ts';
import { notFound, PageProblem } from './problems.ts';

/** The public page of an inspection, ready to be sent: for people, and as data. */
export interface MadePage {
  html: string;
  json: string;
}

/** Who may wait is bounded, and so is what the pages take that are kept: they are for anybody, who may ask as often as they like. */
export interface PublicBounds {
  /** So many are looked up or made at once; the register and the processor are there for those who have signed in. */
  atOnce: number;
  /** So many wait for that; whoever comes then is asked to come again. */
  waiting: number;
  /** Characters of all pages that are kept. */
  characters: number;
}

const PUBLIC_BOUNDS: PublicBounds = { atOnce: 2, waiting: 200, characters: 8_000_000 };

/** What has been made, by the mark of what it was made from. */
interface Kept {
  mark: string;
  made: Promise<MadePage>;
  characters: number;
}

/**
 * Pages that anybody may read. Each is made once for each state of its council's record and each day, however many ask for it; what is
 * kept is never shown once anything of that record has changed.
 */
export function publicPages(
  { register }: Pick<WebParts, 'register'>,
  now: () => Date,
  { atOnce, waiting, characters }: PublicBounds = PUBLIC_BOUNDS,
): (place: { authority: string; reference: string }) => Promise<MadePage> {
  const inTurn = atMost(atOnce, waiting);
  const kept = new Map<string, Kept>();
  const make = async (place: { authority: string; reference: string }, on: string): Promise<MadePage> => {
    const [facts, file] = await Promise.all([
      register.publication.facts(place),
      register.board.keptAuthority(place.authority),
    ]);
    if (facts === null) throw notFound();
    const shown = publicPage(facts, on);
    const html = openPage('public.html', {
      ...{ council: file?.authority.name, shown, themes: byTheme(shown.actions), title: shown.title },
    });
    return { html, json: JSON.stringify(shown) };
  };
  const read = async (place: { authority: string; reference: string }): Promise<MadePage> => {
    const today = dayOfPage(now().toISOString());
    const key = inspectionRef(place.authority, place.reference);
    const mark = await register.publication.markOf(place);
    const known = kept.get(key);
    // The one that was looked at last stands last.
    kept.delete(key);
    if (mark === null) throw notFound();
    const ours: Kept =
      known?.mark === `${mark} ${today}`
        ? known
        : { mark: `${mark} ${today}`, made: make(place, today), characters: 0 };
    kept.set(key, ours);
    try {
      const made = await ours.made;
      ours.characters = made.html.length + made.json.length;
      dropOldest(kept, characters);
      return made;
    } catch (error) {
      if (kept.get(key) === ours) kept.delete(key);
      throw error;
    }
  };
  return async (place) => {
    try {
      return await inTurn(() => read(place));
    } catch (error) {
      if (!(error instanceof LineIsFull)) throw error;
      throw new PageProblem(503, 'Too many people are reading at the moment', 'Please try again in a minute.');
    }
  };
}

function dropOldest(kept: Map<string, Kept>, characters: number): void {
  let all = [...kept.values()].reduce((sum, each) => sum + each.characters, 0);
  for (const [key, each] of kept) {
    if (all <= characters) return;
    kept.delete(key);
    all -= each.characters;
  }
}
