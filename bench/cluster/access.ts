import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from '@temporalio/client';
import proto from '@temporalio/proto';
import { type Certificates, SERVER_NAME } from './certificates.ts';
import { lazyConnection } from '../../platform/temporal-connection.ts';

const { SERVING } = proto.grpc.health.v1.HealthCheckResponse.ServingStatus;

/** The frontend's own name for itself in its health service. */
const FRONTEND = 'temporal.api.workflowservice.v1.WorkflowService';

/** How a client connects to one node. */
export type Access = Required<Pick<ConnectionOptions, 'address'>> & Pick<ConnectionOptions, 'tls'>;

export function accessTo(address: string, certificates: Certificates | undefined): Access {
  if (certificates === undefined) return { address };
  const crt = readFileSync(certificates.clientCert);
  const key = readFileSync(certificates.clientKey);
  const serverRootCACertificate = readFileSync(certificates.nodesCa);
  return { address, tls: { serverNameOverride: SERVER_NAME, serverRootCACertificate, clientCertPair: { crt, key } } };
}

/** Whether a frontend says of itself, by gRPC's health check, that it serves; one that does not answer in time does not. */
export async function isServing(access: Access, timeoutMs: number): Promise<boolean> {
  const connection = lazyConnection(access);
  try {
    const answer = connection.withDeadline(Date.now() + timeoutMs, () =>
      connection.healthService.check({ service: FRONTEND }),
    );
    return (await answer).status === SERVING;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}
