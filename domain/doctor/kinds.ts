/** All that `duecourse doctor` can find, each kind under one name. */
export type FindingCode =
  | 'settings-unusable'
  | 'setting-unknown'
  | 'setting-incomplete'
  | 'secret-missing'
  | 'register-unreachable'
  | 'register-unfit'
  | 'register-read-only'
  | 'register-full'
  | 'register-forbidden'
  | 'register-failing'
  | 'room-low'
  | 'engine-unreachable'
  | 'engine-denied'
  | 'namespace-missing'
  | 'search-attribute-missing'
  | 'search-attribute-wrong'
  | 'schedule-missing'
  | 'schedule-paused'
  | 'worker-missing'
  | 'worker-silent'
  | 'worker-unknown'
  | 'version-differs'
  | 'code-differs'
  | 'bank-holidays-differ'
  | 'rules-differ'
  | 'keys-differ'
  | 'secret-differs'
  | 'clock-off'
  | 'mail-unreachable'
  | 'mail-refused'
  | 'mail-put-off'
  | 'mail-unsettled'
  | 'files-open'
  | 'rules-unusable'
  | 'council-odd'
  | 'inspection-stuck'
  | 'inspection-not-recording'
  | 'inspection-late'
  | 'inspection-not-running'
  | 'inspection-unrecorded'
  | 'inspection-engine-behind'
  | 'inspection-register-behind'
  | 'inspection-council-differs'
  | 'inspection-silent'
  | 'look-incomplete';

/**
 * `error`: something that people rely on does not work. `warning`: it works, and will not for long, or not everywhere. `advice`: it
 * works; somebody had better look whether it is meant so, and all may be well with it.
 */
export type Severity = 'error' | 'warning' | 'advice';

/** What is looked at. */
export type FindingArea = 'settings' | 'files' | 'register' | 'engine' | 'processes' | 'mail' | 'inspections';

/** Each area as people read it, in the order of the report. */
export const FINDING_AREAS: Readonly<Record<FindingArea, string>> = {
  settings: 'Settings',
  files: 'Files',
  register: 'Register',
  engine: 'Engine',
  processes: 'Processes',
  mail: 'Mail',
  inspections: 'Inspections',
};

/** What a kind of finding is, wherever it is shown. */
export interface FindingKind {
  severity: Severity;
  area: FindingArea;
  /** In a few words, without names and addresses: what machines that look after this one may be shown. */
  title: string;
  /** What is wrong, in a sentence; `about` is what the look found: a name, an address, a number. */
  what: (about: string) => string;
  /** What to do about it, in sentences; REF in it stands for the inspection, THIS for what the look found. */
  do: string;
  /** There may be several side by side, told apart by what they are about; else there is one, whatever is behind it. */
  several: boolean;
  /** `/readyz` answers 503: pages without this show nothing, or promise what they can't keep. */
  blocksReadiness: boolean;
  /** What the council's administrator reads of it in the morning; null where it is about no inspection. */
  officer: string | null;
  /** Which figure counts it: `duecourse_inspections_<counted>`. */
  counted: 'stuck' | 'diverged' | null;
}
