import { describe, expect, test } from 'vitest';
import {
  COMMAND_FORMS,
  type CommandForm,
  formFor,
  formNamed,
  payloadIn,
} from '../../../client/web/forms/command-form.ts';
import { payloadOf, tried } from '../../../client/web/forms/filled-command.ts';
import {
  choicesOf,
  dateTyped,
  type FormField,
  inputOf,
  readForm,
  shownFields,
} from '../../../client/web/forms/form.ts';
import { enteredIn } from '../../../client/web/forms/entered.ts';
import { offered } from '../../../client/web/forms/offered.ts';
import { runningFrom } from '../../../client/web/inspections.ts';
import { refusalOf } from '../../../domain/commands/apply.ts';
import { definitionOf } from '../../../domain/commands/commands.ts';
import { addDays } from '../../../domain/calendar/civil-date.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { viewOf } from '../../../domain/lifecycle/view.ts';
import { Story } from '../../../domain/preview/story.ts';
import { startOf } from '../../support/facts.ts';
import { NOTICE_RULES, notice } from '../../support/instruments.ts';

const NOW = '2016-03-23T10:00:00.000Z';
const ADMINISTRATOR = { id: 'test', role: 'democratic-services' };
const measure = (id: string, more: object) => ({
  ...{
    id,
    title: `Measure ${id}`,
    unit: '%',
    target: { value: 95, by: '2016-12-31' },
    direction: 'up',
    source: 'Audit',
  },
  ...more,
});

/** An inspection with something of each kind that a form may be about, and a notice beside it. */
function running(parts: Record<string, unknown> = {}) {
  const start = startOf({
    themes: [{ id: 'practice', title: 'Practice', officer: 'director' }],
    actions: [
      {
        id: 'audit',
        title: 'Audit',
        owner: 'head-of-service',
        due: '2016-05-31',
        theme: 'practice',
        recommendations: [],
      },
      { id: 'brief', title: 'Brief', owner: 'head-of-service', due: '2016-05-31', recommendations: [] },
    ],
    commitments: [{ rule: 'cabinet-update' }],
    measures: [
      measure('open-cases', { actions: ['audit'] }),
      measure('on-time', { themes: ['practice'] }),
      measure('elsewhere', {}),
    ],
    instruments: [
      notice('2016-03-01'),
      notice('2016-03-01', { id: 'letter', title: 'Letter', events: {}, report: { received: '2016-02-27' } }),
      notice('2016-03-02', { id: 'second-notice', title: 'Second notice', report: { received: '2016-02-26' } }),
    ],
    ...parts,
  });
  const instruments = ['notice', 'letter', 'second-notice'].map((instrument) => ({ ...NOTICE_RULES, instrument }));
  const story = new Story({ ...start, facts: { ...start.facts, instruments } }, NOW);
  return runningFrom(story.state, viewOf(story.state, story.now));
}
const whole = running();
const bare = running({ themes: [], actions: [], commitments: [], measures: [], instruments: [] });

const formOf = (name: string, about = '', of = whole): CommandForm => {
  const form = formNamed(name);
  if (form === undefined) throw new Error(`there is no form ${name}`);
  return formFor(form, of.state, about);
};
const named = (form: CommandForm, name: string): FormField => {
  const found = form.fields.find((each) => each.name === name);
  if (found === undefined) throw new Error(`${form.name} does not ask ${name}`);
  return found;
};
const titles = (form: CommandForm, name: string): string[] => Object.values(named(form, name).choices ?? {});

/** Names that somebody makes up, and so types: nothing of the inspection has them yet. */
const MADE_UP: readonly string[] = ['ask.id', 'decide.id'];

test.each(COMMAND_FORMS.map((form) => [form.name, form] as const))(
  '%s asks for no id of something on the inspection',
  (name, form) => {
    const { fields, choosing = [] } = definitionOf(name);
    const chosen = choosing.flatMap(({ fills }) => fills);
    for (const [field, { kind, aside }] of Object.entries(fields)) {
      if (kind === 'slug') expect(MADE_UP).toContain(`${name}.${field}`);
      if (kind === 'id') expect(chosen).toContain(field);
      if (kind === 'milestones' || aside !== undefined) expect(aside).toMatch(/\w+ \w+/);
    }
    for (const fills of chosen) expect(Object.keys(fields)).toContain(fills);
    // Words of the inside are no help to whoever fills it in.
    for (const { hint = '', label } of formFor(form, whole.state, '').fields)
      expect(`${label} ${hint}`).not.toMatch(/short name of|duecourse |\bid\b/i);
  },
);

test.each(COMMAND_FORMS.map((form) => [form.name, form] as const))(
  '%s chooses nothing beforehand that it need not',
  (_name, form) => {
    const fields = formFor(form, whole.state, '').fields.filter(
      (field) => inputOf(field) === 'choice' && field.initial === undefined,
    );
    for (const shown of shownFields(fields, { typed: {}, problems: [] }, whole.facts.authority, whole.facts.inspection))
      expect((shown as { items: { value: string }[] }).items[0]?.value).toBe('');
  },
);

test('a short name that is left empty is made of the title, and is none that is there already', () => {
  const form = formOf('decide');
  expect(named(form, 'id')).toMatchObject({
    optional: true,
    hint: expect.stringContaining('made of the title') as string,
  });
  expect(payloadIn(form, { title: 'Approve the plan' }, '')).toEqual({
    title: 'Approve the plan',
    id: 'approve-the-plan',
  });
  expect(payloadIn(form, { title: 'Approve the plan', id: 'own' }, '')).toMatchObject({ id: 'own' });
  const decision = { id: 'approve-the-plan', title: 'x', takenOn: '2016-02-26', key: false, urgent: false };
  const second = formOf('decide', '', running({ decisions: [decision] }));
  expect(payloadIn(second, { title: 'Approve the plan' }, '')).toMatchObject({ id: 'approve-the-plan-2' });
  expect(payloadIn(second, {}, '')).toEqual({});
});

/** Beside what is chosen, what makes each of these forms whole. */
const OTHERWISE: Record<string, Record<string, string>> = {
  event: dateTyped('on', '2016-03-20'),
  correctEvent: { withdraw: 'yes', reason: 'It was another council’s' },
  chooseReading: { reason: 'As counsel says' },
  withdrawInstrument: { reason: 'It was lifted' },
  ruleOut: { what: 'none', reason: 'There was none' },
  changeCycle: { what: 'ended', reason: 'Agreed', ...dateTyped('from', addDays(localDate(NOW), 1)) },
  correct: { reason: 'The post book', ...dateTyped('received', '2016-03-01') },
  reissue: { note: 'A new paragraph', ...dateTyped('received', '2016-03-22') },
  reassignMany: { from: 'head-of-service', to: 'team-manager', theme: '' },
};
const CHOOSING = COMMAND_FORMS.filter(({ name }) => definitionOf(name).choosing !== undefined).map(({ name }) => name);

describe('what is chosen by its title', () => {
  test('is tried of every command that has it', () => {
    expect(Object.keys(OTHERWISE).toSorted()).toEqual(CHOOSING.toSorted());
  });

  test.each(CHOOSING)('%s: the lifecycle takes every choice that is offered', (name) => {
    const form = formOf(name);
    const [field] = form.fields.filter(({ fills }) => fills !== undefined);
    const choices = field === undefined ? [] : choicesOf(field).filter(({ value }) => value !== '');
    expect(choices.length).toBeGreaterThan(0);
    for (const { value, text } of choices) {
      const filled = readForm(form.fields, { ...OTHERWISE[name], [field?.name ?? '']: value });
      const payload = payloadOf(form, filled, '');
      expect([text, filled.problems]).toEqual([text, []]);
      const result = payload === undefined ? undefined : tried(whole, name, payload, ADMINISTRATOR);
      expect([text, result !== undefined && 'refusal' in result ? result.refusal.message : 'taken']).toEqual([
        text,
        'taken',
      ]);
      // The check page says its title.
      expect(enteredIn(form.fields, filled.values).map((each) => each.value)).toContain(text);
    }
  });

  test('events are those of this inspection’s frameworks alone, each under what it belongs to', () => {
    expect(titles(formOf('event'), 'kind')).toEqual([
      'The notice was received under Improvement notice',
      'The notice was received under Letter',
      'The notice was received under Second notice',
    ]);
    expect(titles(formOf('correctEvent'), 'kind')).toEqual([
      'The notice was received on Tuesday 1 March 2016 under Improvement notice',
      'The notice was received on Wednesday 2 March 2016 under Second notice',
    ]);
  });

  test('a cycle by its title, a reading by its rule and number', () => {
    expect(titles(formOf('changeCycle'), 'promise')).toEqual(['Update to Cabinet']);
    expect(titles(formOf('chooseReading'), 'rule')).toEqual(['“Written action plan to Ofsted”: 70 working days']);
  });

  test('where there is one report alone, it is not asked which', () => {
    expect(formOf('correct', '', bare).fields.some(({ name }) => name === 'instrument')).toBe(false);
    expect(payloadIn(formOf('correct', '', bare), { reason: 'x' }, '')).toEqual({ reason: 'x' });
  });

  test('a choice fills nothing but what it is for', () => {
    const form = formOf('withdrawInstrument');
    expect(payloadIn(form, { instrument: 'instrument=notice&reason=mine', reason: 'lifted' }, '')).toEqual({
      ...{ instrument: 'notice', reason: 'lifted' },
    });
  });

  test('what there is nothing to choose from for is not offered, and refused in words', () => {
    const roles = bare.facts.authority.roles.filter(({ id }) => id === ADMINISTRATOR.role);
    const names = offered({ subject: 'inspection', id: '' }, bare, { authority: bare.facts.authority, roles }).map(
      ({ name }) => name,
    );
    for (const name of ['changeCycle', 'event', 'correctEvent', 'withdrawInstrument'] as const)
      expect(names).not.toContain(name);
    for (const name of ['correct', 'reissue', 'chooseReading'] as const) expect(names).toContain(name);
    const given = { actor: ADMINISTRATOR, now: bare.view.now };
    expect(refusalOf('changeCycle', '', bare.state, given)?.message).toBe(
      'This inspection has no promise that comes round again.',
    );
  });
});

describe('values of measures', () => {
  const AUDIT = 'improvement-actions/audit';

  test('have a box each, with title and unit: those that show the effect of the action, or of its theme', () => {
    expect(named(formOf('progress', AUDIT), 'measures').boxes?.map(({ title }) => title)).toEqual([
      'Measure open-cases',
      'Measure on-time',
    ]);
    const without = formOf('progress', 'improvement-actions/brief').fields.map(({ name }) => name);
    expect(without).not.toContain('measures');
    expect(without).not.toContain('source');
  });

  test('are read from their boxes, shown by their titles, and a wrong one is said at its place', () => {
    const form = formOf('progress', AUDIT);
    const filled = readForm(form.fields, { 'measures--on-time': '21.5', 'measures--elsewhere': '1' });
    expect(payloadOf(form, filled, AUDIT)).toMatchObject({ measures: [{ measure: 'on-time', value: 21.5 }] });
    expect(enteredIn(form.fields, filled.values)).toContainEqual(
      expect.objectContaining({ value: 'Measure on-time: 21.5 %' }),
    );
    const wrong = readForm(form.fields, { 'measures--open-cases': 'many' });
    expect(wrong.problems).toEqual([
      {
        field: 'measures',
        href: '#measures--open-cases',
        text: 'Values of measures: “many” is no number; enter one like 21.5',
      },
    ]);
    const [shown] = shownFields([named(form, 'measures')], wrong) as { boxes: { name: string; value: string }[] }[];
    expect(shown?.boxes[0]).toMatchObject({ name: 'measures--open-cases', value: 'many' });
  });
});
