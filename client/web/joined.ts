import type { Environment } from '../../domain/schemas/environment.ts';

/**
 * What the operator has joined duecourse to, as the process is set up that serves the pages. Hosts alone: an address may hold a
 * password.
 */
export interface Joined {
  /** Undefined: each mail is kept as a file, or in the inbox of this machine. */
  mailServer: string | undefined;
  /** GOV.UK Notify has its key and its template. */
  notify: boolean;
  /** Who signs people in; undefined: links in mail. */
  issuer: string | undefined;
  /** Where bank holidays are read from; undefined: from nowhere. */
  bankHolidays: string | undefined;
  metrics: 'this-machine' | 'key' | 'open';
  /** Undefined: none are sent. */
  traces: string | undefined;
  outside: Environment['DUECOURSE_OUTSIDE_ADDRESSES'];
}

/** The host of an address; 'a file' where it is none. */
export const hostIn = (address: string): string =>
  URL.canParse(address) ? new URL(address).host || 'a file' : 'a file';

const hostOf = (address: string | undefined): string | undefined =>
  address === undefined ? undefined : hostIn(address);

export function joinedOf(environment: Environment): Joined {
  const { DUECOURSE_METRICS_TOKEN: token } = environment;
  return {
    mailServer: hostOf(environment.DUECOURSE_SMTP_URL),
    notify: environment.DUECOURSE_NOTIFY_KEY !== undefined && environment.DUECOURSE_NOTIFY_TEMPLATE !== undefined,
    issuer: hostOf(environment.DUECOURSE_OIDC_ISSUER),
    bankHolidays: hostOf(environment.DUECOURSE_BANK_HOLIDAYS),
    metrics: token === undefined ? 'this-machine' : token === 'open' ? 'open' : 'key',
    traces: hostOf(environment.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? environment.OTEL_EXPORTER_OTLP_ENDPOINT),
    outside: environment.DUECOURSE_OUTSIDE_ADDRESSES,
  };
}
