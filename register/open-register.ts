import { registerUrl, type Settings } from '../platform/settings.ts';
import { openRegister, type Register } from './register.ts';
import { RegisterUnreachable } from './register-unreachable.ts';

/** Opens the register: DATABASE_URL, or the embedded one where it is running. */
export function openRegisterOf(settings: Settings): Register {
  const url = registerUrl(settings);
  if (url === undefined)
    throw new RegisterUnreachable(
      `No register is running under ${settings.varDir}. Start duecourse with \`npm start\`, or set DATABASE_URL to a PostgreSQL that is running.`,
    );
  return openRegister({ url });
}
