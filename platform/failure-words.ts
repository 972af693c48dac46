/**
 * What fails around duecourse: the database, the disk, the network, a part that it brings. Each kind is said once, for
 * the command line and for the pages.
 */
export type FailureKind =
  | 'temporal-unreachable'
  | 'temporal-failed'
  | 'namespace-missing'
  | 'register-read-only'
  | 'register-full'
  | 'register-crowded'
  | 'register-forbidden'
  | 'register-without-tables'
  | 'register-slow'
  | 'register-busy'
  | 'register-failed'
  | 'metrics-not-served'
  | 'part-failed'
  | 'disk-full'
  | 'disk-read-only'
  | 'file-missing'
  | 'file-forbidden'
  | 'file-is-a-folder'
  | 'file-is-no-folder'
  | 'file-exists'
  | 'files-too-many'
  | 'port-taken'
  | 'port-forbidden'
  | 'address-not-here'
  | 'host-unknown'
  | 'host-refuses'
  | 'host-silent';

export interface FailureWords {
  /** What is wrong; `place` is the file, address or database, where that is known. */
  sentence: (place: string | undefined) => string;
  /** What to do about it. */
  advice: string;
  /** Where whoever runs duecourse looks. */
  look: string;
}

const REGISTER_LOG = "the database server's log";
const named = (place: string | undefined, otherwise: string): string => place ?? otherwise;

const register = (what: string, advice: string): FailureWords => ({
  sentence: () => `The register ${what}.`,
  advice,
  look: REGISTER_LOG,
});

export const FAILURE_WORDS: Record<FailureKind, FailureWords> = {
  'temporal-unreachable': {
    sentence: (place) => `Temporal can't be reached${place === undefined ? '' : ` at ${place}`}.`,
    advice: 'Start duecourse with `npm start`, or correct TEMPORAL_ADDRESS.',
    look: "Temporal's log, and TEMPORAL_ADDRESS",
  },
  'temporal-failed': {
    sentence: () => 'The engine could not do what was asked.',
    advice: 'Look whether it has been done, then try again in a few minutes.',
    look: "Temporal's log, and the worker's",
  },
  'namespace-missing': {
    sentence: () => 'The engine has no namespace of the name that is set here.',
    advice: 'Make it with: duecourse setup, or correct TEMPORAL_NAMESPACE.',
    look: 'TEMPORAL_NAMESPACE, and the namespaces that Temporal has',
  },
  'register-read-only': register(
    'can be read, but nothing can be written to it',
    'It is a standby, or was set to read only: point DATABASE_URL at the server that takes changes.',
  ),
  'register-full': register('has no room left on its disk', 'Nothing was recorded. Make room there, then try again.'),
  'register-crowded': register(
    'takes no more connections',
    'Try again in a moment; if it stays so, raise max_connections, or run fewer workers and pages.',
  ),
  'register-forbidden': register(
    "does not let duecourse's database user do this",
    'Let DATABASE_URL name a user who owns the tables, or grant them to it.',
  ),
  'register-without-tables': register(
    'lacks tables that this version needs',
    'Make them with: duecourse setup. If that does not help, another version of duecourse has changed them.',
  ),
  'register-slow': register('took too long to answer', 'Try again in a few minutes, when less is going on.'),
  'register-busy': register('was in use by others just then', 'Nothing was changed. Try again.'),
  'register-failed': register('could not do what was asked', 'Nothing was changed by it. Try again in a few minutes.'),
  'metrics-not-served': {
    sentence: () => 'The worker’s own metrics can’t be served at the address that is set for them.',
    advice:
      'See whether something else listens there, or whether it is no address of this machine, and correct DUECOURSE_WORKER_METRICS.',
    look: '`ss -ltnp`, and DUECOURSE_WORKER_METRICS',
  },
  'part-failed': {
    sentence: (place) => `${named(place, 'A part that duecourse brings itself did not come up')}.`,
    advice: 'Stop duecourse, and start it again; what was recorded is kept.',
    look: 'that log',
  },
  'disk-full': {
    sentence: (place) => `There is no room left on the disk${place === undefined ? '' : `: ${place}`}.`,
    advice: 'Make room, then try again.',
    look: '`df`, for the folder that it names; where it names none, for those of DUECOURSE_VAR and DUECOURSE_OUTBOX',
  },
  'disk-read-only': {
    sentence: (place) => `${named(place, 'The folder')} is on a disk that takes no changes.`,
    advice: 'Choose another folder, or have the disk made writable.',
    look: '`mount`',
  },
  'file-missing': {
    sentence: (place) => `${named(place, 'A file or folder')} is not there.`,
    advice: 'Check how it is written, and the folder that you are in.',
    look: 'the folder that it names',
  },
  'file-forbidden': {
    sentence: (place) =>
      `${named(place, 'A file or folder')} belongs to somebody else: you may not read it, or write it.`,
    advice: 'Run duecourse as the user who owns it, choose another folder, or have it given to you (chown).',
    look: '`ls -l`, for the file that it names; files copied as root belong to root',
  },
  'file-is-a-folder': {
    sentence: (place) => `${named(place, 'What was named')} is a folder, where a file is needed.`,
    advice: 'Name a file in it.',
    look: 'the folder that it names',
  },
  'file-is-no-folder': {
    sentence: (place) => `${named(place, 'What was named')} lies in a file, where a folder is needed.`,
    advice: 'Name another folder.',
    look: 'the file that it names',
  },
  'file-exists': {
    sentence: (place) => `${named(place, 'A file of that name')} is there already.`,
    advice: 'Name another, or move it away.',
    look: 'the file that it names',
  },
  'files-too-many': {
    sentence: () => 'This machine lets duecourse open no more files.',
    advice: 'Stop what is not needed, or raise the limit (`ulimit -n`).',
    look: '`ulimit -n`',
  },
  'port-taken': {
    sentence: (place) => `Something else is listening at ${named(place, 'that port')}.`,
    advice: 'Stop it, or choose another port with DUECOURSE_PORT.',
    look: '`ss -ltnp`, for who it is; another duecourse perhaps',
  },
  'port-forbidden': {
    sentence: (place) =>
      `You may not listen at ${named(place, 'that port')}: ports below 1024 are the administrator's.`,
    advice: 'Choose a higher port with DUECOURSE_PORT, and let a proxy stand before it.',
    look: 'DUECOURSE_PORT',
  },
  'address-not-here': {
    sentence: (place) => `${named(place, 'That address')} is not an address of this machine.`,
    advice: 'Correct DUECOURSE_HOST, for example 127.0.0.1.',
    look: 'DUECOURSE_HOST',
  },
  'host-unknown': {
    sentence: (place) => `No machine is known here by the name ${named(place, 'that was given')}.`,
    advice: 'Check how it is written, and whether this machine has a network.',
    look: 'the address that was given or set',
  },
  'host-refuses': {
    sentence: (place) => `Nothing answers at ${named(place, 'the address that was given or set')}.`,
    advice: 'Start what should be running there, or correct the address.',
    look: 'the server that should be running there',
  },
  'host-silent': {
    sentence: (place) => `${named(place, 'Another machine')} does not answer, or broke off.`,
    advice: 'Try again in a few minutes; it may be the network.',
    look: 'the network between this machine and that one',
  },
};
