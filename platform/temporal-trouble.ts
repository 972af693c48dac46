import { lookup } from 'node:dns/promises';
import { connect as connectTls, type ConnectionOptions as TlsOptions } from 'node:tls';
import type { NativeConnection, NativeConnectionOptions } from '@temporalio/worker';

/** The Temporal server is there and does not let us in; the sentence says why, and which variable to look at. */
export class AccessDenied extends Error {
  override readonly name = 'AccessDenied';
  readonly code = 'access-denied';
}

type Options = Pick<NativeConnectionOptions, 'address' | 'tls' | 'apiKey'>;

/** How long a server may take to say that it does not want us: with TLS 1.3 it says so after the handshake. */
const PATIENCE_MS = 2_000;
export const DEFAULT_PORT = 7233;

/** gRPC's numbers for PERMISSION_DENIED and UNAUTHENTICATED, and their names in what the worker's core says. */
const REFUSED = new Set<unknown>([7, 16]);
const REFUSED_IN_WORDS =
  /permission to execute the specified operation|valid authentication credentials|PermissionDenied|Unauthenticated/;

const OWN_CERTIFICATE =
  'it does not accept our client certificate. See that TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH name one of an authority that it trusts, still valid.';

/** What is wrong, by the name that Node and OpenSSL give it. */
const TROUBLES: readonly [RegExp, string][] = [
  [
    /ALERT_CERTIFICATE_REQUIRED|ALERT_HANDSHAKE_FAILURE/,
    'it wants a client certificate. Set TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH.',
  ],
  [/ALERT_(UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED)/, OWN_CERTIFICATE],
  [
    /ERR_TLS_CERT_ALTNAME_INVALID/,
    'its certificate is for another name. Set TEMPORAL_TLS_SERVER_NAME to the name in its certificate.',
  ],
  [
    /UNABLE_TO_|SELF_SIGNED|CERT_/,
    'its certificate is not one that we trust. Set TEMPORAL_TLS_SERVER_CA_CERT_PATH to the authority that signed it, and see that it is still valid.',
  ],
  [
    /WRONG_VERSION_NUMBER|PACKET_LENGTH/,
    'it does not speak TLS. Leave out the TEMPORAL_TLS_ variables, or see whether the address is right.',
  ],
];

/**
 * Why a connection that failed was refused; undefined where nobody refused it, and the server can't be reached. gRPC tells of every
 * trouble with certificates only that the connection was lost, so this looks once more, with TLS alone.
 */
export async function accessDeniedBy(options: Options, error: unknown): Promise<AccessDenied | undefined> {
  const reason = refused(error) ? keyReason(options) : tlsReason(options, await tlsErrorOf(options));
  if (reason === undefined) return undefined;
  const sentence = `Temporal at ${options.address ?? 'its address'} does not let us in: ${reason}`;
  return Object.assign(new AccessDenied(sentence), { cause: error });
}

/** Nobody answers as a Temporal server at the address; the sentence says what to do. */
export class TemporalUnreachable extends Error {
  override readonly name = 'TemporalUnreachable';
  readonly code = 'unreachable';
}

/** The server has no namespace of the name that is set; the sentence says how it comes to have one. */
class NamespaceMissing extends Error {
  override readonly name = 'NamespaceMissing';
  readonly code = 'namespace-missing';
}

const NOT_FOUND = 5;

/**
 * Sees whether the namespace is there, before anything is asked in it. Where that may not be asked, nothing is said.
 *
 * @throws NamespaceMissing
 */
export async function mustHaveNamespace(
  { workflowService }: Pick<NativeConnection, 'workflowService'>,
  { namespace, address }: { namespace: string; address: string },
): Promise<void> {
  try {
    await workflowService.describeNamespace({ namespace });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === NOT_FOUND)) return;
    throw new NamespaceMissing(
      `Temporal at ${address} has no namespace "${namespace}". Make it with: duecourse setup, or correct TEMPORAL_NAMESPACE.`,
      { cause: error },
    );
  }
}

/** Why nobody answers at an address, and what to do about it. */
export async function unreachableSentence(address: string): Promise<string> {
  const host = hostOf(address);
  const known = host !== undefined && (await isKnown(host));
  if (known)
    return `Temporal can't be reached at ${address}. Start duecourse with \`npm start\`, or set TEMPORAL_ADDRESS to a Temporal server that is running.`;
  const why = host === undefined ? 'that is no address' : `no machine is known here by the name ${host}`;
  return `Temporal can't be reached at ${address}: ${why}. Correct TEMPORAL_ADDRESS, host:port, for example temporal.internal:7233.`;
}

const hostOf = (address: string): string | undefined =>
  URL.canParse(`tcp://${address}`)
    ? new URL(`tcp://${address}`).hostname.replace(/^\[(.*)\]$/, '$1') || undefined
    : undefined;

async function isKnown(host: string): Promise<boolean> {
  try {
    await lookup(host);
    return true;
  } catch {
    return false;
  }
}

/** Whether the server itself has answered, and said no. */
function refused(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && REFUSED.has(error.code)) return true;
  return REFUSED_IN_WORDS.test(error.message) || (error.cause !== undefined && refused(error.cause));
}

function keyReason({ apiKey }: Options): string {
  return apiKey === undefined || apiKey === ''
    ? 'it wants to know who we are. Set TEMPORAL_API_KEY, or the client certificate of somebody it knows.'
    : 'it does not accept our API key. See that TEMPORAL_API_KEY is valid and may use the namespace.';
}

/** `code` is what a connection with TLS alone ended with; undefined where it went well, or nobody was there. */
function tlsReason({ tls }: Options, code: string | undefined): string | undefined {
  if (code === undefined) return undefined;
  if (isOff(tls))
    return code === SPEAKS_TLS || /ALERT_/.test(code)
      ? 'it speaks TLS, and we did not. Set TEMPORAL_TLS=true, or the TEMPORAL_TLS_ variables for its certificates.'
      : undefined;
  return TROUBLES.find(([codes]) => codes.test(code))?.[1];
}

const isOff = (tls: Options['tls']): boolean => tls === undefined || tls === null || tls === false;

const SPEAKS_TLS = 'speaks TLS';

/** The name of the error that TLS ends with at this address, with our certificates; where we have TLS off, whether it is spoken there. */
function tlsErrorOf({ address = '', tls }: Options): Promise<string | undefined> {
  if (!URL.canParse(`tcp://${address}`)) return Promise.resolve(undefined);
  const { hostname, port } = new URL(`tcp://${address}`);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const ours = isOff(tls) ? { rejectUnauthorized: false } : certificatesOf(tls);
  return new Promise((resolve) => {
    const socket = connectTls({ host, port: Number(port || DEFAULT_PORT), ALPNProtocols: ['h2'], ...ours });
    const settle = (code: string | undefined) => {
      clearTimeout(patience);
      socket.destroy();
      resolve(code);
    };
    const patience = setTimeout(() => settle(isOff(tls) && shook ? SPEAKS_TLS : undefined), PATIENCE_MS);
    let shook = false;
    socket.once('secureConnect', () => (shook = true));
    socket.once('data', () => settle(isOff(tls) ? SPEAKS_TLS : undefined));
    socket.once('close', () => settle(undefined));
    socket.on('error', (error: NodeJS.ErrnoException) => settle(error.code));
  });
}

function certificatesOf(tls: Options['tls']): TlsOptions {
  if (typeof tls !== 'object' || tls === null) return {};
  const { serverNameOverride, serverRootCACertificate, clientCertPair } = tls;
  return {
    ...(serverNameOverride ? { servername: serverNameOverride } : {}),
    ...(serverRootCACertificate ? { ca: Buffer.from(serverRootCACertificate) } : {}),
    ...(clientCertPair ? { cert: Buffer.from(clientCertPair.crt), key: Buffer.from(clientCertPair.key) } : {}),
  };
}
