import { expect, test } from 'vitest';
import type { Command, CommandName, CommandPayload } from '../../../domain/commands/commands.ts';
import { viewOf } from '../../../domain/lifecycle/view.ts';
import { Story } from '../../../domain/preview/story.ts';
import { instrument } from '../../../domain/schemas/instrument.ts';
import { paper } from '../../support/paper.ts';
import { refusalSentence } from '../../support/refusals.ts';

// Papers in which more than the report came: each instrument starts clocks of its own.

const director = { id: 'x', role: 'director' };
const give = <N extends CommandName>(story: Story, name: N, payload: CommandPayload<N>): Story =>
  story.command({ name, payload } as unknown as Command, director);

test('Herefordshire 2022: the report in September, the Secretary of State’s direction on 21 September, and what it asks for', () => {
  const file = paper('herefordshire');
  // As it stood on the day of the report: the direction and its date were not known.
  const { inspection } = file.facts;
  const start = { ...file, facts: { ...file.facts, inspection: { ...inspection, actions: [] } } };
  const story = new Story(start, '2022-09-12T12:00:00.000Z').until('2022-09-22T10:00:00.000Z');
  const before = Object.keys(story.state.kept);
  give(story, 'addInstrument', {
    instrument: instrument.parse({
      id: 'direction',
      title: 'Statutory direction',
      issuedBy: 'Secretary of State for Education',
      events: { 'notice-received': '2022-09-21' },
    }),
  });
  // No rule pack is of directions: nothing follows by itself, and nothing of the report's moves.
  expect(Object.keys(story.state.kept)).toEqual(before);
  give(story, 'revise', {
    edits: [
      {
        kind: 'put',
        what: 'recommendation',
        item: { id: 'd1', text: 'Co-operate with the commissioner.', instrument: 'direction' },
      },
      {
        kind: 'put',
        what: 'action',
        item: {
          ...{ id: 'commissioner-report', title: 'Commissioner’s recommendation to the Secretary of State' },
          ...{ owner: 'director', due: '2022-12-12', setBy: 'the direction of 21 September 2022' },
          recommendations: ['d1'],
        },
      },
      {
        kind: 'put',
        what: 'action',
        item: {
          ...{ id: 'terms', title: 'Agree terms with the commissioner', owner: 'director', recommendations: ['d1'] },
          due: { n: 2, unit: 'week', convention: 'after', from: 'notice-received', instrument: 'direction' } as never,
        },
      },
    ],
    reason: 'the direction',
  });
  expect(story.milestone('improvement-actions/commissioner-report')).toMatchObject({
    due: '2022-12-12',
    strength: 'imposed',
    extendable: false,
  });
  const terms = story.milestone('improvement-actions/terms');
  expect(terms?.due).toBe('2022-10-05');
  expect(terms?.explanation[0]).toContain(
    'The notice was received on Wednesday 21 September 2022 (Statutory direction).',
  );
  // Found wrong a week later: only what counts from it moves.
  give(story, 'correctEvent', {
    kind: 'notice-received',
    on: '2022-09-20',
    instrument: 'direction',
    reason: 'the date of the letter',
  });
  expect(story.milestone('improvement-actions/terms')?.due).toBe('2022-10-04');
  expect(story.milestone('improvement-actions/commissioner-report')?.due).toBe('2022-12-12');
  expect(viewOf(story.state, story.now).instruments).toMatchObject([
    { id: 'direction', events: [{ kind: 'notice-received', on: '2022-09-20' }] },
  ]);
  expect(
    refusalSentence(() => give(story, 'withdrawInstrument', { instrument: 'direction', reason: 'lifted' })),
  ).toContain('The plan counts from it: action terms.');
});

test('South Cambridgeshire 2023/24: the second notice is another paper, with a month of its own for its data', () => {
  const file = paper('south-cambridgeshire');
  const story = new Story(file, '2023-11-06T10:00:00.000Z').until('2024-05-09T10:00:00.000Z');
  give(story, 'addInstrument', {
    instrument: instrument.parse({
      id: 'second-notice',
      title: 'Best Value Notice, May 2024',
      issuedBy: 'DLUHC',
      events: { 'notice-received': '2024-05-08' },
    }),
  });
  give(story, 'revise', {
    edits: [
      {
        kind: 'put',
        what: 'action',
        item: {
          ...{ id: 'data-2024', title: 'Submit the data of the second notice', owner: 'director', recommendations: [] },
          due: {
            ...{ n: 1, unit: 'month', convention: 'after' },
            ...{ from: 'notice-received', instrument: 'second-notice' },
          } as never,
        },
      },
    ],
    reason: 'the second notice',
  });
  // One month from 8 May is Saturday 8 June: the council's own date goes on to the Monday.
  expect(story.milestone('improvement-actions/data-2024')?.due).toBe('2024-06-10');
});
