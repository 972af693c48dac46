import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { MailTransport } from '../../activities/mail/mail-transport.ts';
import { publishedHolidays } from '../../domain/calendar/published-holidays.ts';
import type { CommandName } from '../../domain/commands/commands.ts';
import type { EncryptionKeys } from '../../platform/encryption/keys.ts';
import { startCluster } from '../../bench/cluster/cluster.ts';
import { databaseBeside } from '../../bench/cluster/database-address.ts';
import { startTemporalServer } from '../../platform/embedded/temporal.ts';
import { clusterFolder, removeCluster } from '../cluster/support.ts';
import { folderForThisTest } from '../embedded/temporary-folder.ts';
import { example } from '../support/example.ts';
import { feed } from '../support/facts.ts';
import { encryptedEngine, type EncryptedEngine } from './encrypted-engine.ts';
import { keysNamed } from './support.ts';
import { filesUnder, wordsIn, wordsOf } from './words-in.ts';

const PLAN = 'plan-submission/written-action-plan';
const director = { id: 'the acting director, room 4', role: 'executive-director' };
const administrator = { id: 'a clerk on the second floor', role: 'democratic-services' };
const TEMPORALS_OWN = ['temporal', 'temporal_visibility'];
const TROUBLE = 'the post room is under water';

const decision = {
  id: 'd1',
  title: 'To agree the improvement plan as amended',
  body: 'executive',
  takenOn: '2016-05-10',
  publishedOn: '2016-05-12',
  key: true,
  urgent: false,
};

/** What people say in the story, each at its time. */
const SAID: { at: string; name: CommandName; payload: object; by: typeof director }[] = [
  {
    at: '2016-03-01',
    name: 'acknowledge',
    payload: { milestone: PLAN, promisedOn: '2016-06-24', note: 'drafting is under way' },
    by: director,
  },
  {
    at: '2016-03-02',
    name: 'ask',
    payload: { id: 'q1', by: 'the member for ward 3 A', text: 'How many posts are vacant in the teams?' },
    by: administrator,
  },
  {
    at: '2016-03-10',
    name: 'answer',
    payload: { question: 'q1', text: 'Eleven, of which four are covered.' },
    by: director,
  },
  {
    at: '2016-04-01',
    name: 'hold',
    payload: {
      milestone: 'care-plan-audit',
      reason: 'the auditor has left us',
      awaiting: 'a new contract of service',
      reviewOn: '2016-05-20',
    },
    by: director,
  },
  { at: '2016-05-12', name: 'decide', payload: decision, by: administrator },
  {
    at: '2016-05-13',
    name: 'callIn',
    payload: { decision: 'd1', by: 'five members of the scrutiny panel', reasons: 'the cost was not considered' },
    by: administrator,
  },
  {
    at: '2016-05-23',
    name: 'resolveCallIn',
    payload: {
      decision: 'd1',
      outcome: 'no-further-action',
      reasons: 'the treasurer has shown where the money comes from',
    },
    by: administrator,
  },
  {
    at: '2016-05-24',
    name: 'release',
    payload: { milestone: 'care-plan-audit', workingDays: 3, reason: 'somebody was found' },
    by: director,
  },
  {
    at: '2016-06-01',
    name: 'correct',
    payload: { received: '2016-02-22', reason: 'the letter lay in the wrong tray' },
    by: director,
  },
  {
    at: '2016-06-02',
    name: 'complete',
    payload: { milestone: 'other-reporting/report-publication' },
    by: administrator,
  },
  {
    at: '2016-06-20',
    name: 'submit',
    payload: { milestone: PLAN, evidence: 'https://files.middlesbrough.example.org/plan/final' },
    by: director,
  },
  {
    at: '2016-06-21',
    name: 'waive',
    payload: { milestone: 'participation', reason: 'taken over by the youth council' },
    by: director,
  },
];
const REFUSED = { milestone: PLAN, to: '2016-08-01', reason: 'we would like some more weeks' };

/** One person's mail server fails in a way nobody foresaw, once: then an error with words in it goes to the engine. */
function failingOnce(post: MailTransport): MailTransport {
  let failed = false;
  return {
    ...post,
    async send(message, beforeEnd) {
      if (!failed && message.to.startsWith('executive-director')) {
        failed = true;
        throw new Error(`${TROUBLE}: ${message.to}`);
      }
      return post.send(message, beforeEnd);
    },
  };
}

/** A whole story; what it said and made, of which no word may be left with the server. */
async function story(there: EncryptedEngine, keys: EncryptionKeys): Promise<unknown> {
  await there.worker(keys);
  const engine = there.engine(keys);
  const start = example('middlesbrough-2016');
  const reference = await there.start(engine, start, '2016-02-19T10:00:00.000Z', { eventsPerRun: 60 });
  const { authority, inspection } = start.facts;
  await there.register.board.keepAuthority(authority, '2016-02-19T10:00:00.000Z');
  for (const { at, name, payload, by } of SAID) {
    await there.advanceTo(reference, `${at}T10:30:00.000Z`);
    await engine.command(reference, name, payload, by);
  }
  await expect(engine.command(reference, 'extend', REFUSED, administrator)).rejects.toThrow(
    /is submitted, so it can't be given a later date/,
  );
  const changed = {
    ...authority,
    roles: authority.roles.map((role) =>
      role.id === 'virtual-school-head' ? { ...role, email: 'new-head@middlesbrough.example.org' } : role,
    ),
  };
  await engine.command(reference, 'changeAuthority', { authority: changed }, administrator);
  const published = publishedHolidays(
    'england-and-wales',
    feed['england-and-wales'].events.filter(({ date }) => date >= '2019' && date < '2029'),
  );
  await engine.replanAll(authority.id, published, administrator);
  await engine.keepMorningSummary({ authority, calendar: start.calendar }, 'as it is');
  const summary = there.client(keys).schedule.getHandle(`morning-summary/${authority.id}`);
  await summary.trigger();
  await expect.poll(async () => (await summary.describe()).info.recentActions.length, { timeout: 20_000 }).toBe(1);
  await there.advanceTo(reference, '2016-07-05T10:30:00.000Z');
  // The record of a decision is worked out by who asks: of its words the server has those of the facts alone.
  // The meanings of ratings are duecourse's own words, where the council has none.
  const { decisions: _record, ratings: _scheme, ...view } = await engine.view(reference);
  await engine.command(reference, 'accept', { milestone: PLAN }, administrator);
  await engine.command(
    reference,
    'close',
    {
      reason: 're-inspected and judged to be good',
      homes: [{ action: 'rest', to: 'dropped', said: 'no longer needed' }],
    },
    director,
  );
  await engine.result(reference);
  // A start that the lifecycle itself refuses: the workflow fails, with its sentence.
  const refused = {
    ...start,
    startedBy: { id: 'x', role: 'virtual-school-head' },
    facts: { ...start.facts, inspection: { ...inspection, reference: 'refused' } },
  };
  await expect(engine.result(await there.start(engine, refused, '2016-02-19T10:00:00.000Z'))).rejects.toThrow(
    /execution failed/,
  );
  const history = await there.register.history(authority.id, inspection.reference);
  return {
    facts: start.facts,
    said: SAID.map(({ payload }) => payload),
    REFUSED,
    director,
    administrator,
    TROUBLE,
    changed,
    view,
    // What mail there was is written by the activity itself, straight into the register (no number in the lifecycle).
    history: history.filter(({ seq }) => seq > 0).map(({ text }) => text),
    sent: there.sent,
    published,
  };
}

/** Runs the story on a server of its own, and reads all that is left of it on the disk. */
async function leftBehind(
  keys: EncryptionKeys,
): Promise<{ words: Set<string>; found: Map<string, Set<string>>; files: string[] }> {
  const dataDir = join(folderForThisTest(), 'temporal');
  const server = await startTemporalServer({
    dataDir,
    namespace: 'default',
    timeSkipping: true,
    fast: true,
    log: () => undefined,
  });
  let words: Set<string>;
  try {
    const there = await encryptedEngine(server, failingOnce);
    try {
      words = wordsOf(await story(there, keys));
    } finally {
      await there.close();
    }
  } finally {
    await server.stop();
  }
  const files = filesUnder(dataDir);
  return { words, found: await wordsIn(files, words), files: files.map((file) => file.slice(dataDir.length + 1)) };
}

/** Every row of Temporal's own databases as PostgreSQL writes it out, bytes in hexadecimal: a file each. */
async function dumpedTo(folder: string, registerUrl: string): Promise<string[]> {
  return Promise.all(
    TEMPORALS_OWN.map(async (name) => {
      const database = new pg.Client({ connectionString: databaseBeside(registerUrl, name) });
      await database.connect();
      const file = join(folder, `${name}.rows`);
      writeFileSync(file, '');
      try {
        const { rows: tables } = await database.query<{ name: string }>(
          `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
        );
        for (const table of tables) {
          const { rows } = await database.query<{ row: string }>(`SELECT each::text AS row FROM ${table.name} each`);
          appendFileSync(file, rows.map(({ row }) => `${table.name} ${row}\n`).join(''));
        }
      } finally {
        await database.end();
      }
      return file;
    }),
  );
}

test('what a cluster has in its PostgreSQL after a whole story: with keys no name, no address, no text', async () => {
  const dir = await clusterFolder();
  onTestFinished(() => removeCluster(dir));
  const cluster = await startCluster({ dir, nodes: 1, timeSkipping: true, log: () => undefined });
  const server = { address: cluster.addresses[0] ?? '', namespace: cluster.namespace };
  const there = await encryptedEngine(server, failingOnce);
  const words = wordsOf(await story(there, keysNamed('2026-a')));
  expect(words.size).toBeGreaterThan(300);
  const files = await dumpedTo(dir, cluster.databaseUrl);
  for (const file of files) expect(readFileSync(file, 'utf8')).toContain('middlesbrough/2016');
  const found = await wordsIn(files, words);
  expect(Object.fromEntries([...found].map(([word, where]) => [word, [...where]]))).toEqual({});

  // The same search finds what was not encrypted.
  const plain = example('stockton-on-tees-2010');
  await there.worker([]);
  const reference = await there.start(there.engine([]), plain, '2010-09-01T10:00:00.000Z');
  await there.engine([]).view(reference);
  const plainWords = wordsOf(plain.facts);
  const shown = await wordsIn(await dumpedTo(dir, cluster.databaseUrl), plainWords);
  expect([...plainWords].filter((word) => !shown.has(word))).toEqual([]);
  await there.close();
}, 300_000);

describe('what the Temporal server has on its disk after a whole story', () => {
  test('without keys: every word of it, so the search would find them', async () => {
    const { words, found } = await leftBehind([]);
    expect(words.size).toBeGreaterThan(300);
    // An update that the lifecycle refuses is not kept at all.
    expect([...words].filter((word) => !found.has(word))).toEqual([REFUSED.reason]);
  }, 300_000);

  test('with keys: no name, no address, no text', async () => {
    const { words, found, files } = await leftBehind(keysNamed('2026-a'));
    expect(files).toContain('temporal.db');
    expect(words.size).toBeGreaterThan(300);
    expect(Object.fromEntries([...found].map(([word, where]) => [word, [...where]]))).toEqual({});
  }, 300_000);
});
