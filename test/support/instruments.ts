import type { Framework } from '../../domain/facts/framework.ts';
import { type Instrument, instrument } from '../../domain/schemas/instrument.ts';
import { rule } from '../../domain/schemas/rule-pack.ts';

const citation = { cite: 'the notice', confidence: 'U' as const };

const ruleOf = (parts: Record<string, unknown>) => rule.parse({ strength: 'statutory', citation, ...parts });

/** The rules of notices: an answer within 28 days, and a plan within three months, sent back as any plan is. */
export const NOTICE_RULES: Framework = {
  pack: { id: 'notices', version: 1 },
  rules: [
    ruleOf({
      id: 'answer',
      strand: 'other-reporting',
      title: 'Answer to the notice',
      act: 'Send an answer.',
      trigger: { event: 'notice-received' },
      period: { n: 28, unit: 'calendar-day' },
    }),
    ruleOf({
      id: 'written-action-plan',
      strand: 'plan-submission',
      title: 'Plan in answer to the notice',
      act: 'Send the plan.',
      trigger: { event: 'notice-received' },
      period: { n: 3, unit: 'month' },
    }),
    ruleOf({
      id: 'board-report',
      strand: 'cabinet-updates',
      title: 'Report to the board',
      act: 'Bring a report to the board.',
      trigger: { event: 'notice-received' },
      period: { n: 1, unit: 'month' },
      repeats: true,
      strength: 'commitment',
    }),
  ],
};

/** A notice that came on a day. */
export const notice = (on: string, parts: Partial<Instrument> = {}): Instrument =>
  instrument.parse({
    id: 'notice',
    title: 'Improvement notice',
    issuedBy: 'Department for Education',
    framework: NOTICE_RULES.pack.id,
    events: { 'notice-received': [{ on }] },
    ...parts,
  });
