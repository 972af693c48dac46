import { renderTemplate } from '../render.ts';
import { legendIn } from './legend.ts';

/** How a part of a bar is filled: each differs from the others in black and white. */
export type Fill = 'solid' | 'hatched' | 'empty';

/** A column of a picture: its parts from the bottom up, what stands over it, and beneath it in two lines. */
export interface PicturedColumn {
  parts: readonly number[];
  above: string;
  label: readonly [string, string];
}

export interface ColumnsInput {
  /** Short name of the picture within its page. */
  id: string;
  title: string;
  description: string;
  /** What each part is, in the order of a column's parts. */
  legend: readonly { words: string; fill: Fill }[];
  columns: readonly PicturedColumn[];
}

/** In user units of the picture; text is 13 units high. */
const COLUMN = 62;
const GAP = 18;
const TEXT = 13;
const LEGEND = 4;
const TOP = 40;
const HEIGHT = 150;
const BELOW = 44;
const LEAST_WIDTH = 420;
/** So high must a part be for its number to stand in it. */
const ROOM_FOR_TEXT = 16;

/** Columns of stacked parts as SVG, each part with its number. */
export function columnsSvg({ id, title, description, legend, columns }: ColumnsInput): string {
  const most = Math.max(1, ...columns.map(({ parts }) => parts.reduce((sum, n) => sum + n, 0)));
  const placed = legendIn(legend, { left: GAP, y: LEGEND, size: TEXT });
  const bottom = TOP + (placed.at(-1)?.y ?? LEGEND) - LEGEND + HEIGHT;
  return renderTemplate('columns.svg', {
    ...{ id, title, description, bottom },
    width: Math.max(LEAST_WIDTH, GAP + columns.length * (COLUMN + GAP)),
    height: bottom + BELOW,
    legend: placed,
    columns: columns.map(({ parts, above, label }, index) => {
      const x = GAP + index * (COLUMN + GAP);
      let y = bottom;
      const drawn = parts.map((n, part) => {
        const height = Math.round((n * (HEIGHT - 20)) / most);
        y -= height;
        return { n, y, height, fill: legend[part]?.fill ?? 'empty', hasRoom: height >= ROOM_FOR_TEXT };
      });
      return {
        x,
        middle: x + COLUMN / 2,
        width: COLUMN,
        top: y - 6,
        above,
        label,
        parts: drawn.filter(({ n }) => n > 0),
      };
    }),
  });
}
