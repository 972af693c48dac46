import { expect, test } from 'vitest';
import type { Command } from '../../domain/commands/commands.ts';
import { namesOf } from '../../domain/closed-table.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Story } from '../../domain/preview/story.ts';
import { ADMINISTRATOR, BEFORE, by, EXTREMES, OWNER, story } from '../support/every-command.ts';

/** What people say in their own words, by the names of the fields. */
const SAID = new Set(['reason', 'reasons', 'note', 'text', 'said']);

/** The same with a full stop after what somebody says, as many people write. */
function stopped<T>(given: T): T {
  if (Array.isArray(given)) return given.map((each: unknown) => stopped(each)) as T;
  if (typeof given !== 'object' || given === null) return given;
  return Object.fromEntries(
    Object.entries(given).map(([key, value]: [string, unknown]) => [
      key,
      SAID.has(key) && typeof value === 'string' ? `${value.replace(/\.$/, '')}.` : stopped(value),
    ]),
  ) as T;
}

/** Every text in something, with where it is. */
function textsIn(given: unknown, at = ''): [at: string, text: string][] {
  if (typeof given === 'string') return [[at, given]];
  if (typeof given !== 'object' || given === null) return [];
  return Object.entries(given).flatMap(([key, value]: [string, unknown]) => textsIn(value, `${at}.${key}`));
}

const TWICE = /(?<!\.)\.\.(?!\.)/;

test.each(namesOf(EXTREMES))('%s: a reason that ends in a full stop makes no sentence end in two', (name) => {
  const actor = OWNER.has(name) ? by('team-manager') : ADMINISTRATOR;
  let taken: Story | undefined;
  for (const payload of EXTREMES[name]) {
    const told = (BEFORE[name] ?? ((before) => before))(story());
    try {
      taken = told.command({ name, payload: stopped(payload) } as Command, actor);
      break;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  if (taken === undefined) throw new Error(`no payload of ${name} is taken`);
  const later = taken.until('2016-03-14T10:00:00.000Z');
  const shown = { entries: later.entries, view: viewOf(later.state, later.now), mails: later.mails };
  expect(textsIn(shown).filter(([, text]) => TWICE.test(text))).toEqual([]);
});
