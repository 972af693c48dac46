import { expect, test } from 'vitest';
import { freeReference } from '../../../client/web/start/free-reference.ts';
import { listRulePacks } from '../../../client/files/rules.ts';
import { slug } from '../../../domain/schemas/common.ts';
import type { BoardRegister } from '../../../register/board.ts';

const boardWith = (...taken: string[]) =>
  ({
    inspections: async (_now: string, { reference = '' }: { reference?: string }) => ({
      rows: [],
      total: taken.includes(reference) ? 1 : 0,
    }),
  }) as unknown as Pick<BoardRegister, 'inspections'>;
const of = (framework: string, ...taken: string[]) =>
  freeReference(boardWith(...taken), {
    ...{ authority: 'anyborough', framework, today: '2026-11-28', now: '2026-11-28T09:00:00.000Z' },
  });

test('names the framework and the year, and what has not been used', async () => {
  expect(await of('ilacs-2018')).toBe('ilacs-2026');
  expect(await of('ilacs-2018', 'ilacs-2026')).toBe('ilacs-2026-2');
  expect(await of('ilacs-2018', 'ilacs-2026', 'ilacs-2026-2')).toBe('ilacs-2026-3');
});

test.each(listRulePacks())('of %s it is one that can be used', async (framework) => {
  expect(slug.safeParse(await of(framework)).success).toBe(true);
});
