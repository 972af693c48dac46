import { TRY } from '../support/digests.ts';
import { describe, expect, test } from 'vitest';
import { digest, entry, key, ownRegister, started } from './support.ts';

const AT = '2016-06-02T08:00:00.000Z';

describe('an inspection’s own numbers', () => {
  test.each<[string, number[], string[]]>([
    ['one left out', [1, 2, 4], ['its entry 3 is missing: the inspection has counted on to 4']],
    [
      'several left out, twice',
      [1, 4, 5, 7],
      [
        'its entries 2 to 3 are missing: the inspection has counted on to 4',
        'its entry 6 is missing: the inspection has counted on to 7',
      ],
    ],
    ['the first left out', [2, 3], ['its entry 1 is missing: the inspection has counted on to 2']],
    ['10 after 9', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], []],
  ])('with %s: verify names the gaps, though the chain itself is whole', async (_what, seqs, why) => {
    const { register } = await ownRegister();
    await register.append({ ...key, reference: 'whole' }, [started, entry(2)]);
    await register.append(
      key,
      seqs.map((seq) => entry(seq)),
    );
    const [check] = await register.verify();
    expect(check?.firstBroken).toBeUndefined();
    expect(check?.findings ?? []).toEqual(
      why.map((each) => ({ where: 'numbering', what: 'anyborough/2016', why: each })),
    );
    expect(check?.ok).toBe(why.length === 0);
  });

  test('have nothing to do with what else is recorded of it', async () => {
    const { register } = await ownRegister();
    await register.append(key, [started]);
    await register.claim(digest(), 'm1', AT, TRY);
    await register.settle(digest().id, 'sent', null, AT, TRY);
    await register.append(key, [entry(2)]);
    expect((await register.verify())[0]).toEqual({ authority: 'anyborough', entries: 3, ok: true });
  });
});
