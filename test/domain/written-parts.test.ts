import { describe, expect, test } from 'vitest';
import { roleTitle } from '../../domain/authority/roles.ts';
import { documentAsMarkdown } from '../../domain/documents/as-markdown.ts';
import { calendarOf } from '../../domain/lifecycle/state.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { Story } from '../../domain/preview/story.ts';
import { progressReport } from '../../domain/progress/report.ts';
import { reportDocument } from '../../domain/progress/report-document.ts';
import { WRITTEN_PARTS, writtenIn } from '../../domain/progress/written-parts.ts';
import { namesOf } from '../../domain/closed-table.ts';
import { startOf } from '../support/facts.ts';

const NOW = '2016-02-22T10:00:00.000Z';
const manager = { id: 'm', role: 'director' };

const written = ({ entries, state }: Story) => writtenIn(entries, (role) => roleTitle(state.facts.authority, role));
const updateOf = ({ state, now, entries }: Story): string =>
  documentAsMarkdown(
    reportDocument(
      progressReport(viewOf(state, now), entries, calendarOf(state), {
        since: '2016-03-01',
        roleTitle: (role) => roleTitle(state.facts.authority, role),
      }),
    ),
  );

describe('what officers write for the reports', () => {
  test('nothing is made up: every part that nobody has written is there, and says so', () => {
    const story = new Story(startOf({}), NOW).until('2016-03-07T10:00:00.000Z');
    expect(Object.values(written(story))).toEqual([null, null, null, null, null]);
    for (const part of namesOf(WRITTEN_PARTS))
      expect(updateOf(story)).toContain(`## ${WRITTEN_PARTS[part]}\n\nNot recorded.`);
  });

  test.each(namesOf(WRITTEN_PARTS))(
    '%s: the newest counts, by whom and when; it is carried over; empty it is taken out',
    (part) => {
      const story = new Story(startOf({}), NOW);
      story.command({ name: 'writePart', payload: { part, text: 'As it was.' } }, manager);
      story.command({ name: 'writePart', payload: { part, text: 'As it *is*.\nOn two lines.' } }, manager);
      const others = namesOf(WRITTEN_PARTS).filter((each) => each !== part);
      expect(written(story)).toMatchObject({
        [part]: { text: 'As it *is*.\nOn two lines.', on: '2016-02-22' },
        ...Object.fromEntries(others.map((each) => [each, null])),
      });
      const later = story.until('2016-06-01T10:00:00.000Z');
      expect(updateOf(later)).toContain('As it \\*is\\*.');
      expect(updateOf(later)).toMatch(/Written by .+ on Monday 22 February 2016\./);
      expect(updateOf(later)).not.toContain('As it was');
      story.command({ name: 'writePart', payload: { part } }, manager);
      expect(written(story)[part]).toBeNull();
    },
  );

  test('neither dates nor mails follow from it, and the state holds none of it', () => {
    const story = new Story(startOf({}), NOW);
    const before = JSON.stringify({ ...story.state, seq: 0, unrecorded: [] });
    story.command({ name: 'writePart', payload: { part: 'risk', text: 'The risk is late staff.' } }, manager);
    expect(JSON.stringify({ ...story.state, seq: 0, unrecorded: [] })).toBe(before);
  });
});
