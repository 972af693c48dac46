import { isDemonstration } from '../authority/demonstration.ts';
import type { Authority } from '../schemas/authority.ts';
import type { Document } from './document.ts';

/** A council's document: an invented council's says so. */
export const ofCouncil = (authority: Pick<Authority, 'demonstration'>, document: Document): Document =>
  isDemonstration(authority)
    ? { notice: 'Demonstration. This council is invented, with all that stands here.', ...document }
    : document;
