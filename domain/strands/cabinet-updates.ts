import { strandFromRules } from './from-rules.ts';

/** The cycle of reports to Cabinet (or Executive): "a detailed report would be brought to Cabinet every 3 months". */
export const cabinetUpdates = strandFromRules('cabinet-updates', { title: 'Cabinet updates', lane: 2 });
