import { NativeConnection, type NativeConnectionOptions } from '@temporalio/worker';
import { accessDeniedBy, TemporalUnreachable, unreachableSentence, DEFAULT_PORT } from './temporal-trouble.ts';

/** Connects a worker. @throws AccessDenied where the server is there and refuses; TemporalUnreachable where none is there */
export async function connectWorker(options: NativeConnectionOptions): Promise<NativeConnection> {
  try {
    return await NativeConnection.connect(options);
  } catch (error) {
    const denied = await accessDeniedBy(options, error);
    if (denied !== undefined) throw denied;
    const address = options.address ?? `localhost:${DEFAULT_PORT}`;
    throw new TemporalUnreachable(await unreachableSentence(address), { cause: error });
  }
}
