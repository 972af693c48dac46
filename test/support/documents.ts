import { boardPack } from '../../client/documents/board-pack.ts';
import { bookDocument, ruleBook } from '../../client/files/rule-book.ts';
import { roleTitle } from '../../domain/authority/roles.ts';
import { briefingDocument } from '../../domain/briefing/briefing-document.ts';
import { recordDocument } from '../../domain/decisions/record-document.ts';
import type { RecordOfDecision } from '../../domain/decisions/record-of-decision.ts';
import type { Document } from '../../domain/documents/document.ts';
import { calendarOf } from '../../domain/lifecycle/state.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { Story } from '../../domain/preview/story.ts';
import { progressReport } from '../../domain/progress/report.ts';
import { reportDocument } from '../../domain/progress/report-document.ts';
import { figuresOf, momentOf } from '../../domain/figures/figures.ts';
import type { InspectionPast } from '../../domain/figures/past.ts';
import { example } from './example.ts';
import { yearOfFigures } from './year-of-figures.ts';

/** What a person may write: it looks like markup of each form, and holds what XML can't. */
export const NASTY = 'Ash & Elm <b>"team"</b> | **not bold** \u0001 ]]> £5 – ‘so’ \u{1F600}';

/** A council's inspection in the middle of its plan: something done, something late, a later date, an owner's words. */
function storyOfDocuments(): Story {
  const start = example('middlesbrough-2016');
  const story = new Story(start, '2016-02-19T10:00:00.000Z').until('2016-05-16T12:00:00.000Z');
  const manager = { id: 'x', role: start.facts.authority.chain.administrator };
  const [done, later, told] = story.state.facts.inspection.actions.map(({ id }) => `improvement-actions/${id}`);
  if (done === undefined || later === undefined || told === undefined) throw new Error('the example has actions');
  const owner = story.milestone(told)?.owner ?? '';
  return story
    .command({ name: 'complete', payload: { milestone: done } }, manager)
    .command(
      { name: 'extend', payload: { milestone: later, to: '2016-12-16', reason: 'two posts are vacant' } },
      manager,
    )
    .command(
      { name: 'progress', payload: { milestone: told, rating: 'amber', percent: 40, text: NASTY } },
      { id: 'y', role: owner },
    )
    .until('2016-06-20T12:00:00.000Z');
}

/** The record of a decision. */
function recordOfStory(): RecordOfDecision {
  const story = new Story(example('stockton-on-tees-2010'), '2010-11-01T12:00:00.000Z');
  const [decision] = viewOf(story.state, story.now).decisions;
  if (decision === undefined) throw new Error('the example has a decision');
  return decision;
}

/** The pack for a board, at the end of a year of dates met, missed and moved. */
function packOfStory(): Document {
  const story = yearOfFigures().command(
    { name: 'progress', payload: { milestone: 'improvement-actions/recruit', rating: 'amber', text: NASTY } },
    { id: 'y', role: 'head-of-service' },
  );
  const { authority } = story.state.facts;
  const view = viewOf(story.state, story.now);
  const since = '2025-09-01';
  const figures = figuresOf([pastOf(story)], momentOf('2025-12-01', story.now), 1);
  const named = <Each extends object>(each: Each, title: string) => ({ ...each, title });
  return boardPack(
    { ref: view.reference, view, facts: story.state.facts, calendar: calendarOf(story.state) },
    {
      report: progressReport(view, story.entries, calendarOf(story.state), {
        since,
        roleTitle: (role) => roleTitle(authority, role),
      }),
      figures: {
        ...{ ...figures, inspections: 1 },
        themes: figures.themes.map((each) => named(each, each.theme)),
        load: figures.load.map((each) => named(each, each.owner)),
        farthest: figures.moved.farthest.map((each) => named(each, each.milestone)),
      },
      ...{ history: story.entries, questions: [], since },
    },
  );
}

/** All that became of a story's duties, as the register has it. */
function pastOf({ entries, state }: Story): InspectionPast {
  const changes = entries.flatMap(({ seq, at, row }) =>
    row === null ? [] : [{ ...row, theme: row.theme ?? null, number: seq, seq, at }],
  );
  return { reference: state.facts.inspection.reference, startedAt: state.startedAt, end: null, changes };
}

/** Each document, of one moment of one story. */
export function everyDocument(): Record<'board pack' | 'update' | 'briefing' | 'record' | 'rule book', Document> {
  const story = storyOfDocuments();
  const { authority } = story.state.facts;
  const view = viewOf(story.state, story.now);
  const since = '2016-03-01';
  const report = progressReport(view, story.entries, calendarOf(story.state), {
    since,
    roleTitle: (role) => roleTitle(authority, role),
  });
  const record = recordOfStory();
  const asked = { askedOn: '2016-06-01', by: 'ward 3 A' };
  return {
    update: reportDocument({ ...report, met: [...report.met, NASTY] }),
    briefing: briefingDocument(report, view, {
      since,
      questions: [
        { ...asked, id: 'q1', text: NASTY, answer: { on: '2016-06-10', text: 'Eleven.\nNine were agency staff.' } },
        { ...asked, id: 'q2', text: 'How many foster carers are there?' },
      ],
    }),
    record: recordDocument({ ...record, parts: [...record.parts, { heading: 'Said beside it', text: NASTY }] }),
    'board pack': packOfStory(),
    'rule book': bookDocument(ruleBook('2026-11-27')),
  };
}
