import { readSettings } from '../platform/settings.ts';
import { mustBelong } from '../register/belong.ts';
import { openRegisterOf } from '../register/open-register.ts';
import type { Register } from '../register/register.ts';

/**
 * Runs something with the register alone: for lists and history. Apart from client/connect.ts, because Temporal's client
 * takes a second to load, and 40 MB.
 */
export async function withRegister<T>(work: (register: Register) => Promise<T>): Promise<T> {
  const settings = readSettings();
  const register = openRegisterOf(settings);
  try {
    await mustBelong(register, settings, 'reading command');
    return await work(register);
  } finally {
    await register.close();
  }
}
