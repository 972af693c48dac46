import type { Site } from '../site.ts';
import { type Part, startPart, type Usage } from '../processes.ts';

/** Workers in processes of their own, to be killed and replaced. */
export interface Crew {
  /** SIGKILL to the n-th; another takes its place. */
  replace(n: number): Promise<void>;
  /** The n-th stands still until it is woken. */
  freeze(n: number): void;
  wake(n: number): void;
  /** What the n-th one's own clock says, milliseconds since 1970. */
  clockOf(n: number): Promise<number>;
  end(): Promise<void>;
}

export interface CrewOptions {
  queue: string;
  /** A mail server, or a folder as an outbox. */
  mail: string;
  worker: string;
  size?: number;
  /** What the environment of each has beside ours, first to last; left out, nothing. */
  environments?: readonly Record<string, string>[];
}

export async function startCrew(
  site: Site,
  { queue, mail, worker, size = 2, environments = [] }: CrewOptions,
): Promise<Crew> {
  const start = async (n: number): Promise<Part<Usage>> => {
    const address = site.addresses[n % site.addresses.length] ?? '';
    const args = [address, queue, site.databaseUrl, mail, site.bundle, site.namespace];
    return (await startPart<Usage>(worker, args, { environment: environments[n] ?? {} })).part;
  };
  const parts = await Promise.all(Array.from({ length: size }, (_, n) => start(n)));
  return {
    async replace(n) {
      await parts[n]?.kill();
      parts[n] = await start(n);
    },
    freeze: (n) => parts[n]?.freeze(),
    wake: (n) => parts[n]?.wake(),
    clockOf: async (n) => (await parts[n]?.ask())?.clock ?? Number.NaN,
    async end() {
      await Promise.all(parts.map((part) => part.end()));
    },
  };
}
