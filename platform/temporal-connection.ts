import { Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';
import type { ConnectionOptions } from '@temporalio/client';

type Interceptors = NonNullable<ConnectionOptions['interceptors']>;
type Interceptor = Interceptors[number];
type Call = ReturnType<Interceptor>;

/** gRPC's number for a call that was given up, which is never tried again. */
const CANCELLED = 1;

/** A connection that is made at the first call. `interceptors` come before the retrying. */
export const lazyConnection = ({ interceptors = [], ...options }: ConnectionOptions): Connection =>
  Connection.lazy({ ...options, interceptors: [...interceptors, ...RETRYING] });

/** Connects, and sees that a server answers, within `connectTimeout`. A server that does not leaves no connection open. */
export async function openConnection(options: ConnectionOptions): Promise<Connection> {
  const connection = lazyConnection(options);
  try {
    await connection.ensureConnected();
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/**
 * A call on a closed connection is answered as cancelled. gRPC throws there, and the SDK tries again from a timer: what is thrown
 * in it reaches nobody but the process, which ends.
 */
function endWithConnection(...[options, nextCall]: Parameters<Interceptor>): Call {
  try {
    return nextCall(options) as Call;
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('shut down'))) throw error;
    return new CancelledCall() as unknown as Call;
  }
}

/** What the SDK's retrying and gRPC's client do with a call, of one that was given up before it began. */
class CancelledCall implements Pick<
  Call,
  'start' | 'sendMessage' | 'halfClose' | 'startRead' | 'cancelWithStatus' | 'getPeer'
> {
  start(metadata: Parameters<Call['start']>[0], listener?: Parameters<Call['start']>[1]): void {
    const none = metadata.clone();
    for (const key of Object.keys(none.getMap())) none.remove(key);
    queueMicrotask(() => {
      listener?.onReceiveMessage?.(null);
      listener?.onReceiveStatus?.({
        code: CANCELLED,
        details: 'the connection to Temporal was closed',
        metadata: none,
      });
    });
  }
  sendMessage(): void {}
  halfClose(): void {}
  startRead(): void {}
  cancelWithStatus(): void {}
  getPeer(): string {
    return '';
  }
}

/** The SDK's own retrying, which a list of interceptors replaces, and behind it what sees to a connection that is closed between two tries. */
const RETRYING: Interceptors = [makeGrpcRetryInterceptor(defaultGrpcRetryOptions()), endWithConnection];
