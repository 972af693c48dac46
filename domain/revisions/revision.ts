import type { Facts } from '../facts/facts.ts';

/** The number of the plan as it runs: 1 is that of the file with which the inspection was started. */
export const revisionOf = ({ revision }: Pick<Facts, 'revision'>): number => revision ?? 1;
