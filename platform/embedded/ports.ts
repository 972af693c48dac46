import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { PartProblem } from './part-failed.ts';

const LOOPBACK = '127.0.0.1';

/**
 * Below the range that Linux and macOS give to outgoing connections: a port from that range may be anyone's when the server comes back,
 * and Temporal then spends ten seconds looking for itself at its old one.
 */
const LOWEST = 20_000;
const HIGHEST = 32_000;

/**
 * As many free loopback ports as asked for, all different. The `preferred` ones are taken again where every one of them is
 * free: a server that comes back at its old address is found by those who still hold it.
 *
 * @throws Error where there are none, after many tries.
 */
export async function freePorts(count: number, preferred: readonly number[] = []): Promise<number[]> {
  if (preferred.length === count) {
    const held = await holdAll(preferred);
    if (held) return release(held);
  }
  for (let attempt = 0; attempt < 100; attempt++) {
    const first = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST - count));
    const held = await holdAll(Array.from({ length: count }, (_, nth) => first + nth));
    if (held) return release(held);
  }
  throw new PartProblem(
    `No ${count} free ports in a row on ${LOOPBACK} between ${LOWEST} and ${HIGHEST}: something holds them all.`,
  );
}

/** Holds all the ports at once, so that none is given out twice; undefined where one of them is taken. */
async function holdAll(ports: readonly number[]): Promise<Server[] | undefined> {
  const held: Server[] = [];
  for (const port of ports) {
    const server = await hold(port);
    if (!server) {
      await release(held);
      return undefined;
    }
    held.push(server);
  }
  return held;
}

function hold(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => resolve(server));
  });
}

async function release(held: readonly Server[]): Promise<number[]> {
  const ports = held.map(portOf);
  await Promise.all(held.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))));
  return ports;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new PartProblem('A loopback port has no number: this system gives out none.');
  return address.port;
}
