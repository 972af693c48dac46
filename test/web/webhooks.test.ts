import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { addDays } from '../../domain/calendar/civil-date.ts';
import { boardForAll, type Visitor } from '../support/board.ts';
import { outside, receiver, type Received, verified } from '../webhooks/support.ts';

const HOME = '/administration/middlesbrough';
const AT = `${HOME}/webhooks/performance-team`;
const KEY = { authority: 'middlesbrough', webhook: 'performance-team' };
const DUTY = 'plan-submission/written-action-plan';
const today = localDate(new Date().toISOString());

let id: InspectionRef = 'none/none';
let administrator: Visitor;
const board = boardForAll(
  async (rig) => {
    id = await rig.start('examples/middlesbrough-2016.yaml', { received: addDays(today, -30) });
    administrator = await rig.signedIn('democratic-services@middlesbrough.example.org');
  },
  { outside },
);
const ends: (() => Promise<void>)[] = [];
let received: Received[] = [];
let address = '';
beforeAll(async () => {
  const server = await receiver([200], (end) => ends.push(end));
  ({ received, address } = server);
});
afterAll(async () => {
  for (const end of ends) await end();
});

const actionIn = (html: string, path: string): string => {
  const found = new RegExp(`<form method="post" action="(${path}\\?form=[^"]+)"`).exec(html)?.[1];
  if (found === undefined) throw new Error(`there is no form at ${path}: ${html.slice(0, 3000)}`);
  return found.replaceAll('&amp;', '&');
};
async function changed(path: string, fields: Record<string, string>): Promise<Response> {
  const action = actionIn(await administrator.text(`${HOME}/do/${path}`), `${HOME}/do/${path}`);
  const sent = await administrator.send(action, fields);
  if (sent.status !== 303) return sent;
  const html = await administrator.text(sent.headers.get('Location') ?? '');
  const hidden = [...html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)];
  const given = Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]));
  return administrator.send(actionIn(html, `${HOME}/do/${path}`), given);
}
const pressed = async (what: string, fields: Record<string, string> = {}): Promise<Response> =>
  administrator.send(actionIn(await administrator.text(AT), `${AT}/${what}`), fields);
async function until(n: number): Promise<Received> {
  for (let turn = 0; turn < 200 && received.length < n; turn++) await sleep(50);
  const last = received[n - 1];
  if (last === undefined) throw new Error(`${received.length} came of ${n}`);
  return last;
}
const typed = { name: 'Performance team', format: 'standard-webhooks', events: 'duty.completed' };

describe('an address that is told', () => {
  let secret = '';

  test('is refused beside its field where it is none that may be told, and where nothing is chosen', async () => {
    for (const [fields, said] of [
      [{ ...typed, address: 'http://hooks.example/' }, 'Where it is told: enter an address that begins with https://'],
      [
        { ...typed, address: 'https://me:secret@hooks.example/' },
        'enter an address without a name and a password in it',
      ],
      [{ name: 'X', format: 'teams', address: 'https://hooks.example/' }, 'Choose what it is told of'],
    ] as const) {
      const answer = await changed('add-webhook', fields);
      expect(answer.status).toBe(422);
      const html = await answer.text();
      expect(html).toContain(said);
      expect(html).toMatch(/govuk-error-summary[^]*href="#(address|events)"/);
    }
  });

  test('is added, and its secret is shown once, the same however often the button is pressed, and stands nowhere else', async () => {
    const answer = await changed('add-webhook', { ...typed, address: `${address}?key=hidden-in-the-address` });
    expect([answer.status, answer.headers.get('Location')]).toEqual([
      303,
      expect.stringContaining(`${HOME}/integrations?done=add-webhook`),
    ]);
    expect(await administrator.text(AT)).toContain('not made yet');
    const action = actionIn(await administrator.text(AT), `${AT}/secret`);
    const made = await Promise.all([1, 2].map(async () => (await administrator.send(action, {})).text()));
    const shown = made.map((html) => /<code[^>]*>(whsec_[^<]+)</.exec(html)?.[1]?.replaceAll('&#43;', '+'));
    expect(new Set(shown).size).toBe(1);
    secret = shown[0] ?? '';
    for (const page of [
      AT,
      `${HOME}/integrations`,
      `${HOME}/file`,
      `${HOME}/file/middlesbrough.yaml`,
      `${HOME}/history`,
    ])
      expect(await administrator.text(page), page).not.toContain('whsec_');
    for (const page of [AT, `${HOME}/integrations`])
      expect(await administrator.text(page), page).not.toContain('hidden-in-the-address');
    expect(await administrator.text(`${HOME}/file/middlesbrough.yaml`)).toContain('hidden-in-the-address');
  });

  test('is no inspection’s business: the engine never has it', async () => {
    const { facts } = await board().engine.facts(id);
    expect(facts.authority.webhooks).toBeUndefined();
    expect(JSON.stringify(await board().register.history('middlesbrough', id.split('/')[1] ?? ''))).not.toContain(
      'hidden-in',
    );
  });

  test('is sent a test, and what happens, signed; the page says what was answered', async () => {
    expect((await pressed('test')).status).toBe(303);
    expect(verified(secret, await until(1))).toMatchObject({
      type: 'webhook.test',
      data: { council: { id: 'middlesbrough' } },
    });
    const as = { id: 'test', role: 'democratic-services' };
    await board().engine.command(id, 'complete', { milestone: DUTY, evidence: 'https://www.example.org/plan' }, as);
    expect(verified(secret, await until(2))).toMatchObject({
      type: 'duty.completed',
      data: {
        duty: { id: DUTY, status: 'completed' },
        link: `http://board.example.org/inspections/${id}/milestones/${DUTY}`,
      },
    });
    await sleep(200);
    const html = await administrator.text(AT);
    expect(html).toContain('Delivered');
    expect(html).toContain('Answered 200, ');
    expect(html).toContain('never in their place');
  });

  test('is sent it again, one or all since a day, under the same id', async () => {
    const [test, done] = [received[0]?.id ?? '', received[1]?.id ?? ''];
    expect((await pressed('again', { delivery: done })).headers.get('Location')).toBe(`${AT}?done=told-again`);
    expect((await until(3)).id).toBe(done);
    const [year = '', month = '', day = ''] = today.split('-');
    await pressed('again', { 'since-year': year, 'since-month': month, 'since-day': day });
    await until(5);
    expect(
      received
        .slice(3)
        .map((each) => each.id)
        .toSorted(),
    ).toEqual([test, done].toSorted());
    expect((await pressed('again', { delivery: 'dc_of-nobody' })).status).toBe(404);
    const wrong = await pressed('again', { 'since-day': '31', 'since-month': '2', 'since-year': '2026' });
    expect([wrong.status, (await wrong.text()).includes('href="#since-day"')]).toEqual([422, true]);
  });

  test('is renewed: both secrets sign; what it was told stays when it is changed, and all goes with it', async () => {
    const html = await (await pressed('secret')).text();
    const next = /<code[^>]*>(whsec_[^<]+)</.exec(html)?.[1]?.replaceAll('&#43;', '+') ?? '';
    expect(next).not.toBe(secret);
    const n = received.length;
    await pressed('test');
    const both = await until(n + 1);
    expect(verified(next, both)).toEqual(verified(secret, both));
    await changed('change-webhook/performance-team', { ...typed, address, on: '' });
    expect(await administrator.text(`${HOME}/integrations`)).toContain('>off<');
    await changed('remove-webhook/performance-team', {});
    expect((await administrator.get(AT)).status).toBe(404);
    expect(await board().register.webhooks.list(KEY, { offset: 0, limit: 9 })).toEqual([]);
    expect(board().errors).toEqual([]);
  });
});
