import { PartMissing } from './part-missing.ts';
import { findClusterPrograms, findTemporalProgram, locateTemporal } from './parts.ts';
import { postgresBinaries } from './postgres-binaries.ts';

/** Finding what is there takes some milliseconds and needs no words; fetching or building takes minutes and does. */
const SILENT_FOR_MS = 500;

/**
 * Makes sure that what duecourse runs on is there: `ensure start` before `npm start`, which may use servers of your own; `ensure test`
 * before `npm test`, which never does; `ensure cluster` before `npm run cluster`. Run by `platform/setup.mjs`.
 */
async function ensure(what: string | undefined): Promise<void> {
  const lines = heldBack();
  if (what === 'start') await locateTemporal(lines.log);
  if (what === 'test') await findTemporalProgram(lines.log);
  if (what === 'test' || what === 'cluster') await findClusterPrograms(lines.log);
  if (what === 'test' || !process.env['DATABASE_URL']) postgresBinaries();
  lines.drop();
}

/** Lines are kept back at first, and shown, with all that follow, where the work turns out to take its time. */
function heldBack() {
  let held: string[] | undefined = [];
  const timer = setTimeout(() => {
    for (const line of held ?? []) console.log(line);
    held = undefined;
  }, SILENT_FOR_MS);
  return {
    log: (line: string) => (held ? void held.push(line) : console.log(line)),
    drop: () => clearTimeout(timer),
  };
}

try {
  await ensure(process.argv[2]);
  process.exit(0);
} catch (error) {
  console.error(error instanceof PartMissing ? error.message : error);
  process.exit(1);
}
