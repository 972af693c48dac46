import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Keep } from '../register/support.ts';

/** A way to a server that can be cut, as a network is: what is under way is broken off, and nobody gets through. */
export interface BreakableWay {
  /** The same address, by this way. */
  url: string;
  cut(): void;
  mend(): void;
}

/** @param url of the server: its host and port are replaced */
export async function breakableWay(url: string, keep: Keep = onTestFinished): Promise<BreakableWay> {
  const to = new URL(url);
  const sockets = new Set<Socket>();
  let whole = true;
  const server = createServer((socket) => {
    if (!whole) return void socket.destroy();
    const onward = connect(Number(to.port), to.hostname);
    for (const each of [socket, onward]) {
      sockets.add(each);
      each.on('error', () => undefined);
      each.on('close', () => {
        sockets.delete(each);
        socket.destroy();
        onward.destroy();
      });
    }
    socket.pipe(onward).pipe(socket);
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    whole = false;
    for (const each of sockets) each.destroy();
  };
  keep(async () => {
    cut();
    await new Promise((resolve) => server.close(resolve));
  });
  const by = new URL(url);
  by.hostname = '127.0.0.1';
  by.port = String((server.address() as AddressInfo).port);
  return { url: by.href, cut, mend: () => (whole = true) };
}
