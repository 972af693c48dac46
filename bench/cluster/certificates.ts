import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { PartMissing } from '../../platform/embedded/part-missing.ts';

/** The name in the nodes' certificate: clients check it, whatever address they connect to. */
export const SERVER_NAME = 'temporal.duecourse.test';

const DAYS = 365;
const RENEWED_WITHIN_DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * The files of a cluster with mTLS, absolute. Two authorities: one for the nodes among themselves, one for clients, whose
 * certificates let nobody pass for a node.
 */
export interface Certificates {
  nodesCa: string;
  nodeCert: string;
  nodeKey: string;
  clientsCa: string;
  clientCert: string;
  clientKey: string;
}

/** What the certificate's owner may do with it. */
const USES = { node: 'serverAuth,clientAuth', client: 'clientAuth' } as const;

/**
 * The certificates in this folder, made (again) where one is missing or ends within a month. Private keys are for their owner only.
 *
 * @throws PartMissing where there is no `openssl`
 */
export async function ensureCertificates(folder: string): Promise<Certificates> {
  const files = certificatesIn(folder);
  if (areThere(files) && goodFor(files, RENEWED_WITHIN_DAYS)) return files;
  mkdirSync(dirname(folder), { recursive: true });
  const aside = mkdtempSync(`${folder}.`);
  try {
    await makeAll(aside);
    rmSync(folder, { recursive: true, force: true });
    renameSync(aside, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return files;
}

/** Where the certificates in this folder are, or would be. */
export function certificatesIn(folder: string): Certificates {
  return {
    nodesCa: join(folder, 'nodes-ca.pem'),
    nodeCert: join(folder, 'node.pem'),
    nodeKey: join(folder, 'node.key'),
    clientsCa: join(folder, 'clients-ca.pem'),
    clientCert: join(folder, 'client.pem'),
    clientKey: join(folder, 'client.key'),
  };
}

export function areThere(files: Certificates): boolean {
  return Object.values<string>({ ...files }).every((file) => existsSync(file));
}

function goodFor({ nodeCert, clientCert }: Certificates, days: number): boolean {
  const until = Date.now() + days * DAY_MS;
  return [nodeCert, clientCert].every((file) => Date.parse(new X509Certificate(readFileSync(file)).validTo) > until);
}

/** The keys of the two authorities sign once, and are not kept. */
async function makeAll(folder: string): Promise<void> {
  for (const who of ['node', 'client'] as const) {
    await makeAuthority(folder, `${who}s-ca`);
    await issue(folder, who, `${who}s-ca`);
    chmodSync(join(folder, `${who}.key`), 0o600);
    for (const used of [`${who}s-ca.key`, `${who}.csr`, `${who}.ext`]) rmSync(join(folder, used), { force: true });
  }
}

async function makeAuthority(folder: string, name: string): Promise<void> {
  const extensions = ['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign'];
  await openssl(folder, ['req', '-x509', ...newKey(name), '-out', `${name}.pem`, ...lasting(), ...extensions]);
}

async function issue(folder: string, who: keyof typeof USES, authority: string): Promise<void> {
  writeFileSync(
    join(folder, `${who}.ext`),
    `basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=${USES[who]}\nsubjectAltName=DNS:${SERVER_NAME},IP:127.0.0.1\n`,
  );
  await openssl(folder, ['req', ...newKey(who), '-out', `${who}.csr`]);
  const signed = ['-CA', `${authority}.pem`, '-CAkey', `${authority}.key`, '-set_serial', `0x${Date.now()}`];
  const request = ['x509', '-req', '-in', `${who}.csr`, '-out', `${who}.pem`, '-extfile', `${who}.ext`];
  await openssl(folder, [...request, ...signed, ...lasting()]);
}

/** A key of its own on the curve P-256. openssl makes key files for their owner only. */
function newKey(name: string): string[] {
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  return [...curve, '-nodes', '-keyout', `${name}.key`, '-subj', `/O=duecourse local cluster/CN=${name}`];
}

function lasting(): string[] {
  return ['-days', String(DAYS)];
}

async function openssl(cwd: string, args: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)('openssl', args, { cwd, timeout: 30_000 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new PartMissing(
      'openssl, which makes the certificates of --mtls,',
      ['"openssl" on the PATH'],
      ['install openssl', 'start the cluster without --mtls'],
    );
  }
}

/** `global.tls` of a node: everybody shows a certificate, clients at the frontends and nodes to each other. */
export function serverTls({ nodesCa, nodeCert, nodeKey, clientsCa }: Certificates): object {
  const own = { certFile: nodeCert, keyFile: nodeKey };
  const checked = { serverName: SERVER_NAME, rootCaFiles: [nodesCa] };
  return {
    internode: { server: { ...own, requireClientAuth: true, clientCaFiles: [nodesCa] }, client: checked },
    // The nodes' own system workers come to the frontends like clients, with the nodes' certificate.
    frontend: { server: { ...own, requireClientAuth: true, clientCaFiles: [clientsCa, nodesCa] }, client: checked },
    systemWorker: { ...own, client: checked },
  };
}

/** How a client of such a cluster is configured, in Temporal's own variables. */
export function clientVariables({ nodesCa, clientCert, clientKey }: Certificates): Record<string, string> {
  return {
    TEMPORAL_TLS_CLIENT_CERT_PATH: clientCert,
    TEMPORAL_TLS_CLIENT_KEY_PATH: clientKey,
    TEMPORAL_TLS_SERVER_CA_CERT_PATH: nodesCa,
    TEMPORAL_TLS_SERVER_NAME: SERVER_NAME,
  };
}
