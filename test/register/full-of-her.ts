import { gunzipSync, inflateSync } from 'node:zlib';
import type { Register } from '../../register/register.ts';
import { noticeOf, TRY } from '../support/digests.ts';
import { council } from '../support/facts.ts';
import { archived, fill, keepPayload, storedRun } from './full.ts';
import { digest, entry, keptOf, key, ownRegister, rows, sql, started } from './support.ts';
import { row } from '../support/rows.ts';

export const AT = '2016-06-02T08:00:00.000Z';
export const LATER = '2017-03-01T08:00:00.000Z';
export const JANE = 'jane.doe-o\u2019neil@anyborough.example.org';
export const NAME = 'Jan\u00e9 Doe';
/** Every way in which she is written below. */
const SPELLINGS = [JANE, NAME];
const actor = { id: JANE, role: 'head-of-service' };
export const admin = { id: 'democratic-services@anyborough.example.org', role: 'democratic-services' };
export const request = {
  authority: 'anyborough',
  spellings: SPELLINGS,
  reason: 'asked for on 1 March',
  actor: admin,
  at: LATER,
};
const REASON = `JAN\u00c9   DOE is ill; ask ${JANE.toUpperCase()} or "Jane\u0301 Doe"`;
export const ENTRIES = 14;

/** A register in which she is everywhere, beside others. */
export async function fullOfHer(): Promise<{ register: Register; url: string }> {
  const { register, url } = await ownRegister();
  await fill(register);
  await register.append(key, [
    entry(5, {
      at: AT,
      actor,
      kind: 'milestone-extended',
      text: REASON,
      data: { reason: REASON, [NAME]: [NAME] },
      milestone: row().milestone,
      row: row({ explanation: [`it was extended: ${REASON}`, 'The report was published.'] }),
    }),
    entry(6, {
      at: AT,
      actor: { id: 'another@anyborough.example.org', role: 'director' },
      text: `Called in by ${NAME}`,
      data: {},
    }),
    entry(7, {
      at: AT,
      actor: { id: 'another@anyborough.example.org', role: 'director' },
      text: 'Jan\u00e9 Doeson and Jan\u00e9 Do',
      data: {},
    }),
  ]);
  const ofHer = { ...started, actor, data: { title: `The case of ${NAME}`, division: 'scotland' } };
  const state = keptOf({ seq: 1, startedBy: actor, mail: { [JANE]: { day: '2016-06-02', n: 1 } } });
  await register.appendDelivery({ ...key, reference: '2021' }, [ofHer], { after: 0, state });
  // What was kept of a day before.
  await sql(url, `INSERT INTO state_of_day SELECT authority, reference, '2016-01-01', content FROM kept_state`);
  const to = (id: string, email: string, parts: object) =>
    digest({ id, recipient: { email, roles: [], standsInFor: [] }, ...parts });
  const hers = to(`anyborough/2016/${JANE}/2016-06-02/1`, JANE, {});
  const anothers = to('anyborough/2016/another/2016-06-02/1', 'another@anyborough.example.org', {
    notices: [noticeOf({ text: REASON })],
  });
  for (const each of [hers, anothers])
    await register.claim(each, `m-${each.recipient.roles.length}-${each.id.length}`, AT, TRY);
  await register.settle(hers.id, 'undeliverable', `550 <${JANE}> unknown`, AT, TRY);
  await register.settle(anothers.id, 'sent', null, AT, TRY);
  await keepPayload(register, '2021', { by: NAME, [JANE]: 1 });
  await keepPayload(register, '2021', 'not of her');
  await archived(register, '2021', [storedRun('run-2', { by: NAME, [JANE]: 1 }), storedRun('run-3', 'not of her')]);
  const { board } = register;
  await board.keepLink({ token: 't', email: JANE, leadsTo: '/', expiresAt: LATER });
  await board.beginSession({
    id: 's',
    person: { email: JANE, name: NAME, roles: [] },
    formToken: 'f',
    now: AT,
    expiresAt: LATER,
  });
  await board.makeKey({ email: JANE, kind: 'api', subject: { of: 'api', name: NAME, roles: null }, madeAt: AT });
  await board.keepAnswer({ email: JANE, key: 'k', request: 'r', status: 200, answer: NAME, now: AT });
  await board.keepDraft({ form: 'f', typed: { text: `As ${NAME} said` }, now: AT });
  await sql(url, `INSERT INTO searched VALUES ('anyborough', '2021', 'of-her', $1)`, [REASON]);
  await sql(url, `INSERT INTO saved_view VALUES ('v', $1, 'Mine', '/', $2)`, [JANE, AT]);
  await board.saveForm({ email: JANE, page: '/my-duties', typed: { text: `As ${NAME} said` }, now: AT });
  await sql(url, 'INSERT INTO unsubscribed VALUES ($1, $2, $3)', ['anyborough', JANE, AT]);
  await sql(url, 'INSERT INTO approved_holidays VALUES ($1, $2, $3, $4)', ['anyborough', '{}', AT, JANE]);
  await register.templates.put('anyborough', { name: `${NAME}.docx`, content: Buffer.from('x'), at: AT, by: JANE });
  await board.keepAuthority(council, AT);
  return { register, url };
}

/** Every row of every table as text, archived histories opened: what a thief of the database could read. */
export async function dump(url: string): Promise<Map<string, string>> {
  const tables = (await rows(url, `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`)) as {
    name: string;
  }[];
  const texts = new Map<string, string>();
  for (const { name } of tables) {
    const all = (await rows(url, `SELECT to_jsonb(t) AS row FROM ${name} t`)) as { row: object }[];
    texts.set(name, all.map(({ row: each }) => JSON.stringify(each)).join('\n'));
  }
  const histories = (await rows(url, 'SELECT content FROM archived_history')) as { content: Buffer }[];
  for (const table of ['kept_state', 'state_of_day']) {
    const kept = (await rows(url, `SELECT content FROM ${table}`)) as { content: Buffer }[];
    texts.set(table, kept.map(({ content }) => inflateSync(content).toString()).join('\n'));
  }
  const payloads = (await rows(url, 'SELECT content FROM large_payload')) as { content: Buffer }[];
  texts.set('large_payload', payloads.map(({ content }) => gunzipSync(content).toString()).join('\n'));
  texts.set('archived_history', histories.map(({ content }) => gunzipSync(content).toString()).join('\n'));
  return texts;
}

const plain = (text: string): string =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/\s+/g, ' ');
/** Where she is still to be read: by a search that shares nothing with the one that erases. */
export async function tablesWithHer(url: string): Promise<string[]> {
  const found = [...(await dump(url))].filter(([, text]) =>
    SPELLINGS.some((spelling) => plain(text).replaceAll('doeson', '').includes(plain(spelling))),
  );
  return found.map(([name]) => name).sort();
}
