/**
 * A mail server in a process of its own, so that it does not take the worker's time. It keeps nothing but what each mail
 * was and when it had come; asked for it (`report`), it tells all since it was last asked.
 */
import { SMTPServer } from 'smtp-server';
import type { Arrival } from './processes.ts';

let arrivals: Arrival[] = [];

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData(stream, _session, done) {
    let bytes = 0;
    let head = '';
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (head.length < 4096) head += chunk.toString('latin1');
    });
    stream.on('end', () => {
      const messageId = /^message-id: *(\S+)/im.exec(head)?.[1] ?? '';
      arrivals.push({ messageId, bytes, at: Date.now() });
      done();
    });
  },
});
server.on('error', () => undefined);
server.listen(0, '127.0.0.1', () => {
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('the mail sink has no port');
  process.send?.(address.port);
});
process.on('message', () => {
  process.send?.(arrivals);
  arrivals = [];
});
process.once('disconnect', () => process.exit(0));
