import { expect, test } from 'vitest';
import { authority as authoritySchema } from '../../domain/schemas/authority.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { boardForAll, confirmationOn, Visitor } from '../support/board.ts';

const NURSE = 'nurse@middlesbrough-nhs.example.org';
const HEAD = 'chief-nurse@middlesbrough-nhs.example.org';
const CLERK = 'clerk@middlesbrough-nhs.example.org';

let id: InspectionRef = 'none/none';
let duties: string[] = [];
let nurse: Visitor, head: Visitor, clerk: Visitor;
const board = boardForAll(async (rig) => {
  id = await rig.start('examples/middlesbrough-2016.yaml');
  const { facts } = await rig.engine.facts(id);
  const authority = authoritySchema.parse({
    ...facts.authority,
    partners: [
      {
        id: 'nhs',
        name: 'Middlesbrough NHS Trust',
        lead: 'assistant-director',
        chain: { head: 'chief-nurse' },
        roles: [
          { id: 'chief-nurse', title: 'Chief Nurse', email: HEAD, capacity: 'manager' },
          { id: 'nurse', title: 'Nurse', email: NURSE, reportsTo: 'chief-nurse' },
          { id: 'clerk', title: 'Clerk', email: CLERK, reportsTo: 'chief-nurse' },
        ],
      },
    ],
  });
  const as = { id: 'test', role: 'democratic-services' };
  await rig.engine.command(id, 'changeAuthority', { authority }, as);
  await rig.register.board.keepAuthority(authority, new Date().toISOString());
  const { milestones } = await rig.engine.view(id);
  duties = milestones.filter(({ strand }) => strand === 'improvement-actions').map((each) => each.id);
  const [own = '', beside = ''] = duties;
  await rig.engine.command(id, 'reassign', { milestone: own, to: 'nurse' }, as);
  const { seq } = await rig.engine.command(id, 'reassign', { milestone: beside, with: ['nurse'] }, as);
  const [council = '', reference = ''] = id.split('/');
  await rig.register.reached(council, reference, seq, 20_000);
  nurse = await rig.signedIn(NURSE);
  head = await rig.signedIn(HEAD);
  clerk = await rig.signedIn(CLERK);
});

const statusOf = async (who: Visitor, path: string) => (await who.get(path)).status;
const page = (milestone: string | undefined) => `/inspections/${id}/milestones/${milestone ?? 'none/none'}`;

test('a partner’s officer sees their own duties, and what they are beside the owner of', async () => {
  const mine = await nurse.text('/my-duties');
  expect(mine).toContain('Nurse, Middlesbrough NHS Trust');
  expect(mine).toContain(page(duties[0]));
  expect(mine).toMatch(new RegExp(`${page(duties[1])}[\\s\\S]*?You are beside`));
  expect(mine).not.toContain(page(duties[2]));
  // No way to what they may not see.
  expect(mine).not.toMatch(/href="\/(inspections|overdue|coming-up|inspections\/[^"]*\/history)"/);
  expect(await statusOf(nurse, page(duties[0]))).toBe(200);
  expect(await statusOf(nurse, page(duties[1]))).toBe(200);
});

test('and nothing else of the council', async () => {
  const program = new Visitor(board().app);
  const [council = ''] = id.split('/');
  const pages = [
    page(duties[2]),
    `/inspections/${id}`,
    `/inspections/${id}/history`,
    `/inspections/${id}/report`,
    `/inspections/${id}/decisions`,
    `/inspections/${id}/questions`,
    `/inspections/${id}/do/ask`,
    `${page(duties[2])}/do/complete`,
    `/inspections/${council}/other`,
  ];
  expect(await Promise.all(pages.map((each) => statusOf(nurse, each)))).toEqual(pages.map(() => 404));
  const first = await nurse.get('/');
  expect([first.status, first.headers.get('Location')]).toEqual([303, '/my-duties']);
  for (const list of ['/inspections', '/coming-up', '/decisions', '/overdue.csv'])
    expect([list, (await nurse.text(list)).includes(id)]).toEqual([list, false]);
  const key = await nurse.apiKey();
  const asked = (path: string) => program.request(path, { headers: { Authorization: `Bearer ${key}` } });
  expect((await asked(`/api/v1/inspections/${id}`)).status).toBe(404);
  expect(await (await asked('/api/v1/milestones')).json()).toMatchObject({ items: [], total: 0 });
  expect(await statusOf(nurse, '/start')).toBe(403);
});

test('they end their own duty by its form; a colleague may not, the partner’s manager may look', async () => {
  expect([await statusOf(clerk, page(duties[0])), await statusOf(head, page(duties[0]))]).toEqual([404, 200]);
  // Beside the owner is the nurse, not the partner: it is the council's duty.
  expect(await statusOf(head, page(duties[1]))).toBe(404);
  const path = `${page(duties[0])}/do/complete`;
  const forms = [...(await nurse.text(path)).matchAll(/<form method="post" action="([^"]+)"/g)].map(
    ([, each = '']) => each,
  );
  const action = forms.find((each) => each.startsWith(`${path}?form=`)) ?? '';
  const check = await nurse.send(action, { evidence: 'https://nhs.example.org/clinic' });
  const shown = await nurse.text(check.headers.get('Location') ?? '');
  const answer = await nurse.send(action, confirmationOn(shown));
  expect([answer.status, answer.headers.get('Location')]).toEqual([303, `${page(duties[0])}?done=complete`]);
  expect((await nurse.get(`${page(duties[1])}/do/complete`)).status).not.toBe(303);
  expect(await nurse.text(page(duties[1]))).not.toContain('/do/complete');
});
