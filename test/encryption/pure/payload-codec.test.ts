import { defaultPayloadConverter, type Payload, type SerializationContext } from '@temporalio/common';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EncryptionProblem, EncryptionProblemCode } from '../../../platform/encryption/encryption-problem.ts';
import { authorityOfPayload, payloadCodec } from '../../../platform/encryption/payload-codec.ts';
import { MAX_BYTES } from '../../../platform/encryption/sealed.ts';
import { sealBytes } from './seal-bytes.ts';
import { keysNamed } from '../support.ts';

const json = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
const value = (payload: Payload | undefined): unknown => defaultPayloadConverter.fromPayload(payload ?? {});
const inside = (workflowId: string): SerializationContext => ({ type: 'workflow', namespace: 'n', workflowId });
const HERE = inside('inspection/anyborough/2016');
const codec = payloadCodec(keysNamed('a'));
const problem = (code: EncryptionProblemCode) => expect.objectContaining({ code }) as EncryptionProblem;
const sealed = async (what: unknown, context?: SerializationContext): Promise<Payload> => {
  const [payload] = await codec.encode([json(what)], context);
  if (payload === undefined) throw new Error('nothing was encoded');
  return payload;
};

describe('round trip', () => {
  test('any payload comes back as it was, with any metadata, in its place', async () => {
    const bytes = fc.uint8Array({ maxLength: 3000 });
    const name = fc.stringMatching(/^[a-z-]{1,20}$/);
    const payload = fc.record({ metadata: fc.dictionary(name, bytes), data: bytes });
    await fc.assert(
      fc.asyncProperty(fc.array(payload, { maxLength: 5 }), fc.option(fc.constant(HERE)), async (payloads, context) => {
        const there = await codec.encode(payloads, context ?? undefined);
        const back = await codec.decode(there, context ?? undefined);
        expect(back.map(plain)).toEqual(payloads.map(plain));
      }),
    );
  });

  test('nothing of it is to be seen: neither its words, nor its own metadata, nor twice the same', async () => {
    const words = 'Director of Children’s Services, director@anyborough.example.org';
    const [one, two] = [await sealed(words), await sealed(words)];
    for (const part of ['Director', 'director@', 'json/plain']) {
      expect(Buffer.from(one.data ?? []).includes(part)).toBe(false);
      expect(
        JSON.stringify(Object.values(one.metadata ?? {}).map((each) => Buffer.from(each).toString())),
      ).not.toContain(part);
    }
    expect(Buffer.from(one.data ?? []).equals(Buffer.from(two.data ?? []))).toBe(false);
  });

  test('what is long and like itself becomes smaller', async () => {
    const long = Array.from({ length: 500 }, (_, index) => ({
      milestone: `Written action plan ${index}`,
      owner: 'director',
    }));
    expect((await sealed(long)).data?.length).toBeLessThan((json(long).data?.length ?? 0) / 5);
  });

  test('no payloads at all are none', async () => {
    expect(await codec.encode([])).toEqual([]);
    expect(await codec.decode([])).toEqual([]);
  });
});

describe('what was altered is refused', () => {
  test('any bit of what is encrypted', async () => {
    const payload = await sealed({ text: 'x'.repeat(40) }, HERE);
    const data = Buffer.from(payload.data ?? []);
    for (let bit = 0; bit < data.length * 8; bit++) {
      const altered = Buffer.from(data);
      altered.writeUInt8(altered.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      await expect(codec.decode([{ ...payload, data: altered }], HERE)).rejects.toThrow(problem('not-authentic'));
    }
  });

  test('any shorter or longer one', async () => {
    const payload = await sealed('some text', HERE);
    const data = Buffer.from(payload.data ?? []);
    for (let length = 0; length < data.length; length++)
      await expect(codec.decode([{ ...payload, data: data.subarray(0, length) }])).rejects.toThrow(
        problem('not-authentic'),
      );
    await expect(codec.decode([{ ...payload, data: Buffer.concat([data, Buffer.of(0)]) }])).rejects.toThrow(
      problem('not-authentic'),
    );
    await expect(codec.decode([{ metadata: payload.metadata ?? {} }])).rejects.toThrow(problem('not-authentic'));
  });

  test.each([
    ['another authority', { 'encryption-authority': Buffer.from('otherborough') }, 'not-authentic'],
    ['no authority', { 'encryption-authority': undefined }, 'not-authentic'],
    ['another known key', { 'encryption-key-id': Buffer.from('b') }, 'not-authentic'],
    ['another encoding', { encoding: Buffer.from('binary/plain') }, 'not-authentic'],
    ['no encoding', { encoding: undefined }, 'not-authentic'],
    ['no key', { 'encryption-key-id': undefined }, 'unknown-key'],
    ['an unknown key', { 'encryption-key-id': Buffer.from('c') }, 'unknown-key'],
  ] as const)('its metadata: %s', async (_what, altered, code) => {
    const payload = await sealed('some text', HERE);
    const metadata = Object.fromEntries(
      Object.entries({ ...payload.metadata, ...altered }).flatMap(([name, each]) =>
        each === undefined ? [] : [[name, each]],
      ),
    ) as Record<string, Uint8Array>;
    const two = payloadCodec(keysNamed('a', 'b'));
    await expect(two.decode([{ ...payload, metadata }])).rejects.toThrow(problem(code));
    expect(value((await two.decode([payload]))[0])).toBe('some text');
  });

  test('an id that now stands for another key', async () => {
    const [renamed] = keysNamed('other');
    const payload = await sealed('some text');
    await expect(
      payloadCodec(renamed === undefined ? [] : [{ ...renamed, id: 'a' }]).decode([payload]),
    ).rejects.toThrow(problem('not-authentic'));
  });
});

describe('whose it is', () => {
  test.each([
    ['inspection/anyborough/2016', 'anyborough'],
    ['morning-summary/anyborough', 'anyborough'],
    ['morning-summary/anyborough-2026-11-02T08:30:00Z', 'anyborough'],
    ['replan-all/anyborough/2026-10', 'anyborough'],
    ['calendar-watch', undefined],
    ['calendar-watch-2026-11-02T06:45:00Z', undefined],
  ])('%s is of %s', async (workflowId, authority) => {
    expect(authorityOfPayload(await sealed('x', inside(workflowId)))).toBe(authority);
  });

  test('one authority’s payload is not read in another’s workflow; within its own it is, and where nobody says', async () => {
    const payload = await sealed('x', HERE);
    await expect(codec.decode([payload], inside('inspection/otherborough/2016'))).rejects.toThrow(
      problem('wrong-authority'),
    );
    for (const context of [
      HERE,
      inside('morning-summary/anyborough-2026-11-02T08:30:00Z'),
      inside('calendar-watch'),
      undefined,
    ])
      expect(value((await codec.decode([payload], context))[0])).toBe('x');
  });
});

describe('rotation', () => {
  test('the first key encrypts, each decrypts: in every order of switching over, both ways', async () => {
    // Appended everywhere, put first everywhere, the old one taken away: the steps of docs/encryption.md.
    const steps = [['a'], ['a', 'b'], ['b', 'a']].map((ids) => payloadCodec(keysNamed(...ids)));
    for (const [index, before] of steps.entries())
      for (const after of steps.slice(index, index + 2))
        for (const [writer, reader] of [
          [before, after],
          [after, before],
        ] as const)
          expect(value((await reader.decode(await writer.encode([json('x')])))[0])).toBe('x');
  });

  test('a key put first before everybody knows it is refused by its name, and names the keys that are known', async () => {
    const early = payloadCodec(keysNamed('b', 'a'));
    await expect(codec.decode(await early.encode([json('x')]))).rejects.toThrow(
      /key "b", which is not among DUECOURSE_ENCRYPTION_KEYS \(a\)/,
    );
  });

  test('an id that somebody else made up is told no longer than an id, and without control characters', async () => {
    const metadata = {
      encoding: Buffer.from('binary/encrypted'),
      'encryption-key-id': Buffer.from(`\u001B[2J${'k'.repeat(9999)}`),
    };
    const error = (await codec.decode([{ metadata, data: Buffer.alloc(99) }]).catch((each: unknown) => each)) as Error;
    expect(error).toEqual(problem('unknown-key'));
    expect(error.message.length).toBeLessThan(300);
    expect(error.message).not.toContain('\u001B');
  });
});

describe('without keys', () => {
  const none = payloadCodec([]);

  test('payloads pass as they are, both ways', async () => {
    const payload = json({ some: 'text' });
    expect(await none.encode([payload], HERE)).toEqual([payload]);
    expect(await none.decode([payload], HERE)).toEqual([payload]);
  });

  test('what was written before encryption was switched on stays readable', async () => {
    expect(value((await codec.decode(await none.encode([json('before')])))[0])).toBe('before');
  });

  test('what is encrypted is refused by its key’s name', async () => {
    await expect(none.decode([await sealed('x')])).rejects.toThrow(/key "a", which is not among .*none are set/);
  });
});

describe('bounds', () => {
  const ofSize = (bytes: number): Payload => ({
    metadata: { encoding: Buffer.from('binary/plain') },
    data: Buffer.alloc(bytes),
  });

  test('what could not be read again is not written', async () => {
    const most = ofSize(MAX_BYTES - 100);
    const [payload] = await codec.encode([most]);
    expect(payload?.data?.length).toBeLessThan(100_000);
    expect((await codec.decode([payload ?? {}]))[0]?.data?.length).toBe(MAX_BYTES - 100);
    await expect(codec.encode([ofSize(MAX_BYTES)])).rejects.toThrow(problem('too-large'));
  });

  test('what unfolds to more than that, made by somebody who has the key, is not unfolded', async () => {
    const bomb = sealBytes(Buffer.alloc(MAX_BYTES + 1), keysNamed('a')[0], 'a');
    await expect(codec.decode([bomb])).rejects.toThrow(problem('too-large'));
    const fine = sealBytes(Buffer.alloc(0), keysNamed('a')[0], 'a');
    expect((await codec.decode([fine]))[0]).toMatchObject({});
  });
});

/** A payload whose empty parts don't count. */
function plain({ metadata, data }: Payload): { metadata: [string, string][]; data: string } {
  return {
    metadata: Object.entries(metadata ?? {})
      .map(([name, each]): [string, string] => [name, Buffer.from(each).toString('hex')])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    data: Buffer.from(data ?? []).toString('hex'),
  };
}
