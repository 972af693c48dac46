import type { Promised } from '../schemas/promise.ts';

/** What a promise is called: by its own name, or by its rule's. */
export const promiseId = ({ id, rule }: Promised): string => id ?? rule ?? '';
