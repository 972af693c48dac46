import { describe, expect, test } from 'vitest';
import { type OutsideCode, OutsideProblem, outsideBy } from '../../../platform/outside/outside.ts';

/** A name server that fails the test: what is refused here must not even be looked up. */
const lookup = () => {
  throw new Error('it was looked up');
};

async function refusal(address: string): Promise<[OutsideCode, string]> {
  try {
    await outsideBy({ allow: 'public', lookup }).ask(address, { maxBytes: 1000, patienceMs: 1000 });
  } catch (error) {
    if (error instanceof OutsideProblem) return [error.code, error.message];
    throw error;
  }
  throw new Error(`${address} was asked`);
}

describe('an address that may not be asked is refused before anything is sent', () => {
  test.each<[string, OutsideCode]>([
    ['', 'not-an-address'],
    ['meetings.ics', 'not-an-address'],
    ['https://', 'not-an-address'],
    ['http://www.example.org/meetings.ics', 'not-https'],
    ['webcal://www.example.org/meetings.ics', 'not-https'],
    ['file:///etc/passwd', 'not-an-address'],
    ['data:text/calendar,BEGIN:VCALENDAR', 'not-an-address'],
    ['https://clerk:secret@www.example.org/', 'has-a-password'],
    ['https://127.0.0.1/', 'barred'],
    ['https://127.1/', 'barred'],
    ['https://2130706433/', 'barred'],
    ['https://0x7f.0.0.1/', 'barred'],
    ['https://0/', 'barred'],
    ['https://[::1]/', 'barred'],
    ['https://[::ffff:127.0.0.1]/', 'barred'],
    ['https://[fd12::1]/', 'barred'],
    ['https://[64:ff9b::a00:1]/', 'barred'],
    ['https://169.254.169.254/latest/meta-data', 'barred'],
    ['https://10.0.0.1:8443/', 'barred'],
    ['https://172.16.5.4/', 'barred'],
    ['https://192.168.1.1/', 'barred'],
    ['https://100.64.0.1/', 'barred'],
    ['https://localhost:9/', 'barred'],
    ['https://hooks.localhost./', 'barred'],
  ])('%s: %s', async (address, code) => {
    const [found, sentence] = await refusal(address);
    expect(found).toBe(code);
    // Whoever types it is told so by what stands in it alone.
    expect(outsideBy({ allow: 'public', lookup }).barred(address)).toBe(code === 'barred' ? sentence : undefined);
    expect(outsideBy({ allow: 'any', lookup }).barred(address)).toBe(undefined);
  });

  test('and why is said in a sentence that holds no secret of the address', async () => {
    expect(await refusal('https://192.168.1.1/meetings.ics?key=secret')).toEqual([
      'barred',
      '192.168.1.1 is an address inside a private network, which is not asked: the operator says whether it may be',
    ]);
    expect((await refusal('https://clerk:secret@www.example.org/'))[1]).not.toContain('secret');
  });
});
