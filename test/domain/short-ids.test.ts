import { describe, expect, test } from 'vitest';
import { commands } from '../../domain/schemas/commands.ts';
import { Story } from '../../domain/preview/story.ts';
import { startOf } from '../support/facts.ts';

const manager = { id: 'x', role: 'assistant-director' };
const told = new Story(
  startOf({
    actions: [
      { id: 'a', title: 'Action a', owner: 'head-of-service', due: '2016-06-30' },
      { id: 'a1', title: 'Action a1', owner: 'head-of-service', due: '2016-06-30' },
    ],
  }),
  '2016-02-22T10:00:00.000Z',
);

describe('ids of one or two letters', () => {
  test.each(['a', 'a1'])('a command about "%s" is understood, by the last part of its id', (id) => {
    expect(commands.complete.parse({ milestone: id })).toEqual({ milestone: id });
    told.command({ name: 'complete', payload: { milestone: id } }, manager);
    expect(told.entries.at(-1)?.text).toBe(`Action ${id}: completed by Assistant Director.`);
  });

  test('every command that is about a milestone, a decision or a question takes one', () => {
    const about = Object.entries(commands).flatMap(([name, schema]) =>
      ['milestone', 'decision', 'question', 'session']
        .filter((key) => {
          const { success, error } = schema.safeParse({ [key]: 'a' });
          const known =
            success || !error.issues.some((each) => each.code === 'unrecognized_keys' && each.keys.includes(key));
          const refused = error?.issues.some((each) => each.path[0] === key && each.code !== 'invalid_type') ?? false;
          return known && refused;
        })
        .map((key) => `${name}.${key}`),
    );
    expect(about).toEqual([]);
  });
});
