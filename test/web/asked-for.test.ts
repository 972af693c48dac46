import { expect, test } from 'vitest';
import { addDays, formatDate } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import type { CommandName, CommandPayload } from '../../domain/commands/commands.ts';
import { inspectionRef } from '../../domain/inspection-ref.ts';
import { boardForAll } from '../support/board.ts';

const COUNCIL = 'middlesbrough';
const ID = inspectionRef(COUNCIL, 'asked');
const today = localDate(new Date().toISOString());
const to = addDays(today, 600);
const MANAGER = 'assistant-director@middlesbrough.example.org';
const ADMINISTRATOR = 'democratic-services@middlesbrough.example.org';
const OWNER = 'head-of-early-help';
let duty = '';

const board = boardForAll(async (rig) => {
  await rig.start('examples/middlesbrough-2016.yaml', { reference: 'asked' });
  const { milestones } = await rig.engine.view(ID);
  duty = milestones.find(({ owner, extendable }) => owner === OWNER && extendable)?.id ?? '';
});

async function given<N extends CommandName>(name: N, payload: CommandPayload<N>, role: string): Promise<void> {
  const { seq } = await board().engine.command(ID, name, payload, { id: `${role}@middlesbrough.example.org`, role });
  await board().register.reached(COUNCIL, 'asked', seq, 20_000);
}
const ask = () => given('requestExtension', { milestone: duty, to, reason: 'The trainer is ill' }, OWNER);
/** What an empty form sends as it was opened. */
const carriedOn = (html: string): Record<string, string> =>
  Object.fromEntries(
    [...html.matchAll(/<input type="hidden" name="(asked)" value="([^"]+)">/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );

test('a later date that is asked for: who decides sees what, why and by whom; the owner sees that it waits; it is decided once', async () => {
  await ask();
  const [manager, administrator, owner] = await Promise.all(
    [MANAGER, ADMINISTRATOR, `${OWNER}@middlesbrough.example.org`].map((email) => board().signedIn(email)),
  );
  if (manager === undefined || administrator === undefined || owner === undefined) throw new Error('three came in');
  const path = `/inspections/${ID}/milestones/${duty}`;
  expect(await owner.text('/my-duties')).toContain(
    `for it to be due on ${formatDate(to)}: The trainer is ill. It has not been granted or declined yet.`,
  );
  expect(await owner.text(path)).toContain(
    `${formatDate(to)}, asked for on ${formatDate(today)} and not granted or declined yet: The trainer is ill`,
  );

  const grant = await manager.text(`${path}/do/extend`);
  const decline = await administrator.text(`${path}/do/declineExtension`);
  for (const html of [grant, decline]) {
    expect(html).toContain('What this answers</h2>');
    expect(html).toContain('The trainer is ill');
    expect(html).toContain(`${formatDate(to)} in place of `);
    expect(carriedOn(html)['asked']).toMatch(/^\d{4}-/);
  }
  // Both have the form open; one of them declines.
  const declined = await administrator.carryOut(`${path}/do/declineExtension`, {
    reason: 'Promised',
    ...carriedOn(decline),
  });
  expect(declined.headers.get('Location')).toContain('done=declineExtension');
  const [year = '', month = '', day = ''] = to.split('-');
  const date = { 'to-day': day, 'to-month': month, 'to-year': year };
  const granted = await manager.carryOut(`${path}/do/extend`, { reason: 'Agreed', ...date, ...carriedOn(grant) });
  expect(granted.status).toBe(422);
  expect(await granted.text()).toMatch(/The later date asked for .+ was already declined by .+ on .+: it is due on /);
  // Who opens the form of it now is told before they type.
  const late = await administrator.get(`${path}/do/declineExtension`);
  expect([late.status, await late.text()]).toEqual([200, expect.stringContaining('was already declined by')]);
});
