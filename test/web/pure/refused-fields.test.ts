import { describe, expect, test } from 'vitest';
import { formFor, formNamed } from '../../../client/web/forms/command-form.ts';
import { inputOf, refusedIn, shownFields } from '../../../client/web/forms/form.ts';
import { homesAsked } from '../../../client/web/forms/homes.ts';
import { runningFrom } from '../../../client/web/inspections.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { exampleDaysOn } from '../../../client/web/forms/example-days.ts';
import { renderTemplate } from '../../../client/web/render.ts';
import { apply, subjectOf } from '../../../domain/commands/apply.ts';
import { type Command, COMMAND_NAMES, type CommandName, definitionOf } from '../../../domain/commands/commands.ts';
import { viewOf } from '../../../domain/lifecycle/view.ts';
import { Story } from '../../../domain/preview/story.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { ADMINISTRATOR, BEFORE, by, EXTREMES, OWNER, start, START, story } from '../../support/every-command.ts';
import { refusalIn } from '../../support/refusals.ts';
import { REFUSED } from '../../support/refused-fields.ts';

// What is refused because of one field of a command is said beside that field, by whichever door the command came.

/** The inspection as it stands where a command may be given at all. */
const begun = (name: CommandName, before = BEFORE[name]): Story => before?.(story()) ?? story();

const actorOf = (name: CommandName) => by(OWNER.has(name) ? 'team-manager' : ADMINISTRATOR.role);
const refusalFrom = (told: Story, name: CommandName, payload: object): Refusal | undefined =>
  refusalIn(() => apply(told.state, { name, payload } as Command, actorOf(name), told.now));

const cases = COMMAND_NAMES.flatMap((name) => REFUSED[name].map((each) => [name, each.field, each] as const));

/** The form of a command with what was refused, as its page shows it. */
function formWith(told: Story, name: CommandName, payload: object, refusal: Refusal): string | undefined {
  const found = formNamed(name);
  if (found === undefined) return undefined;
  const about = subjectOf({ name, payload } as Command);
  const form = formFor(found, told.state, about);
  const problem = refusedIn(form.fields, refusal);
  const asked = form.fields.find(({ name: own, fills = [] }) => [own, ...fills].includes(refusal.field ?? ''));
  if (asked === undefined || inputOf(asked) === 'carried') return undefined;
  const filled = { values: {}, typed: {}, problems: [problem] };
  const running = runningFrom(told.state, viewOf(told.state, told.now));
  return renderTemplate('form.html', {
    ...{ title: form.title, form, inspection: 'Inspection', subject: 'Subject', back: '/', action: '/do', asked: [] },
    fields: shownFields(form.fields, filled, told.state.facts.authority, told.state.facts.inspection),
    homes: homesAsked(running, filled, { offered: [], more: false }),
    problems: filled.problems,
    exampleDays: exampleDaysOn(localDate(told.now)),
  });
}

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

describe('what is refused because of one field', () => {
  test.each(cases)('%s: %s is named, and its form says so beside it', (name, field, { payload, before }) => {
    const told = begun(name, before);
    const refusal = refusalFrom(told, name, payload);
    expect([refusal?.field, refusal?.message]).toEqual([field, expect.stringMatching(/\w+ \w+/)]);
    if (refusal === undefined) return;
    const html = formWith(told, name, payload, refusal);
    if (html === undefined) return;
    // The summary leads to what is there.
    const [, href = ''] = /govuk-error-summary__list">\s*<li><a href="#([^"]+)">/.exec(html) ?? [];
    expect(html).toContain(`id="${href}"`);
    // The message stands beside its field, and is read out with it.
    const [, error = ''] = /<p id="([^"]+)" class="govuk-error-message"/.exec(html) ?? [];
    expect(html.slice(html.indexOf(`id="${error}"`))).toContain(escaped(refusal.message));
    expect(html).toMatch(new RegExp(`aria-describedby="[^"]*${error}[^"]*"`));
  });

  test.each(COMMAND_NAMES)(
    '%s speaks of no field that it does not have, and of each wrong date by its field',
    (name) => {
      const { fields, subject } = definitionOf(name);
      const known = [...Object.keys(fields), subject];
      const told = begun(name);
      const payloads: object[] = [...EXTREMES[name], ...REFUSED[name].map(({ payload }) => payload)];
      const wrong = payloads.flatMap((payload) => {
        const { code, field, message } = refusalFrom(told, name, payload) ?? {};
        const dates = Object.entries(fields).filter(
          ([each, { kind }]) => kind === 'date' && Object.hasOwn(payload, each),
        );
        // What follows from several dates together is the fault of none alone.
        const lacksField = code === 'wrong-date' && dates.length === 1 && field === undefined;
        return lacksField || (field !== undefined && !known.includes(field)) ? [{ field, message }] : [];
      });
      expect(wrong).toEqual([]);
    },
  );

  test('cost over the council’s threshold says which box to tick', () => {
    const given = start();
    const citation = { cite: 'the tests', confidence: 'U' as const };
    const constitution = {
      ...(given.facts.constitution ?? ({} as NonNullable<typeof given.facts.constitution>)),
      keyDecision: { thresholds: [{ from: '2010-01-01', pounds: 150_000 }], wards: 2, citation },
    };
    const told = new Story({ ...given, facts: { ...given.facts, constitution } }, START);
    const payload = { id: 'd1', title: 'Agree', takenOn: '2016-02-22', key: false, urgent: false, cost: 200_000 };
    const refusal = refusalFrom(told, 'decide', payload);
    expect(refusal?.field).toBe('key');
    expect(refusal?.message).toMatch(/this is a key decision: .* Tick the box: “It is a key decision”\.$/);
  });
});
