import { slug } from './common.ts';

/** Under which of an inspection's instruments something stands; left out: under the inspection itself. */
export const instrumentId = slug.meta({ refersTo: 'instrument' }).optional();
