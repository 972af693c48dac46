import { expect, test } from 'vitest';
import { COMMAND_FORMS, formNamed } from '../../../client/web/forms/command-form.ts';
import { suggested } from '../../../client/web/forms/what-is-asked.ts';
import { runningFrom } from '../../../client/web/inspections.ts';
import type { Command, CommandName } from '../../../domain/commands/commands.ts';
import { viewOf } from '../../../domain/lifecycle/view.ts';
import { Story } from '../../../domain/preview/story.ts';
import { startOf } from '../../support/facts.ts';

const NOW = '2016-02-22T10:00:00.000Z';
const AUDIT = 'improvement-actions/audit';
const [OWNER, MANAGER, MEMBER] = ['team-manager', 'head-of-service', 'scrutiny-chair'];

function after(...commands: [name: CommandName, role: string, payload?: object][]) {
  const story = new Story(
    startOf({
      actions: [{ id: 'audit', title: 'Audit', owner: OWNER, due: '2016-04-29', acceptedBy: { role: MANAGER } }],
    }),
    NOW,
  );
  for (const [name, role, payload = {}] of commands)
    story.command({ name, payload: { milestone: AUDIT, ...payload } } as Command, { id: role, role });
  return runningFrom(story.state, viewOf(story.state, story.now));
}
const stands = (name: CommandName, running: ReturnType<typeof after>, role: string, about = '') => {
  const form = formNamed(name);
  return form === undefined ? undefined : suggested(form, about, running, role);
};

test('a member who calls in, or asks, is it themselves; whoever records it for one says who it was', () => {
  const forms = COMMAND_FORMS.filter(({ fields }) => fields.some(({ themselves }) => themselves === 'member'));
  expect(forms.map(({ name }) => name)).toEqual(['callIn', 'ask']);
  for (const { name } of forms) {
    expect(stands(name, after(), MEMBER, 'd1')).toEqual({ by: 'Chair of Scrutiny' });
    expect(stands(name, after(), 'democratic-services', 'd1')).toEqual({});
  }
});

test('a form that answers something carries which it is, and the date that was asked for', () => {
  const asked = after(['requestExtension', OWNER, { to: '2016-06-10', reason: 'ill' }]);
  expect(stands('extend', asked, MANAGER, AUDIT)).toEqual({
    ...{ asked: NOW, 'to-day': '10', 'to-month': '6', 'to-year': '2016' },
  });
  expect(stands('declineExtension', asked, MANAGER, AUDIT)).toEqual({ asked: NOW });
  const submitted = after(['complete', OWNER]);
  for (const name of ['accept', 'sendBack'] as const)
    expect(stands(name, submitted, MANAGER, AUDIT)).toEqual({ asked: NOW });
  for (const name of ['extend', 'complete', 'hold'] as const) expect(stands(name, after(), MANAGER, AUDIT)).toEqual({});
});
