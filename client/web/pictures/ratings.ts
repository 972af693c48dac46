import { type CivilDate, formatShortMonth } from '../../../domain/calendar/civil-date.ts';
import { namesOf } from '../../../domain/closed-table.ts';
import type { Moment } from '../../../domain/figures/past.ts';
import { type Rag, RAGS } from '../../../domain/progress/progress.ts';
import { renderTemplate } from '../render.ts';
import { legendIn } from './legend.ts';

/** A theme's row of the picture. */
export interface PicturedTheme {
  title: string;
  rags: readonly (Rag | null)[];
}

/** In user units of the picture; text is 13 units high. */
const LABEL = 250;
const CELL = 46;
const ROW = 26;
const HEAD = 24;
const MAX_LABEL = 36;
const TEXT = 13;
const LEGEND = 18;
const BELOW = 8;

/** The rating of each theme at each day as SVG: a square with a letter, which says what its fill says. */
export function ratingsSvg(themes: readonly PicturedTheme[], moments: readonly Moment[], id: string): string {
  if (themes.length === 0) return '';
  const words = namesOf(RAGS)
    .filter((rag) => themes.some(({ rags }) => rags.includes(rag)))
    .map((rag) => ({ words: `${RAGS[rag].letter}: ${RAGS[rag].words.toLowerCase()}` }));
  const legend = legendIn(words, { left: 4, y: HEAD + themes.length * ROW + LEGEND, size: TEXT });
  return renderTemplate('ratings.svg', {
    id,
    width: LABEL + moments.length * CELL + 8,
    height: (legend.at(-1)?.y ?? 0) + BELOW,
    heads: moments.map(({ on }, index) => ({ x: LABEL + index * CELL + CELL / 2, text: monthOf(on) })),
    rows: themes.map(({ title, rags }, row) => ({
      y: HEAD + row * ROW,
      title,
      label: title.length <= MAX_LABEL ? title : `${title.slice(0, MAX_LABEL - 1)}…`,
      cells: rags.flatMap((rag, index) => (rag === null ? [] : [{ x: LABEL + index * CELL + 2, rag, ...RAGS[rag] }])),
    })),
    legend,
    cell: { width: CELL - 4, height: ROW - 4 },
  });
}

/** "Mar 26" */
const monthOf = (on: CivilDate): string => `${formatShortMonth(on)} ${on.slice(2, 4)}`;
