import { describe, expect, test } from 'vitest';
import { type Asked, explain } from '../../bench/soak/explain.ts';
import { recordedOnce } from '../../bench/soak/compare.ts';
import type { Operation } from '../../bench/soak/operations.ts';
import { soak } from '../../bench/soak/run.ts';
import { openSite } from '../../bench/site.ts';

const SECONDS = 20;

test('six clients ask for random things side by side for a while: the model, the lifecycles, the register and the mails agree', async () => {
  const seed = Number(process.env['DUECOURSE_TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const site = await openSite({});
  try {
    const options = { seed, clients: 6, seconds: SECONDS, inspections: 3, worker: './mail-worker.ts' };
    const result = await soak(site, options);
    expect(result.differences, `with DUECOURSE_TEST_SEED=${seed}`).toEqual([]);
    // Both kinds of answers came, and mail went out: else nothing was shown.
    expect(result.accepted, `with DUECOURSE_TEST_SEED=${seed}`).toBeGreaterThan(5);
    expect(result.refused, `with DUECOURSE_TEST_SEED=${seed}`).toBeGreaterThan(5);
    expect(result.mails, `with DUECOURSE_TEST_SEED=${seed}`).toBeGreaterThan(0);
  } finally {
    await site.close();
  }
}, 900_000);

describe('what the soak would find', () => {
  const duty = 'improvement-actions/a1';
  const hold: Operation = { kind: 'duty', name: 'hold', role: 'director', duty, reviewOn: '2030-05-01' };
  const release: Operation = { kind: 'duty', name: 'release', role: 'director', duty };
  let at = 0;
  const asked = (operation: Operation, answer: Asked['answer'], [from, until] = [at++, at++]): Asked => ({
    id: `t${at}`,
    reference: 'anyborough/t',
    operation,
    from: from ?? 0,
    until: until ?? 0,
    answer,
  });
  const whys = (history: Asked[]) => explain(history).unexplained.map(({ why }) => why);

  test('nothing, where an order explains every answer', () => {
    const history = [asked(hold, { seq: 2 }), asked(hold, { refused: 'wrong-state' }), asked(release, { seq: 3 })];
    expect(whys(history)).toEqual([]);
    expect(explain(history).model.duties[duty]?.status).toBe('open');
  });

  test('a refusal side by side with the change that explains it, but not one that was over before', () => {
    expect(whys([asked(hold, { seq: 2 }, [10, 20]), asked(hold, { refused: 'wrong-state' }, [12, 15])])).toEqual([]);
    expect(whys([asked(hold, { seq: 2 }, [16, 20]), asked(hold, { refused: 'wrong-state' }, [12, 15])])).toEqual([
      'refused (wrong-state); the model would accept it',
    ]);
  });

  test('a change that was lost, one that was done twice, and one that nobody may make', () => {
    expect(whys([asked(release, { seq: 3 })])).toEqual(['accepted as no. 3; the model refuses it: wrong-state']);
    expect(whys([asked(hold, { seq: 2 }), asked(hold, { seq: 3 })])).toEqual([
      'accepted as no. 3; the model refuses it: wrong-state',
    ]);
    expect(whys([asked({ ...hold, role: 'scrutiny-chair' }, { seq: 2 })])).toEqual([
      'accepted as no. 2; the model refuses it: not-permitted',
    ]);
  });

  test('a record whose order is not that in which things happened', () => {
    expect(whys([asked(release, { seq: 3 }, [30, 40]), asked(hold, { seq: 2 }, [50, 60])])).toContain(
      'it was answered before an earlier one in the record was asked for',
    );
  });

  test('an accepted operation that is not on record, or twice; a refused one that is', () => {
    const accepted = asked(hold, { seq: 2 });
    const refused = asked(hold, { refused: 'wrong-state' });
    const found = (kinds: string[]) => recordedOnce([accepted, refused], new Map([[accepted.id, kinds]]));
    expect(found(['milestone-held'])).toEqual([]);
    expect(found([])).toHaveLength(1);
    expect(found(['milestone-held', 'milestone-held'])).toHaveLength(1);
    expect(recordedOnce([refused], new Map([[refused.id, ['milestone-held']]]))).toHaveLength(1);
  });
});
