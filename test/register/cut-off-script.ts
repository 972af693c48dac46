import pg from 'pg';
import { openRegister } from '../../register/register.ts';
import type { RegisterEntry } from '../../domain/lifecycle/entry.ts';

// Holds the chain's row, lets an append wait for it, and cuts that connection, as a restart of the server does.
const key = { authority: 'anyborough', reference: '2016', inspectionTitle: 'Anyborough 2016' };
const second: RegisterEntry = {
  seq: 2,
  at: '2016-02-19T10:00:00.000Z',
  kind: 'decision-recorded',
  milestone: null,
  actor: null,
  text: 'second',
  data: {},
  row: null,
};
const [url = ''] = process.argv.slice(2);
const register = openRegister({ url });
const holder = new pg.Client({ connectionString: url });
// What a transaction sees of pg_stat_activity stands still: watched from a connection of its own.
const watcher = new pg.Client({ connectionString: url });
await Promise.all([holder.connect(), watcher.connect()]);
await holder.query('BEGIN');
await holder.query('SELECT 1 FROM authority_chain FOR UPDATE');
const waiting = register.append(key, [second]).then(
  () => 'appended',
  (error: Error) => error.name,
);
for (let cut = 0; cut === 0;) {
  const { rowCount } = await watcher.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  cut = rowCount ?? 0;
}
console.log(await waiting);
await holder.query('ROLLBACK');
await Promise.all([holder.end(), watcher.end()]);
await register.append(key, [second]);
console.log(`${(await register.history(key.authority, key.reference)).length} entries`);
await register.close();
