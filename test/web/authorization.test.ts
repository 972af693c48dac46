import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type BoardRig, boardForAll, Visitor } from '../support/board.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';

/** Who asks. The stranger is an administrator as well, of another council; so are the last three, in lesser roles. */
const ROLES = {
  nobody: undefined,
  owner: 'head-of-early-help@middlesbrough.example.org',
  member: 'lead-member@middlesbrough.example.org',
  manager: 'assistant-director@middlesbrough.example.org',
  administrator: 'democratic-services@middlesbrough.example.org',
  stranger: 'democratic-services@stockton-on-tees.example.org',
  strangeOwner: 'head-of-early-help@stockton-on-tees.example.org',
  strangeMember: 'lead-member@stockton-on-tees.example.org',
  strangeManager: 'assistant-director@stockton-on-tees.example.org',
} as const;
type Role = keyof typeof ROLES;
const OUTSIDE: readonly Role[] = ['nobody', 'stranger', 'strangeOwner', 'strangeMember', 'strangeManager'];

const visitors = new Map<Role, Visitor>();
const keys = new Map<Role, string>();
const SECRET_TITLE = 'Single inspection of children’s services, November and December 2015';
const REFERENCE = `secret-${randomBytes(4).toString('hex')}`;
let id: InspectionRef = 'none/none';

const board = boardForAll(async (rig) => {
  id = await rig.start('examples/middlesbrough-2016.yaml', { reference: REFERENCE });
  // Another council's, which nobody here may see.
  await rig.start('examples/stockton-on-tees-2010.yaml');
  const decision = { id: 'd1', title: 'Approve the plan', body: 'executive', takenOn: '2026-11-02', key: true };
  const as = { id: ROLES.administrator, role: 'democratic-services' };
  await rig.engine.command(id, 'decide', { ...decision, urgent: false }, as);
  const { seq } = await rig.engine.command(id, 'ask', { id: 'asked', by: 'x', text: 'x' }, as);
  await rig.register.reached('middlesbrough', REFERENCE, seq, 20_000);
  for (const [role, email] of Object.entries(ROLES) as [Role, string | undefined][]) {
    if (email === undefined) visitors.set(role, rig.visitor());
    else {
      const visitor = await rig.signedIn(email);
      visitors.set(role, visitor);
      keys.set(role, await visitor.apiKey());
    }
  }
});

interface Row {
  method: 'GET' | 'POST';
  /** The route as it is registered. */
  route: string;
  /** What is asked; ID is the inspection's. */
  path?: string;
  form?: Record<string, string>;
  /** In the order of ROLES: nobody, owner, member, manager, administrator, stranger. */
  expected: [number, number, number, number, number, number];
}

/**
 * Each of ROLES with what it is answered. Where an address names a council's work, nobody of another council finds it,
 * whatever they are there; elsewhere people of every council get what their role gets.
 */
function answers(expected: Row['expected']): { role: Role; status: number }[] {
  const [nobody, owner, member, manager, administrator, stranger] = expected;
  const hidden = stranger === 404;
  return [
    { role: 'nobody', status: nobody },
    { role: 'owner', status: owner },
    { role: 'member', status: member },
    { role: 'manager', status: manager },
    { role: 'administrator', status: administrator },
    { role: 'stranger', status: stranger },
    { role: 'strangeOwner', status: hidden ? 404 : owner },
    { role: 'strangeMember', status: hidden ? 404 : member },
    { role: 'strangeManager', status: hidden ? 404 : manager },
  ];
}

const M = 'milestones/plan-submission/written-action-plan';
const I = '/inspections/:authority/:reference';
const everybody: Row['expected'] = [200, 200, 200, 200, 200, 200];
const signedIn: Row['expected'] = [303, 200, 200, 200, 200, 200];
/** Pages of one inspection: its own council's people. */
const own: Row['expected'] = [303, 200, 200, 200, 200, 404];
const seniors: Row['expected'] = [303, 403, 403, 200, 200, 200];

/** Pages on which the plan is written: of those of its own council who may revise it. */
const writers: Row['expected'] = [303, 403, 403, 200, 200, 404];
const P = `${I}/plan/edit`;
const inPlan = (path: string): string => `/inspections/ID/plan/edit/${path}`;

/** The plan editor. Its forms are sent with nothing in them, or about nothing that is there, and change nothing. */
const EDITOR: Row[] = [
  { method: 'GET', route: P, expected: writers },
  { method: 'POST', route: P, form: {}, expected: [303, 403, 403, 404, 404, 404] },
  // Nobody has a draft: there is nothing to look at, and nothing to throw away.
  { method: 'GET', route: `${P}/changes`, expected: [303, 403, 403, 303, 303, 404] },
  { method: 'POST', route: `${P}/changes`, form: {}, expected: [303, 403, 403, 303, 303, 404] },
  { method: 'GET', route: `${P}/newer`, expected: [303, 403, 403, 303, 303, 404] },
  { method: 'POST', route: `${P}/newer`, form: {}, expected: [303, 403, 403, 303, 303, 404] },
  { method: 'GET', route: `${P}/discard`, expected: [303, 403, 403, 303, 303, 404] },
  { method: 'POST', route: `${P}/discard`, form: {}, expected: [303, 403, 403, 303, 303, 404] },
  { method: 'GET', route: `${P}/owners`, expected: writers },
  // A role that there is not.
  {
    method: 'POST',
    route: `${P}/owners`,
    form: { 'plan-submission': 'nobody' },
    expected: [303, 403, 403, 422, 422, 404],
  },
  { method: 'GET', route: `${P}/actions`, expected: writers },
  { method: 'POST', route: `${P}/actions`, form: {}, expected: [303, 403, 403, 422, 422, 404] },
  ...[
    ['add/:what', 'add/theme'],
    ['change/:what/:item', 'change/theme/so-1'],
    ['move/:item', 'move/chronologies'],
    ['split/:item', 'split/chronologies'],
    ['withdraw/:what/:item', 'withdraw/theme/so-1'],
  ].flatMap(([route = '', path = '']): Row[] => [
    { method: 'GET', route: `${P}/${route}`, path: inPlan(path), expected: writers },
    {
      method: 'POST',
      route: `${P}/${route}`,
      path: inPlan(path),
      form: { theme: '', owner: '' },
      expected: [303, 403, 403, 422, 422, 404],
    },
  ]),
  { method: 'GET', route: `${I}/plan/revisions`, expected: own },
  { method: 'GET', route: `${I}/plan/revisions/compare`, expected: own },
  {
    method: 'GET',
    route: `${I}/plan/revisions/:number`,
    path: '/inspections/ID/plan/revisions/99',
    expected: [303, 404, 404, 404, 404, 404],
  },
  { method: 'GET', route: `${I}/plan/begin`, expected: own },
  { method: 'GET', route: `${I}/plan/workbook`, expected: own },
  { method: 'GET', route: `${I}/plan/workbook/file`, expected: own },
  { method: 'POST', route: `${I}/plan/workbook`, form: {}, expected: [303, 422, 403, 422, 422, 404] },
  // Nobody has brought one: there is nothing to carry out.
  { method: 'POST', route: `${I}/plan/workbook/confirm`, form: {}, expected: [303, 303, 403, 303, 303, 404] },
];

/** Pages of a council's administrators. */
const administrators: Row['expected'] = [303, 403, 403, 403, 200, 404];
const A = '/administration/:authority';
const AT = '/administration/middlesbrough';

const PAGES: Row[] = [
  ...EDITOR,
  { method: 'GET', route: '/administration', expected: [303, 403, 403, 403, 303, 303] },
  { method: 'GET', route: A, path: AT, expected: administrators },
  { method: 'GET', route: `${A}/people`, path: `${AT}/people`, expected: administrators },
  { method: 'GET', route: `${A}/history`, path: `${AT}/history`, expected: administrators },
  { method: 'GET', route: `${A}/file`, path: `${AT}/file`, expected: administrators },
  {
    method: 'GET',
    route: `${A}/file/:name{.+\\.yaml}`,
    path: `${AT}/file/middlesbrough.yaml`,
    expected: administrators,
  },
  {
    method: 'POST',
    route: `${A}/file`,
    path: `${AT}/file`,
    form: { text: '' },
    expected: [303, 403, 403, 403, 422, 404],
  },
  { method: 'POST', route: `${A}/tell`, path: `${AT}/tell`, form: {}, expected: [303, 403, 403, 403, 303, 404] },
  { method: 'GET', route: `${A}/bodies`, path: `${AT}/bodies`, expected: administrators },
  { method: 'GET', route: `${A}/bodies/:body`, path: `${AT}/bodies/executive`, expected: administrators },
  { method: 'GET', route: `${A}/bodies/:body/file`, path: `${AT}/bodies/executive/file`, expected: administrators },
  {
    method: 'GET',
    route: `${A}/bodies/:body/calendar`,
    path: `${AT}/bodies/executive/calendar`,
    expected: administrators,
  },
  {
    method: 'POST',
    route: `${A}/bodies/:body/calendar`,
    path: `${AT}/bodies/executive/calendar`,
    form: {},
    expected: [303, 403, 403, 403, 422, 404],
  },
  { method: 'GET', route: `${A}/days`, path: `${AT}/days`, expected: administrators },
  { method: 'GET', route: `${A}/bank-holidays`, path: `${AT}/bank-holidays`, expected: administrators },
  { method: 'GET', route: `${A}/elections`, path: `${AT}/elections`, expected: administrators },
  { method: 'GET', route: `${A}/rules`, path: `${AT}/rules`, expected: administrators },
  { method: 'GET', route: `${A}/integrations`, path: `${AT}/integrations`, expected: administrators },
  {
    method: 'GET',
    route: `${A}/webhooks/:webhook`,
    path: `${AT}/webhooks/nobody-s`,
    expected: [303, 403, 403, 403, 404, 404],
  },
  ...['secret', 'test', 'again', 'resume'].map((what): Row => ({
    method: 'POST',
    route: `${A}/webhooks/:webhook/${what}`,
    path: `${AT}/webhooks/nobody-s/${what}`,
    form: {},
    expected: [303, 403, 403, 403, 404, 404],
  })),
  {
    method: 'GET',
    route: `${A}/keys/:key`,
    path: `${AT}/keys/nobody-s`,
    expected: [303, 403, 403, 403, 404, 404],
  },
  {
    method: 'POST',
    route: `${A}/keys/:key`,
    path: `${AT}/keys/nobody-s`,
    form: {},
    expected: [303, 403, 403, 403, 404, 404],
  },
  { method: 'GET', route: `${A}/word-template`, path: `${AT}/word-template`, expected: administrators },
  {
    method: 'GET',
    route: `${A}/word-template/example`,
    path: `${AT}/word-template/example`,
    expected: administrators,
  },
  {
    method: 'GET',
    route: `${A}/word-template/files/:number{[0-9]{1,6}}`,
    path: `${AT}/word-template/files/1`,
    expected: [303, 403, 403, 403, 404, 404],
  },
  {
    method: 'POST',
    route: `${A}/word-template`,
    path: `${AT}/word-template`,
    form: {},
    expected: [303, 403, 403, 403, 422, 404],
  },
  {
    method: 'POST',
    route: `${A}/word-template/take-away`,
    path: `${AT}/word-template/take-away`,
    form: {},
    expected: [303, 403, 403, 403, 303, 404],
  },
  { method: 'GET', route: `${A}/settings`, path: `${AT}/settings`, expected: administrators },
  { method: 'GET', route: `${A}/ratings`, path: `${AT}/ratings`, expected: administrators },
  { method: 'GET', route: `${A}/partners`, path: `${AT}/partners`, expected: administrators },
  { method: 'GET', route: `${A}/who-hears`, path: `${AT}/who-hears`, expected: administrators },
  { method: 'GET', route: `${A}/pass-on/:role`, path: `${AT}/pass-on/lead-member`, expected: administrators },
  {
    method: 'POST',
    route: `${A}/bodies/:body/file`,
    path: `${AT}/bodies/executive/file`,
    form: {},
    expected: [303, 403, 403, 403, 422, 404],
  },
  {
    method: 'POST',
    route: `${A}/bank-holidays`,
    path: `${AT}/bank-holidays`,
    form: {},
    expected: [303, 403, 403, 403, 409, 404],
  },
  {
    method: 'POST',
    route: `${A}/pass-on/:role`,
    path: `${AT}/pass-on/lead-member`,
    form: {},
    expected: [303, 403, 403, 403, 422, 404],
  },
  { method: 'GET', route: '/settings', expected: signedIn },
  { method: 'POST', route: '/settings/copies', form: { authority: 'x' }, expected: [303, 404, 404, 404, 404, 404] },
  {
    method: 'GET',
    route: '/settings/:authority/do/:form/:about',
    path: '/settings/middlesbrough/do/away/head-of-early-help',
    expected: [303, 200, 404, 404, 404, 404],
  },
  {
    method: 'POST',
    route: '/settings/:authority/do/:form/:about',
    path: '/settings/middlesbrough/do/away/head-of-early-help',
    form: {},
    expected: [303, 422, 404, 404, 404, 404],
  },
  {
    method: 'POST',
    route: '/settings/:authority/tell/:about',
    path: '/settings/middlesbrough/tell/head-of-early-help',
    form: {},
    expected: [303, 303, 404, 404, 404, 404],
  },
  { method: 'GET', route: `${A}/do/:form`, path: `${AT}/do/add-role`, expected: administrators },
  {
    method: 'POST',
    route: `${A}/do/:form`,
    path: `${AT}/do/add-role`,
    form: {},
    expected: [303, 403, 403, 403, 422, 404],
  },
  { method: 'GET', route: `${A}/do/:form/:about`, path: `${AT}/do/away/lead-member`, expected: administrators },
  {
    method: 'POST',
    route: `${A}/do/:form/:about`,
    path: `${AT}/do/away/lead-member`,
    form: {},
    expected: [303, 403, 403, 403, 422, 404],
  },
  // Each is led to their own first page; an administrator’s is this one.
  { method: 'GET', route: '/', expected: [303, 303, 303, 303, 200, 200] },
  { method: 'GET', route: '/overdue', expected: signedIn },
  { method: 'GET', route: '/waiting', expected: [303, 303, 200, 200, 200, 200] },
  { method: 'GET', route: `${I}/progress`, expected: own },
  { method: 'GET', route: '/', path: '/?authority=middlesbrough&status=all', expected: signedIn },
  { method: 'GET', route: '/overdue.csv', expected: signedIn },
  { method: 'GET', route: '/search', path: '/search?q=single+inspection', expected: signedIn },
  { method: 'GET', route: '/views', expected: signedIn },
  { method: 'POST', route: '/views', form: { name: '' }, expected: [303, 422, 422, 422, 422, 422] },
  {
    method: 'POST',
    route: '/views/rename',
    form: { id: 'another-s', name: 'x' },
    expected: [303, 404, 404, 404, 404, 404],
  },
  { method: 'POST', route: '/views/remove', form: { id: 'another-s' }, expected: [303, 404, 404, 404, 404, 404] },
  { method: 'GET', route: '/chosen', expected: [303, 403, 403, 303, 303, 303] },
  { method: 'POST', route: '/chosen', form: { what: 'reassign' }, expected: [303, 403, 403, 422, 422, 422] },
  {
    method: 'POST',
    route: '/chosen/export',
    form: { duty: `middlesbrough/${REFERENCE}/plan-submission/written-action-plan` },
    expected: [303, 200, 200, 200, 200, 404],
  },
  { method: 'GET', route: '/coming-up', path: '/coming-up?month=2016-06', expected: signedIn },
  { method: 'GET', route: '/my-duties', expected: signedIn },
  {
    method: 'GET',
    route: '/my-duties/progress/:authority/:reference',
    path: '/my-duties/progress/ID',
    expected: own,
  },
  {
    method: 'POST',
    route: '/my-duties/progress/:authority/:reference',
    path: '/my-duties/progress/ID',
    form: { press: 'send' },
    // Of those asked here the owner alone owns actions; that nothing was entered is what they are told.
    expected: [303, 422, 403, 403, 403, 404],
  },
  { method: 'GET', route: '/inspections', expected: signedIn },
  { method: 'GET', route: '/decisions', expected: signedIn },
  { method: 'GET', route: '/questions', expected: signedIn },
  { method: 'GET', route: '/health', expected: signedIn },
  { method: 'GET', route: '/help', expected: signedIn },
  // None of these councils is invented: test/web/demonstration.test.ts.
  { method: 'GET', route: '/demonstration', expected: [303, 404, 404, 404, 404, 404] },
  { method: 'POST', route: '/demonstration', form: {}, expected: [303, 404, 404, 404, 404, 404] },
  { method: 'GET', route: '/rules', expected: signedIn },
  { method: 'GET', route: '/rules/:pack', path: '/rules/ilacs-2018', expected: signedIn },
  { method: 'GET', route: '/rules/constitutions/:id', path: '/rules/constitutions/middlesbrough', expected: signedIn },
  { method: 'GET', route: '/rule-book', expected: signedIn },
  { method: 'GET', route: '/rule-book/word', expected: signedIn },
  { method: 'GET', route: '/feeds', expected: signedIn },
  { method: 'GET', route: '/api', expected: signedIn },
  { method: 'GET', route: '/figures', expected: signedIn },
  {
    method: 'GET',
    route: '/figures',
    path: '/figures?authority=middlesbrough',
    expected: [303, 200, 200, 200, 200, 404],
  },
  { method: 'GET', route: '/figures/print', expected: signedIn },
  { method: 'GET', route: '/undeliverable', expected: seniors },
  { method: 'GET', route: I, expected: own },
  { method: 'GET', route: `${I}/plan`, expected: own },
  { method: 'GET', route: `${I}/timeline`, expected: own },
  { method: 'GET', route: `${I}/duties`, expected: own },
  { method: 'GET', route: `${I}/facts`, expected: own },
  { method: 'GET', route: `${I}/reports`, expected: own },
  { method: 'GET', route: `${I}/history`, expected: own },
  { method: 'GET', route: `${I}/report`, expected: own },
  { method: 'GET', route: `${I}/report/word`, expected: own },
  { method: 'GET', route: `${I}/board-pack`, expected: own },
  { method: 'GET', route: `${I}/board-pack/word`, expected: own },
  { method: 'GET', route: `${I}/briefing`, expected: own },
  { method: 'GET', route: `${I}/briefing/word`, expected: own },
  { method: 'GET', route: `${I}/frozen`, expected: own },
  {
    method: 'GET',
    route: `${I}/frozen/:sha256{[0-9a-f]{64}}`,
    path: `/inspections/ID/frozen/${'0'.repeat(64)}`,
    expected: [303, 404, 404, 404, 404, 404],
  },
  { method: 'POST', route: `${I}/frozen`, form: {}, expected: [303, 403, 403, 422, 422, 404] },
  { method: 'POST', route: `${I}/frozen/check`, form: {}, expected: [303, 422, 422, 422, 422, 404] },
  { method: 'GET', route: `${I}/public-page`, expected: own },
  { method: 'POST', route: `${I}/public-page`, form: {}, expected: [303, 403, 403, 403, 422, 404] },
  // Off until an administrator switches it on.
  {
    method: 'GET',
    route: '/public/:authority/:reference',
    path: '/public/ID',
    expected: [404, 404, 404, 404, 404, 404],
  },
  {
    method: 'GET',
    route: '/public/:authority/:reference/data.json',
    path: '/public/ID/data.json',
    expected: [404, 404, 404, 404, 404, 404],
  },
  { method: 'GET', route: `${I}/decisions`, expected: own },
  { method: 'GET', route: `${I}/decisions/:decision`, path: '/inspections/ID/decisions/d1', expected: own },
  {
    method: 'GET',
    route: `${I}/decisions/:decision/record`,
    path: '/inspections/ID/decisions/d1/record',
    expected: own,
  },
  {
    method: 'GET',
    route: `${I}/decisions/:decision/record/word`,
    path: '/inspections/ID/decisions/d1/record/word',
    expected: own,
  },
  { method: 'GET', route: `${I}/questions`, expected: own },
  { method: 'GET', route: `${I}/milestones/:strand/:name`, path: `/inspections/ID/${M}`, expected: own },
  {
    method: 'GET',
    route: `${I}/milestones/:strand/:name/do/:form`,
    path: `/inspections/ID/${M}/do/submit`,
    // The form of a command opens for whoever may give it.
    expected: [303, 403, 403, 200, 200, 404],
  },
  { method: 'GET', route: `${I}/do/:form`, path: '/inspections/ID/do/ask', expected: [303, 403, 200, 200, 200, 404] },
  {
    method: 'GET',
    route: `${I}/do/:form/:about`,
    path: '/inspections/ID/do/callIn/d1',
    expected: [303, 403, 200, 403, 200, 404],
  },
  {
    method: 'GET',
    route: `${I}/milestones/:strand/:name/addEvidence`,
    path: `/inspections/ID/${M}/addEvidence`,
    expected: [303, 403, 403, 200, 200, 404],
  },
  {
    method: 'POST',
    route: `${I}/milestones/:strand/:name/addEvidence`,
    path: `/inspections/ID/${M}/addEvidence`,
    form: { title: 'x' },
    expected: [303, 403, 403, 422, 422, 404],
  },
  {
    method: 'GET',
    route: `${I}/evidence/:sha256`,
    path: `/inspections/ID/evidence/${'0'.repeat(64)}`,
    expected: [303, 404, 404, 404, 404, 404],
  },
  { method: 'GET', route: '/start', expected: seniors },
  {
    method: 'GET',
    route: '/start/guided',
    path: '/start/guided?authority=middlesbrough&framework=ilacs-2018',
    // The stranger is asked to choose, among their own councils.
    expected: [303, 403, 403, 200, 200, 200],
  },
  { method: 'GET', route: '/start/report', expected: seniors },
  { method: 'GET', route: '/start/guided/recommendations', expected: seniors },
  { method: 'GET', route: '/start/many', expected: seniors },
  {
    method: 'GET',
    route: '/start/many/:job',
    path: '/start/many/nobody-s-job',
    expected: [303, 404, 404, 404, 404, 404],
  },

  {
    method: 'POST',
    route: '/feeds',
    form: { subject: 'authority:middlesbrough' },
    expected: [303, 200, 200, 200, 200, 404],
  },
  {
    method: 'GET',
    route: '/feeds/revoke/:key',
    path: '/feeds/revoke/another-s',
    expected: [303, 404, 404, 404, 404, 404],
  },
  { method: 'GET', route: '/api/revoke/:key', path: '/api/revoke/another-s', expected: [303, 404, 404, 404, 404, 404] },
  { method: 'POST', route: '/feeds/revoke', form: { id: 'another-s' }, expected: [303, 404, 404, 404, 404, 404] },
  { method: 'POST', route: '/api', form: { name: 'x' }, expected: signedIn },
  { method: 'POST', route: '/api/revoke', form: { id: 'another-s' }, expected: [303, 404, 404, 404, 404, 404] },
  {
    method: 'POST',
    route: '/undeliverable',
    form: { messageId: '<none@example.org>', authority: 'middlesbrough', to: 'lead-member' },
    expected: [303, 404, 404, 404, 404, 404],
  },
  { method: 'POST', route: '/start', form: { text: 'reference: 1' }, expected: [303, 403, 403, 422, 422, 422] },
  { method: 'POST', route: '/start/confirm', form: { text: 'reference: 1' }, expected: [303, 403, 403, 422, 422, 422] },
  {
    method: 'POST',
    route: '/start/guided',
    form: { authority: 'middlesbrough', framework: 'ilacs-2018' },
    expected: [303, 403, 403, 422, 422, 422],
  },
  { method: 'POST', route: '/start/report', form: { text: '' }, expected: [303, 403, 403, 422, 422, 422] },
  {
    method: 'POST',
    route: '/start/guided/recommendations',
    form: { keep: '0' },
    expected: [303, 403, 403, 200, 200, 200],
  },
  { method: 'POST', route: '/start/many', form: {}, expected: [303, 403, 403, 422, 422, 422] },
  { method: 'POST', route: '/start/many/confirm', form: {}, expected: [303, 403, 403, 409, 409, 409] },
  {
    method: 'POST',
    route: `${I}/milestones/:strand/:name/do/:form`,
    path: `/inspections/ID/${M}/do/waive`,
    form: { reason: 'x', confirmed: 'yes' },
    // Neither an owner of something else nor a member may; what a manager may, is tried last, by nobody here.
    expected: [303, 403, 403, 0, 0, 404],
  },
  {
    method: 'POST',
    route: `${I}/do/:form`,
    path: '/inspections/ID/do/close',
    form: { reason: 'x', confirmed: 'yes' },
    expected: [303, 403, 403, 0, 0, 404],
  },
  {
    method: 'POST',
    route: `${I}/do/:form/:about`,
    path: '/inspections/ID/do/implement/d1',
    form: { confirmed: 'yes' },
    expected: [303, 403, 403, 0, 0, 404],
  },

  // For everybody: what says nothing about anybody's work.
  { method: 'GET', route: '/healthz', expected: everybody },
  { method: 'GET', route: '/readyz', expected: everybody },
  { method: 'GET', route: '/metrics', expected: everybody },
  { method: 'GET', route: '/openapi.json', expected: everybody },
  { method: 'GET', route: '/openapi-3.0.json', expected: everybody },
  { method: 'GET', route: '/accessibility', expected: everybody },
  { method: 'GET', route: '/favicon.ico', expected: everybody },
  { method: 'GET', route: '/assets/icon.svg', expected: everybody },
  { method: 'GET', route: '/assets/plain.css', expected: everybody },
  { method: 'GET', route: '/sign-in', expected: [200, 303, 303, 303, 303, 303] },
  { method: 'GET', route: '/sign-in/:token', path: '/sign-in/forged', expected: [404, 404, 404, 404, 404, 404] },
  {
    method: 'POST',
    route: '/sign-in/:token',
    path: '/sign-in/forged',
    form: {},
    expected: [404, 404, 404, 404, 404, 404],
  },
  { method: 'POST', route: '/sign-in', form: { email: 'x' }, expected: [422, 422, 422, 422, 422, 422] },
  { method: 'GET', route: '/set-up/:token', path: '/set-up/forged', expected: [404, 404, 404, 404, 404, 404] },
  {
    method: 'POST',
    route: '/set-up/:token',
    path: '/set-up/forged',
    form: {},
    expected: [404, 404, 404, 404, 404, 404],
  },
  {
    method: 'GET',
    route: '/unsubscribe/:token',
    path: '/unsubscribe/forged',
    expected: [404, 404, 404, 404, 404, 404],
  },
  {
    method: 'POST',
    route: '/unsubscribe/:token',
    path: '/unsubscribe/forged',
    form: {},
    expected: [404, 404, 404, 404, 404, 404],
  },
  {
    method: 'GET',
    route: '/feeds/:file{.+\\.ics}',
    path: '/feeds/forged.ics',
    expected: [404, 404, 404, 404, 404, 404],
  },
];
/** Routes that are asked elsewhere. */
const ELSEWHERE = [
  // It ends their sessions: test/web/sign-in.test.ts.
  'POST /sign-out',
  // Middlesbrough has no training sessions: test/domain.
  'POST /api/v1/inspections/:authority/:reference/recordAttendance',
  // test/web/frozen.test.ts
  'POST /api/v1/inspections/:authority/:reference/frozen',
  'GET /api/v1/inspections/:authority/:reference/frozen/:sha256',
  // test/web/evidence.test.ts
  'GET /api/v1/inspections/:authority/:reference/evidence/:sha256',
  'PUT /api/v1/inspections/:authority/:reference/evidence',
];

describe.each(PAGES)('$method $route $path', ({ method, route, path, form, expected }) => {
  test.each(answers(expected))('$role: $status', async ({ role, status }) => {
    // 0: it would be carried out, which the stories in test/browser show.
    if (status === 0) return expect(['manager', 'administrator']).toContain(role);
    const visitor = visitors.get(role);
    if (visitor === undefined) throw new Error(`nobody is ${role}`);
    const asked = (path ?? route).replace(':authority/:reference', 'ID').replace('ID', id);
    const answer = method === 'GET' ? await visitor.get(asked) : await visitor.send(asked, form ?? {});
    expect(answer.status).toBe(status);
    if (role === 'nobody' && status === 303) expect(answer.headers.get('Location')).toMatch(/^\/sign-in/);
    // Another council's people never read a word of it.
    const text = await answer.text();
    if (OUTSIDE.includes(role)) {
      expect(text).not.toContain(SECRET_TITLE);
      expect(text).not.toContain(`/inspections/middlesbrough/${REFERENCE}`);
    }
    expect(board().errors).toEqual([]);
  });
});

const API = '/api/v1';
const apiOwn: Row['expected'] = [401, 200, 200, 200, 200, 404];
const API_READS: { path: string; expected: Row['expected'] }[] = [
  { path: `${API}/milestones?status=all`, expected: [401, 200, 200, 200, 200, 200] },
  { path: `${API}/milestones?authority=middlesbrough&status=all`, expected: [401, 200, 200, 200, 200, 200] },
  { path: `${API}/inspections`, expected: [401, 200, 200, 200, 200, 200] },
  { path: `${API}/inspections/ID`, expected: apiOwn },
  { path: `${API}/inspections/ID/history`, expected: apiOwn },
  { path: `${API}/inspections/ID/progress`, expected: apiOwn },
  { path: `${API}/inspections/ID/measures`, expected: apiOwn },
  { path: `${API}/inspections/ID/plan`, expected: apiOwn },
  { path: `${API}/inspections/ID/plan/revisions`, expected: apiOwn },
  { path: `${API}/inspections/ID/frozen`, expected: apiOwn },
  { path: `${API}/inspections/ID/frozen/${'0'.repeat(64)}`, expected: [401, 404, 404, 404, 404, 404] },
  { path: `${API}/inspections/ID/evidence`, expected: apiOwn },
  { path: `${API}/inspections/ID/evidence/${'0'.repeat(64)}`, expected: [401, 404, 404, 404, 404, 404] },
  ...['duties', 'actions', 'progress', 'measures', 'decisions'].flatMap(
    (table): { path: string; expected: Row['expected'] }[] => [
      { path: `${API}/tables/${table}`, expected: [401, 200, 200, 200, 200, 200] },
      { path: `${API}/tables/${table}?format=csv`, expected: [401, 200, 200, 200, 200, 200] },
    ],
  ),
  { path: `${API}/tables/mails`, expected: [401, 403, 403, 200, 200, 200] },
  { path: `${API}/nothing-like-it`, expected: [401, 404, 404, 404, 404, 404] },
];

describe.each(API_READS)('GET $path', ({ path, expected }) => {
  test.each(answers(expected))('$role: $status', async ({ role, status }) => {
    const answer = await withKey(role, path.replace('ID', id));
    expect(answer.status).toBe(status);
    const text = await answer.text();
    if (answer.status >= 400) expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
    if (OUTSIDE.includes(role)) expect(text).not.toContain(REFERENCE);
  });
});

/**
 * Who may do what: read off the design's table by hand, not off the code. Each is refused for another reason to whoever
 * may, so that nothing is carried out, but for what changes no date. The milestone's owner is none of these people.
 */
const PLAN = 'plan-submission/written-action-plan';
const LATER = '2099-01-01';
const SENIORS: Role[] = ['manager', 'administrator'];
const COMMANDS: { name: string; body: object; may: Role[]; carriedOut?: true }[] = [
  { name: 'submit', body: { milestone: PLAN, on: LATER }, may: SENIORS },
  { name: 'complete', body: { milestone: PLAN, on: LATER }, may: SENIORS },
  { name: 'accept', body: { milestone: PLAN, on: LATER }, may: SENIORS },
  { name: 'sendBack', body: { milestone: PLAN, to: LATER, reason: 'x' }, may: SENIORS },
  {
    name: 'addEvidence',
    body: {
      ...{ milestone: PLAN, title: 'x', sha256: '0'.repeat(64) },
      ...{ name: 'x.pdf', bytes: 1, type: 'application/pdf' },
    },
    may: SENIORS,
  },
  { name: 'acknowledge', body: { milestone: PLAN, promisedOn: '2030-01-07' }, may: [] },
  { name: 'requestExtension', body: { milestone: PLAN, to: '2030-01-07', reason: 'x' }, may: [] },
  { name: 'extend', body: { milestone: PLAN, to: '2030-01-07', reason: 'x' }, may: SENIORS },
  { name: 'declineExtension', body: { milestone: PLAN, reason: 'x' }, may: SENIORS },
  { name: 'hold', body: { milestone: PLAN, reason: 'x', reviewOn: '2016-01-04' }, may: SENIORS },
  { name: 'release', body: { milestone: PLAN }, may: SENIORS },
  { name: 'reassign', body: { milestone: PLAN, to: 'nobody-s-role' }, may: SENIORS },
  { name: 'reassignMany', body: { from: 'nobody-s-role', to: 'nobody-s-role' }, may: SENIORS },
  {
    name: 'decide',
    body: { id: 'd1', title: 'x', takenOn: '2026-11-02', key: false, urgent: false },
    may: SENIORS,
  },
  { name: 'publishDecision', body: { decision: 'none' }, may: SENIORS },
  { name: 'callIn', body: { decision: 'none', by: 'x', reasons: 'x' }, may: ['member', 'administrator'] },
  { name: 'resolveCallIn', body: { decision: 'none', outcome: 'no-further-action' }, may: ['member', ...SENIORS] },
  { name: 'reconsider', body: { decision: 'none', outcome: 'confirmed' }, may: SENIORS },
  { name: 'implement', body: { decision: 'none' }, may: SENIORS },
  { name: 'withdrawDecision', body: { decision: 'none', reason: 'x' }, may: SENIORS },
  { name: 'withdrawCallIn', body: { decision: 'none', reason: 'x' }, may: SENIORS },
  { name: 'withdrawQuestion', body: { question: 'none', reason: 'x' }, may: SENIORS },
  { name: 'ask', body: { id: 'q0', by: 'x', text: 'x', on: LATER }, may: ['member', ...SENIORS] },
  { name: 'answer', body: { question: 'asked', text: 'x', on: LATER }, may: SENIORS },
  { name: 'recordPlan', body: { plan: 'improvement-plan', version: 7, stage: 'draft', on: LATER }, may: SENIORS },
  { name: 'reissue', body: { received: LATER, note: 'x' }, may: SENIORS },
  { name: 'fallBack', body: { milestone: PLAN, to: LATER, reason: 'x' }, may: SENIORS },
  { name: 'correct', body: { received: LATER, reason: 'x' }, may: SENIORS },
  {
    name: 'chooseReading',
    body: { rule: 'written-action-plan', reading: 'none', reason: 'x' },
    may: SENIORS,
  },
  { name: 'ruleOut', body: { fact: 'none', what: 'none', reason: 'x' }, may: SENIORS },
  { name: 'event', body: { kind: 'notice-received', on: LATER }, may: SENIORS },
  { name: 'changeCycle', body: { promise: 'none', what: 'ended', from: LATER, reason: 'x' }, may: SENIORS },
  { name: 'openRound', body: { by: '2016-01-04', title: 'x' }, may: SENIORS },
  { name: 'postponeRound', body: { milestone: PLAN, to: LATER, reason: 'x' }, may: SENIORS },
  { name: 'closeRound', body: { milestone: PLAN, reason: 'x' }, may: SENIORS },
  { name: 'progress', body: { milestone: PLAN, percent: 10 }, may: SENIORS },
  { name: 'recordMeasure', body: { measure: 'none', value: 1 }, may: ['owner', ...SENIORS] },
  {
    name: 'correctMeasure',
    body: { measure: 'none', of: LATER, takeBack: true, reason: 'x' },
    may: ['owner', ...SENIORS],
  },
  { name: 'writePart', body: { part: 'risk', text: 'x' }, may: SENIORS, carriedOut: true },
  { name: 'revise', body: { edits: [{ kind: 'withdraw', what: 'action', id: 'none' }], reason: 'x' }, may: SENIORS },
  {
    name: 'addInstrument',
    body: { instrument: { id: 'x', title: 'x', issuedBy: 'x', events: { 'notice-received': LATER } } },
    may: SENIORS,
  },
  { name: 'withdrawInstrument', body: { instrument: 'x', reason: 'x' }, may: SENIORS },
  { name: 'correctEvent', body: { kind: 'notice-received', on: LATER, reason: 'x' }, may: SENIORS },
];

describe('changes by the API', () => {
  describe.each(COMMANDS)('$name', ({ name, body, may, carriedOut }) => {
    test.each(Object.keys(ROLES) as Role[])('%s', async (role) => {
      const answer = await withKey(role, `${API}/inspections/${id}/${name}`, body);
      const { code, detail } = (await answer.json()) as { code: string; detail: string };
      if (role === 'nobody') expect(answer.status).toBe(401);
      else if (OUTSIDE.includes(role)) expect(answer.status).toBe(404);
      else if (may.includes(role) && carriedOut === true) expect(answer.status).toBe(200);
      else if (may.includes(role)) {
        expect([answer.status, detail]).toEqual([422, detail]);
        expect(code).not.toMatch(/^(not-permitted|bad-request|http-422)$/);
      } else expect([answer.status, code]).toEqual([403, 'not-permitted']);
    });
  });

  test.each<[Role, number]>([
    ['nobody', 401],
    ['owner', 403],
    ['member', 403],
    ['stranger', 404],
    ['strangeOwner', 404],
    ['strangeMember', 404],
    ['strangeManager', 404],
    ['administrator', 200],
  ])('waive and then reopen, which are carried out: %s %i', async (role, status) => {
    for (const command of ['waive', 'reopen']) {
      if (command === 'reopen')
        await withKey('administrator', `${API}/inspections/${id}/waive`, { milestone: PLAN, reason: 'x' });
      const answer = await withKey(role, `${API}/inspections/${id}/${command}`, { milestone: PLAN, reason: 'x' });
      expect([command, answer.status]).toEqual([command, status]);
      await withKey('administrator', `${API}/inspections/${id}/reopen`, { milestone: PLAN, reason: 'x' });
    }
  });

  test('nobody but a senior of the council starts an inspection', async () => {
    for (const [role, status] of [
      ['nobody', 401],
      ['owner', 403],
      ['member', 403],
      // To them there is no such council.
      ['stranger', 422],
      ['strangeManager', 422],
      ['strangeOwner', 403],
      ['strangeMember', 403],
    ] as const) {
      const file = `reference: new\ntitle: x\nauthority: middlesbrough\nframework: ilacs-2018\nfieldwork: { from: 2026-10-05, until: 2026-10-09 }\nreport: { received: 2026-11-02 }\n`;
      const answer = await withKey(role, `${API}/inspections`, { file });
      expect([role, answer.status]).toEqual([role, status]);
    }
  });

  test.each<[Role, number]>([
    ['nobody', 401],
    ['owner', 403],
    ['member', 403],
    ['manager', 403],
    ['stranger', 404],
    ['strangeOwner', 404],
    ['strangeMember', 404],
    ['strangeManager', 404],
  ])('nobody but an administrator withdraws an inspection: %s %i', async (role, status) => {
    expect((await withKey(role, `${API}/inspections/${id}/withdraw`, { reason: 'x' })).status).toBe(status);
  });

  test('in a role that is not theirs, nobody does anything', async () => {
    const answer = await withKey('owner', `${API}/inspections/${id}/close?as=democratic-services`, { reason: 'x' });
    expect(answer.status).toBe(403);
  });
});

test('every route is in the table, and one that is not is found', () => {
  const covered = new Set([
    ...PAGES.map(({ method, route }) => `${method} ${route}`),
    ...ELSEWHERE,
    ...API_READS.map(({ path }) => `GET ${path.split('?')[0]?.replace('ID', ':authority/:reference')}`),
    ...COMMANDS.map(({ name }) => `POST ${API}/inspections/:authority/:reference/${name}`),
    `POST ${API}/inspections`,
    `POST ${API}/inspections/:authority/:reference/close`,
    `POST ${API}/inspections/:authority/:reference/withdraw`,
    `POST ${API}/inspections/:authority/:reference/waive`,
    `POST ${API}/inspections/:authority/:reference/reopen`,
  ]);
  const routes = board()
    .app.routes.filter(
      ({ method, path }) => method !== 'ALL' && path !== '/*' && !/^\/assets\/(board|govuk)-/.test(path),
    )
    .map(({ method, path }) => `${method} ${path}`);
  const missing = (all: string[]) => all.filter((route) => !covered.has(route));
  expect(missing(routes)).toEqual([]);
  expect(missing([...routes, 'GET /a-new-page'])).toEqual(['GET /a-new-page']);
});

async function withKey(role: Role, path: string, body?: object): Promise<Response> {
  const key = keys.get(role);
  const rig: BoardRig = board();
  return new Visitor(rig.app).request(path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
