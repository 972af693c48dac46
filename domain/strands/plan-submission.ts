import { strandFromRules } from './from-rules.ts';

/** The written plan or statement that answers the inspection: due a period after the report is received. */
export const planSubmission = strandFromRules('plan-submission', { title: 'Plan submission', lane: 1 });
