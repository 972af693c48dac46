import { z } from 'zod';
import { namesOf } from '../closed-table.ts';
import { HOMES } from '../closing/homes.ts';
import { line, slug } from './common.ts';

/** Where an unfinished action goes once its inspection is closed. */
export const home = z.strictObject({
  action: slug.describe('The action’s short name, or `rest` for all that have no answer of their own.'),
  to: z.enum(namesOf(HOMES)).describe('Another inspection, business as usual, or nowhere.'),
  said: line.describe('The other inspection’s reference, the role that owns it from now on, or the reason.'),
});
