import { TRY } from '../support/digests.ts';
import { describe, expect, test } from 'vitest';
import { digest, entry, keptOf, key, ownRegister, sql, started } from './support.ts';

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

  test('are known to go on as far as its state was kept: a tail that is gone is named', async () => {
    const { register, url } = await ownRegister();
    await register.appendDelivery(key, [started, entry(2), entry(3)], { after: 0, state: keptOf({ seq: 3 }) });
    expect((await register.verify())[0]?.ok).toBe(true);
    await sql(
      url,
      `ALTER TABLE entry DISABLE TRIGGER ALL; DELETE FROM entry WHERE number > 1;
       ALTER TABLE sealed DISABLE TRIGGER ALL; DELETE FROM sealed WHERE number > 1;
       UPDATE authority_chain SET head_number = 1, head_hash = (SELECT hash FROM entry WHERE number = 1)`,
    );
    expect((await register.verify())[0]).toMatchObject({
      ok: false,
      findings: [
        {
          where: 'numbering',
          what: 'anyborough/2016',
          why: 'its entries 2 to 3 are missing: its state was kept when entry 3 was there',
        },
      ],
    });
  });

  test('may lack what an entry says to be missing, and nothing else', async () => {
    const { register } = await ownRegister();
    const missing = entry(6, {
      kind: 'entries-missing',
      data: {
        missing: [
          [3, 4],
          [6, 6],
        ],
        title: 'x',
        division: 'y',
      },
    });
    await register.append(key, [started, entry(2), entry(5), missing, entry(7), entry(9)]);
    expect((await register.verify())[0]?.findings?.map(({ why }) => why)).toEqual([
      'its entry 8 is missing: the inspection has counted on to 9',
    ]);
    expect(await register.recovery.missing('anyborough/2016', 9)).toEqual([8]);
  });
});

describe('entries that are made up', () => {
  test('say so, are whole in the chain, and are the same to a delivery that comes again', async () => {
    const { register } = await ownRegister();
    await register.append(key, [started]);
    const two = entry(2, { actor: { id: 'somebody', role: 'director' }, text: 'because of a flood' });
    await register.recovery.makeUp(key, [two], AT);
    await register.recovery.makeUp(key, [two, entry(3)], '2016-06-03T08:00:00.000Z');
    await register.appendDelivery(key, [started, two, entry(3)], { after: 0, state: null });
    expect((await register.history('anyborough', '2016')).map(({ seq, recovered }) => [seq, recovered])).toEqual([
      [1, undefined],
      [2, AT],
      [3, '2016-06-03T08:00:00.000Z'],
    ]);
    expect((await register.verify())[0]?.ok).toBe(true);
    await expect(register.append(key, [{ ...two, text: 'because of a fire' }])).rejects.toThrow(/another entry/);
    expect(await register.recovery.conflicting('anyborough/2016', [two, entry(3, { text: 'x' }), entry(4)])).toEqual([
      entry(3, { text: 'x' }),
    ]);
  });

  test('of mail are the claim and its end: known by its id, settled once', async () => {
    const { register } = await ownRegister();
    await register.append(key, [started]);
    const mail = { digest: digest(), outcome: 'sent' as const, reason: null };
    for (const at of [AT, '2016-06-03T08:00:00.000Z']) await register.recovery.makeUpMail(mail, 'm1', at);
    expect(await register.recovery.settledMails('anyborough/2016')).toEqual([mail]);
    expect(await register.recovery.knownMails([digest().id, 'another'])).toEqual(new Set([digest().id]));
    expect((await register.history('anyborough', '2016')).map(({ kind, recovered }) => [kind, recovered])).toEqual([
      ['inspection-started', undefined],
      ['mail-sent', AT],
    ]);
    expect((await register.claim(digest(), 'm1', AT, TRY)).state).toBe('sent');
    expect((await register.verify())[0]?.ok).toBe(true);
  });
});
