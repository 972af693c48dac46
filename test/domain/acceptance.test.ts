import { describe, expect, test } from 'vitest';
import { loadRulePack, resolveRules } from '../../client/files/rules.ts';
import { marksInWords } from '../../client/milestone-marks.ts';
import type { Command, CommandName } from '../../domain/commands/commands.ts';
import { asFile } from '../../domain/lifecycle/as-file.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { Story } from '../../domain/preview/story.ts';
import { progress } from '../../domain/progress/progress.ts';
import { action as actionSchema } from '../../domain/schemas/plan.ts';
import { refusalSentence } from '../support/refusals.ts';
import { startOf } from '../support/facts.ts';

const NOW = '2016-02-22T10:00:00.000Z';
const AUDIT = 'improvement-actions/audit';
const FIRST = `${AUDIT}--acceptance-1`;
const OWNER = 'team-manager';
const ACCEPTER = 'assistant-director';

const action = (acceptedBy?: object) => ({
  ...{ id: 'audit', title: 'Audit', owner: OWNER, due: '2016-04-29' },
  ...(acceptedBy === undefined ? {} : { acceptedBy }),
});
const begun = (acceptedBy: object = { role: ACCEPTER }) => new Story(startOf({ actions: [action(acceptedBy)] }), NOW);
const give = (story: Story, name: CommandName, role: string, payload: object = {}) =>
  story.command({ name, payload: { milestone: AUDIT, ...payload } } as Command, { id: role, role });
const done = (story = begun()) => give(story, 'complete', OWNER);
const back = (story: Story) => give(story, 'sendBack', ACCEPTER, { reason: 'No sample was drawn.', to: '2016-05-13' });
const told = ({ mails }: Story, milestone: string) =>
  mails.flatMap(({ day, recipient, notices }) =>
    notices
      .filter((each) => each.milestone === milestone && each.kind !== 'started')
      .map(({ kind }) => `${day} ${recipient.roles[0]?.id ?? ''} ${kind}`),
  );
const themesOf = ({ state, now }: Story) => progress(viewOf(state, now));

describe('what somebody has to accept', () => {
  test('is submitted when its owner marks it as done, and waits for them: they are told once, and reminded', () => {
    const story = done();
    expect(story.milestone(AUDIT)).toMatchObject({ status: 'submitted', submitted: { by: OWNER } });
    // Ten working days after Monday 22 February.
    expect(story.milestone(FIRST)).toMatchObject({ title: 'Accept: Audit', owner: ACCEPTER, due: '2016-03-07' });
    expect(themesOf(story)[0]).toMatchObject({ rag: 'green', done: 0, open: 0, waiting: 1 });
    expect(told(story.until('2016-03-09T12:00:00.000Z'), FIRST)).toEqual([
      '2016-02-23 assistant-director acceptance-asked',
      '2016-02-29 assistant-director reminder',
      '2016-03-03 assistant-director reminder',
      '2016-03-07 assistant-director due-today',
      '2016-03-08 director escalation',
    ]);
    expect(told(story, AUDIT)).toEqual([]);
    expect(story.entries.map(({ kind, milestone }) => `${kind} ${milestone}`)).toContain(
      `milestone-submitted ${AUDIT}`,
    );
  });

  test('is done once they have accepted it: its owner is told once, and it counts', () => {
    const story = give(done(), 'accept', ACCEPTER).until('2016-03-31T12:00:00.000Z');
    expect(told(story, AUDIT)).toEqual(['2016-02-23 team-manager accepted']);
    expect(story.state.ended).toMatchObject({ [AUDIT]: { status: 'completed' }, [FIRST]: { status: 'completed' } });
    expect([story.state.facts.awaiting, story.milestone(FIRST)]).toEqual([undefined, undefined]);
    expect(themesOf(story)[0]).toMatchObject({ rag: 'complete', done: 1, waiting: 0 });
    expect(story.entries.map(({ text }) => text)).toContain(
      'Audit: accepted by Assistant Director on Monday 22 February 2016.',
    );
  });

  test('is sent back with a reason and a new date: it is open again, and each submission is kept', () => {
    const story = back(done());
    expect(story.milestone(AUDIT)).toMatchObject({
      ...{ status: 'open', due: '2016-05-13', dueVersion: 2, extendable: true },
      returned: [{ submittedAt: NOW, submittedBy: OWNER, on: '2016-02-22', by: 'Assistant Director' }],
    });
    expect(story.milestone(AUDIT)?.submitted).toBeUndefined();
    expect(marksInWords(story.milestone(AUDIT) ?? {}).find(({ label }) => label === 'Sent back')?.text).toMatch(
      /^submitted .*, sent back by Assistant Director on Monday 22 February 2016: No sample was drawn\.$/,
    );
    expect(done(back(done()).until('2016-02-22T11:00:00.000Z')).milestone(AUDIT)?.status).toBe('submitted');
    const again = done(story.until('2016-03-01T10:00:00.000Z'));
    expect(told(again, AUDIT)).toEqual(['2016-02-23 team-manager sent-back']);
    // A second round, with a duty of its own.
    expect(again.milestone(`${AUDIT}--acceptance-2`)).toMatchObject({ status: 'open', due: '2016-03-15' });
    const accepted = give(again, 'accept', ACCEPTER).until('2016-03-02T12:00:00.000Z');
    expect(accepted.state.ended[AUDIT]).toMatchObject({ status: 'completed', marks: { returned: [{}] } });
  });

  test('by an administrator says in whose stead: nobody is said to have done what they have not', () => {
    const said = 'Democratic Services Manager for Assistant Director';
    const accepted = give(done(), 'accept', 'democratic-services');
    expect(accepted.milestone(AUDIT)).toMatchObject({ accepted: { by: said } });
    const payload = { milestone: AUDIT, to: '2016-05-13', reason: 'No sample was drawn' };
    const returned = done().command({ name: 'sendBack', payload }, { id: 'x', role: 'democratic-services' });
    expect(returned.milestone(AUDIT)?.returned).toMatchObject([{ by: said }]);
    expect(returned.entries.map(({ text }) => text).join('\n')).toContain(`sent back by ${said}`);
  });

  test('by a body is recorded by whoever sees to its papers, or the administrator, and waits for its meeting', () => {
    const story = done(begun({ body: 'cabinet' }));
    expect(story.milestone(FIRST)).toMatchObject({ owner: 'democratic-services', due: '2016-05-10', body: 'cabinet' });
    const accepted = give(story.until('2016-05-10T15:00:00.000Z'), 'accept', 'democratic-services');
    expect(accepted.milestone(AUDIT)).toMatchObject({ accepted: { on: '2016-05-10', by: 'Cabinet' } });
  });

  test('where it is theirs, is accepted by the next above: nobody accepts their own work', () => {
    expect(done(begun({ role: OWNER })).milestone(FIRST)?.owner).toBe('head-of-service');
    const passedOn = give(done(), 'reassign', 'director', { to: ACCEPTER });
    expect(passedOn.milestone(FIRST)?.owner).toBe('director');
    expect(refusalSentence(() => give(passedOn, 'accept', ACCEPTER))).toBe(
      'Assistant Director owns "Audit", and nobody accepts their own work. Director of Children’s Services may, or an administrator.',
    );
  });

  test('by a theme’s word goes for its actions, but for those that name somebody themselves', () => {
    const themes = [{ id: 'so-1', title: 'Outcome', officer: 'head-of-service', acceptedBy: { role: 'director' } }];
    const actions = [
      { id: 'audit', title: 'Audit', theme: 'so-1', due: '2016-04-29' },
      { id: 'own', title: 'Own', theme: 'so-1', due: '2016-04-29', acceptedBy: { role: 'chief-executive' } },
    ];
    const story = new Story(startOf({ themes, actions }), NOW);
    expect(['audit', 'own'].map((id) => story.milestone(`improvement-actions/${id}`)?.signOff?.role)).toEqual([
      'director',
      'chief-executive',
    ]);
  });

  test('may be marked as done by whoever has to accept it: they have seen it', () => {
    const story = give(begun(), 'complete', ACCEPTER);
    expect(story.state.ended[AUDIT]).toMatchObject({ status: 'completed' });
    expect(story.entries.at(-1)).toMatchObject({ kind: 'milestone-completed', milestone: AUDIT });
  });

  test('and is waived meanwhile: nobody has to accept it any more', () => {
    const story = give(done(), 'waive', 'director', { reason: 'merged' });
    expect(story.state.ended[FIRST]).toMatchObject({ status: 'lapsed' });
    expect(story.state.facts.awaiting).toBeUndefined();
  });

  test('is no longer accepted by anybody once the plan says so: it is done since the day on which it was submitted', () => {
    const item = actionSchema.parse(action());
    const story = done().until('2016-02-25T10:00:00.000Z');
    story.command(
      { name: 'revise', payload: { edits: [{ kind: 'put', what: 'action', item }], reason: 'board' } },
      { id: 'x', role: 'democratic-services' },
    );
    expect(story.entries.findLast(({ milestone }) => milestone === AUDIT)).toMatchObject({
      kind: 'milestone-completed',
      text: 'Audit: done as submitted on Monday 22 February 2016: nobody has to accept it any more.',
      row: { status: 'completed', endedAt: NOW },
    });
    expect(told(story.until('2016-02-29T12:00:00.000Z'), FIRST)).toEqual([
      '2016-02-23 assistant-director acceptance-asked',
      '2016-02-26 assistant-director withdrawn',
    ]);
    expect([story.state.facts.awaiting, story.state.ended[FIRST]?.status]).toEqual([undefined, 'lapsed']);
  });

  test('is accepted by another once the plan names another: the duty to accept it is theirs', () => {
    const item = actionSchema.parse(action({ role: 'director' }));
    const story = done().command(
      { name: 'revise', payload: { edits: [{ kind: 'put', what: 'action', item }], reason: 'board' } },
      { id: 'x', role: 'democratic-services' },
    );
    expect(story.milestone(FIRST)?.owner).toBe('director');
    expect(give(story, 'accept', 'director').state.ended[AUDIT] ?? story.milestone(AUDIT)).toMatchObject({
      status: 'completed',
    });
  });

  test('stands in a file made of it, from which the same comes again', () => {
    const story = done(back(done()).until('2016-03-01T10:00:00.000Z'));
    const { inspection, differences } = asFile(story.state, viewOf(story.state, story.now), story.entries, story.now);
    expect(differences).toEqual([]);
    expect(inspection.happened.map(({ what }) => what)).toEqual(['submitted', 'returned', 'submitted']);
    const facts = { ...story.state.facts, inspection };
    const again = new Story({ ...startOf(), facts }, story.now);
    expect(again.milestone(`${AUDIT}--acceptance-2`)).toMatchObject({ due: '2016-03-15', owner: ACCEPTER });
  });

  const refused = (run: () => unknown) => refusalSentence(run);
  test.each([
    ['accepted by its owner', () => give(done(), 'accept', OWNER), /nobody accepts their own work/],
    [
      'accepted by another above the owner',
      () => give(done(), 'accept', 'head-of-service'),
      'It is for Assistant Director to accept "Audit": Assistant Director may, or an administrator.',
    ],
    ['accepted by a member', () => give(done(), 'accept', 'scrutiny-chair'), /may not accept it/],
    ['accepted before it is submitted', () => give(begun(), 'accept', ACCEPTER), /has not been submitted yet/],
    ['accepted twice', () => give(give(done(), 'accept', ACCEPTER), 'accept', ACCEPTER), /is done/],
    [
      'accepted where nobody has to',
      () => give(new Story(startOf({ actions: [action()] }), NOW), 'accept', 'democratic-services'),
      'Nobody has to accept "Audit": it is done once it is marked as done.',
    ],
    ['marked as done twice', () => done(done()), /waits for Assistant Director to accept it/],
    [
      'sent back to a day that is over',
      () => give(done(), 'sendBack', ACCEPTER, { reason: 'x', to: '2016-02-22' }),
      /is not in the future/,
    ],
    [
      'sent back beyond the calendar',
      () => give(done(), 'sendBack', ACCEPTER, { reason: 'x', to: '2150-01-01' }),
      /is beyond/,
    ],
    [
      'sent back before it was submitted',
      () => give(done(), 'sendBack', ACCEPTER, { reason: 'x', to: '2016-05-13', on: '2016-02-19' }),
      "It can't have been sent back on Friday 19 February 2016, before Monday 22 February 2016.",
    ],
    ...(['complete', 'submit'] as const).map((name): [string, () => Story, string] => [
      `done again (${name}) before the day on which it was sent back`,
      () => give(back(done()).until('2016-02-24T10:00:00.000Z'), name, OWNER, { on: '2016-02-19' }),
      '"Audit" was sent back on Monday 22 February 2016, so it can\'t have been done again on Friday 19 February 2016. Give the day on which it was done after that.',
    ]),
    [
      'met by the duty to accept it',
      () => give(done(), 'complete', ACCEPTER, { milestone: FIRST }),
      '"Accept: Audit" ends once what was submitted is accepted, or sent back: do that there.',
    ],
    [
      'passed on',
      () => give(done(), 'reassign', 'director', { milestone: FIRST, to: 'director' }),
      /for whom the plan names/,
    ],
  ])('is not %s', (_what, run, sentence) => {
    expect(refused(run)).toMatch(sentence);
  });

  test('is not accepted once the inspection is closed', () => {
    const start = startOf({ actions: [action({ role: ACCEPTER })] });
    const story = done(new Story({ ...start, facts: { ...start.facts, rules: [] } }, NOW));
    const closed = story.command(
      {
        name: 'close',
        payload: { reason: 'over', homes: [{ action: 'rest', to: 'dropped', said: 'no longer needed' }] },
      },
      { id: 'x', role: 'director' },
    );
    expect(refused(() => give(closed, 'accept', ACCEPTER))).toMatch(/is closed/);
  });

  test.each([
    ['nobody', {}],
    ['both', { role: 'director', body: 'cabinet' }],
  ])('by %s is a mistake in the file', (_who, acceptedBy) => {
    expect(actionSchema.safeParse(action(acceptedBy)).error?.issues.map(({ message }) => message)).toEqual([
      'expected a role or a body, and not both',
    ]);
  });
});

describe('what was submitted by a slip', () => {
  const reason = 'The wrong file.';
  const reopened = (story: Story, role = OWNER) => give(story, 'reopen', role, { reason });

  test('is taken back by its owner until somebody accepts it: it is to do again, by its date, and nobody is asked to accept it', () => {
    const story = reopened(done());
    expect(story.milestone(AUDIT)).toMatchObject({ status: 'open', due: '2016-04-29' });
    expect(story.milestone(AUDIT)?.submitted).toBeUndefined();
    expect([story.state.facts.awaiting, story.state.ended[FIRST]?.status]).toEqual([undefined, 'lapsed']);
    expect(story.entries.findLast(({ milestone }) => milestone === AUDIT)?.text).toBe(
      'Audit: what was submitted on Monday 22 February 2016 was taken back by Team Manager; it is due Friday 29 April 2016: The wrong file.',
    );
    expect(themesOf(story)[0]).toMatchObject({ rag: 'green', done: 0, open: 1, waiting: 0 });
    // The mail that would have asked had not gone yet.
    expect(told(story.until('2016-02-24T12:00:00.000Z'), FIRST)).toEqual([]);
    expect(told(story, AUDIT)).toEqual([]);
    // The next submission is another, with a duty of its own.
    expect(done(story).milestone(`${AUDIT}--acceptance-2`)).toMatchObject({ status: 'open' });
  });

  test('and whoever has heard that they are to accept it hears that they are not', () => {
    const story = reopened(done().until('2016-02-24T12:00:00.000Z')).until('2016-02-26T12:00:00.000Z');
    expect(told(story, FIRST)).toEqual([
      '2016-02-23 assistant-director acceptance-asked',
      '2016-02-25 assistant-director withdrawn',
    ]);
    const [notice] = story.mails.flatMap(({ notices }) => notices).filter(({ kind }) => kind === 'withdrawn');
    expect(notice?.text).toBe('Nobody has to do it any more, because "Audit" was taken back.');
  });

  test('by somebody above is told to its owner', () => {
    const story = reopened(done(), 'director').until('2016-02-24T12:00:00.000Z');
    expect(told(story, AUDIT)).toEqual(['2016-02-23 team-manager reopened']);
  });

  const unasked = () => new Story(startOf({ actions: [action()] }), NOW);
  test.each(['submit', 'complete'] as const)(
    'where nobody has to accept it, is done (%s), and its owner may open it again',
    (name) => {
      const story = give(unasked(), name, OWNER);
      expect(story.state.ended[AUDIT]).toMatchObject({ status: 'completed', by: OWNER });
      expect(story.entries.at(-1)).toMatchObject({ kind: 'milestone-completed', row: { status: 'completed' } });
      for (const at of [NOW, '2016-03-01T10:00:00.000Z'])
        expect(reopened(give(unasked(), name, OWNER).until(at)).milestone(AUDIT)).toMatchObject({ status: 'open' });
    },
  );

  test('on a plan that goes to the inspectorate is taken back as well; not once a later submission is on file', () => {
    const PLAN = 'plan-submission/written-action-plan';
    const [senior, reopening] = ['democratic-services', { milestone: PLAN, reason }];
    const sent = give(unasked(), 'submit', senior, { milestone: PLAN });
    expect(sent.milestone(PLAN)?.status).toBe('submitted');
    expect(give(sent, 'reopen', senior, reopening).milestone(PLAN)).toMatchObject({
      status: 'open',
      due: '2016-06-30',
    });
    const returned = give(give(unasked(), 'submit', senior, { milestone: PLAN }), 'sendBack', senior, {
      ...{ milestone: PLAN, reason: 'thin', to: '2016-07-29' },
    });
    const again = give(returned.until('2016-03-01T10:00:00.000Z'), 'submit', senior, { milestone: PLAN });
    expect(refusalSentence(() => give(again, 'reopen', senior, reopening))).toMatch(
      /^It is on file that ".*" was submitted again on Tuesday 1 March 2016\. If that is wrong, withdraw it first/,
    );
  });

  test('and an inspection is not closed while it waits: whether it was accepted could not be said any more', () => {
    const milestone = 'plan-submission/written-action-plan';
    const close = (story: Story) =>
      give(story, 'close', 'democratic-services', {
        ...{ reason: 'over', homes: [{ action: 'rest', to: 'dropped', said: 'moved' }] },
      });
    const sent = give(unasked(), 'submit', 'democratic-services', { milestone });
    expect(refusalSentence(() => close(sent))).toBe(
      'The inspection can\'t be closed while these wait to be accepted: "Written action plan to Ofsted". Record that it was accepted, or what was sent back, first.',
    );
    expect(close(give(sent, 'accept', 'democratic-services', { milestone })).state.status).toBe('closed');
  });

  test.each([
    ['accepted', () => reopened(give(done(), 'accept', ACCEPTER))],
    ['done by the word of somebody above', () => reopened(give(unasked(), 'complete', 'director'))],
    ['waived', () => reopened(give(unasked(), 'waive', 'director', { reason: 'merged' }))],
  ])('is not taken back by its owner once it is %s', (_what, run) => {
    expect(refusalSentence(run)).toMatch(/^Team Manager may not open it again\. Those above its owner/);
  });

  test('is not taken back by a member', () => {
    expect(refusalSentence(() => reopened(done(), 'scrutiny-chair'))).toMatch(/may not open it again\. Its owner/);
  });
});

describe('a statement that the inspectorate sends back (Cumbria, local area SEND inspection of 2019)', () => {
  const STATEMENT = 'plan-submission/written-statement-of-action';
  const REVISIT = 'improvement-actions/revisit';
  const administrator = 'democratic-services';
  const start = () => {
    const given = startOf({
      framework: 'send-2016',
      inspectorate: 'Ofsted and CQC',
      fieldwork: { from: '2019-03-18', until: '2019-03-22' },
      report: { received: '2019-05-14' },
      events: { 'outcome-letter-received': '2019-05-14', 'statement-required': '2019-05-14' },
      actions: [
        { id: 'revisit', title: 'Re-visit', owner: 'director', due: { n: 18, unit: 'month', from: 'plan-accepted' } },
      ],
    });
    return { ...given, facts: { ...given.facts, rules: resolveRules(loadRulePack('send-2016')) } };
  };
  const say = (story: Story, at: string, name: CommandName, payload: object = {}) =>
    give(story.until(`${at}T10:00:00.000Z`), name, administrator, { milestone: STATEMENT, ...payload });
  const submitted = () => say(new Story(start(), '2019-05-15T10:00:00.000Z'), '2019-08-20', 'submit');
  const sentBack = () =>
    say(submitted(), '2019-09-09', 'sendBack', { reason: 'Outcomes can’t be measured.', to: '2019-10-08' });
  const resubmitted = () => say(sentBack(), '2019-10-07', 'submit');
  const accepted = () => say(resubmitted(), '2019-10-21', 'accept', { on: '2019-10-18' });

  test('was due on 21 August, and is due again by 8 October, which nobody here may extend', () => {
    expect(new Story(start(), '2019-05-15T10:00:00.000Z').milestone(STATEMENT)?.due).toBe('2019-08-21');
    const story = sentBack();
    expect(story.milestone(STATEMENT)).toMatchObject({ status: 'open', due: '2019-10-08', extendable: false });
    expect(story.milestone(STATEMENT)?.explanation.slice(0, 2)).toEqual([
      'Moved from Wednesday 21 August 2019 to Tuesday 8 October 2019, because Ofsted and CQC sent it back: Outcomes can’t be measured.',
      'Ofsted and CQC set this date: it stays on its day, and no later one can be granted here.',
    ]);
    expect(refusalSentence(() => say(story, '2019-09-10', 'extend', { to: '2019-11-08', reason: 'more time' }))).toBe(
      '"Written statement of action" is due on Tuesday 8 October 2019: Ofsted and CQC set that date, so no later one can be granted here.',
    );
    expect(story.state.facts.inspection.events?.['plan-returned']).toEqual([{ on: '2019-09-09', duty: STATEMENT }]);
    // Its first submission is on record, and its owner is told of the return.
    expect(story.entries.some(({ kind, milestone }) => kind === 'milestone-submitted' && milestone === STATEMENT)).toBe(
      true,
    );
    const texts = story
      .until('2019-09-10T12:00:00.000Z')
      .mails.flatMap(({ notices }) => notices.map(({ text }) => text));
    expect(texts).toContain(
      'Sent back by Ofsted and CQC on Monday 9 September 2019: Outcomes can’t be measured. It is to be submitted again by Tuesday 8 October 2019.',
    );
  });

  test('stays on its day, a Sunday too', () => {
    const story = say(submitted(), '2019-09-09', 'sendBack', { reason: 'thin', to: '2019-10-06' });
    expect(story.milestone(STATEMENT)?.due).toBe('2019-10-06');
    const held = say(story, '2019-09-10', 'hold', { reason: 'health', reviewOn: '2019-09-20' });
    expect(say(held, '2019-09-19', 'release').milestone(STATEMENT)?.due).toBe('2019-10-06');
  });

  test('is accepted for good, and the re-visit is counted from that', () => {
    expect(resubmitted().milestone(REVISIT)).toBeUndefined();
    const story = accepted();
    expect(story.state.facts.inspection.events).toMatchObject({
      'plan-returned': [{ on: '2019-09-09' }],
      'plan-resubmitted': [{ on: '2019-10-07' }],
      'plan-accepted': [{ on: '2019-10-18' }],
    });
    // 18 April 2021 is a Sunday: the council's own date goes to the next working day.
    expect(story.milestone(REVISIT)).toMatchObject({ due: '2021-04-19' });
    expect(story.milestone(REVISIT)?.explanation[0]).toBe('The plan was accepted on Friday 18 October 2019.');
    for (const name of ['sendBack', 'accept', 'reopen'] as const)
      expect(refusalSentence(() => say(story, '2019-11-01', name, { reason: 'x', to: '2019-12-02' }))).toBe(
        '"Written statement of action" was accepted on Friday 18 October 2019, which ends it for good. If that is wrong, withdraw it first: correct-event plan-accepted --withdraw.',
      );
  });

  test('whose acceptance was a mistake is opened again once that is withdrawn', () => {
    const story = accepted().command(
      { name: 'correctEvent', payload: { kind: 'plan-accepted', withdraw: true, reason: 'another council’s letter' } },
      { id: 'x', role: administrator },
    );
    expect(say(story, '2019-10-23', 'reopen', { reason: 'a slip' }).milestone(STATEMENT)?.status).toBe('open');
    expect(story.state.ended[REVISIT]).toMatchObject({ status: 'lapsed' });
  });

  test('may be sent back after it was marked as done, and put away', () => {
    const story = say(say(submitted(), '2019-08-21', 'complete'), '2019-09-09', 'sendBack', {
      ...{ reason: 'thin', to: '2019-10-08' },
    });
    expect(story.milestone(STATEMENT)).toMatchObject({ status: 'open', due: '2019-10-08' });
    expect(story.state.ended[STATEMENT]).toBeUndefined();
  });

  test('stands in a file made of it', () => {
    const story = accepted().until('2019-11-01T10:00:00.000Z');
    const { inspection, differences } = asFile(story.state, viewOf(story.state, story.now), story.entries, story.now);
    expect([inspection.happened.map(({ what }) => what), differences]).toEqual([
      ['submitted', 'returned', 'submitted', 'accepted'],
      [],
    ]);
  });

  test('is not said by an event of its own', () => {
    expect(
      refusalSentence(() =>
        submitted().command(
          { name: 'event', payload: { kind: 'plan-accepted', on: '2019-08-20' } },
          { id: 'x', role: administrator },
        ),
      ),
    ).toBe(
      'That the plan was accepted is said of the duty itself, and goes on file with that: record on it that it was accepted (accept).',
    );
  });
});

describe('what waits to be accepted when its inspection is closed', () => {
  const start = startOf({ actions: [action({ role: ACCEPTER })] });
  const waiting = () => done(new Story({ ...start, facts: { ...start.facts, rules: [] } }, NOW));
  const close = (story: Story, homes?: object[]) =>
    story.command(
      { name: 'close', payload: { reason: 'over', ...(homes === undefined ? {} : { homes }) } } as Command,
      { id: 'x', role: 'director' },
    );

  test('is not done: it is said where it goes, and nobody has to accept it any more', () => {
    expect(refusalSentence(() => close(waiting()))).toMatch(/Nothing is said of "Audit" \(audit\)\.$/);
    const story = close(waiting(), [{ action: 'audit', to: 'dropped', said: 'no longer wanted' }]);
    expect(story.state.ended).toMatchObject({ [AUDIT]: { status: 'unfinished' }, [FIRST]: { status: 'lapsed' } });
    expect(viewOf(story.state, NOW).homes).toEqual({ [AUDIT]: 'it is dropped: no longer wanted' });
    expect(themesOf(story)[0]).toMatchObject({ rag: 'unfinished', done: 0, waiting: 0, unfinished: 1 });
    expect(story.entries.filter(({ kind }) => kind === 'milestone-lapsed').map(({ text }) => text)).toEqual([
      'Audit: not finished when the inspection was closed; it is dropped: no longer wanted.',
      'Accept: Audit: no longer needed, because the inspection was closed.',
    ]);
  });
});
