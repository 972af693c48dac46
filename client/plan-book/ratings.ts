import type { Counts, RatingColour } from '../../domain/progress/rating-words.ts';
import type { Rating } from '../../domain/schemas/ratings.ts';

/** A shape for each that a rating may count as: colour alone is lost in a black and white print. */
const SHAPES: Record<Counts, string> = { done: '✔', 'on-track': '●', 'at-risk': '▲', 'off-track': '■' };

/** Grounds that black or white letters can be read on: [ground, letters], red, green and blue in hexadecimal. */
export const COLOURS: Record<RatingColour, readonly [string, string]> = {
  red: ['D4351C', 'FFFFFF'],
  amber: ['FFB547', '0B0C0C'],
  yellow: ['FFDD00', '0B0C0C'],
  green: ['00703C', 'FFFFFF'],
  blue: ['1D70B8', 'FFFFFF'],
  purple: ['4C2C92', 'FFFFFF'],
  grey: ['505A5F', 'FFFFFF'],
};

/** A rating as a cell says it: '▲ Amber'. */
export const ratingText = ({ name, counts }: Pick<Rating, 'name' | 'counts'>): string => `${SHAPES[counts]} ${name}`;

/** What a cell says of a rating may be its name alone. */
export const withoutShape = (text: string): string => {
  const shape = Object.values(SHAPES).find((each) => text.trim().startsWith(each));
  return shape === undefined ? text : text.trim().slice(shape.length).trim();
};
