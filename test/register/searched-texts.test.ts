import { expect, test } from 'vitest';
import { type Command, COMMAND_NAMES, definitionOf } from '../../domain/commands/commands.ts';
import { SEARCHED_TEXTS } from '../../domain/commands/searched-texts.ts';
import { ADMINISTRATOR, BEFORE, by, copyOf, EXTREMES, OWNER, story } from '../support/every-command.ts';
import { ownRegister } from './support.ts';

/** Of each command the fields whose words are found. */
const SEARCHED = COMMAND_NAMES.map((name) => ({
  name,
  fields: Object.entries(SEARCHED_TEXTS[name]).flatMap(([field, found]) => (found === 'searched' ? [field] : [])),
})).filter(({ fields }) => fields.length > 0);

const wordOf = (name: string, field: string): string => `zebra${name}${field}`.toLowerCase();

/** The story after the first payload that the command takes, with a word of its own in each of these fields. */
function toldWith(name: (typeof COMMAND_NAMES)[number], fields: readonly string[]) {
  const before = BEFORE[name]?.(story()) ?? story();
  const actor = OWNER.has(name) ? by('team-manager') : ADMINISTRATOR;
  const words = Object.fromEntries(fields.map((field) => [field, `It was ${wordOf(name, field)} then.`]));
  const refusals: unknown[] = [];
  for (const payload of EXTREMES[name])
    try {
      return copyOf(before).command({ name, payload: { ...payload, ...words } } as Command, actor);
    } catch (error) {
      refusals.push(error);
    }
  throw new Error(`${name} is never taken`, { cause: refusals });
}

test('what somebody writes by any command is found by its words, at the entry that the command makes', async () => {
  const { register } = await ownRegister();
  const stories = SEARCHED.map(({ name, fields }) => ({ name, fields, told: toldWith(name, fields) }));
  const authority = 'anyborough';
  for (const { name, told } of stories)
    await register.append({ authority, reference: name.toLowerCase(), inspectionTitle: name }, told.entries);
  for (const { name, fields } of stories)
    for (const field of fields) {
      const { texts } = await register.board.searchFor(wordOf(name, field), { authorities: [authority], roles: [] }, 9);
      expect([name, field, texts.length > 0]).toEqual([name, field, true]);
      for (const { reference, kind, words } of texts) {
        expect([name, field, reference]).toEqual([name, field, name.toLowerCase()]);
        expect(definitionOf(name).entries).toContain(kind);
        expect(words).toContain(wordOf(name, field));
      }
    }
}, 120_000);

test('what a mail server has answered is nobody’s writing', async () => {
  const { register } = await ownRegister();
  const told = copyOf(story()).command(
    {
      name: 'resend',
      payload: { messageId: '<m1@anyborough.example.org>', to: ['head-of-service'], milestones: [], day: '2016-02-22' },
    },
    ADMINISTRATOR,
  );
  const entries = told.entries.map((each) =>
    each.kind === 'mail-resent' ? { ...each, data: { ...each.data, reason: 'zebramailbox' } } : each,
  );
  expect(entries.some(({ kind }) => kind === 'mail-resent')).toBe(true);
  await register.append({ authority: 'anyborough', reference: 'one', inspectionTitle: 'one' }, entries);
  const { texts } = await register.board.searchFor('zebramailbox', { authorities: ['anyborough'], roles: [] }, 9);
  expect(texts).toEqual([]);
});
