import { describe, expect, test } from 'vitest';
import type { Actor } from '../../domain/commands/actor.ts';
import { closableInWords } from '../../domain/closing/closable.ts';
import { type Home, homeIn } from '../../domain/closing/homes.ts';
import type { Command } from '../../domain/commands/commands.ts';
import { pageOf } from '../../activities/mail/page.ts';
import { NOTICE_KINDS } from '../../domain/milestone/notice-kinds.ts';
import { progress, RAGS } from '../../domain/progress/progress.ts';
import { leftInWords, progressReport } from '../../domain/progress/report.ts';
import type { Authority } from '../../domain/schemas/authority.ts';
import { namedIn } from '../../domain/lifecycle/digest.ts';
import { milestonesOf } from '../../domain/lifecycle/milestones.ts';
import { isPending } from '../../domain/milestone/milestone-state.ts';
import { isFixed } from '../../domain/milestone/strengths.ts';
import { addresseeOf } from '../../domain/authority/addressee.ts';
import { roleTitle } from '../../domain/authority/roles.ts';
import { tried } from '../../client/web/forms/filled-command.ts';
import { runningFrom } from '../../client/web/inspections.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { nextWake } from '../../domain/lifecycle/wake.ts';
import { Story } from '../../domain/preview/story.ts';
import { example } from '../support/example.ts';
import { calendar, council, startOf } from '../support/facts.ts';
import { refusalIn, refusalSentence } from '../support/refusals.ts';

const NOW = '2016-02-23T10:00:00.000Z';
const administrator: Actor = { id: 'somebody', role: 'democratic-services' };
const parts = {
  recommendations: [
    { id: 'i', text: 'Assess in time.' },
    { id: 'ii', text: 'Supervise.' },
  ],
  actions: [
    { id: 'a', title: 'Audit', owner: 'team-manager', due: '2016-04-29', recommendations: ['i'] },
    { id: 'b', title: 'Brief', owner: 'head-of-service', due: '2016-05-31', recommendations: ['ii'] },
    { id: 'c', title: 'Coach', owner: 'head-of-service', due: '2016-05-31', recommendations: ['ii'] },
  ],
};
const begun = (): Story =>
  new Story(startOf(parts), NOW).command(
    { name: 'waive', payload: { milestone: 'written-action-plan', reason: 'agreed' } },
    administrator,
  );
const close = (story: Story, homes?: Home[]): Story =>
  story.command({ name: 'close', payload: { reason: 'over', homes } }, administrator);

/** Of each mail that told of the closing: to whom, and what of which action. */
const toldAtClosing = ({ mails }: Story): string[] =>
  mails
    .filter(({ notices }) => notices.some(({ kind }) => NOTICE_KINDS[kind].over !== undefined))
    .map(
      ({ recipient, notices }) =>
        `${recipient.roles.map(({ id }) => id).join('+')}: ${notices
          .toSorted((a, b) => (a.title < b.title ? -1 : 1))
          .map(({ kind, title }) => `${kind} ${title}`)
          .join(', ')}`,
    )
    .toSorted();

const HOMES: Home[] = [
  { action: 'a', to: 'business-as-usual', said: 'head-of-service' },
  { action: 'b', to: 'inspection', said: '2027' },
  { action: 'rest', to: 'dropped', said: 'the service has moved.' },
];

describe('closing an inspection with unfinished actions', () => {
  test('asks where each goes, and names those of which nothing is said', () => {
    expect(refusalIn(() => close(begun()))).toMatchObject({
      code: 'duties-open',
      message:
        'Say where each unfinished action goes: to another inspection, to business as usual with a named owner, or dropped with a reason. Nothing is said of "Audit" (a), "Brief" (b), "Coach" (c).',
    });
    expect(refusalSentence(() => close(begun(), HOMES.slice(0, 1)))).toMatch(
      /Nothing is said of "Brief" \(b\), "Coach" \(c\)\.$/,
    );
  });

  test('puts it on record with each; who had it and who takes it over are told once', () => {
    const story = close(begun(), HOMES);
    expect(story.state.status).toBe('closed');
    expect(
      story.entries
        .filter(({ milestone, kind }) => kind === 'milestone-lapsed' && milestone?.startsWith('improvement'))
        .map(({ text }) => text),
    ).toEqual([
      'Audit: not finished when the inspection was closed; it goes on as business as usual, with Head of Service.',
      'Brief: not finished when the inspection was closed; it goes on under another inspection (reference 2027).',
      'Coach: not finished when the inspection was closed; it is dropped: the service has moved.',
    ]);
    expect(
      story.entries.find(({ milestone, kind }) => kind === 'milestone-lapsed' && milestone?.endsWith('/a'))?.data,
    ).toEqual({ home: HOMES[0] });
    story.until('2017-01-01T10:00:00.000Z');
    expect(toldAtClosing(story)).toEqual([
      'head-of-service: taken-over Audit, carried-on Brief, withdrawn Coach',
      'team-manager: handed-on Audit',
    ]);
    expect(nextWake(story.state, story.now)).toBeUndefined();
  });

  test.each<[string, Home[], RegExp]>([
    [
      'an action that there is not',
      [{ action: 'z', to: 'dropped', said: 'x' }],
      /^No unfinished action is called "z"\. Unfinished are: a, b, c\.$/,
    ],
    ['the same action twice', [...HOMES, { action: 'a', to: 'dropped', said: 'x' }], /^"a" is said twice/],
    ['an owner that there is not', [{ action: 'rest', to: 'business-as-usual', said: 'mayor' }], /has no role "mayor"/],
  ])('refuses %s', (_what, homes, sentence) => {
    expect(refusalSentence(() => close(begun(), homes))).toMatch(sentence);
  });

  test('one that is done has no need of a home, and may not be given one', () => {
    const story = begun().command({ name: 'complete', payload: { milestone: 'improvement-actions/a' } }, administrator);
    expect(refusalSentence(() => close(story, HOMES))).toMatch(/^No unfinished action is called "a"\./);
    expect(refusalSentence(() => close(story, HOMES.slice(1)))).toBe('accepted');
  });

  test('not to the inspection itself, which ends', () => {
    const itself: Home[] = [{ action: 'rest', to: 'inspection', said: 'test' }];
    expect(refusalSentence(() => close(begun(), itself))).toBe(
      '"rest" can\'t go on under this inspection, which is closed: name another one.',
    );
  });

  test('with none that is unfinished nothing is asked', () => {
    const story = begun();
    for (const id of ['a', 'b', 'c'])
      story.command({ name: 'complete', payload: { milestone: `improvement-actions/${id}` } }, administrator);
    expect(refusalSentence(() => close(story))).toBe('accepted');
  });
});

describe('a duty that lapses as the inspection is closed', () => {
  const story = new Story(example('middlesbrough-2016', { received: '2016-02-19' }), '2016-02-22T10:00:00.000Z');
  const pending = () => milestonesOf(story.state).filter(isPending);
  for (const { id } of pending().filter(isFixed))
    story.command({ name: 'waive', payload: { milestone: id, reason: 'agreed' } }, administrator);
  const lapsing = pending();
  const payload = { reason: 'over', homes: [{ action: 'rest', to: 'dropped', said: 'moved' }] satisfies Home[] };
  const running = runningFrom(story.state, viewOf(story.state, story.now));
  const outcome = tried(running, 'close', payload, administrator);
  story.command({ name: 'close', payload }, administrator).until('2016-03-10T10:00:00.000Z');
  const titlesOf = (email: string, kind: (each: string) => boolean) =>
    story
      .to(email)
      .flatMap((mail) => namedIn(mail))
      .filter((each) => kind(each.kind))
      .map(({ milestone }) => milestone);

  test('is shown before it counts, with its owner and its date', () => {
    const { lapsed } = 'lapsed' in outcome ? outcome : { lapsed: [] };
    expect(lapsed.toSorted(byTitle)).toEqual(
      lapsing
        .map(({ title, owner, due, dueAt }) => ({
          ...{ title, owner: roleTitle(story.state.facts.authority, owner), due },
          late: dueAt <= story.now,
        }))
        .toSorted(byTitle),
    );
    expect(new Set(lapsing.map(({ strand }) => strand)).size).toBeGreaterThan(2);
  });

  test('is marked where it was overdue: it ends without having been met', () => {
    const later = new Story(example('middlesbrough-2016', { received: '2016-02-19' }), '2016-02-22T10:00:00.000Z');
    for (const { id } of milestonesOf(later.state).filter(isPending).filter(isFixed))
      later.command({ name: 'waive', payload: { milestone: id, reason: 'agreed' } }, administrator);
    later.until('2016-06-30T10:00:00.000Z');
    const seen = tried(runningFrom(later.state, viewOf(later.state, later.now)), 'close', payload, administrator);
    const shown = 'lapsed' in seen ? seen.lapsed : [];
    expect(new Set(shown.map(({ late }) => late))).toEqual(new Set([true, false]));
    for (const { due, late } of shown) if (due !== '2016-06-30') expect(late).toBe(due < '2016-06-30');
  });

  test('is told to its owner and to those beside them: one mail a person, with all of theirs', () => {
    const { authority } = story.state.facts;
    const people = new Map<string, Set<string>>();
    for (const { id, owner, beside = [] } of lapsing)
      for (const role of [owner, ...beside]) {
        const { email } = addresseeOf(authority, role, '2016-02-22');
        people.set(email, (people.get(email) ?? new Set()).add(id));
      }
    expect(people.size).toBeGreaterThan(3);
    for (const [email, duties] of people) {
      const mails = story.to(email).filter((mail) => namedIn(mail).some(({ kind }) => kind === 'withdrawn'));
      expect(mails, email).toHaveLength(1);
      expect(titlesOf(email, (kind) => kind === 'withdrawn').toSorted(), email).toEqual([...duties].toSorted());
    }
  });

  test('says so in words that leave no doubt', () => {
    const notice = story.mails
      .flatMap((mail) => pageOf(mail, 0).notices)
      .find(({ said }) => said.includes('The inspection is closed: nobody has to do this any more.'));
    expect(notice).toMatchObject({ when: 'Nothing left for you to do', tone: 'gone' });
    expect(notice?.because).toMatch(/^Until now it belonged to you as /);
  });
});

const byTitle = (a: { title: string; due: string }, b: { title: string; due: string }): number =>
  `${a.title} ${a.due}` < `${b.title} ${b.due}` ? -1 : 1;

describe('who takes over what is not finished', () => {
  const action = (id: string, owner: string, beside: string[] = []) => ({
    ...{ id, title: `Action ${id}`, owner, with: beside, due: '2016-05-31', recommendations: ['i'] },
  });
  const closed = (actions: object[], homes: Home[], authority = council): Story => {
    const start = startOf({ ...parts, actions });
    const story = new Story({ ...start, facts: { ...start.facts, authority } }, NOW);
    story.command({ name: 'waive', payload: { milestone: 'written-action-plan', reason: 'agreed' } }, administrator);
    return close(story, homes).until('2017-01-01T10:00:00.000Z');
  };
  const toHead: Home[] = [{ action: 'rest', to: 'business-as-usual', said: 'head-of-service' }];
  const oneHolds = (first: string, second: string): Authority => ({
    ...council,
    roles: council.roles.map((role) =>
      role.id === second ? { ...role, email: council.roles.find(({ id }) => id === first)?.email } : role,
    ),
  });

  test.each<[string, object[], Authority, string[]]>([
    [
      'others’ actions and their own, in one mail',
      [action('a', 'team-manager'), action('b', 'assistant-director'), action('c', 'head-of-service')],
      council,
      [
        'assistant-director: handed-on Action b',
        'head-of-service: taken-over Action a, taken-over Action b, taken-over Action c',
        'team-manager: handed-on Action a',
      ],
    ],
    [
      'one that they were beside; others beside hear that it is not theirs',
      [action('a', 'team-manager', ['head-of-service', 'assistant-director'])],
      council,
      [
        'assistant-director: handed-on Action a',
        'head-of-service: taken-over Action a',
        'team-manager: handed-on Action a',
      ],
    ],
    [
      'one that the same person had in another role',
      [action('a', 'team-manager')],
      oneHolds('head-of-service', 'team-manager'),
      ['head-of-service+team-manager: taken-over Action a'],
    ],
    [
      'one that the same person had in another role, the other way round',
      [action('a', 'assistant-director')],
      oneHolds('assistant-director', 'head-of-service'),
      ['assistant-director+head-of-service: taken-over Action a'],
    ],
  ])('is told of %s', (_what, actions, authority, told) => {
    expect(toldAtClosing(closed(actions, toHead, authority))).toEqual(told);
  });

  test.each<[string, Home[], string, string[]]>([
    [
      'who takes over what another had',
      toHead,
      'head-of-service',
      [
        'Yours from now on, as business as usual',
        'It was due Tuesday 31 May 2016.',
        'Until now it belonged to Team Manager.',
        'The inspection is closed, and this is not finished: it goes on as business as usual, with Head of Service. Nobody is reminded of it here any more.',
        'See to it as business as usual. No reminder of it comes from here any more.',
      ],
    ],
    [
      'who keeps their own',
      [{ action: 'rest', to: 'business-as-usual', said: 'team-manager' }],
      'team-manager',
      [
        'Yours from now on, as business as usual',
        'It was due Tuesday 31 May 2016.',
        'It was yours already, as Team Manager.',
        'The inspection is closed, and this is not finished: it goes on as business as usual, with Team Manager. Nobody is reminded of it here any more.',
        'See to it as business as usual. No reminder of it comes from here any more.',
      ],
    ],
    [
      'who had it',
      toHead,
      'team-manager',
      [
        'Goes on as business as usual, with somebody else',
        'It was due Tuesday 31 May 2016.',
        'Until now it belonged to you as Team Manager.',
        'The inspection is closed, and this is not finished: it goes on as business as usual, with Head of Service. Nobody is reminded of it here any more.',
        'Nothing more from you: it goes on with whoever takes it over.',
      ],
    ],
    [
      'who had what goes on elsewhere',
      [{ action: 'rest', to: 'inspection', said: '2027' }],
      'team-manager',
      [
        'Goes on under another inspection',
        'It was due Tuesday 31 May 2016.',
        'Until now it belonged to you as Team Manager.',
        'The inspection is closed, and this is not finished: it goes on under another inspection (reference 2027). Nobody is reminded of it here any more.',
        'Nothing more here. Make sure that it is in the other inspection’s plan: nothing is put there by itself.',
      ],
    ],
  ])('%s reads it without contradiction', (_who, homes, role, words) => {
    const story = closed([action('a', 'team-manager')], homes);
    const mail = story.to(`${role}@anyborough.example.org`).at(-1);
    const [notice] = mail === undefined ? [] : pageOf(mail, 1).notices;
    expect([notice?.when, notice?.due, notice?.because, ...(notice?.said ?? []), notice?.labelled[0]?.text]).toEqual(
      words,
    );
    expect(mail?.notices.map(({ title }) => title)).toEqual(['Action a']);
  });

  test('nothing that is over goes into a calendar, and what was there is taken out', () => {
    const story = closed([action('a', 'team-manager')], toHead);
    expect(story.state.mail['head-of-service@anyborough.example.org']?.calendar ?? {}).not.toHaveProperty(
      'improvement-actions/a',
    );
    expect(
      story
        .to('team-manager@anyborough.example.org')
        .at(-1)
        ?.finished?.map(({ title }) => title),
    ).toContain('Action a');
  });
});

describe('what a closed inspection says of itself', () => {
  const themes = [
    { id: 'one', title: 'One', officer: 'head-of-service', recommendations: ['i'] },
    { id: 'two', title: 'Two', officer: 'head-of-service', recommendations: ['ii'] },
    { id: 'three', title: 'Three', officer: 'head-of-service', recommendations: [] },
    { id: 'four', title: 'Four', officer: 'head-of-service', recommendations: [] },
  ];
  const of = (id: string, theme: string) => ({
    ...{ id, title: `Action ${id}`, owner: 'team-manager', due: '2016-04-29', recommendations: ['i'], theme },
  });
  const actions = [of('a', 'one'), of('b', 'one'), of('c', 'two'), of('d', 'three'), of('e', 'three')];
  const told = (story: Story) => {
    const view = viewOf(story.state, story.now);
    return {
      view,
      themes: Object.fromEntries(
        progress(view).map((each) => [each.title, [RAGS[each.rag].words, each.done, leftInWords(each)]]),
      ),
      report: progressReport(view, story.entries, calendar, { since: '2016-02-19', roleTitle: (role) => role }),
    };
  };
  const story = (): Story => {
    const begunWith = new Story(startOf({ ...parts, themes, actions }), NOW);
    for (const command of [
      { name: 'waive', payload: { milestone: 'written-action-plan', reason: 'agreed' } },
      { name: 'extend', payload: { milestone: 'improvement-actions/b', to: '2016-06-30', reason: 'No staff' } },
      { name: 'complete', payload: { milestone: 'improvement-actions/a' } },
      { name: 'waive', payload: { milestone: 'improvement-actions/c', reason: 'Not needed' } },
      { name: 'complete', payload: { milestone: 'improvement-actions/d' } },
      { name: 'waive', payload: { milestone: 'improvement-actions/e', reason: 'Not needed' } },
    ] as Command[])
      begunWith.command(command, administrator);
    return begunWith;
  };
  const DROPPED: Home[] = [{ action: 'rest', to: 'dropped', said: 'The service has moved.' }];

  test('a theme is complete where something was done and all else is no longer to be done, not where nothing was', () => {
    expect(told(story()).themes).toEqual({
      One: ['Green', 1, '1 not late'],
      Two: ['Not rated', 0, '1 no longer to be done'],
      Three: ['Complete', 1, '1 no longer to be done'],
      Four: ['Not rated', 0, 'nothing'],
    });
    expect(told(close(story(), DROPPED)).themes).toEqual({
      One: ['Not finished', 1, '1 not finished'],
      Two: ['Not rated', 0, '1 no longer to be done'],
      Three: ['Complete', 1, '1 no longer to be done'],
      Four: ['Not rated', 0, 'nothing'],
    });
  });

  test.each<[string, Home[], string]>([
    ['dropped', DROPPED, 'it is dropped: The service has moved'],
    [
      'taken over',
      [{ action: 'b', to: 'business-as-usual', said: 'head-of-service' }],
      'it goes on as business as usual, with Head of Service',
    ],
    [
      'carried on',
      [{ action: 'b', to: 'inspection', said: '2027' }],
      'it goes on under another inspection (reference 2027)',
    ],
  ])(
    'what was %s is so in its report and for its pages, before and after everybody was told',
    (_what, homes, words) => {
      const closed = close(story(), homes);
      for (const each of [closed, closed.until('2016-12-01T10:00:00.000Z')]) {
        const { view, report } = told(each);
        expect(view.homes).toEqual({ 'improvement-actions/b': words });
        expect(report.standing.slice(0, 3)).toEqual([
          '2 of 5 actions of the plan are done.',
          expect.stringMatching(/^2 are no longer to be done: Action c.* Action e/),
          `1 was not finished when the inspection was closed: Action b: ${words}.`,
        ]);
        expect(report.unfinished).toEqual([`Action b: not finished when the inspection was closed; ${words}.`]);
        expect(report.noLonger.join(' ')).not.toContain('Action b');
        expect(report.actions.find(({ title }) => title === 'Action b')?.byDates).toBe(`Not finished: ${words}`);
        // Its date had moved, and that it had is told.
        expect(report.slipped.map(({ title }) => title)).toEqual(['Action b']);
      }
    },
  );

  test('nothing is said of homes while it is open, nor of what was taken out of the plan before', () => {
    expect(viewOf(story().state, NOW).homes).toEqual({});
    const withdrawn = story().command(
      {
        name: 'revise',
        payload: { edits: [{ kind: 'withdraw', what: 'action', id: 'b', reason: 'Not needed' }], reason: 'Agreed' },
      } as unknown as Command,
      administrator,
    );
    expect(refusalSentence(() => close(withdrawn, DROPPED))).toBe('accepted');
    expect(viewOf(withdrawn.state, NOW).homes).toEqual({});
  });
});

describe('that it can be closed', () => {
  const done = (...ids: string[]): string | undefined => {
    const story = new Story(startOf(parts), NOW);
    for (const id of ids)
      story.command({ name: 'complete', payload: { milestone: `improvement-actions/${id}` } }, administrator);
    return closableInWords(viewOf(story.state, story.now));
  };

  test('is said once every recommendation is met, with what the law still asks for', () => {
    expect(done('a', 'b')).toBeUndefined();
    expect(done('a', 'b', 'c')).toBe(
      'All recommendations are met. The inspection can be closed once these are done: "Written action plan to Ofsted".',
    );
    const story = begun();
    for (const id of ['a', 'b'])
      story.command({ name: 'complete', payload: { milestone: `improvement-actions/${id}` } }, administrator);
    story.command({ name: 'waive', payload: { milestone: 'improvement-actions/c', reason: 'gone' } }, administrator);
    expect(closableInWords(viewOf(story.state, story.now))).toBe(
      'All recommendations are met: the inspection can be closed.',
    );
  });

  test('is not said where nothing was recommended, all that answers one was waived, or it is closed already', () => {
    const none = new Story(startOf(), NOW);
    expect(closableInWords(viewOf(none.state, NOW))).toBeUndefined();
    const waived = begun();
    for (const id of ['a', 'b', 'c'])
      waived.command(
        { name: 'waive', payload: { milestone: `improvement-actions/${id}`, reason: 'x' } },
        administrator,
      );
    expect(closableInWords(viewOf(waived.state, NOW))).toBeUndefined();
  });
});

describe('an answer as it is typed', () => {
  test.each([
    [
      'audit = business-as-usual head-of-service',
      { action: 'audit', to: 'business-as-usual', said: 'head-of-service' },
    ],
    ['rest=dropped no longer = needed', { action: 'rest', to: 'dropped', said: 'no longer = needed' }],
    ['audit = dropped', undefined],
    ['audit = ', undefined],
    ['audit = sold it', undefined],
  ])('%s', (text, home) => {
    expect(homeIn(text)).toEqual(home);
  });
});
