import { expect, test } from 'vitest';
import { overLostConnections } from '../../client/import/over-lost-connections.ts';
import { RegisterUnreachable } from '../../register/register-unreachable.ts';

test('that the register is away is said once, whatever had begun before and ends meanwhile', async () => {
  const said: string[] = [];
  const patiently = overLostConnections((line) => said.push(line), new AbortController().signal);
  let tries = 0;
  let done = (): void => undefined;
  const before = patiently(() => new Promise<void>((resolve) => (done = resolve)));
  const lost = patiently(async () => {
    if (tries++ === 0) throw Object.assign(new RegisterUnreachable('The register is away.'), { passing: true });
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  done();
  await before;
  expect(said).toHaveLength(1);
  await lost;
  expect(said).toEqual([expect.stringContaining('Trying again for half a minute'), 'The register is there again.']);
});
