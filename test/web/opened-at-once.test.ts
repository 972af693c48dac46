import { describe, expect, test } from 'vitest';
import { addDays } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { COMMAND_FORMS } from '../../client/web/forms/command-form.ts';
import { actingRole } from '../../client/web/forms/offered.ts';
import { runningFrom } from '../../client/web/inspections.ts';
import { inspectionRef } from '../../domain/inspection-ref.ts';
import { boardForAll, type Visitor } from '../support/board.ts';

const id = inspectionRef('middlesbrough', 'opened');
const OWNER = 'head-of-safeguarding';
const address = (role: string): string => `${role}@middlesbrough.example.org`;
const today = localDate(new Date().toISOString());
let owner: Visitor, member: Visitor, administrator: Visitor;

const board = boardForAll(async (rig) => {
  await rig.start('examples/middlesbrough-2016.yaml', { reference: 'opened', received: addDays(today, -10) });
  const as = { id: address('democratic-services'), role: 'democratic-services' };
  const decision = {
    id: 'adopt-the-plan',
    title: 'Adopt the plan',
    body: 'executive',
    takenOn: today,
    publishedOn: today,
    key: false,
    urgent: false,
  };
  const { facts } = await rig.engine.facts(id);
  const body = facts.authority.bodies.find(({ kind }) => kind === undefined || kind === 'executive')?.id ?? '';
  await rig.engine.command(id, 'decide', { ...decision, body }, as);
  const { seq } = await rig.engine.command(id, 'ask', { id: 'q1', by: 'A member', text: 'How many?' }, as);
  await rig.register.reached('middlesbrough', 'opened', seq, 20_000);
  owner = await rig.signedIn(address(OWNER));
  member = await rig.signedIn(address('lead-member'));
  administrator = await rig.signedIn(as.id);
});

describe('a form that somebody may not send', () => {
  test('says so, and who may, as it opens: every command’s', async () => {
    const { state, view } = await board().engine.inspect(id);
    const running = runningFrom(state, view);
    const { authority } = state.facts;
    const roles = authority.roles.filter((role) => role.id === OWNER);
    const others =
      view.milestones.find((each) => each.owner !== OWNER && each.strand === 'improvement-actions')?.id ?? '';
    const about = { milestone: others, decision: 'adopt-the-plan', question: 'q1', session: undefined, inspection: '' };
    const seen: Record<string, number> = {};
    for (const { name, subject } of COMMAND_FORMS) {
      const of = about[subject];
      if (of === undefined) continue;
      const path =
        subject === 'milestone'
          ? `/inspections/${id}/milestones/${of}/do/${name}`
          : `/inspections/${id}/do/${name}${of === '' ? '' : `/${of}`}`;
      const answer = await owner.get(path);
      const { permitted } = actingRole({ authority, roles }, running, name, of);
      expect([name, answer.status]).toEqual([name, permitted ? 200 : 403]);
      if (!permitted) expect(await answer.text()).toMatch(/may not .* may\./);
      seen[String(answer.status)] = (seen[String(answer.status)] ?? 0) + 1;
    }
    // Evidence has a page of its own.
    const evidence = await owner.get(`/inspections/${id}/milestones/${others}/addEvidence`);
    expect([evidence.status, await evidence.text()]).toEqual([403, expect.stringMatching(/may not .* may\./)]);
    // Of each kind there are some, or this would hold nothing.
    expect(seen['403']).toBeGreaterThan(10);
    expect((await administrator.get(`/inspections/${id}/milestones/${others}/do/complete`)).status).toBe(200);
  });
});

describe('a decision that can be called in', () => {
  const path = `/inspections/${id}/decisions/adopt-the-plan`;
  const form = `/inspections/${id}/do/callIn/adopt-the-plan`;

  test('leads the member from the first page to the form, and says until when, by whom and what it takes', async () => {
    const first = await member.text('/waiting');
    expect(first).toContain(`href="${form}">Call it in`);
    expect(first).toMatch(/can be called in until the end of its window, .*Nobody has called it in so far\. /s);
    const page = await member.text(path);
    expect(page).toContain(`href="${form}"`);
    expect(page).toContain('Nobody has called it in so far.');
    expect((await member.get(form)).status).toBe(200);
    const all = await owner.text(path);
    expect(all).toContain('Nobody has called it in so far.');
    expect(all).not.toContain(form);
  });

  test('once it is called in, says by whom and how many, and leads there no more', async () => {
    const { seq } = await board().engine.command(
      id,
      'callIn',
      { decision: 'adopt-the-plan', by: 'five members of scrutiny', members: 5, reasons: 'the costs' },
      { id: address('lead-member'), role: 'lead-member' },
    );
    await board().register.reached('middlesbrough', 'opened', seq, 20_000);
    const page = await member.text(path);
    expect(page).toMatch(/Called in on [^<]* by five members of scrutiny, 5 members: the costs/);
    expect(page).not.toContain(form);
  });
});

test('figures of a day that is to come are refused in words, however the day is asked for, on paper too', async () => {
  for (const path of [
    '/figures?on=2199-01-01',
    '/figures?on-day=1&on-month=1&on-year=2199',
    '/figures/print?on=2199-01-01',
  ]) {
    const answer = await administrator.get(path);
    expect([path, answer.status]).toEqual([path, 422]);
    expect(await answer.text()).toMatch(/1 January 2199 is still to come/);
  }
  expect((await administrator.get(`/figures?on=${today}`)).status).toBe(200);
  expect((await administrator.get('/figures?on=yesterday')).status).toBe(422);
});
