import type { MailTransport } from '../../activities/mail/mail-transport.ts';
import { unsubscribeBy } from '../../activities/mail/unsubscribe.ts';
import type { Register } from '../../register/register.ts';
import { payloadCodec } from '../../platform/encryption/payload-codec.ts';
import { logger } from '../../platform/logger.ts';
import { secretBox } from '../../platform/encryption/secret-box.ts';
import { outsideBy } from '../../platform/outside/outside.ts';
import { secretOf } from '../../platform/secret.ts';
import type { Settings } from '../../platform/settings.ts';
import type { Engine } from '../engine.ts';
import { isLoopback } from './hosts.ts';
import { joinedOf } from './joined.ts';
import type { WebParts } from './parts.ts';
import { identityProvider } from './sign-in/identity-provider.ts';

/** The pages can't be served as they are set up: for the operator to mend. */
class CannotServe extends Error {
  override readonly name = 'CannotServe';
}

/**
 * Where the pages are served. Without the council's own sign-in that is this machine alone: a link in a mail is no way
 * to let people in from everywhere.
 *
 * @throws CannotServe
 */
export function webAddress({ environment }: Settings): { host: string; port: number } {
  const { DUECOURSE_HOST: host, DUECOURSE_PORT: port, DUECOURSE_OIDC_ISSUER: issuer } = environment;
  if (issuer === undefined && !isLoopback(host))
    throw new CannotServe(
      `The pages can't be served on ${host} without a sign-in of the council's own: set DUECOURSE_OIDC_ISSUER and DUECOURSE_OIDC_CLIENT_ID, or leave DUECOURSE_HOST at 127.0.0.1.`,
    );
  return { host, port };
}

/**
 * What the pages need, from the settings.
 *
 * @throws CannotServe where half of a setting is missing
 */
export function webPartsOf(
  settings: Settings,
  { register, engine, post }: { register: Register; engine: Engine; post: MailTransport },
): WebParts {
  const { host, port } = webAddress(settings);
  const { environment } = settings;
  const boardUrl = (environment.DUECOURSE_BOARD_URL ?? `http://${host}:${port}`).replace(/\/+$/, '');
  const secret = secretOf(settings);
  const log = logger(environment.DUECOURSE_LOG);
  const { DUECOURSE_OIDC_ISSUER: issuer, DUECOURSE_OIDC_CLIENT_ID: clientId } = environment;
  const { DUECOURSE_WORKER_METRICS: workerMetrics } = environment;
  if (issuer !== undefined && clientId === undefined)
    throw new CannotServe(
      'DUECOURSE_OIDC_ISSUER is set, but not DUECOURSE_OIDC_CLIENT_ID, by which it knows duecourse.',
    );
  return {
    register,
    engine,
    secret,
    boardUrl,
    unsubscribe: unsubscribeBy({ boardUrl, secret }),
    log,
    hosts: environment.DUECOURSE_HOSTS,
    joined: joinedOf(environment),
    outside: outsideBy({ allow: environment.DUECOURSE_OUTSIDE_ADDRESSES }),
    secrets: secretBox(settings.keys),
    ...(environment.DUECOURSE_METRICS_TOKEN === undefined ? {} : { metricsToken: environment.DUECOURSE_METRICS_TOKEN }),
    ...(settings.keys.length === 0
      ? {}
      : { codec: { payloads: payloadCodec(settings.keys), origin: environment.DUECOURSE_CODEC_ORIGIN } }),
    ...(workerMetrics === undefined ? {} : { workerMetricsUrl: `http://${workerMetrics}/metrics` }),
    onError: (error) => log.error(`a page failed: ${error.message}`),
    ...(issuer === undefined || clientId === undefined
      ? { mail: { post, from: environment.DUECOURSE_MAIL_FROM } }
      : {
          identityProvider: identityProvider({
            issuer,
            clientId,
            clientSecret: environment.DUECOURSE_OIDC_CLIENT_SECRET,
            redirectUri: `${boardUrl}/sign-in/callback`,
            emailClaim: environment.DUECOURSE_OIDC_EMAIL_CLAIM,
            rolesClaim: environment.DUECOURSE_OIDC_ROLES_CLAIM,
          }),
        }),
  };
}
