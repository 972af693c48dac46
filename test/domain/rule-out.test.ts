import { describe, expect, test } from 'vitest';
import { frameworkOf } from '../../client/files/framework.ts';
import { loadRulePack } from '../../client/files/rules.ts';
import { factsRuledOut, missingFacts, waitingSentences } from '../../domain/plan/waiting.ts';
import { Story } from '../../domain/preview/story.ts';
import { startOf } from '../support/facts.ts';
import { refusalSentence } from '../support/refusals.ts';

const LETTER = 'focused-visit-letter-received';
const ADMINISTRATOR = { id: 'x', role: 'democratic-services' };
const reason = 'Ofsted made no focused visit';

/** An inspection whose framework knows what follows from a focused visit, of which there is none on file. */
function started(): Story {
  const start = startOf({
    framework: 'ilacs-2018',
    report: { received: '2019-01-07' },
    judgements: [{ area: 'Overall', grade: 'Good' }],
  });
  const facts = { ...start.facts, ...frameworkOf(loadRulePack('ilacs-2018', '2019-01-07')) };
  return new Story({ ...start, facts }, '2019-01-08T10:00:00.000Z');
}
const ruleOut = (story: Story, payload: object, actor = ADMINISTRATOR): Story =>
  story.command({ name: 'ruleOut', payload: { fact: LETTER, what: 'none', reason, ...payload } }, actor);

describe('a fact that a rule waits for, and that there is not', () => {
  test.each(['none', 'unknown'])('is asked for no more once that is said (%s), and stands with its reason', (what) => {
    const before = started();
    expect(missingFacts(before.state.facts)).toEqual([
      { fact: LETTER, instrument: undefined, title: "The focused visit's letter was received" },
    ]);
    const after = ruleOut(before, { what });
    expect(waitingSentences(after.state.facts)).toEqual([]);
    expect(factsRuledOut(after.state.facts)).toEqual([
      { fact: LETTER, instrument: undefined, title: "The focused visit's letter was received", what, reason },
    ]);
    expect(after.entries.at(-1)).toMatchObject({ kind: 'fact-ruled-out', data: { fact: LETTER, what, reason } });
    expect(after.entries.at(-1)?.text).toContain(reason);
  });

  test('plans nothing and tells nobody; recorded after all it counts', () => {
    const before = started();
    const [duties, mails] = [Object.keys(before.milestones), before.mails.length];
    const after = ruleOut(before, {});
    expect([Object.keys(after.milestones), after.mails.length]).toEqual([duties, mails]);
    after.command({ name: 'event', payload: { kind: LETTER, on: '2019-01-07' } }, ADMINISTRATOR);
    expect(after.milestones['plan-submission/focused-visit-plan']).toBeDefined();
    expect(factsRuledOut(after.state.facts)).toEqual([]);
    expect(waitingSentences(after.state.facts)).toEqual([]);
  });

  test.each<[string, () => unknown, RegExp]>([
    [
      'that nothing waits for',
      () => ruleOut(started(), { fact: 'report-received' }),
      /waits for "report-received"\. What is missing: focused-visit/,
    ],
    ['a second time', () => ruleOut(ruleOut(started(), {}), {}), /No fact is missing\./],
    [
      'by an owner',
      () => ruleOut(started(), {}, { id: 'x', role: 'head-of-service' }),
      /may not say that a missing fact does not exist/,
    ],
  ])('is refused: one %s', (_what, give, said) => {
    expect(refusalSentence(give)).toMatch(said);
  });
});
