import { strandFromRules } from './from-rules.ts';

/** Duties to publish and reports to other bodies: Council, Children's Trust Board, LSCB, MALAP. */
export const otherReporting = strandFromRules('other-reporting');
