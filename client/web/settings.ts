import { unsubscribeBy } from '../../activities/mail/unsubscribe.ts';
import type { Register } from '../../activities/register/register.ts';
import { logger } from '../../worker/logger.ts';
import { secretOf } from '../../worker/secret.ts';
import type { Settings } from '../../worker/settings.ts';
import type { WebParts } from './app.ts';

/** Where the pages are served. */
export function webAddress({ environment }: Settings): { host: string; port: number } {
  return { host: environment.DUECOURSE_HOST, port: environment.DUECOURSE_PORT };
}

/** What the pages need, from the settings. */
export function webPartsOf(settings: Settings, register: Register): WebParts {
  const { host, port } = webAddress(settings);
  const boardUrl = settings.environment.DUECOURSE_BOARD_URL ?? `http://${host}:${port}`;
  const log = logger(settings.environment.DUECOURSE_LOG);
  return {
    register,
    unsubscribe: unsubscribeBy({ boardUrl, secret: secretOf(settings) }),
    onError: (error) => log.error(`a page failed: ${error.message}`),
  };
}
