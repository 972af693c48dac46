import type { Authority } from '../schemas/authority.ts';

/** Is a body the executive, or a part of it? One that is not on file may be. */
export const isExecutive = (body: Pick<Authority['bodies'][number], 'kind'> | undefined): boolean =>
  (body?.kind ?? 'executive') === 'executive';
