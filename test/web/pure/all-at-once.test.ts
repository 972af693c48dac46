import { expect, test } from 'vitest';
import { loadAuthorityFile } from '../../../client/files/load.ts';
import { changedBy } from '../../../client/web/administration/changed-by.ts';
import type { CouncilForm } from '../../../client/web/administration/council-form.ts';
import { markAway } from '../../../client/web/administration/people-forms.ts';
import { addWebhook } from '../../../client/web/administration/webhook-forms.ts';
import { workOf } from '../../../client/web/progress-form/own-actions.ts';
import { readAnswers, withAllWrong } from '../../../client/web/progress-form/read-answers.ts';
import { Story } from '../../../domain/preview/story.ts';
import { outside, subjectOf as subjectOfFile } from '../../support/council-form.ts';
import { council, startOf } from '../../support/facts.ts';
import { formFor, formNamed } from '../../../client/web/forms/command-form.ts';
import { addOthersRefused } from '../../../client/web/forms/filled-command.ts';
import { dateTyped, type FilledForm, hrefOf, inputOf, readForm } from '../../../client/web/forms/form.ts';
import { runningFrom } from '../../../client/web/inspections.ts';
import { subjectOf } from '../../../domain/commands/apply.ts';
import { type Command, COMMAND_NAMES, type CommandName } from '../../../domain/commands/commands.ts';
import { viewOf } from '../../../domain/lifecycle/view.ts';
import { ADMINISTRATOR, BEFORE, by, OWNER as OF_OWNERS, story } from '../../support/every-command.ts';
import { REFUSED } from '../../support/refused-fields.ts';

// All that is wrong with a form is said at once: what can't be used in one field hides nothing of another.

/** What is wrong only beside what stands in other fields: while one of those can't be used, nothing is said of it. */
const BESIDE = new Map<string, readonly string[]>([
  ['progress noChange true', ['percent']],
  ['decide publishedOn 2016-02-18', ['takenOn']],
  ['decide effectiveFrom 2016-02-18', ['takenOn']],
  ['decide takenBy director', ['body']],
  ['recordPlan version 7', ['plan']],
  ['recordPlan note undefined', ['plan', 'stage']],
  ['correctMeasure takeBack true', ['of', 'value']],
  ['correctMeasure value 12', ['of']],
  ['correctMeasure value undefined', ['of']],
  ['recordAttendance invited a', ['attended']],
  ['reassignMany to team-manager', ['from']],
]);

const actorOf = (name: CommandName) => by(OF_OWNERS.has(name) ? 'team-manager' : ADMINISTRATOR.role);

/** Each refusal for one field, with each other field of its form that could hide it. */
const cases = COMMAND_NAMES.flatMap((name) =>
  REFUSED[name].flatMap(({ field, payload, before }) => {
    const found = formNamed(name);
    if (found === undefined) return [];
    const told = before?.(story()) ?? BEFORE[name]?.(story()) ?? story();
    const about = subjectOf({ name, payload } as Command);
    const form = formFor(found, told.state, about);
    // A choice by its title stands for several fields: what is asked by itself is looked at.
    if (form.fields.some(({ fills }) => fills !== undefined)) return [];
    if (!form.fields.some((each) => each.name === field && inputOf(each) !== 'carried')) return [];
    const given: Record<string, unknown> = Object.fromEntries(
      Object.entries(payload).filter(([key]) => form.fields.some((each) => each.name === key)),
    );
    return form.fields
      .filter((each) => each.name !== field && inputOf(each) !== 'carried' && each.kind !== 'yes')
      .filter((each) => Object.hasOwn(payload, each.name))
      .map((hiding) => ({ name, field, hiding, given, about, form, told }));
  }),
);

test.each(cases.map((each) => [each.name, each.field, each.hiding.name, each] as const))(
  '%s: %s is said beside %s',
  async (name, field, hidden, { form, given, hiding, about, told }) => {
    const { [hidden]: _left, ...values } = given;
    const problem = { text: 'It can’t be used', href: hrefOf(hiding), field: hidden };
    const filled: FilledForm = { values, typed: {}, problems: [problem] };
    const running = runningFrom(told.state, viewOf(told.state, told.now));
    await addOthersRefused(running, form, filled, { about, actor: actorOf(name) });
    const said =
      BESIDE.get(`${name} ${field} ${String(given[field])}`)?.includes(hidden) === true ? [hidden] : [hidden, field];
    expect(new Set(filled.problems.map((each) => each.field))).toEqual(new Set(said));
    expect(filled.problems).toHaveLength(said.length);
  },
);

const COUNCIL = loadAuthorityFile('examples/authorities/middlesbrough.yaml');
const NOBODY: Parameters<typeof changedBy>[0] = { outside, register: {} as never };

test.each<[string, CouncilForm, Record<string, string>, about: string, fields: string[]]>([
  [
    'no stand-in, and an end before the beginning',
    markAway,
    { ...dateTyped('from', '2026-12-10'), ...dateTyped('until', '2026-12-01') },
    'head-of-early-help',
    ['until', 'delegate'],
  ],
  [
    'no form, no event, and an address that may not be told',
    addWebhook,
    { name: 'Ours', address: 'http://hooks.example/' },
    '',
    ['address', 'format', 'events'],
  ],
  [
    'no name, and an address that may not be told',
    addWebhook,
    { address: 'no' },
    '',
    ['name', 'address', 'format', 'events'],
  ],
  [
    'no name, and an address of this machine',
    addWebhook,
    { address: 'https://127.0.0.1:9', format: 'teams', events: 'duty.late' },
    '',
    ['name', 'address'],
  ],
  [
    'no name alone',
    addWebhook,
    { address: 'https://hooks.example/', format: 'teams', events: 'duty.late' },
    '',
    ['name'],
  ],
])('a council’s form with %s says all of it', async (_what, form, typed, about, fields) => {
  const subject = subjectOfFile(COUNCIL, about);
  const asked = { form, subject, fields: form.fields(subject) ?? [] };
  const filled = readForm(asked.fields, typed);
  expect(await changedBy(NOBODY, asked, filled, typed)).toEqual({ after: undefined });
  expect(filled.problems.map(({ field }) => field)).toEqual(fields);
});

const OWNER = 'team-manager';

function answered(typed: Record<string, string>) {
  const story = new Story(
    startOf({ actions: [{ id: 'audit', title: 'Audit', owner: OWNER, due: '2016-09-30' }] }),
    '2016-03-01T09:00:00.000Z',
  );
  const roles = council.roles.filter(({ id }) => id === OWNER);
  const running = runningFrom(story.state, viewOf(story.state, story.now));
  const work = workOf('anyborough/test', running, { authority: council, roles });
  return withAllWrong(work, readAnswers(work, typed, 'somebody'), 'somebody');
}

test.each<[Record<string, string>, string[]]>([
  [{ 'percent--audit': '140', ...dateTyped('forecast--audit', '2012-01-01') }, ['percent--audit', 'forecast--audit']],
  [{ 'percent--audit': '140', ...dateTyped('forecast--audit', '2016-10-01') }, ['percent--audit']],
  [{ 'percent--audit': '40', ...dateTyped('forecast--audit', '2012-01-01') }, ['forecast--audit']],
])('the progress form says of %o all that is wrong: %o', async (typed, fields) => {
  const [answer] = await answered(typed);
  expect(answer?.filled.problems.map(({ field }) => field)).toEqual(fields);
});
