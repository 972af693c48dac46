import { statSync } from 'node:fs';
import type { LoadOptions } from '../files/loaded-inspection.ts';
import { loadStart } from '../files/load-start.ts';
import { progress } from './terminal.ts';

/** From this size on, a file takes seconds to be worked out: some 500 actions. */
const LARGE_BYTES = 100_000;

/** `loadStart`, which says first that a large file takes its time: nobody should wait before an empty screen. */
export function patientLoad(file: string, options: LoadOptions): ReturnType<typeof loadStart> {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size < LARGE_BYTES) return loadStart(file, options);
  progress(`Reading ${file}, ${Math.round(size / 1024)} KiB …`);
  const loaded = loadStart(file, options);
  progress(`Working out ${loaded.facts.inspection.actions.length} actions and what else follows …`);
  return loaded;
}
