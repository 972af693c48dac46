import { describe, expect, test } from 'vitest';
import { WITHOUT_END } from '../../../domain/authority/absence.ts';
import { composeMail } from '../../../activities/mail/compose.ts';
import { namesOf } from '../../../domain/closed-table.ts';
import type { Digest, Notice } from '../../../domain/lifecycle/digest.ts';
import { digestOf, noticeOf } from '../../support/digests.ts';
import { BOARD, FROM, LATE, numbered } from '../messages.ts';

const textOf = (parts: Partial<Notice>, around: Partial<Digest> = {}) =>
  composeMail(digestOf({ notices: [noticeOf(parts)], ...around }), { from: FROM }).text;

describe('for each duty the mail says', () => {
  test.each<[string, Partial<Notice>, string]>([
    ['what to do', {}, 'What to do: Send the written action plan to the inspection support team.'],
    [
      'when, with midnight in words',
      {},
      'Due Thursday 30 June 2016; late after midnight at the end of Thursday 30 June 2016.',
    ],
    [
      'when, with a cut-off',
      { dueAt: '2016-06-30T16:00:00.000Z' },
      'Due Thursday 30 June 2016; late after 5:00pm on Thursday 30 June 2016.',
    ],
    ['the working days left', {}, '20 working days left'],
    ['one working day left', { workingDaysLeft: 1 }, '\n1 working day left\n'],
    [
      'that it is due today',
      { due: '2016-06-02', dueAt: '2016-06-02T23:00:00.000Z', workingDaysLeft: 0 },
      '\nDue today\n',
    ],
    [
      'that it is due on the day off that follows',
      { due: '2016-06-04', dueAt: '2016-06-04T23:00:00.000Z', workingDaysLeft: 0 },
      '\nDue before the next working day\n',
    ],
    ['how late it is', LATE, '\nOverdue by 5 working days\nDue Wednesday 25 May 2016; late after midnight'],
    [
      'that it became late today',
      { overdue: true, due: '2016-06-02', dueAt: '2016-06-02T07:00:00.000Z', workingDaysLeft: 0 },
      '\nOverdue\nDue Thursday 2 June 2016; late after 8:00am on',
    ],
    [
      'that a window’s day has passed',
      { ...LATE, overdue: false, kind: 'window-closed', text: 'The window closed without a call-in.' },
      '\nIts date has passed\nWas due Wednesday 25 May 2016; late',
    ],
    [
      'what else there is to say',
      { text: 'On hold until it is reviewed on Friday 3 June 2016.' },
      '\nOn hold until it is reviewed on Friday 3 June 2016.\n',
    ],
    [
      'why the date',
      {},
      'Why this date:\n  1. The report was published on Friday 19 February 2016.\n  2. 90 working days after',
    ],
    ['the source, where the explanation doesn’t', {}, '\n  3. Source: EIA 2006 s.137.\n'],
    [
      'a stricter reading',
      {
        stricter: {
          due: '2016-06-07',
          why: '70 working days by another reading: SI 2007/462 reg 3 (a secondary source was read)',
          workingDaysLeft: 3,
        },
      },
      'By the stricter reading it is due on Tuesday 7 June 2016, with 3 working days left: 70 working days by another reading: SI 2007/462 reg 3 (a secondary source was read).',
    ],
    [
      'a stricter reading, on its day',
      { stricter: { due: '2016-06-02', why: 'another reading', workingDaysLeft: 0 } },
      'By the stricter reading it is due today, Thursday 2 June 2016: another reading.',
    ],
    [
      'a stricter reading, of the day off that follows: it is not today',
      { stricter: { due: '2016-06-04', why: 'another reading', workingDaysLeft: 0 } },
      'By the stricter reading it is due before the next working day, on Saturday 4 June 2016: another reading.',
    ],
    [
      'a stricter reading that has passed with no working day since',
      { stricter: { due: '2016-06-01', why: 'another reading', workingDaysLeft: 0 } },
      'By the stricter reading it was due on Wednesday 1 June 2016: another reading.',
    ],
    [
      'a stricter reading that has passed',
      { stricter: { due: '2016-06-01', why: 'another reading', workingDaysLeft: -1 } },
      'By the stricter reading it was due on Wednesday 1 June 2016, 1 working day ago: another reading.',
    ],
    [
      'that the stricter date has passed, to whoever is above',
      {
        kind: 'stricter-passed',
        step: 'manager',
        stricter: { due: '2016-06-02', why: 'another reading', workingDaysLeft: -1 },
      },
      'has not been met by the date of the stricter reading; by the one that counts here it is not late yet. You get this because you are the next in the chain.',
    ],
    [
      'from where it moved and why',
      { movedFrom: { due: '2016-06-16', because: 'the report was received later.' } },
      'Moved from Thursday 16 June 2016 to Thursday 30 June 2016, because the report was received later.\n',
    ],
    ['that it is provisional', { provisional: true }, 'Due Thursday 30 June 2016 (provisional); late after midnight'],
    ['what provisional means', { provisional: true }, 'it rests on bank holidays that are not published yet'],
  ])('%s', (_what, parts, expected) => {
    expect(textOf(parts)).toContain(expected);
  });

  test('the source once, where the explanation names it', () => {
    const text = textOf({ explanation: ['Rule x, version 1: EIA 2006 s.137.'] });
    expect(text.match(/EIA 2006/g)).toHaveLength(1);
    expect(text).not.toContain('Source:');
  });
});

describe('why the reader gets it', () => {
  const manager = { recipient: { ...digestOf().recipient, roles: [{ id: 'director', title: 'Director' }] } };

  test('the owner: it is theirs', () => {
    expect(textOf({})).toContain('It belongs to you as Head of Service.');
    expect(textOf(LATE)).toContain('It belongs to you as Head of Service and has not been met.');
  });

  test('somebody up the chain: how late it is, and whose', () => {
    const text = textOf({ ...LATE, kind: 'escalation', step: 'director' }, manager);
    expect(text).toContain(
      'It belongs to Head of Service and has not been met, 5 working days after it was due. You get this because you are the next in the chain.',
    );
  });

  test('an escalation on the day itself', () => {
    const text = textOf({ ...LATE, workingDaysLeft: 0, kind: 'escalation', step: 'director' }, manager);
    expect(text).toContain('and has not been met. You get this');
  });

  test('the administrator: nobody holds the role', () => {
    const recipient = { email: 'admin@anyborough.example.org', roles: [], standsInFor: ['Virtual School Head'] };
    const text = textOf({ ownerTitle: 'Virtual School Head' }, { recipient });
    expect(text).toContain('For the administrator');
    expect(text).toContain(
      'You get this because nobody holds the role of Virtual School Head. Please give the role an address',
    );
  });

  test('a new owner, and the start', () => {
    expect(textOf({ kind: 'reassigned' })).toContain('This duty is now yours: it belongs to you as Head of Service.');
    expect(textOf({ kind: 'started', step: null })).toContain(
      'has just been started in duecourse. The duty belongs to you as Head of Service.',
    );
  });
});

test('the most urgent come first: the longest overdue, then due today, then by due date', () => {
  const notices = [
    numbered(9),
    numbered(3, { title: 'soon' }),
    noticeOf({ ...LATE, overdue: false, milestone: 'closed', title: 'closed' }),
    numbered(1, { title: 'today', due: '2016-06-02', dueAt: '2016-06-02T23:00:00.000Z', workingDaysLeft: 0 }),
    noticeOf({ ...LATE, milestone: 'late', title: 'late', due: '2016-06-01', dueAt: '2016-06-01T23:00:00.000Z' }),
    noticeOf({ ...LATE, milestone: 'latest', title: 'latest' }),
  ];
  const { html } = composeMail(digestOf({ notices }), { from: FROM });
  const titles = [...html.matchAll(/<h2[^>]*>(.*?)<\/h2>/g)].map((match) => match[1]);
  expect(titles).toEqual(['latest', 'late', 'today', 'soon', 'Action 9', 'closed']);
});

test('with a board there is a link to each duty, whatever its id and the board’s path', () => {
  const mail = composeMail(digestOf({ reference: '2016/17 & more', notices: [noticeOf()] }), {
    from: FROM,
    boardUrl: BOARD,
  });
  const link =
    'https://board.example.org/duecourse/inspections/anyborough/2016%2F17%20%26%20more/milestones/plan-submission/written-action-plan';
  expect(mail.text).toContain(`Open this duty: ${link}`);
  expect(mail.html).toContain(`href="${link}"`);
});

test('without a board there is none', () => {
  const { html, text } = composeMail(digestOf(), { from: FROM });
  expect(html).not.toContain('href');
  expect(text).not.toContain('http');
});

describe('every field of a notice is said, or stays out, in both parts alike', () => {
  /** The field with another value, where a reader can tell; null where no reader is to see it. */
  const CHANGES: Record<keyof Notice, Partial<Notice> | null> = {
    title: { title: 'Statement of action' },
    act: { act: 'Send the statement.' },
    kind: { kind: 'information' },
    step: { kind: 'escalation', step: 'manager' },
    due: { due: '2016-07-01' },
    dueAt: { dueAt: '2016-06-30T16:00:00.000Z' },
    workingDaysLeft: { workingDaysLeft: 19 },
    overdue: { overdue: true },
    ended: { kind: 'accepted', ended: true },
    provisional: { provisional: true },
    ownerTitle: { ownerTitle: 'Team Manager' },
    citation: { citation: 'EIA 2006 s.138' },
    explanation: { explanation: ['It is so.'] },
    stricter: { stricter: { due: '2016-06-01', why: 'another reading', workingDaysLeft: 3 } },
    movedFrom: { movedFrom: { due: '2016-06-01', because: 'of a holiday' } },
    text: { text: 'Beside that, this.' },
    quote: null,
    milestone: null,
    dueVersion: null,
    strand: null,
    strength: null,
  };
  /** Where a field is said only beside another. */
  const FROM_WHAT: Partial<Record<keyof Notice, Partial<Notice>>> = { step: { kind: 'escalation', step: 'owner' } };
  const OTHERS: Partial<Notice> = {
    quote: { before: 'Words: ', seq: 3 },
    milestone: 'x/y',
    dueVersion: 9,
    strand: 'x',
    strength: 'guidance',
  };
  const partsOf = (parts: Partial<Notice>) => {
    const { text, html } = composeMail(digestOf({ notices: [noticeOf(parts)] }), { from: FROM });
    return [text, html];
  };

  test.each(namesOf(CHANGES))('%s', (name) => {
    const [text, html] = partsOf(FROM_WHAT[name] ?? {});
    const [changedText, changedHtml] = partsOf(CHANGES[name] ?? { [name]: OTHERS[name] });
    expect([text === changedText, html === changedHtml]).toEqual(Array(2).fill(CHANGES[name] === null));
  });

  test('what stands under a label stands in both parts, with what people wrote as they wrote it', () => {
    const [text, html] = partsOf({ act: 'Send <it> & wait' });
    expect(text).toContain('\nWhat to do: Send <it> & wait\n');
    expect(html).toContain('<strong>What to do:</strong> <bdi>Send &lt;it&gt; &amp; wait</bdi>');
  });
});

describe('a round of progress leads', () => {
  const round = {
    milestone: 'progress-rounds/round-1',
    kind: 'progress-asked',
    title: 'Progress for: the board',
  } as const;
  const owner = { email: 'owner@anyborough.example.org', roles: [{ id: 'head-of-service', title: 'Head of Service' }] };
  const FORM = `${BOARD}my-duties/progress/anyborough/2016`;
  const ROUND = `${BOARD}inspections/anyborough/2016/milestones/progress-rounds/round-1`;
  test.each<[string, Partial<Notice>, Partial<Digest>, string]>([
    ['whoever is asked to the form for all of their actions', {}, {}, FORM],
    ['whoever is reminded too', { kind: 'progress-reminded' }, {}, FORM],
    ['the manager of whoever was silent to the round', { kind: 'progress-silent' }, {}, ROUND],
    [
      'who stands in for a vacant post to the round, since the actions are not theirs',
      {},
      { recipient: { ...owner, standsInFor: ['Team Manager'] } },
      ROUND,
    ],
    [
      'and so whoever covers for somebody away',
      {},
      { recipient: { ...owner, standsInFor: [], coversFor: [{ title: 'Team Manager', until: '2016-06-10' }] } },
      ROUND,
    ],
  ])('%s', (_who, parts, around, link) => {
    const mail = composeMail(digestOf({ notices: [noticeOf({ ...round, ...parts })], ...around }), {
      from: FROM,
      boardUrl: BOARD,
    });
    expect(mail.text).toContain(link);
    expect(mail.text).not.toContain(link === FORM ? ROUND : FORM);
  });
});

test.each([
  ['2016-06-10', 'You get this in place of Team Manager, for whom you stand in until Friday 10 June 2016.'],
  [WITHOUT_END, 'You get this in place of Team Manager, for whom you stand in until further notice.'],
])('who stands in until %s is told for whom', (until, sentence) => {
  const recipient = {
    email: 'deputy@anyborough.example.org',
    roles: [],
    standsInFor: [],
    coversFor: [{ title: 'Team Manager', until }],
  };
  const { text, html } = composeMail(digestOf({ recipient }), { from: FROM, boardUrl: BOARD });
  expect(text.replaceAll(/\s+/g, ' ')).toContain(sentence);
  expect(html).not.toContain('2199');
});

test.each([
  [true, true],
  [undefined, false],
] as const)('who stands in and reads only (%s) is told that they can’t act: %s', (readsOnly, isSaid) => {
  const away = { title: 'Team Manager', until: '2016-06-10', ...(readsOnly ? { readsOnly } : {}) };
  const recipient = { email: 'deputy@anyborough.example.org', roles: [], standsInFor: [], coversFor: [away] };
  const { text } = composeMail(digestOf({ recipient }), { from: FROM, boardUrl: BOARD });
  const said = 'You can’t act on the duties of Team Manager: those above them, managers and administrators can.';
  expect(text.replaceAll(/\s+/g, ' ').includes(said)).toBe(isSaid);
});
