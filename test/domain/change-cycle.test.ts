import { describe, expect, test } from 'vitest';
import type { CommandPayload } from '../../domain/commands/commands.ts';
import { milestonesOf } from '../../domain/lifecycle/milestones.ts';
import { isPending } from '../../domain/milestone/milestone-state.ts';
import { Story } from '../../domain/preview/story.ts';
import { startOf } from '../support/facts.ts';
import { refusalIn, refusalSentence } from '../support/refusals.ts';

// A cycle is changed, paused, goes on and ends from a day on; what was due before stays, and its numbers go on.

const administrator = { id: 'x', role: 'democratic-services' };
const REASON = 'the board has agreed';
const BOARD = {
  id: 'board',
  title: 'Board',
  act: 'Bring the board its report.',
  owner: 'director',
  strand: 'cabinet-updates',
};
type Payload = CommandPayload<'changeCycle'>;

const begun = (parts: object = {}) =>
  new Story(
    startOf({ commitments: [{ ...BOARD, every: { n: 1, unit: 'month' }, first: '2016-03-01', ...parts }] }),
    '2016-02-22T10:00:00.000Z',
  );
const change = (story: Story, payload: Omit<Payload, 'promise' | 'reason'> & Partial<Payload>, actor = administrator) =>
  story.command({ name: 'changeCycle', payload: { promise: 'board', reason: REASON, ...payload } }, actor);
const complete = (story: Story, n: number) =>
  story.command({ name: 'complete', payload: { milestone: `board-${n}` } }, administrator);
const open = ({ state }: Story) =>
  milestonesOf(state)
    .filter((each) => isPending(each) && /\/board-\d+$/.test(each.id))
    .map(({ id, due }) => `${id.split('/').at(-1) ?? ''} ${due}`)
    .sort();
const texts = ({ entries }: Story) => entries.map(({ text }) => text);

/** As it is in the middle of May: the first three are met. */
const inMay = (parts: object = {}) => {
  const story = begun(parts);
  for (const [n, day] of [
    [1, '03-01'],
    [2, '04-01'],
    [3, '05-03'],
  ] as const)
    complete(story.until(`2016-${day}T12:00:00.000Z`), n);
  return story.until('2016-05-16T10:00:00.000Z');
};

describe('a cycle', () => {
  test('is changed from a day on: dates move, owners are told why, and numbers go on', () => {
    const story = inMay();
    // 1 April and 1 May fall on a Friday and a Sunday: no. 3 was due on Tuesday 3 May.
    expect(open(story)).toEqual(['board-4 2016-06-01', 'board-5 2016-07-01']);
    change(story, { what: 'changed', from: '2016-05-20', n: 2, unit: 'month' });
    expect(open(story)).toEqual(['board-4 2016-07-01', 'board-5 2016-09-01']);
    expect(texts(story)).toContain(
      '"Board" comes round every 2 months from Friday 20 May 2016 on, recorded by Democratic Services Manager: the board has agreed',
    );
    expect(story.milestone('cabinet-updates/board-4')?.movedFrom).toMatchObject({
      due: '2016-06-01',
      because: '"Board" comes round every 2 months from Friday 20 May 2016 on: the board has agreed',
    });
    story.until('2016-05-18T12:00:00.000Z');
    expect(
      story.mails
        .flatMap(({ notices }) => notices)
        .filter(({ kind }) => kind === 'moved')
        .map(({ milestone }) => milestone),
    ).toContain('cabinet-updates/board-4');
    story.until('2016-07-02T12:00:00.000Z');
    expect(open(story)).toEqual(['board-4 2016-07-01', 'board-5 2016-09-01', 'board-6 2016-11-01']);
  });

  test('is changed to a weekday of the month, with a first day of its own', () => {
    const story = change(inMay(), {
      what: 'changed',
      from: '2016-05-20',
      weekday: 'tuesday',
      which: 'third',
      first: '2016-05-25',
    });
    expect(open(story)).toEqual(['board-4 2016-05-25', 'board-5 2016-06-21']);
  });

  test('is paused, and goes on after it by itself: what is not needed lapses, comes again, and nothing is lost', () => {
    const story = change(inMay(), { what: 'paused', from: '2016-05-25', until: '2016-08-15' });
    expect(open(story)).toEqual(['board-4 2016-09-01', 'board-5 2016-10-03']);
    expect(story.milestone('cabinet-updates/board-4')?.explanation).toContain(
      'The cycle was paused from Wednesday 25 May 2016 to Monday 15 August 2016: the board has agreed.',
    );
    story.until('2016-09-02T12:00:00.000Z');
    expect(open(story)).toEqual(['board-4 2016-09-01', 'board-5 2016-10-03', 'board-6 2016-11-01']);
  });

  test('goes on before its pause is over', () => {
    const story = change(inMay(), { what: 'paused', from: '2016-05-25', until: '2016-08-15' }).until(
      '2016-06-13T10:00:00.000Z',
    );
    change(story, { what: 'resumed', from: '2016-06-20' });
    expect(open(story)).toEqual(['board-4 2016-07-01', 'board-5 2016-08-01']);
    // And the pause as it was is on file.
    expect(story.state.facts.inspection.commitments[0]?.changes).toEqual([
      { from: '2016-05-25', until: '2016-06-19', reason: REASON },
    ]);
  });

  test('ends, and its owner is told; taken back, the same numbers come again and are reminded of', () => {
    const story = change(inMay(), { what: 'ended', from: '2016-05-25' });
    expect(open(story)).toEqual([]);
    expect(texts(story)).toContain(
      'Board, no. 4: no longer needed, because "Board" ends before Wednesday 25 May 2016: the board has agreed.',
    );
    story.until('2016-05-17T12:00:00.000Z');
    expect(story.mails.flatMap(({ notices }) => notices).map(({ kind }) => kind)).toContain('withdrawn');
    story.until('2016-06-13T10:00:00.000Z');
    change(story, { what: 'resumed', from: '2016-06-20' });
    expect(open(story)).toEqual(['board-4 2016-07-01', 'board-5 2016-08-01']);
    // What was told of the date before does not count.
    expect(story.milestone('cabinet-updates/board-4')?.dueVersion).toBe(2);
    const before = story.mails.length;
    story.until('2016-07-04T12:00:00.000Z');
    expect(
      story.mails.slice(before).flatMap(({ notices }) => notices.map(({ kind, milestone }) => `${kind} ${milestone}`)),
    ).toEqual(expect.arrayContaining(['due-today cabinet-updates/board-4', 'escalation cabinet-updates/board-4']));
    complete(story, 4);
    complete(story, 5);
    story.until('2016-08-02T12:00:00.000Z');
    expect(open(story)).toEqual(['board-6 2016-09-01']);
  });

  test('ended and taken back within the hour, before anybody was told: nobody hears that it is over', () => {
    const story = change(inMay(), { what: 'ended', from: '2016-05-25' });
    change(story, { what: 'resumed', from: '2016-05-25' }).until('2016-05-20T12:00:00.000Z');
    expect(open(story)).toEqual(['board-4 2016-06-01', 'board-5 2016-07-01']);
    expect(story.mails.flatMap(({ notices }) => notices).map(({ kind }) => kind)).not.toContain('withdrawn');
  });

  test('that follows a rule is changed by the rule’s name', () => {
    const story = new Story(startOf({ commitments: [{ rule: 'cabinet-update' }] }), '2016-02-22T10:00:00.000Z');
    change(story, { promise: 'cabinet-update', what: 'changed', from: '2016-03-01', n: 6, unit: 'week' });
    expect(milestonesOf(story.state).map(({ id, due }) => `${id} ${due}`)).toContain(
      'cabinet-updates/cabinet-update-1 2016-04-01',
    );
  });
});

describe('refused', () => {
  test.each<[string, Omit<Payload, 'promise' | 'reason'> & Partial<Payload>, string]>([
    [
      'an unknown promise',
      { promise: 'bord', what: 'ended', from: '2016-06-01' },
      'This inspection has no promise that comes round again "bord"; did you mean "board"? Its cycles: board.',
    ],
    [
      'a day that has been',
      { what: 'ended', from: '2016-05-15' },
      'A cycle is changed from today on, and Sunday 15 May 2016 has been: today is Monday 16 May 2016.',
    ],
    [
      'a pause without end',
      { what: 'paused', from: '2016-06-01' },
      'A pause has a last day, after which the cycle goes on. Where it is not known, give the day on which you will look at it again.',
    ],
    [
      'a pause backwards',
      { what: 'paused', from: '2016-06-10', until: '2016-06-01' },
      'The pause would end on Wednesday 1 June 2016, before it begins on Friday 10 June 2016.',
    ],
    [
      'what is not paused',
      { what: 'resumed', from: '2016-06-01' },
      '"Board" is not paused on Wednesday 1 June 2016, nor has it ended by then.',
    ],
    ['a change to nothing', { what: 'changed', from: '2016-06-01' }, 'Say how it comes round from then on in one way'],
    [
      'a change by halves',
      { what: 'changed', from: '2016-06-01', n: 3 },
      'Say how it comes round from then on in one way',
    ],
    [
      'a change in two ways',
      { what: 'changed', from: '2016-06-01', n: 3, unit: 'week', weekday: 'monday', which: 'first' },
      'Say how it comes round from then on in one way',
    ],
    [
      'a first day before it',
      { what: 'changed', from: '2016-06-10', n: 3, unit: 'week', first: '2016-06-01' },
      "The first one (Wednesday 1 June 2016) can't be before Friday 10 June 2016.",
    ],
  ])('%s', (_name, payload, sentence) => {
    const story = inMay();
    const before = story.state;
    expect(refusalSentence(() => change(story, payload))).toContain(sentence);
    expect(story.state).toBe(before);
  });

  test('where it has ended by then', () => {
    const story = inMay({ until: '2016-06-30' });
    for (const payload of [
      { what: 'paused' as const, until: '2016-08-01' },
      { what: 'changed' as const, n: 1, unit: 'week' as const },
      { what: 'ended' as const },
    ])
      expect(refusalSentence(() => change(story, { from: '2016-07-10', ...payload }))).toContain(
        '"Board" has ended by then: its last day is Thursday 30 June 2016. Say that it goes on again first.',
      );
  });

  test('what others have set, until somebody says who has agreed', () => {
    const story = inMay({ setBy: 'the improvement notice' });
    const ended = { what: 'ended' as const, from: '2016-06-01' };
    expect(refusalIn(() => change(story, ended))).toMatchObject({
      code: 'statutory-date',
      message: '"Board" was set by the improvement notice: the council can\'t change it alone. Say who has agreed.',
    });
    change(story, { ...ended, agreedBy: 'the case lead' });
    expect(texts(story).join(' ')).toContain('ends before Wednesday 1 June 2016, agreed by the case lead, recorded by');
  });

  test('a day on which a round has been met ahead of its time: its number would come to another', () => {
    const story = complete(inMay(), 4).until('2016-05-17T10:00:00.000Z');
    const paused = (from: string) => change(story, { what: 'paused', from, until: '2016-08-15' });
    expect(refusalSentence(() => paused('2016-05-25'))).toBe(
      'No. 4 of "Board", on Wednesday 1 June 2016, is over already: change the cycle from Thursday 2 June 2016 on.',
    );
    paused('2016-06-02');
    expect(open(story)).toEqual(['board-5 2016-09-01', 'board-6 2016-10-03']);
  });

  test.each(['head-of-service', 'director', 'scrutiny-chair'])('to %s, unless they manage', (role) => {
    const code = refusalIn(() => change(inMay(), { what: 'ended', from: '2016-06-01' }, { id: 'x', role }))?.code;
    expect(code).toBe(role === 'director' ? undefined : 'not-permitted');
  });

  test('in an inspection that is closed', () => {
    const story = inMay();
    story.command({ name: 'waive', payload: { milestone: 'written-action-plan', reason: 'x' } }, administrator);
    story.command(
      {
        name: 'close',
        payload: { reason: 'over', homes: [{ action: 'rest', to: 'dropped', said: 'no longer needed' }] },
      },
      administrator,
    );
    expect(refusalIn(() => change(story, { what: 'ended', from: '2016-06-01' }))?.code).toBe('inspection-closed');
  });
});

describe('numbers stay', () => {
  test('where the plan is revised: a cycle is not counted anew under what is over', () => {
    const story = inMay();
    const item = { ...BOARD, every: { n: 2, unit: 'month', convention: 'after' }, first: '2016-03-01' };
    const revise = (parts: object) =>
      story.command(
        {
          name: 'revise',
          payload: { edits: [{ kind: 'put', what: 'promise', item: { ...item, ...parts } }], reason: REASON },
        } as Parameters<Story['command']>[0],
        administrator,
      );
    expect(refusalSentence(() => revise({}))).toBe(
      'No. 3 of "Board", on Sunday 1 May 2016, is over already: change the cycle from Monday 2 May 2016 on.',
    );
    revise({
      every: { n: 1, unit: 'month', convention: 'after' },
      changes: [{ from: '2016-05-20', every: item.every }],
    });
    expect(open(story)).toEqual(['board-4 2016-07-01', 'board-5 2016-09-01']);
  });

  test('where the council’s file leaves out a meeting that has been', () => {
    const story = new Story(
      startOf({ commitments: [{ ...BOARD, body: 'cabinet', every: { meetings: 1 } }] }),
      '2016-02-22T10:00:00.000Z',
    ).until('2016-05-11T10:00:00.000Z');
    const { authority } = story.state.facts;
    const apply = (meetings: string[]) => {
      const bodies = authority.bodies.map((each) => ({ ...each, meetings }));
      return story.command(
        { name: 'changeAuthority', payload: { authority: { ...authority, bodies } } },
        administrator,
      );
    };
    expect(refusalSentence(() => apply(['2016-06-14']))).toBe(
      'The rounds of "Board" are numbered by the meetings of cabinet that have been, and the file has another past than before: put back the meeting on Tuesday 10 May 2016.',
    );
    expect(refusalSentence(() => apply(['2016-04-12', '2016-05-10', '2016-06-14']))).toContain(
      'leave out the meeting on Tuesday 12 April 2016.',
    );
    apply(['2016-05-10', '2016-06-21', '2016-07-19']);
    expect(open(story)).toEqual(['board-1 2016-05-10', 'board-2 2016-06-21', 'board-3 2016-07-19']);
  });
});
