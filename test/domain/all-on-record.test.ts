import { expect, test } from 'vitest';
import type { Actor } from '../../domain/commands/actor.ts';
import type { Command } from '../../domain/commands/commands.ts';
import { Story } from '../../domain/preview/story.ts';
import { loadRulePack, resolveRules } from '../../client/files/rules.ts';
import { action } from '../../domain/schemas/plan.ts';
import { startOf } from '../support/facts.ts';

const NOW = '2016-02-22T10:00:00.000Z';
const administrator: Actor = { id: 'x', role: 'democratic-services' };

const begun = (...before: Command[]): Story => {
  const start = startOf({
    owners: { 'plan-submission': 'head-of-service' },
    commitments: [
      { rule: 'cabinet-update', owner: 'assistant-director', round: {} },
      { rule: 'member-briefing', owner: 'head-of-service' },
    ],
  });
  const rules = [...start.facts.rules.slice(0, 1), ...resolveRules(loadRulePack('commitments'))];
  const story = new Story({ ...start, facts: { ...start.facts, rules } }, NOW);
  return before.reduce((so, command) => so.command(command, administrator), story);
};

/** What lists show of a duty: its newest entry’s row. */
const shown = ({ entries }: Story, milestone: string) =>
  entries.findLast(({ row }) => row?.milestone === milestone)?.row;

test('a round whose promise has another owner is shown as theirs, though one line of duties alone was passed on', () => {
  const story = begun({
    name: 'reassignMany',
    payload: { from: 'assistant-director', to: 'team-manager', strand: 'cabinet-updates' },
  });
  const round = 'progress-rounds/cabinet-update-1';
  expect(story.milestones[round]?.owner).toBe('team-manager');
  expect(shown(story, round)).toMatchObject({ owner: 'team-manager', ownerTitle: 'Team Manager' });
  expect(story.entries.findLast(({ milestone }) => milestone === round)).toMatchObject({
    kind: 'milestone-owner-changed',
    text: 'Progress for: Update on the improvement plan to Cabinet, no. 1: belongs to Team Manager from now on, to Assistant Director before.',
    data: { from: 'assistant-director', to: 'team-manager' },
  });
});

test('what was submitted is shown under its new title', () => {
  const audit = {
    ...{ id: 'audit', title: 'Audit', owner: 'team-manager', due: '2016-04-29' },
    acceptedBy: { role: 'director' },
  };
  const duty = 'improvement-actions/audit';
  const item = action.parse({ ...audit, title: 'Audit of case files' });
  const story = new Story(startOf({ actions: [audit] }), NOW)
    .command({ name: 'submit', payload: { milestone: duty } }, administrator)
    .command(
      { name: 'revise', payload: { edits: [{ kind: 'put', what: 'action', item }], reason: 'what it is about' } },
      administrator,
    );
  expect(shown(story, duty)).toMatchObject({ status: 'submitted', title: 'Audit of case files' });
});

test('what nothing has changed is not recorded again', () => {
  const story = begun();
  const from = story.entries.length;
  story.command({ name: 'submit', payload: { milestone: 'written-action-plan' } }, administrator);
  expect(story.entries.slice(from).map(({ kind, milestone }) => [kind, milestone])).toEqual([
    ['milestone-submitted', 'plan-submission/written-action-plan'],
  ]);
});
