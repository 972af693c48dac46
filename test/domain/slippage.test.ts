import { describe, expect, test } from 'vitest';
import { slippageInWords } from '../../client/milestone-marks.ts';
import { renderDocument } from '../../client/web/render.ts';
import { documentAsMarkdown } from '../../domain/documents/as-markdown.ts';
import type { Actor } from '../../domain/commands/actor.ts';
import type { Command } from '../../domain/commands/commands.ts';
import { asFile } from '../../domain/lifecycle/as-file.ts';
import { milestoneOf } from '../../domain/lifecycle/milestones.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { rowOf } from '../../domain/milestone/columns.ts';
import type { Milestone } from '../../domain/milestone/milestone.ts';
import { Story } from '../../domain/preview/story.ts';
import { progressReport } from '../../domain/progress/report.ts';
import { reportDocument } from '../../domain/progress/report-document.ts';
import { authority as authoritySchema } from '../../domain/schemas/authority.ts';
import { calendar, council, startOf } from '../support/facts.ts';
import { refusalIn, refusalSentence } from '../support/refusals.ts';

const NOW = '2016-02-22T10:00:00.000Z';
const as = (role: string): Actor => ({ id: 'somebody', role });
const manager = as('assistant-director');
const idOf = (name: string): string => `improvement-actions/${name}`;

const parts = {
  themes: [
    { id: 'ends', title: 'Assessments in time', officer: 'team-manager', until: '2016-09-30' },
    { id: 'endless', title: 'Early help', officer: 'team-manager' },
  ],
  actions: [
    { id: 'a', title: 'Audit', theme: 'ends', due: '2016-04-29' },
    { id: 'b', title: 'Brief', theme: 'endless', due: '2016-04-29' },
    { id: 'c', title: 'Coach', theme: 'ends', due: '2016-04-29' },
  ],
};

function begun(laterDates?: { cap: number; beyond: string }): Story {
  const start = startOf(parts);
  const authority = authoritySchema.parse({ ...council, ...(laterDates === undefined ? {} : { laterDates }) });
  return new Story({ ...start, facts: { ...start.facts, authority } }, NOW);
}

const extend = (story: Story, name: string, to: string, more: { body?: string; actor?: Actor } = {}): Story =>
  story.command(
    {
      name: 'extend',
      payload: {
        milestone: idOf(name),
        to,
        reason: 'no staff.',
        ...(more.body === undefined ? {} : { body: more.body }),
      },
    },
    more.actor ?? manager,
  );
const duty = (story: Story, name: string): Milestone => {
  const found = milestoneOf(story.state, idOf(name));
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};
const titleOf = (role: string): string => council.roles.find(({ id }) => id === role)?.title ?? role;

describe('a duty keeps its first date and each later one', () => {
  test('with who asked, who granted, when, why, and which body agreed', () => {
    const story = begun().command(
      { name: 'requestExtension', payload: { milestone: idOf('a'), to: '2016-06-30', reason: 'two posts are vacant' } },
      as('team-manager'),
    );
    extend(story.until('2016-03-01T10:00:00.000Z'), 'a', '2016-06-10', { body: 'cabinet' });
    extend(story.until('2016-06-01T10:00:00.000Z'), 'a', '2016-09-30');
    expect(duty(story, 'a').moves).toEqual([
      {
        from: '2016-04-29',
        to: '2016-06-10',
        because: 'it was extended, as Cabinet agreed: no staff.',
        granted: {
          by: 'assistant-director',
          at: '2016-03-01T10:00:00.000Z',
          body: 'cabinet',
          asked: { to: '2016-06-30', reason: 'two posts are vacant', by: 'team-manager', at: NOW },
        },
      },
      {
        from: '2016-06-10',
        to: '2016-09-30',
        because: 'it was extended: no staff.',
        granted: { by: 'assistant-director', at: '2016-06-01T10:00:00.000Z' },
      },
    ]);
    const viewed = viewOf(story.state, story.now).milestones.find(({ id }) => id === idOf('a'));
    expect(viewed).toMatchObject({ firstDue: '2016-04-29', slippage: 'within' });
    expect(
      viewed === undefined ? [] : slippageInWords(viewed, titleOf).map(({ label, text }) => `${label}: ${text}`),
    ).toEqual([
      'First due: Friday 29 April 2016',
      'Slipped: Within the end of its theme',
      'Later date 1: To Friday 10 June 2016, granted by Assistant Director on Tuesday 1 March 2016, because it was extended, as Cabinet agreed: no staff. Team Manager had asked for Thursday 30 June 2016 on Monday 22 February 2016: two posts are vacant.',
      'Later date 2: To Friday 30 September 2016, granted by Assistant Director on Wednesday 1 June 2016, because it was extended: no staff.',
    ]);
    expect(story.entries.findLast(({ kind }) => kind === 'milestone-extended')?.row).toMatchObject({
      ...{ due: '2016-09-30', firstDue: '2016-04-29', timesGranted: 2, slippage: 'within' },
    });
  });

  test('a release of a hold moves the date and is no grant; a planned date that a fact moves is no slip', () => {
    const story = begun();
    story
      .command({ name: 'hold', payload: { milestone: idOf('a'), reason: 'x', reviewOn: '2016-03-10' } }, manager)
      .until('2016-03-15T10:00:00.000Z')
      .command({ name: 'release', payload: { milestone: idOf('a') } }, manager);
    const released = duty(story, 'a');
    expect(released.due > '2016-04-29').toBe(true);
    expect(rowOf(released, { ownerTitle: '', stands: {} }, NOW)).toMatchObject({
      firstDue: '2016-04-29',
      timesGranted: 0,
      slippage: 'within',
    });
  });

  test.each([
    ['a', '2016-09-30', 'within'],
    ['a', '2016-10-01', 'beyond'],
    ['b', '2016-10-01', 'later'],
  ])('%s, later on %s: %s', (name, to, slippage) => {
    const story = extend(begun(), name, to);
    expect(rowOf(duty(story, name), { ownerTitle: '', stands: {} }, NOW).slippage).toBe(slippage);
    expect(duty(begun(), name)).toMatchObject({ due: '2016-04-29', moves: [] });
    expect(rowOf(duty(begun(), name), { ownerTitle: '', stands: {} }, NOW).slippage).toBe('none');
  });

  test('a body that the council does not have is refused', () => {
    expect(refusalSentence(() => extend(begun(), 'a', '2016-06-10', { body: 'cabinett' }))).toBe(
      'Anyborough Council has no body "cabinett"; did you mean "cabinet"? Its bodies: cabinet.',
    );
  });

  test('a file made of it, started again, has the same first date and the body', () => {
    const story = extend(begun(), 'a', '2016-06-10', { body: 'cabinet' });
    const { inspection, differences } = asFile(story.state, viewOf(story.state, NOW), story.entries, NOW);
    expect(differences).toEqual([]);
    expect(inspection.happened).toMatchObject([{ what: 'extended', dueOn: '2016-06-10', body: 'cabinet' }]);
    const again = new Story(startOf({ ...parts, happened: inspection.happened }), NOW);
    expect(duty(again, 'a')).toMatchObject({
      due: '2016-06-10',
      moves: [{ from: '2016-04-29', granted: { by: 'assistant-director', body: 'cabinet' } }],
    });
  });
});

describe('the cap on later dates', () => {
  const capped = () => begun({ cap: 1, beyond: 'scrutiny-chair' });

  test('past it only the role that the council names may grant another', () => {
    const story = extend(capped(), 'a', '2016-05-31');
    for (const role of ['assistant-director', 'director', 'chief-executive', 'democratic-services'])
      expect(refusalIn(() => extend(story, 'a', '2016-06-30', { actor: as(role) }))).toMatchObject({
        code: 'too-often',
        message:
          '"Audit" has been given a later date once already (Tuesday 31 May 2016): only Chair of Scrutiny may grant another. Ask for it, by "Ask for a later date" on the board or with duecourse request-extension, and they are told.',
      });
    expect(duty(extend(story, 'a', '2016-06-30', { actor: as('scrutiny-chair') }), 'a')).toMatchObject({
      due: '2016-06-30',
      moves: [{}, { granted: { by: 'scrutiny-chair' } }],
    });
    // Another duty has not come to it.
    expect(refusalSentence(() => extend(story, 'b', '2016-06-30'))).toBe('accepted');
  });

  test('none at all, said so', () => {
    expect(refusalSentence(() => extend(begun({ cap: 0, beyond: 'chief-executive' }), 'a', '2016-05-31'))).toBe(
      'Anyborough Council grants no later dates otherwise: only Chief Executive may grant one. Ask for it, by "Ask for a later date" on the board or with duecourse request-extension, and they are told.',
    );
  });

  test('a request goes to the owner’s manager below it, and to that role beyond it', () => {
    const request: Command = {
      name: 'requestExtension',
      payload: { milestone: idOf('a'), to: '2016-08-31', reason: 'illness' },
    };
    const asked = (story: Story): string[] =>
      story
        .command(request, as('team-manager'))
        .until('2016-03-02T10:00:00.000Z')
        .mails.filter((mail) => mail.notices.some(({ kind }) => kind === 'extension-requested'))
        .flatMap(({ recipient }) => recipient.roles.map(({ id }) => id));
    expect(asked(capped())).toEqual(['head-of-service']);
    expect(asked(extend(capped(), 'a', '2016-05-31'))).toEqual(['scrutiny-chair']);
  });

  test('that role may decline too, and whoever may not is told who may', () => {
    const story = capped().command(
      { name: 'requestExtension', payload: { milestone: idOf('a'), to: '2016-08-31', reason: 'illness' } },
      as('team-manager'),
    );
    const decline: Command = { name: 'declineExtension', payload: { milestone: idOf('a'), reason: 'no' } };
    expect(refusalSentence(() => story.command(decline, as('team-manager')))).toBe(
      'Team Manager may not decline a later date for it. Those above its owner (Team Manager), managers, administrators and Chair of Scrutiny may.',
    );
    expect(refusalSentence(() => story.command(decline, as('scrutiny-chair')))).toBe('accepted');
    // Where the council has no cap, a member may not.
    expect(refusalSentence(() => extend(begun(), 'a', '2016-06-30', { actor: as('scrutiny-chair') }))).toMatch(
      /^Chair of Scrutiny may not grant a later date for it\./,
    );
  });

  test('what a file says was granted before the start is taken as it was, and counts', () => {
    const start = startOf({
      ...parts,
      happened: ['2016-05-31', '2016-06-30'].map((dueOn) => ({
        ...{ milestone: idOf('a'), what: 'extended', on: '2016-02-19', by: 'director', dueOn },
      })),
    });
    const authority = authoritySchema.parse({ ...council, laterDates: { cap: 1, beyond: 'chief-executive' } });
    const story = new Story({ ...start, facts: { ...start.facts, authority } }, NOW);
    expect(duty(story, 'a')).toMatchObject({ due: '2016-06-30' });
    expect(refusalSentence(() => extend(story, 'a', '2016-07-29'))).toMatch(/a later date 2 times already/);
  });

  test('a role that is none is a mistake in the file', () => {
    const { error } = authoritySchema.safeParse({ ...council, laterDates: { cap: 1, beyond: 'mayor' } });
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(['laterDates.beyond']);
  });
});

describe('the report', () => {
  test('leaves nothing decided out: what was declined and corrected, with the reasons', () => {
    const story = begun().command(
      { name: 'requestExtension', payload: { milestone: idOf('a'), to: '2016-08-31', reason: 'illness' } },
      as('team-manager'),
    );
    story
      .command({ name: 'declineExtension', payload: { milestone: idOf('a'), reason: 'the board said so' } }, manager)
      .command({ name: 'correct', payload: { published: '2016-02-18', reason: 'a slip' } }, manager);
    const view = viewOf(story.state, story.now);
    const made = progressReport(view, story.entries, calendar, { since: '2016-02-22', roleTitle: titleOf });
    expect(made.moved).toContain('Audit: a later date was declined by Assistant Director: the board said so.');
    expect(made.corrected).toEqual([expect.stringMatching(/^Corrected by Assistant Director: .* a slip$/)]);
    expect(
      refusalSentence(() => progressReport(view, [], calendar, { since: '2016-02-23', roleTitle: titleOf })),
    ).toMatch(/^Tuesday 23 February 2016 is still to come/);
  });

  test('tells slips within the end of a theme from those beyond it, done ones too, and hides nothing of their reasons', () => {
    const story = begun();
    extend(extend(extend(story, 'a', '2016-09-30'), 'b', '2016-05-31'), 'c', '2016-10-31');
    story.command({ name: 'complete', payload: { milestone: idOf('c') } }, manager).until('2016-03-02T10:00:00.000Z');
    const view = viewOf(story.state, story.now);
    const made = progressReport(view, story.entries, calendar, { since: '2016-02-22', roleTitle: titleOf });
    expect(made.standing).toContain(
      '3 actions are due later than first planned: 1 within the end of its theme, 1 beyond the end of its theme, 1 in no theme that has an end.',
    );
    expect(made.slipped.map(({ title, first, due, slippage }) => [title, first, due, slippage])).toEqual([
      ['Audit', 'Fri 29 April 2016', 'Fri 30 September 2016', 'within'],
      ['Brief', 'Fri 29 April 2016', 'Tue 31 May 2016', 'later'],
      ['Coach', 'Fri 29 April 2016', 'Mon 31 October 2016', 'beyond'],
    ]);
    for (const written of [documentAsMarkdown(reportDocument(made)), renderDocument(reportDocument(made))])
      for (const said of ['Later dates', 'Beyond the end of its theme', 'granted by Assistant Director'])
        expect(written).toContain(said);
  });
});
