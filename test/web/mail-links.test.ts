import { describe, expect, test } from 'vitest';
import { boardForAll, signInLink, type Visitor } from '../support/board.ts';

const STARTER = 'democratic-services@middlesbrough.example.org';
const LINK = /http:\/\/board\.example\.org(\/inspections\/\S+\/milestones\/[\w/-]+)/;

let id = '';
let path = '';
const board = boardForAll(async (rig) => {
  id = await rig.start('examples/middlesbrough-2016.yaml');
  // Whoever starts an inspection gets their mail at once, at any hour.
  for (let turn = 0; turn < 200 && path === ''; turn++) {
    path = rig.mail.received.map((mail) => LINK.exec(mail.text)?.[1] ?? '').find((each) => each !== '') ?? '';
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
});

describe('a link in a mail', () => {
  test('leads to the milestone: by way of the sign-in, and straight there for whoever is signed in', async () => {
    expect(path).toMatch(new RegExp(`^/inspections/${id}/milestones/`));
    const who = board().visitor();
    const asked = await who.get(path);
    expect(asked.status).toBe(303);
    expect(asked.headers.get('Location')).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
    const page = await who.text(asked.headers.get('Location') ?? '');
    const next = /name="next" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const link = new URL(await signInLink(who, board().mail, STARTER, next));
    const signedIn = await who.post(link.pathname, {});
    expect([signedIn.status, signedIn.headers.get('Location')]).toEqual([303, path]);
    expect(await who.text(path)).toContain('Why this date');
    expect((await who.get(path)).status).toBe(200);
  });

  test('does nothing by itself: not opened, not looked at, not sent as a form, signed in or not', async () => {
    const before = await done();
    const nobody = board().visitor();
    const somebody = await board().signedIn('executive-director@middlesbrough.example.org');
    for (const who of [nobody, somebody])
      for (const method of ['GET', 'HEAD', 'POST']) {
        const answer = await ask(who, method, path);
        if (method === 'POST') expect([303, 403, 405]).toContain(answer.status);
      }
    for (const form of ['submit', 'complete', 'waive', 'acknowledge']) {
      await ask(somebody, 'GET', `${path}/do/${form}?confirmed=yes&reason=x`);
      await ask(nobody, 'POST', `${path}/do/${form}?confirmed=yes&reason=x`);
    }
    expect(await done()).toEqual(before);
  });
});

function ask(who: Visitor, method: string, at: string): Promise<Response> {
  return method === 'POST' ? who.post(at, { confirmed: 'yes', reason: 'x' }) : who.request(at, { method });
}

/** What people did, by the record. */
async function done(): Promise<number[]> {
  const entries = await board().register.history('middlesbrough', id.split('/')[1] ?? '');
  return entries.filter((entry) => entry.actor !== null).map((entry) => entry.seq);
}
