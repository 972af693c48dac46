import { expect, test } from 'vitest';
import { formFor, formNamed } from '../../../client/web/forms/command-form.ts';
import { askedOf } from '../../../client/web/forms/what-is-asked.ts';
import { runningFrom } from '../../../client/web/inspections.ts';
import { COMMAND_NAMES, type CommandName } from '../../../domain/commands/commands.ts';
import { viewOf } from '../../../domain/lifecycle/view.ts';
import { BEFORE, EXTREMES, story } from '../../support/every-command.ts';
import { subjectOf } from '../../../domain/commands/apply.ts';

/** Labels as they are heard: without what stands behind them. */
const heard = (label: string): string => label.replace(/\W+$/, '').toLowerCase();

/** What the check page of a command says of what it answers, and of what was typed. */
async function rows(name: CommandName) {
  const told = (BEFORE[name] ?? BEFORE[name === 'extend' ? 'declineExtension' : name] ?? ((same) => same))(story());
  const found = formNamed(name);
  const [payload] = EXTREMES[name];
  if (found === undefined || payload === undefined) return { asked: [], own: [] };
  const about = subjectOf({ name, payload } as Parameters<typeof subjectOf>[0]);
  const running = runningFrom(told.state, viewOf(told.state, told.now));
  const register = { texts: async () => new Map() };
  const asked = await askedOf(register, name, about, running);
  return {
    asked: asked.map(({ label }) => heard(label)),
    own: formFor(found, told.state, about).fields.map(({ label }) => heard(label)),
  };
}

test.each(COMMAND_NAMES)('%s says whose each reason is', async (name) => {
  const { asked, own } = await rows(name);
  expect(new Set([...asked, ...own]).size).toBe(asked.length + own.length);
  const reasons = [...asked, ...own].filter((label) => label.startsWith('why'));
  if (reasons.length > 1) expect(reasons).not.toContain('why');
});

test('what is answered is said with its reason', async () => {
  for (const name of ['extend', 'declineExtension', 'release', 'withdrawCallIn'] as const) {
    const { asked, own } = await rows(name);
    expect([...asked, ...own].filter((label) => label.startsWith('why')).length, name).toBe(2);
  }
});
