import { createHash } from 'node:crypto';
import type { Queries } from './database.ts';
import type { ErasureRecord } from './erasures.ts';
import type { Redactor } from './redact.ts';
import { redactHistory } from './redact-history.ts';

/** Takes a person out of an authority's archived histories; one at a time, each may be tens of megabytes. */
export async function eraseHistories(
  { query }: Queries,
  authority: string,
  person: Redactor,
): Promise<{ replaced: ErasureRecord['histories']; encrypted: number }> {
  const runs = await query<{ reference: string; run: string }>(
    'SELECT reference, run FROM archived_history WHERE authority = $1 ORDER BY reference, run',
    [authority],
  );
  const replaced: ErasureRecord['histories'] = [];
  let encrypted = 0;
  for (const { reference, run } of runs) {
    const [row] = await query<{ content: Buffer }>(
      'SELECT content FROM archived_history WHERE authority = $1 AND reference = $2 AND run = $3',
      [authority, reference, run],
    );
    if (row === undefined) continue;
    const { content, sealed } = redactHistory(row.content, person);
    encrypted += sealed;
    if (content === undefined) continue;
    await query('UPDATE archived_history SET content = $4 WHERE authority = $1 AND reference = $2 AND run = $3', [
      authority,
      reference,
      run,
      content,
    ]);
    replaced.push({ reference, run, from: sha256(row.content), to: sha256(content) });
  }
  return { replaced, encrypted };
}

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
