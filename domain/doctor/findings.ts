import type { FindingArea, FindingCode, FindingKind } from './kinds.ts';

type Parts = Pick<FindingKind, 'severity' | 'title' | 'what' | 'do'> & Partial<Pick<FindingKind, 'several'>>;

const of =
  (area: FindingArea, rest: Partial<Pick<FindingKind, 'blocksReadiness' | 'counted'>> = {}) =>
  (parts: Parts): FindingKind => ({
    area,
    several: false,
    blocksReadiness: false,
    officer: null,
    counted: null,
    ...rest,
    ...parts,
  });

const setting = of('settings');
const register = of('register', { blocksReadiness: true });
const engine = of('engine');
const processes = of('processes');
const mail = of('mail');
const inspection = (counted: FindingKind['counted'], parts: Parts & { officer: string }): FindingKind => ({
  ...of('inspections', { counted })(parts),
  officer: parts.officer,
});

const STANDS_STILL = 'Its clock stands still: nobody is reminded of its duties, and no change to it is taken.';
const WAIT = 'Whoever runs duecourse has to mend it; keep an eye on its dates until then.';
const SAME_CODE = 'Install one release for all, and restart the workers and the pages that run another.';

/** Each kind once: the command, its JSON, the pages, the metrics, the mails and docs/doctor.md are made from this. */
export const FINDINGS: Readonly<Record<FindingCode, FindingKind>> = {
  'settings-unusable': setting({
    severity: 'error',
    title: 'settings can’t be used',
    what: (about) => about,
    do: 'Correct the variable (or the configuration file) that it names. The table in README.md says what each takes.',
  }),
  'setting-unknown': setting({
    severity: 'warning',
    several: true,
    title: 'a variable is no setting of duecourse',
    what: (about) => `${about} is not a setting of duecourse: it is left alone.`,
    do: 'Remove it, or write it as the table of variables in README.md does.',
  }),
  'setting-incomplete': setting({
    severity: 'error',
    several: true,
    title: 'half of a setting is missing',
    what: (about) => about,
    do: 'Set both variables, or neither.',
  }),
  'secret-missing': setting({
    severity: 'warning',
    title: 'a secret of its own where several processes need the same',
    what: () => 'DUECOURSE_SECRET is not set, and the engine or the register is not this machine’s own.',
    do: 'Set the same DUECOURSE_SECRET for every worker and web process: 32 characters or more, for example from `openssl rand -base64 32`.',
  }),
  'files-open': of('files')({
    severity: 'warning',
    title: 'files that others on this machine can read',
    what: (about) => `Others on this machine can read or change ${about}.`,
    do: 'Take that from them: chmod -R go-rw FOLDER, for the folder that it names. There are mails, sign-in links and secrets in it.',
  }),
  'rules-unusable': of('files')({
    severity: 'error',
    several: true,
    title: 'rules of the council’s own that can’t be used',
    what: (about) => `Of the council’s own rules this can’t be used: ${about}`,
    do: 'Mend the file, and look at it with duecourse rules check FILE. Inspections that run keep the rules that they began with; nothing new can start by these.',
  }),
  'council-odd': of('files')({
    severity: 'advice',
    several: true,
    title: 'something odd in a council’s file',
    what: (about) => about,
    do: 'Look whether it is meant so. It is changed in the board, under Administration, or in the file, with duecourse authority apply FILE.',
  }),
  'register-unreachable': register({
    severity: 'error',
    title: 'the register can’t be reached',
    what: (about) => about,
    do: 'See whether PostgreSQL runs there, and its own log. Workers and pages connect again by themselves, and nothing is lost.',
  }),
  'register-unfit': register({
    severity: 'error',
    title: 'the register is not one that this version can use',
    what: (about) => about,
    do: 'Where it is older or not set up: make a backup, then run duecourse setup. Where it is newer: use the newer version everywhere.',
  }),
  'register-read-only': register({
    severity: 'error',
    title: 'the register can be read, and not written',
    what: () =>
      'The register can be read, but nothing can be written to it: no change is recorded and no mail goes out.',
    do: 'It is a standby, or was set to read only: point DATABASE_URL at the server that takes changes, or have default_transaction_read_only switched off. What waits is recorded then.',
  }),
  'register-full': register({
    severity: 'error',
    title: 'the register has no room left',
    what: () => 'The register has no room left on its disk: no change is recorded and no mail goes out.',
    do: 'Make room on the database’s disk. What waits is recorded then; nothing is lost.',
  }),
  'register-forbidden': register({
    severity: 'error',
    title: 'the register’s user may not write',
    what: (about) => `The database’s user may not write to ${about}.`,
    do: 'Let DATABASE_URL name the user who owns the tables, or grant SELECT, INSERT, UPDATE and DELETE on all of them to this one.',
  }),
  'register-failing': register({
    severity: 'error',
    title: 'the register fails',
    what: (about) => `The register answers, and fails: ${about}`,
    do: 'See the database server’s log.',
  }),
  'room-low': of('register')({
    severity: 'warning',
    title: 'little room left on a disk',
    what: (about) => `Little room is left on the disk of ${about}.`,
    do: 'Make room, or move the folder to a larger disk (DUECOURSE_VAR). A full disk stops every clock until there is room again.',
  }),
  'engine-unreachable': engine({
    severity: 'error',
    title: 'the engine can’t be reached',
    what: (about) => about,
    do: 'See whether Temporal runs there, and its own log. Clocks that ran out meanwhile are dealt with once it is back.',
  }),
  'engine-denied': engine({
    severity: 'error',
    title: 'the engine does not let us in',
    what: (about) => about,
    do: 'Correct the TEMPORAL_ variable that it names: docs/deploy.md, "TLS, client certificates, API keys".',
  }),
  'namespace-missing': engine({
    severity: 'error',
    title: 'the engine’s namespace is not there',
    what: (about) => `Temporal has no namespace ${about}.`,
    do: 'Correct TEMPORAL_NAMESPACE, or make it with: duecourse setup. On Temporal Cloud it is made there.',
  }),
  'search-attribute-missing': engine({
    severity: 'error',
    several: true,
    title: 'a search attribute is missing',
    what: (about) => `The namespace lacks the search attribute ${about}: no inspection can be started or can go on.`,
    do: 'Add it with: duecourse setup. On Temporal Cloud it is added there; docs/deploy.md names the types.',
  }),
  'search-attribute-wrong': engine({
    severity: 'error',
    several: true,
    title: 'a search attribute has another type',
    what: (about) => `The namespace has a search attribute of another type than duecourse needs: ${about}.`,
    do: 'It belongs to something else: give duecourse a namespace of its own (TEMPORAL_NAMESPACE).',
  }),
  'schedule-missing': engine({
    severity: 'error',
    several: true,
    title: 'a daily task is not scheduled',
    what: (about) => `There is no Temporal Schedule ${about}.`,
    do: 'For a morning summary apply the council’s file again: duecourse authority apply FILE. For the look at bank holidays: duecourse setup.',
  }),
  'schedule-paused': engine({
    severity: 'warning',
    several: true,
    title: 'a daily task is paused',
    what: (about) => `The Temporal Schedule ${about} is paused: it does not happen.`,
    do: 'Let it go on: temporal schedule toggle --unpause --schedule-id THIS (or on Temporal’s own pages).',
  }),
  'worker-missing': processes({
    severity: 'error',
    title: 'no worker runs',
    what: (about) =>
      `No worker asks for work on the task queue ${about}: no clock rings, no change is taken and no mail goes out.`,
    do: 'Start one: npm start, or npm run worker. See that its DUECOURSE_TASK_QUEUE and TEMPORAL_NAMESPACE are the same as here.',
  }),
  'worker-silent': processes({
    severity: 'error',
    title: 'no worker answers',
    what: (about) => `A worker has asked for work in the last minutes, and none answers now: ${about}.`,
    do: 'See whether it still runs, and is not stopped or swamped (its processor, its log). Where it is gone, start one: npm start, or npm run worker. Until one answers no clock rings, no change is taken and no mail goes out; nothing is lost.',
  }),
  'worker-unknown': processes({
    severity: 'error',
    several: true,
    title: 'a worker that this register does not know',
    what: (about) => `The worker ${about} asks for work here, and has not said in this register that it runs.`,
    do: 'It writes to another register, can’t write to this one, or is older than 0.2. See which DATABASE_URL it has, and stop it until that is the same.',
  }),
  'version-differs': processes({
    severity: 'warning',
    title: 'processes of different releases',
    what: (about) => `Not all run the same release: ${about}.`,
    do: SAME_CODE,
  }),
  'code-differs': processes({
    severity: 'error',
    title: 'workers with different workflow code',
    what: (about) => `Not all run the same workflow code: ${about}.`,
    do: `See that each was built (npm run build) after the last change. ${SAME_CODE}`,
  }),
  'bank-holidays-differ': processes({
    severity: 'error',
    title: 'processes with different bank holidays',
    what: (about) => `Not all have the same files of bank holidays: ${about}.`,
    do: 'Copy rules/bank-holidays from one release to all, and restart those that had others: an inspection counts by those of the process that starts it.',
  }),
  'rules-differ': processes({
    severity: 'error',
    title: 'processes with different rule packs',
    what: (about) => `Not all have the same rule packs and constitutions: ${about}.`,
    do: 'Copy rules/ from one release to all, and restart those that had others.',
  }),
  'keys-differ': processes({
    severity: 'error',
    title: 'processes with different encryption keys',
    what: (about) => `Not all have the same encryption keys: ${about}.`,
    do: 'Give all of them the same DUECOURSE_ENCRYPTION_KEYS, in the same order, and restart them: what one writes another may not be able to read.',
  }),
  'secret-differs': processes({
    severity: 'error',
    title: 'processes with different secrets',
    what: (about) => `Not all have the same secret: ${about}.`,
    do: 'Give all of them the same DUECOURSE_SECRET, and restart them: links in mail are checked by another process than the one that signed them.',
  }),
  'clock-off': processes({
    severity: 'error',
    title: 'a clock that is wrong',
    what: (about) => `The clock of ${about} differs from the database’s.`,
    do: 'Have both machines set their clocks by the network (NTP): `timedatectl` says whether they do.',
  }),
  'mail-unreachable': mail({
    severity: 'error',
    title: 'mail can’t leave',
    what: (about) => `Mail can’t leave: ${about}.`,
    do: 'Start the mail server, or correct DUECOURSE_SMTP_URL (without a mail server: the folder DUECOURSE_OUTBOX). What waits goes out then.',
  }),
  'mail-refused': mail({
    severity: 'error',
    title: 'the mail server does not let us in',
    what: (about) => `Mail can’t leave: ${about}.`,
    do: 'Correct the user and the password in DUECOURSE_SMTP_URL, or the key and the template of GOV.UK Notify. What waits goes out then.',
  }),
  'mail-put-off': mail({
    severity: 'warning',
    title: 'mail that is put off',
    what: (about) => `Mail has been waiting for more than an hour: ${about}.`,
    do: 'It is tried again by itself. The reason is the mail server’s own; where it does not pass, mend it there.',
  }),
  'mail-unsettled': mail({
    severity: 'warning',
    title: 'mail that nobody finishes',
    what: (about) => `Mail was begun more than 15 minutes ago, and nobody has said what became of it: ${about}.`,
    do: 'A worker was killed while it sent; another takes it up. See that one runs, and its log; mail for an inspection that is stuck waits until that goes on.',
  }),
  'inspection-stuck': inspection('stuck', {
    severity: 'error',
    title: 'an inspection that can’t go on',
    what: (about) => `It can’t go on: ${about}`,
    do: 'Mend what it says (a key that the workers lack, code that does not fit, a missing search attribute), then restart the workers: it is tried again by itself, and nothing is lost. The worker’s log names it by its workflowId.',
    officer: `${STANDS_STILL} ${WAIT}`,
  }),
  'inspection-not-recording': inspection('stuck', {
    severity: 'error',
    title: 'an inspection whose record does not reach the register',
    what: (about) => `What happened in it does not reach the register: ${about}`,
    do: 'Mend the register; it is tried again by itself, and nothing is lost. Where it says that another entry is there, compare the two with: duecourse recover REF --dry-run',
    officer: `What happens in it is not recorded at the moment, and nobody is reminded. ${WAIT}`,
  }),
  'inspection-late': inspection('stuck', {
    severity: 'error',
    title: 'an inspection whose clock has rung unheard',
    what: (about) => `Its clock rang at ${about}, and nothing has come of it.`,
    do: 'The workers or Temporal have more to do than they can, or none runs: see their processors and logs, and start another worker.',
    officer: `Its reminders are late. ${WAIT}`,
  }),
  'inspection-not-running': inspection('diverged', {
    severity: 'error',
    title: 'an inspection that is open and does not run',
    what: (about) => `The register has it open, and the engine ${about}: its clock does not run.`,
    do: 'Bring its clock back from the register: duecourse recover REF. Look first with --dry-run.',
    officer: `${STANDS_STILL} ${WAIT}`,
  }),
  'inspection-unrecorded': inspection('diverged', {
    severity: 'error',
    title: 'an inspection that runs and is not in the register',
    what: () => 'The engine runs it, and the register knows nothing of it.',
    do: 'The register was restored to a moment before its start, or this namespace serves another register too. Make up what is missing: duecourse recover REF. Look first with --dry-run.',
    officer: `It is missing from the lists. ${WAIT}`,
  }),
  'inspection-engine-behind': inspection('diverged', {
    severity: 'error',
    title: 'an inspection whose clock is behind its record',
    what: (about) => `The engine is behind the register: ${about}.`,
    do: 'The engine was restored to an earlier moment. Set its clock by the register: duecourse recover REF. Look first with --dry-run.',
    officer: `Its clock does not know the last changes. ${WAIT}`,
  }),
  'inspection-register-behind': inspection('diverged', {
    severity: 'error',
    title: 'an inspection whose record is behind its clock',
    what: (about) => `The register is behind the engine: ${about}.`,
    do: 'The register was restored to an earlier moment. Make up what is missing from the engine: duecourse recover REF. Look first with --dry-run.',
    officer: `Its record lacks the last changes. ${WAIT}`,
  }),
  'inspection-council-differs': inspection(null, {
    severity: 'error',
    title: 'an inspection that goes by another file of its council',
    what: () =>
      'It goes by another file of its council than the one on record: who holds which role, who is away, meetings.',
    do: 'Bring it the one on record: in the board under the council’s administration, “The council’s file”, “Tell all open inspections”; or all of them the file that you have, with duecourse authority apply FILE.',
    officer:
      'It may remind people who are no longer in post. Bring it the council’s file: under the council’s administration, “The council’s file”, “Tell all open inspections”.',
  }),
  'inspection-silent': inspection(null, {
    severity: 'warning',
    title: 'an inspection that does not answer',
    what: (about) => `It did not answer within ${about}.`,
    do: 'Its workers may be busy or have just been started: look again in a minute. Where it stays so, see the worker’s log for its workflowId.',
    officer: `It does not answer at the moment. ${WAIT}`,
  }),
  'look-incomplete': of('inspections')({
    severity: 'warning',
    title: 'not everything could be looked at',
    what: (about) => `Not everything could be looked at: ${about}`,
    do: 'Look again in a few minutes; where it stays so, see the log of the part that it names.',
  }),
};
