import { expect, test } from 'vitest';
import { formatDate } from '../../domain/calendar/civil-date.ts';
import { createCalendar } from '../../domain/calendar/working-calendar.ts';
import { milestoneFromRule } from '../../domain/plan/from-rule.ts';
import { readBy } from '../../domain/plan/readings.ts';
import { windowOn } from '../../domain/strands/call-in-window.ts';
import { loadBankHolidays } from '../../client/files/bank-holidays.ts';
import {
  listConstitutions,
  listRulePacks,
  loadRulePack,
  loadWorkingDays,
  versionsOfConstitution,
  versionsOfPack,
} from '../../client/files/rules.ts';

// What each rule says of a date, as its owner reads it: written out, to be read by somebody who did not write it.
// After a change that is meant: npx vitest run --project pure test/rules/explanations.test.ts -u

const definitions = loadWorkingDays();
const calendar = createCalendar(loadBankHolidays('england-and-wales'));
const section = (heading: string, lines: string[]): string => [heading, ...lines.map((each) => `  ${each}`)].join('\n');

test('the explanation of each rule, by its first example and by each of its readings', async () => {
  const texts = listRulePacks().flatMap((id) =>
    versionsOfPack(id).flatMap(({ read: pack }) =>
      pack.rules.flatMap((rule) =>
        [undefined, ...rule.readings.map((each) => each.id)].map((reading) => {
          const example = rule.examples.find((each) => each.reading === reading) ?? rule.examples[0];
          const days = rule.workingDays === undefined ? undefined : definitions[rule.workingDays];
          const trigger = { event: rule.trigger.event, date: example?.on ?? '' };
          const about = {
            ...{ id: rule.id, title: rule.title, owner: '', trigger },
            ...(days === undefined ? {} : { workingDays: days }),
            ...(reading === undefined ? {} : { chosen: 'the Monitoring Officer’s advice' }),
          };
          const read = reading === undefined ? rule : readBy(rule, reading);
          const { due, explanation, stricter } = milestoneFromRule(read, about, calendar);
          return section(
            `${pack.id} v${pack.version}, ${rule.title}${reading === undefined ? '' : ` (${reading})`}: ${formatDate(due)}`,
            [
              ...explanation,
              ...(stricter === undefined ? [] : [`Stricter reading: ${formatDate(stricter.due)}: ${stricter.why}`]),
            ],
          );
        }),
      ),
    ),
  );
  expect(texts.length).toBeGreaterThan(listRulePacks().flatMap((id) => loadRulePack(id).rules).length);
  await expect(`${texts.join('\n\n')}\n`).toMatchFileSnapshot('explanations.txt');
});

test('the explanation of each constitution’s window', async () => {
  const texts = listConstitutions().flatMap((id) =>
    versionsOfConstitution(id).map(({ read }) => {
      const window = windowOn({ on: read.examples[0]?.published ?? '', at: read.examples[0]?.at }, read, calendar);
      return section(`${read.title}, version ${read.version}: ${formatDate(window.due)}`, window.explanation);
    }),
  );
  await expect(`${texts.join('\n\n')}\n`).toMatchFileSnapshot('windows.txt');
});
