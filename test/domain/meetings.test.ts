import { describe, expect, test } from 'vitest';
import { approvalBefore, latestSteps } from '../../domain/meetings/approval.ts';
import { meetingsOf } from '../../domain/meetings/meetings.ts';
import { preview } from '../../domain/preview/preview.ts';
import { Story } from '../../domain/preview/story.ts';
import { authority as authoritySchema } from '../../domain/schemas/authority.ts';
import { constitution as constitutionSchema } from '../../domain/schemas/constitution.ts';
import { calendar, council, startOf } from '../support/facts.ts';

const citation = { cite: 'the tests', confidence: 'U' as const };
const constitutionWith = (callIn: Record<string, unknown>) =>
  constitutionSchema.parse({ id: 'x', version: 1, title: 'x', valid: { from: '2010-01-01' }, callIn, citation });
/** Two working days to publish, five for call-in; scrutiny within 15, reconsidered within 7 (Bracknell Forest). */
const bracknell = constitutionWith({
  publishWithin: { n: 2, unit: 'working-day' },
  window: { n: 5, unit: 'working-day' },
  scrutinyWithin: { n: 15, unit: 'working-day' },
  reconsiderWithin: { n: 7, unit: 'working-day' },
});
const cabinet = (meetings: unknown[], more: object = {}) =>
  authoritySchema.parse({ ...council, bodies: [{ id: 'cabinet', name: 'Cabinet', meetings, ...more }] }).bodies[0] ?? {
    id: '',
    name: '',
    meetings: [],
  };

describe('working back from a date', () => {
  test('in force on 2 June 2016 with no call-in: publish by 24 May, decide by 20 May, agenda by 12 May, notice by 21 April', () => {
    // Back from Thursday 2 June (Monday 30 May is a bank holiday): the window closes by Wed 1 June; its five working days
    // are 25, 26, 27, 31 May and 1 June, so publication is on Tue 24 May; two working days before: Fri 20 May. Five clear
    // working days (13, 16, 17, 18, 19) before it: Thu 12 May. 28 clear days before 20 May: Thu 21 April.
    expect(latestSteps('2016-06-02', cabinet([]), bracknell, calendar, { key: true })).toEqual({
      publish: '2016-05-24',
      decide: '2016-05-20',
      agenda: '2016-05-12',
      forwardPlan: '2016-04-21',
    });
  });

  test('with a call-in that is heard in 15 working days and reconsidered in 7: decide by 20 April', () => {
    // 7 working days before 2 June: Mon 23 May. 15 before it: Fri 29 April (2 May is a bank holiday). 5 before: Fri 22 April;
    // 2 before: Wed 20 April.
    expect(latestSteps('2016-06-02', cabinet([]), bracknell, calendar, { key: false, calledIn: true })).toMatchObject({
      publish: '2016-04-22',
      decide: '2016-04-20',
      forwardPlan: null,
    });
  });
});

describe('the meeting that leaves time', () => {
  const duty = { title: 'Written action plan', due: '2016-06-30', key: true };
  const answer = (meetings: unknown[], today = '2016-02-22', due = duty.due) =>
    approvalBefore({ ...duty, due }, cabinet(meetings), bracknell, calendar, today);

  test('is the last one; it survives a call-in where it is early enough', () => {
    // In force on Thursday 30 June: published by Wed 22 June, decided by Mon 20 June; with a call-in decided by 19 May.
    expect(answer(['2016-04-12', '2016-05-10', '2016-06-14', '2016-07-12'])).toMatchObject({
      meeting: '2016-06-14',
      survivesCallIn: true,
      warnings: [],
    });
    const late = answer(['2016-06-14']);
    expect([late.meeting, late.survivesCallIn]).toEqual(['2016-06-14', false]);
    expect(late.warnings.join()).toContain('if its decision were called in and referred back');
  });

  test('where none does, the answer says what would, months ahead', () => {
    const none = answer(['2016-07-12']);
    expect(none.meeting).toBeNull();
    expect(none.warnings).toEqual([
      'Written action plan, due Thursday 30 June 2016: no meeting of Cabinet on file leaves time for agenda, publication and the call-in window; an extra meeting by Monday 20 June 2016 would (agenda by Friday 10 June 2016, with notice of the key decision by Friday 20 May 2016), or a decision under the urgency procedure, which is exempt from call-in.',
    ]);
  });

  test('a cancelled meeting does not count, nor one whose notice should be out already; that one has the general exception', () => {
    expect(answer([{ on: '2016-06-14', cancelled: 'no quorum' }, '2016-07-12']).meeting).toBeNull();
    const tooSoon = answer(['2016-06-14'], '2016-05-20');
    expect(tooSoon.meeting).toBeNull();
    expect(tooSoon.warnings.at(-1)).toContain('can be used by general exception');
    expect(answer(['2016-06-14'], '2016-05-16').meeting).toBe('2016-06-14');
  });

  test('needs as many clear days for its agenda as the body does', () => {
    // Ten clear working days before Tuesday 14 June: Friday 27 May (Monday 30 May is a bank holiday). Five: Monday 6 June.
    const withPapers = (agendaClearDays: number, today: string) =>
      approvalBefore(
        { ...duty, key: false },
        cabinet(['2016-06-14'], { papers: { agendaClearDays, officer: 'democratic-services' } }),
        bracknell,
        calendar,
        today,
      );
    expect(withPapers(10, '2016-05-27').meeting).toBe('2016-06-14');
    expect(withPapers(10, '2016-05-31').meeting).toBeNull();
    expect(withPapers(5, '2016-05-31').meeting).toBe('2016-06-14');
    expect(withPapers(10, '2016-05-31').warnings.join()).toContain('agenda by Friday 3 June 2016');
  });

  test.each([
    [{}, 'scrutiny to meet or for the decision to be reconsidered'],
    [{ scrutinyWithin: { n: 15, unit: 'working-day' } }, 'the decision to be reconsidered'],
    [{ reconsiderWithin: { n: 7, unit: 'working-day' } }, 'scrutiny to meet'],
  ])('is not known to survive a call-in where the constitution names only %j', (named, what) => {
    const vague = constitutionWith({ window: { n: 5, unit: 'working-day' }, ...named });
    const early = approvalBefore(duty, cabinet(['2016-04-12', '2016-06-14']), vague, calendar, '2016-02-22');
    expect([early.meeting, early.survivesCallIn]).toEqual(['2016-06-14', 'not-known']);
    expect(early.warnings).toEqual([expect.stringContaining(`is not known: x names no days for ${what}. Ask`)]);
  });

  test('does not survive a call-in where the days that are named are too many already', () => {
    const vague = constitutionWith({
      window: { n: 5, unit: 'working-day' },
      scrutinyWithin: { n: 15, unit: 'working-day' },
    });
    const late = approvalBefore(duty, cabinet(['2016-06-14']), vague, calendar, '2016-02-22');
    expect([late.meeting, late.survivesCallIn]).toEqual(['2016-06-14', false]);
    expect(late.warnings.join()).toContain('x names no days for the decision to be reconsidered');
  });

  test('leaves time for the date by a stricter reading too, or there is a warning', () => {
    // 70 working days instead of 90: Thursday 2 June. The meeting of 14 June is too late for it, that of 10 May is not.
    const strict = { ...duty, stricter: { due: '2016-06-02' } };
    const given = (meetings: string[]) => approvalBefore(strict, cabinet(meetings), bracknell, calendar, '2016-02-22');
    expect(given(['2016-04-12', '2016-05-10', '2016-06-14'])).toMatchObject({
      meeting: '2016-06-14',
      stricter: { due: '2016-06-02', meeting: '2016-05-10', survivesCallIn: true },
      warnings: [],
    });
    const late = given(['2016-04-27', '2016-06-14']);
    expect(late.stricter).toEqual({ due: '2016-06-02', meeting: '2016-04-27', survivesCallIn: false });
    expect(late.warnings).toEqual([
      expect.stringContaining('due Thursday 2 June 2016 by a stricter reading: the last meeting of Cabinet'),
    ]);
    const none = given(['2016-06-14']);
    expect([none.meeting, none.stricter?.meeting]).toEqual(['2016-06-14', null]);
    expect(none.warnings).toContainEqual(
      expect.stringContaining(
        'due Thursday 2 June 2016 by a stricter reading: no meeting of Cabinet on file leaves time',
      ),
    );
  });

  test('is in the preview, with its warnings', () => {
    const given = startOf({ approvals: [{ rule: 'written-action-plan', body: 'cabinet' }] });
    const facts = { ...given.facts, constitution: bracknell };
    const shown = preview(facts, calendar, { today: '2016-02-22' });
    expect(shown.approvals).toMatchObject([
      {
        milestone: 'plan-submission/written-action-plan',
        body: 'Cabinet',
        meeting: '2016-06-14',
        survivesCallIn: true,
      },
    ]);
  });
});

test('a meeting that was moved is cancelled on the one day and held on the other', () => {
  expect(meetingsOf(cabinet([{ on: '2016-06-14', movedTo: '2016-06-02' }, '2016-05-10']))).toEqual([
    { on: '2016-05-10' },
    { on: '2016-06-02' },
    { on: '2016-06-14', cancelled: 'it was moved to 2016-06-02' },
  ]);
});

describe('a cycle that goes to a body', () => {
  const papers = { reportDays: 8, officer: 'democratic-services' };
  const START = '2016-02-22T10:00:00.000Z';
  const UPDATE = 'cabinet-updates/cabinet-update-1';
  const administrator = { id: 'x', role: 'democratic-services' };
  const councilOf = (meetings: unknown[]) =>
    authoritySchema.parse({ ...council, bodies: [{ id: 'cabinet', name: 'Cabinet', meetings, papers }] });
  function story(meetings: unknown[], commitment: Record<string, unknown> = {}): Story {
    const given = startOf({ commitments: [{ rule: 'cabinet-update', body: 'cabinet', ...commitment }] });
    return new Story({ ...given, facts: { ...given.facts, authority: councilOf(meetings) } }, START);
  }
  const due = (of: Story) =>
    Object.fromEntries(
      Object.values(of.milestones)
        .filter((each) => each.strand === 'cabinet-updates' && each.occurrence === 1)
        .map((each) => [each.id, each.due]),
    );

  test('has its report, agenda and notice worked back from the meeting', () => {
    // Three months after 19 February: 19 May; the next meeting is Tue 14 June. Eight working days before: Thu 2 June; five
    // clear working days (7, 8, 9, 10, 13) before it: Mon 6 June; 28 clear days before: Mon 16 May.
    expect(due(story(['2016-05-10', '2016-06-14', '2016-09-13'], { key: true }))).toEqual({
      [UPDATE]: '2016-06-14',
      'cabinet-updates/cabinet-update-report-1': '2016-06-02',
      'cabinet-updates/cabinet-update-agenda-1': '2016-06-06',
      'cabinet-updates/cabinet-update-notice-1': '2016-05-16',
    });
  });

  test('moves with a moved meeting, and tells those who own it once', () => {
    const told = story(['2016-06-14', '2016-09-13']).until('2016-05-20T12:00:00.000Z');
    const change = { authority: councilOf([{ on: '2016-06-14', movedTo: '2016-06-21' }, '2016-09-13']) };
    told.command({ name: 'changeAuthority', payload: change }, administrator);
    expect(due(told)).toEqual({
      [UPDATE]: '2016-06-21',
      'cabinet-updates/cabinet-update-report-1': '2016-06-09',
      'cabinet-updates/cabinet-update-agenda-1': '2016-06-13',
    });
    expect(told.milestones[UPDATE]?.explanation.join(' ')).toContain(
      'The meeting of Cabinet on Tuesday 14 June 2016 does not take place: it was moved to 2016-06-21.',
    );
    const before = told.mails.length;
    told.until('2016-05-23T12:00:00.000Z');
    const moved = told.mails
      .slice(before)
      .map((mail) => `${mail.recipient.email} ${mail.notices.map((each) => each.kind).join('+')}`);
    expect(moved).toEqual([
      // 23 May is 20 working days before the update's new date as well.
      'assistant-director@anyborough.example.org moved+reminder',
      'democratic-services@anyborough.example.org moved',
    ]);
  });

  test('no longer asks for what was submitted for it: nobody had to accept that, so it is done and stays so on record', () => {
    const REPORT = 'cabinet-updates/cabinet-update-report-1';
    const told = story(['2016-06-14']).until('2016-05-20T12:00:00.000Z');
    told.command({ name: 'submit', payload: { milestone: REPORT } }, administrator);
    told.command({ name: 'changeAuthority', payload: { authority: councilOf([]) } }, administrator);
    expect(told.milestones[REPORT]).toBeUndefined();
    expect(told.entries.findLast(({ milestone }) => milestone === REPORT)).toMatchObject({
      kind: 'milestone-completed',
      row: { status: 'completed', due: '2016-06-02' },
    });
  });

  test('goes the written way where its meeting is cancelled and none is left before the next round; agenda and report lapse', () => {
    const writtenRoute = {
      title: 'Written briefing to all members',
      act: 'Send it; members’ questions go to the director.',
    };
    const told = story(['2016-06-14', '2016-09-13'], { writtenRoute }).until('2016-05-20T12:00:00.000Z');
    expect(told.milestones[UPDATE]?.title).toBe('Update to Cabinet, no. 1');
    const reason = 'all meetings are cancelled for the time being';
    const change = { authority: councilOf([{ on: '2016-06-14', cancelled: reason }, '2016-09-13']) };
    told.command({ name: 'changeAuthority', payload: change }, administrator);
    expect(told.milestones[UPDATE]).toMatchObject({
      title: 'Written briefing to all members, no. 1',
      act: 'Send it; members’ questions go to the director.',
      due: '2016-05-19',
    });
    expect(told.milestones[UPDATE]?.explanation.join(' ')).toContain(
      `does not take place: ${reason}. No other meeting is left before the next round, so the written route takes over`,
    );
    expect(due(told)).toEqual({ [UPDATE]: '2016-05-19' });
    expect(told.entries.filter((entry) => entry.kind === 'milestone-withdrawn')).toHaveLength(2);
  });

  test('without a written route waits for the next meeting', () => {
    const told = story([{ on: '2016-06-14', cancelled: 'no quorum' }, '2016-09-13']);
    expect(told.milestones[UPDATE]?.due).toBe('2016-09-13');
  });

  test('that is met leaves nothing to be made ready', () => {
    const told = story(['2016-06-14', '2016-09-13']).until('2016-06-01T12:00:00.000Z');
    told.command({ name: 'complete', payload: { milestone: UPDATE } }, { id: 'x', role: 'assistant-director' });
    expect(due(told)).toEqual({});
    expect(told.entries.filter((entry) => entry.kind === 'milestone-lapsed').map((entry) => entry.milestone)).toEqual([
      'cabinet-updates/cabinet-update-report-1',
      'cabinet-updates/cabinet-update-agenda-1',
    ]);
  });

  test('runs for years without keeping what is finished', () => {
    const dates = Array.from({ length: 12 }, (_, index) =>
      new Date(Date.UTC(2016, 5 + 3 * index, 14)).toISOString().slice(0, 10),
    );
    const told = story(dates);
    for (let round = 1; round <= 8; round++) {
      const id = `cabinet-updates/cabinet-update-${round}`;
      told.until(`${dates[round - 1]}T12:00:00.000Z`);
      told.command({ name: 'complete', payload: { milestone: id } }, { id: 'x', role: 'assistant-director' });
    }
    expect(Object.keys(told.state.ended).filter((id) => id.startsWith('cabinet-updates'))).toEqual([]);
    expect(told.state.cyclesFrom).toMatchObject({
      'cabinet-updates/cabinet-update': 9,
      'cabinet-updates/cabinet-update-agenda': 9,
    });
  });
});
