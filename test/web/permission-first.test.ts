import { describe, expect, test, vi } from 'vitest';
import { COMMAND_NAMES, definitionOf } from '../../domain/commands/commands.ts';
import { boardForAll, type Visitor } from '../support/board.ts';
import { NEVER_ENDING } from '../files/never-ending.ts';

const ORIGIN = 'http://board.example.org';
/** Who may open none of what the test sends: by what they are there. */
const WHO = {
  nobody: undefined,
  owner: 'head-of-early-help@middlesbrough.example.org',
  member: 'lead-member@middlesbrough.example.org',
  stranger: 'democratic-services@stockton-on-tees.example.org',
} as const;
type Who = keyof typeof WHO;

const visitors = new Map<Who, Visitor>();
const keys = new Map<Who, string>();
let id = '';
const board = boardForAll(async (rig) => {
  id = await rig.start('examples/middlesbrough-2016.yaml');
  await rig.start('examples/stockton-on-tees-2010.yaml');
  for (const [who, email] of Object.entries(WHO) as [Who, string | undefined][]) {
    const visitor = email === undefined ? rig.visitor() : await rig.signedIn(email);
    visitors.set(who, visitor);
    if (email !== undefined) keys.set(who, await visitor.apiKey());
  }
});

/** Where everybody may send something, whoever they are: what it holds is all that is asked. */
const FOR_EVERYBODY = new Set(['/sign-in', '/sign-in/:token', '/sign-out']);
/** Who signs in here makes keys and feeds of their own. */
const FOR_WHOEVER_SIGNED_IN = new Set([
  ...['/feeds', '/feeds/revoke', '/api', '/api/revoke'],
  ...['/chosen/export', '/views', '/views/rename', '/views/remove', '/settings/copies'],
]);
/** Who owns actions reports on them, whatever else they may not. */
const FOR_OWNERS = new Set(['/my-duties/progress/:authority/:reference']);
/** The address is a key, which the test does not have. */
const KEYED = new Set(['/unsubscribe/:token', '/set-up/:token']);

interface Case {
  route: string;
  path: string;
  who: Who;
}

/** A path for every pattern of the router: for those of commands, one for each command. */
function pathsOf(route: string): string[] {
  const [authority = '', reference = ''] = id.split('/');
  const known: Record<string, string> = {
    authority,
    reference,
    strand: 'plan-submission',
    name: 'written-action-plan',
    about: 'd1',
    what: 'action',
    item: 'chronologies',
    token: 'forged',
  };
  const filled = route.replaceAll(/:(\w+)/g, (_, name: string) => known[name] ?? `{${name}}`);
  if (!filled.includes('{form}')) return [filled];
  const subject = route.includes(':strand') ? ['milestone'] : route.includes(':about') ? ['decision'] : ['inspection'];
  return COMMAND_NAMES.filter(
    (name) => subject.includes(definitionOf(name).subject) && definitionOf(name).form === 'offered',
  ).map((name) => filled.replace('{form}', name));
}

/** Every POST of the router that these people may not send. */
function cases(): Case[] {
  const routes = new Set(
    board()
      .app.routes.filter(({ method }) => method === 'POST')
      .map(({ path }) => path),
  );
  expect(routes.size).toBeGreaterThan(30);
  return [...routes].flatMap((route) =>
    pathsOf(route).flatMap((path) =>
      (Object.keys(WHO) as Who[]).filter((who) => mayNot(route, path, who)).map((who) => ({ route, path, who })),
    ),
  );
}

function mayNot(route: string, path: string, who: Who): boolean {
  if (FOR_EVERYBODY.has(route)) return false;
  if (KEYED.has(route) || who === 'nobody') return true;
  if (FOR_WHOEVER_SIGNED_IN.has(route)) return false;
  if (route.includes(':authority') && who === 'stranger') return true;
  if (route.endsWith('/frozen/check')) return false;
  if (FOR_OWNERS.has(route)) return who !== 'owner';
  // Administrators alone, whatever it is.
  if (route.startsWith('/administration/') || route.endsWith('/public-page')) return true;
  // Of themselves alone: what the test sends is about none of them.
  if (route.startsWith('/settings/:authority')) return true;
  if (route.includes(':authority')) {
    const name = path.includes('/plan/edit')
      ? 'revise'
      : path.endsWith('/frozen')
        ? 'writePart'
        : path.includes('/plan/workbook')
          ? 'recordMeasure'
          : COMMAND_NAMES.find((each) => `${path}/`.includes(`/${each}/`));
    if (name === undefined) throw new Error(`no command is behind ${path}`);
    const { may } = definitionOf(name);
    // An owner, or somebody above one, may: whose it is stands in what they send.
    return (
      !may.capacities.includes(who as 'owner') &&
      !(route.startsWith('/api/') && (may.owner === true || may.above === true))
    );
  }
  // Administrators of another council start inspections of theirs.
  return who !== 'stranger';
}

/** 413: it was counted, where the address alone is the key. */
const REFUSED = [303, 401, 403, 404, 413];
const READERS = ['formData', 'json', 'text', 'arrayBuffer', 'blob'] as const;

describe('nothing of what is sent is parsed before it is known who sends it, and that they may', () => {
  test('on every route of the router, by everybody who may not', async () => {
    const all = cases();
    expect(all.length).toBeGreaterThan(100);
    const spies = READERS.map((name) => vi.spyOn(Request.prototype, name));
    try {
      for (const { route, path, who } of all) {
        const request = requestOf(route, path, who);
        for (const spy of spies) spy.mockClear();
        const answer = await board().app.request(request);
        const read = READERS.filter((_, nth) => (spies[nth]?.mock.calls.length ?? 0) > 0);
        expect([who, path, read]).toEqual([who, path, []]);
        expect([who, path, answer.status, REFUSED.includes(answer.status)]).toEqual([who, path, answer.status, true]);
        if (answer.status === 303) expect(answer.headers.get('Location')).toMatch(/^\/sign-in/);
      }
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
    expect(board().errors).toEqual([]);
  });

  test('the readers that are watched are those by which a body is read', async () => {
    const spies = READERS.map((name) => vi.spyOn(Request.prototype, name));
    try {
      await board().visitor().post('/sign-in', { email: 'x' });
      expect(spies.some((spy) => spy.mock.calls.length > 0)).toBe(true);
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
  });
});

/** A hostile text, as the route would take it. */
function requestOf(route: string, path: string, who: Who): Request {
  const text = NEVER_ENDING[0]?.[1]() ?? '';
  const headers = new Headers({ Origin: ORIGIN });
  const key = keys.get(who);
  const cookies = visitors.get(who)?.cookies ?? new Map<string, string>();
  if (route.startsWith('/api/v1/')) {
    if (key !== undefined) headers.set('Authorization', `Bearer ${key}`);
    headers.set('Content-Type', 'application/json');
    return new Request(`${ORIGIN}${path}`, { method: 'POST', headers, body: JSON.stringify({ file: text }) });
  }
  if (cookies.size > 0) headers.set('Cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
  return new Request(`${ORIGIN}${path}`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({ text, confirmed: 'yes' }),
  });
}
