import type { Checked } from '../checker.ts';
import type { Site } from '../site.ts';

export interface ScenarioOptions {
  /** How long the load goes on, in real seconds. */
  seconds: number;
  /** How long the register is away, in real seconds: activities run in real time, whatever the story's clock says. */
  down: number;
  worker: string;
}

/** One fault: what is proved, whether it can be had here (else why not), and the run. */
export interface Scenario {
  proves: string;
  unavailable?: (site: Site) => string | undefined;
  run: (site: Site, options: ScenarioOptions) => Promise<Checked>;
}
