import { strandFromRules } from './from-rules.ts';

/** The monthly written update to all members of the council. */
export const memberBriefings = strandFromRules('member-briefings');
