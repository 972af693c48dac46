import { describe, expect, test } from 'vitest';
import { payloadOf } from '../../../client/web/forms/filled-command.ts';
import { formNamed } from '../../../client/web/forms/command-form.ts';
import type { FilledForm } from '../../../client/web/forms/form.ts';
import { EXCEPTIONS, homesAsked, homesInWords, MAX_ASKED, readHomes } from '../../../client/web/forms/homes.ts';
import { MAX_FIELDS } from '../../../client/web/forms/sent.ts';
import { runningFrom } from '../../../client/web/inspections.ts';
import { viewOf } from '../../../domain/lifecycle/view.ts';
import { Story } from '../../../domain/preview/story.ts';
import { startOf } from '../../support/facts.ts';

const NOW = '2016-02-23T10:00:00.000Z';
const action = (id: string, title: string, owner = 'head-of-service') => ({
  ...{ id, title, owner, due: '2016-05-31', recommendations: [] },
});

/** An inspection with unfinished actions. */
function closing(...actions: ReturnType<typeof action>[]) {
  const story = new Story(startOf({ actions }), NOW);
  return runningFrom(story.state, viewOf(story.state, story.now));
}
const few = closing(action('a', 'Audit', 'team-manager'), action('b', 'Brief'), action('c', 'Coach'));
const many = closing(...Array.from({ length: MAX_ASKED + 1 }, (_, n) => action(`a${n + 1}`, `Action ${n + 1}`)));

function read(running: typeof few, body: Record<string, string>): FilledForm {
  const filled: FilledForm = { values: {}, typed: {}, problems: [] };
  readHomes(running, body, filled);
  return filled;
}
const problems = (running: typeof few, body: Record<string, string>) =>
  read(running, body).problems.map(({ field, text }) => [field, text]);

const OTHERS = { offered: [{ reference: '2028', title: 'Joint inspection' }], more: false };

const WHOLE = {
  'to-action-a': 'business-as-usual',
  'said-action-a': 'head of service',
  'to-action-b': 'inspection',
  'said-action-b': 'anyborough/2027',
  'to-all': 'dropped',
  'said-all': 'The service\n has moved',
};

describe('where each unfinished action goes', () => {
  test('one question an action, beside its title and owner; what is said of all is for those with no answer of their own', () => {
    const { values, problems: wrong } = read(few, WHOLE);
    expect(wrong).toEqual([]);
    expect(values['homes']).toEqual([
      { action: 'a', to: 'business-as-usual', said: 'head-of-service' },
      { action: 'b', to: 'inspection', said: '2027' },
      { action: 'rest', to: 'dropped', said: 'The service has moved' },
    ]);
    expect(homesInWords(values['homes'] as never, few, OTHERS)).toBe(
      [
        'Audit: it goes on as business as usual, with Head of Service',
        'Brief: it goes on under another inspection (reference 2027)',
        'All others: it is dropped: The service has moved',
      ].join('\n'),
    );
    const asked = homesAsked(few, { typed: {}, problems: [] }, OTHERS);
    expect(asked.each.map(({ title, owner }) => [title, owner])).toEqual([
      ['Audit', 'Team Manager'],
      ['Brief', 'Head of Service'],
      ['Coach', 'Head of Service'],
    ]);
  });

  test('the council’s other open inspections are offered by title, and chosen without a word beside it', () => {
    const kinds = (others: typeof OTHERS) => homesAsked(few, { typed: {}, problems: [] }, others).kinds;
    const [first, ...rest] = kinds(OTHERS);
    expect(first).toEqual({ value: 'inspection:2028', text: 'It goes on under Joint inspection (2028)' });
    expect(rest.map(({ value }) => value)).toEqual(['business-as-usual', 'dropped']);
    const chosen = { ...WHOLE, 'to-action-b': first?.value ?? '', 'said-action-b': '' };
    const { values } = read(few, chosen);
    expect(values['homes']).toContainEqual({ action: 'b', to: 'inspection', said: '2028' });
    expect(homesInWords(values['homes'] as never, few, OTHERS)).toContain(
      'Brief: it goes on under Joint inspection (reference 2028)',
    );
    expect(problems(few, { ...chosen, 'said-action-b': '2027' })).toEqual([
      ['said-action-b', 'Brief: leave this empty; the inspection is chosen from the list'],
    ]);
  });

  test('where there are more than are offered any is named by its reference, where there is none nothing goes on under one', () => {
    const of = (others: typeof OTHERS) => homesAsked(few, { typed: {}, problems: [] }, others);
    expect(of({ ...OTHERS, more: true })).toMatchObject({ mayGoOn: true, byReference: true });
    expect(of({ ...OTHERS, more: true }).kinds.map(({ value }) => value)).toContain('inspection');
    const none = of({ offered: [], more: false });
    expect(none).toMatchObject({ mayGoOn: false, byReference: false });
    expect(none.kinds.map(({ value }) => value)).toEqual(['business-as-usual', 'dropped']);
  });

  test('what is filled in is the command’s own payload', () => {
    const form = formNamed('close');
    const filled = read(few, WHOLE);
    filled.values['reason'] = 'over';
    expect(form === undefined ? undefined : payloadOf(form, filled, '')).toMatchObject({
      reason: 'over',
      homes: [{}, {}, {}],
    });
  });

  test.each<[string, Record<string, string>, string[][]]>([
    [
      'nothing is said',
      {},
      [
        ['to-action-a', 'Audit: choose where it goes, or say it for all'],
        ['to-action-b', 'Brief: choose where it goes, or say it for all'],
        ['to-action-c', 'Coach: choose where it goes, or say it for all'],
      ],
    ],
    ['no reason', { ...WHOLE, 'said-all': ' ' }, [['said-all', 'All others: say why it is dropped']]],
    [
      'no such officer',
      { ...WHOLE, 'said-action-a': 'Head of Servise' },
      [['said-action-a', 'Audit: there is no officer called “Head of Servise”; did you mean "Head of Service"?']],
    ],
    ['no owner', { ...WHOLE, 'said-action-a': '' }, [['said-action-a', 'Audit: say whose it is from now on']]],
    [
      'a councillor',
      { ...WHOLE, 'said-action-a': 'lead-member' },
      [['said-action-a', 'Audit: there is no officer called “lead-member”']],
    ],
    [
      'no inspection',
      { ...WHOLE, 'said-action-b': '' },
      [['said-action-b', 'Brief: say which inspection, by its reference']],
    ],
    [
      'this very inspection',
      { ...WHOLE, 'said-action-b': few.facts.inspection.reference },
      [['said-action-b', 'Brief: this inspection is closed; name another one']],
    ],
    ['words without a choice', { ...WHOLE, 'to-action-b': '' }, [['to-action-b', 'Brief: choose where it goes']]],
    [
      'a choice that was not given',
      { ...WHOLE, 'to-action-b': 'nowhere' },
      [['to-action-b', 'Brief: choose one from the list']],
    ],
    [
      'too many words',
      { ...WHOLE, 'said-all': 'x'.repeat(1001) },
      [['said-all', 'All others: shorten it to 1,000 characters or fewer']],
    ],
  ])('%s: it is told at its field, and what was typed stands there again', (_what, body, expected) => {
    expect(problems(few, body)).toEqual(expected);
    const filled = read(few, body);
    const asked = homesAsked(few, filled, OTHERS);
    const [field = '', text] = expected[0] ?? [];
    const shown = [asked.all, ...asked.each].find(({ name }) => field.endsWith(`-${name}`));
    expect(Object.values(shown?.error ?? {})).toEqual([text]);
    expect(shown?.said).toBe((body[`said-${shown?.name}`] ?? '').replaceAll(/\s+/g, ' ').trim());
  });

  test(`of more than ${MAX_ASKED} it is said of all, with exceptions by title or short name`, () => {
    const body = {
      ...{ 'to-all': 'dropped', 'said-all': 'no longer needed' },
      ...{ 'which-exception-1': 'action 7', 'to-exception-1': 'inspection', 'said-exception-1': '2027' },
      ...{ 'which-exception-3': 'a9', 'to-exception-3': 'business-as-usual', 'said-exception-3': 'Team Manager' },
    };
    expect(read(many, body)).toMatchObject({
      problems: [],
      values: {
        homes: [
          { action: 'a7', to: 'inspection', said: '2027' },
          { action: 'a9', to: 'business-as-usual', said: 'team-manager' },
          { action: 'rest', to: 'dropped', said: 'no longer needed' },
        ],
      },
    });
    expect(homesAsked(many, { typed: {}, problems: [] }, OTHERS).each).toHaveLength(EXCEPTIONS);
    expect(problems(many, {})).toEqual([['to-all', 'Choose where the unfinished actions go']]);
    expect(problems(many, { ...body, 'which-exception-1': 'Action 700' })).toEqual([
      ['which-exception-1', 'Exception 1: no unfinished action is called “Action 700”'],
    ]);
    expect(problems(many, { ...body, 'which-exception-1': 'A9' })).toEqual([
      ['which-exception-3', 'Exception 3: it is there twice'],
    ]);
    expect(problems(many, { ...body, 'which-exception-1': '' })).toEqual([
      ['which-exception-1', 'Exception 1: say which action'],
    ]);
    expect(problems(many, { ...body, 'to-exception-1': '', 'said-exception-1': '' })).toEqual([
      ['to-exception-1', 'Exception 1: choose where it goes'],
    ]);
  });

  test('an answer for all is none where every action has its own, and no form has more fields than are read', () => {
    const own = Object.fromEntries(
      ['a', 'b', 'c'].flatMap((id) => [
        [`to-action-${id}`, 'dropped'],
        [`said-action-${id}`, 'over'],
      ]),
    );
    const { values } = read(few, { ...own, 'to-all': 'dropped', 'said-all': 'x' });
    expect((values['homes'] as unknown[]).length).toBe(3);
    expect(read(closing(), {}).values).toEqual({});
    expect(2 * (MAX_ASKED + 1) + 4).toBeLessThan(MAX_FIELDS);
    expect(3 * EXCEPTIONS + 2 + 4).toBeLessThan(MAX_FIELDS);
  });
});
