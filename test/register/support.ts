import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';
import { openRegister, type Register } from '../../register/register.ts';
import { digestOf } from '../support/digests.ts';
import { openLifecycle } from '../../domain/lifecycle/open-lifecycle.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { startOf } from '../support/facts.ts';
import type { Digest } from '../../domain/lifecycle/digest.ts';
import type { RegisterEntry } from '../../domain/lifecycle/entry.ts';

/** How what a test opens is closed again. */
export type Keep = (end: () => Promise<void>) => void;

/** A database of the test's own on the suite's server, dropped with it. */
export async function ownDatabase(keep: Keep = onTestFinished): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const server = inject('databaseUrl');
  await sql(server, `CREATE DATABASE ${name}`);
  keep(() => sql(server, `DROP DATABASE ${name} WITH (FORCE)`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** One statement as the superuser: what an intruder with the database's password could do. */
export async function sql(url: string, statement: string, values: unknown[] = []): Promise<void> {
  await rows(url, statement, values);
}

export async function rows(url: string, statement: string, values: unknown[] = []): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement, values)).rows as unknown[];
  } finally {
    await client.end();
  }
}

export async function ownRegister(keep: Keep = onTestFinished): Promise<{ register: Register; url: string }> {
  const url = await ownDatabase(keep);
  const register = openRegister({ url });
  keep(() => register.close());
  await register.migrate();
  return { register, url };
}

export const key = { authority: 'anyborough', reference: '2016', inspectionTitle: 'Anyborough 2016' };

export function entry(seq: number, parts: Partial<RegisterEntry> = {}): RegisterEntry {
  return {
    seq,
    at: '2016-02-19T10:00:00.000Z',
    kind: 'milestone-planned',
    milestone: null,
    actor: null,
    text: `entry ${seq}`,
    data: {},
    row: null,
    ...parts,
  };
}

export const started = entry(1, {
  kind: 'inspection-started',
  actor: { id: 'x', role: 'democratic-services' },
  data: { title: 'Anyborough 2016', division: 'england-and-wales' },
});

/** A digest without notices: claims are about its id. */
export const digest = (parts: Partial<Digest> = {}): Digest => digestOf({ notices: [], ...parts });

/** A lifecycle's state as the register keeps it: the example's at its start, with parts of it replaced. */
export const keptOf = (parts: Partial<LifecycleState>): LifecycleState => ({
  ...openLifecycle(startOf({}), '2016-02-22T10:00:00.000Z'),
  unrecorded: [],
  ...parts,
});
