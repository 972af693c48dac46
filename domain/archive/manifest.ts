/** How a run of a lifecycle ended. */
export type RunEnd =
  | 'completed'
  | 'cancelled'
  | 'terminated'
  | 'failed'
  | 'timed-out'
  | 'continued-as-new'
  | 'otherwise';

/** What a manifest says of one run of a lifecycle. */
export interface ArchivedRun {
  run: string;
  events: number;
  /** When its first and its last event happened by the engine's clock, UTC. */
  first: string;
  last: string;
  /** The length of what is stored, in bytes, and its SHA-256 as hexadecimal digits. */
  bytes: number;
  sha256: string;
}

/** A manifest before it has its place in the chain. */
export type UnplacedManifest = Omit<Manifest, 'follows'>;

/** What was archived of a lifecycle's history, to be signed. Runs are in order; those archived earlier are only named. */
export interface Manifest {
  inspection: string;
  workflow: string;
  /** How the last of the runs ended; anything but `continued-as-new` is the lifecycle's own end. */
  ended: RunEnd;
  runs: ArchivedRun[];
  earlier: string[];
  /** A run that the engine had forgotten by then; with it, all that went before it. */
  missing: string[];
  /** The entry that the manifest's own follows in the chain: whoever would make the chain anew needs the key. */
  follows: { number: number; hash: string };
  /** The fingerprint of the key that signs this. */
  key: string;
}
