import { expect, test } from 'vitest';
import { asCalledHere, executiveName } from '../../domain/authority/executive-name.ts';
import type { Authority } from '../../domain/schemas/authority.ts';
import { Story } from '../../domain/preview/story.ts';
import { strandTitle } from '../../domain/strands/strand-title.ts';
import { NO_CONSTITUTION } from '../../domain/decisions/no-constitution.ts';
import { callInNeeds } from '../../domain/decisions/calling-in.ts';
import { factsOf, startOf } from '../support/facts.ts';

type Body = Authority['bodies'][number];
const body = (name: string, kind?: Body['kind']): Body => ({
  ...{ id: name.toLowerCase().replaceAll(' ', '-'), name, meetings: [] },
  ...(kind === undefined ? {} : { kind }),
});

test.each<[what: string, bodies: Body[], name: string, title: string]>([
  ['a Cabinet', [body('Cabinet')], 'Cabinet', 'Cabinet updates'],
  ['an Executive among others', [body('Scrutiny Board'), body('Executive')], 'Executive', 'Executive updates'],
  [
    'one of another name',
    [body('Council', 'council'), body('Mayor and Team')],
    'Mayor and Team',
    'Mayor and Team updates',
  ],
  ['none: a committee system', [body('Policy Committee', 'other')], 'committee', 'Committee updates'],
  ['no body on file', [], 'Cabinet', 'Cabinet updates'],
  ['several that may be it', [body('Board'), body('Panel')], 'Cabinet', 'Cabinet updates'],
])('a council with %s', (_what, bodies, name, title) => {
  expect(executiveName({ bodies })).toBe(name);
  expect(strandTitle('cabinet-updates', { bodies })).toBe(title);
  expect(strandTitle('member-briefings', { bodies })).toBe('Member briefings');
  expect(asCalledHere('Update to Cabinet', { bodies })).toBe(`Update to ${name}`);
});

test('an update follows the rule in the council’s words: its own executive’s name, or that of the body that it goes to', () => {
  const titles = (bodies: Body[], promise: object) => {
    const start = startOf({ commitments: [{ rule: 'cabinet-update', ...promise }] });
    const facts = { ...start.facts, authority: { ...start.facts.authority, bodies } };
    return new Story({ ...start, facts }, '2016-02-22T10:00:00.000Z').milestone('cabinet-updates/cabinet-update-1')
      ?.title;
  };
  const bodies = [body('Executive'), body('Improvement Board', 'other')];
  expect(titles(bodies, {})).toBe('Update to Executive, no. 1');
  expect(titles(bodies, { body: 'improvement-board' })).toBe('Update to Improvement Board, no. 1');
  expect(titles(bodies, { title: 'Report to Cabinet Member' })).toBe('Report to Cabinet Member, no. 1');
});

test('without a constitution nothing of call-in sounds certain', () => {
  expect(callInNeeds({ constitution: null })).toBe(NO_CONSTITUTION);
  expect(NO_CONSTITUTION).toContain('ask the monitoring officer');
  expect(callInNeeds(factsOf())).not.toBe(NO_CONSTITUTION);
});
