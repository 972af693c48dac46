import type { Register } from '../../register/register.ts';
import type { BelongingPart } from '../../register/belong.ts';
import type { Services } from '../connect.ts';

/** `withServices` of client/connect.ts, loaded when it is used: commands that need no server start in a third of the time. */
export async function withServices<T>(
  work: (services: Services) => Promise<T>,
  part: BelongingPart | 'asked later' = 'command',
): Promise<T> {
  return (await import('../connect.ts')).withServices(work, part);
}

/** `withRegister` of client/with-register.ts, likewise. */
export async function withRegister<T>(work: (register: Register) => Promise<T>): Promise<T> {
  return (await import('../with-register.ts')).withRegister(work);
}
