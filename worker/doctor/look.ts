import { namesOf } from '../../domain/closed-table.ts';
import { finding, type Finding, isWell } from '../../domain/doctor/finding.ts';
import { FINDINGS } from '../../domain/doctor/findings.ts';
import type { FindingArea, Severity } from '../../domain/doctor/kinds.ts';
import type { InspectionStanding } from './inspections.ts';

/** What a look found. */
export interface Report {
  /** Nothing was found, or nothing beyond advice. */
  ok: boolean;
  /** When it was, UTC. */
  at: string;
  findings: Finding[];
  /** What was looked at, in a sentence each: what an operator wants to know besides. */
  seen: { area: FindingArea; words: string }[];
  inspections: InspectionStanding[];
  /** Areas of which nothing could be seen: what was found there before may still be so. */
  unseen: FindingArea[];
}

/** In the order in which they are told. */
const RANKS: readonly Severity[] = ['error', 'warning', 'advice'];

/** Gathers what is found, and goes on where a look itself fails. */
export class Look {
  private readonly findings: Finding[] = [];
  private readonly seen: Report['seen'] = [];
  private readonly unseen = new Set<FindingArea>();
  inspections: InspectionStanding[] = [];

  async at(area: FindingArea, look: () => Finding[] | Promise<Finding[]>): Promise<void> {
    try {
      this.findings.push(...(await look()));
    } catch (error) {
      this.misses(area);
      this.findings.push(
        finding('look-incomplete', `${area}: ${error instanceof Error ? error.message : String(error)}`),
      );
    }
  }

  saw(area: FindingArea, words: string): void {
    this.seen.push({ area, words });
  }

  misses(...areas: FindingArea[]): void {
    for (const area of areas) this.unseen.add(area);
  }

  report(at: string): Report {
    const order = namesOf(FINDINGS);
    const rank = ({ code, severity }: Finding): number => order.indexOf(code) + RANKS.indexOf(severity) * order.length;
    const findings = this.findings.toSorted((a, b) => rank(a) - rank(b));
    return {
      ...{ ok: isWell(findings), at, findings },
      ...{ seen: this.seen, inspections: this.inspections, unseen: [...this.unseen] },
    };
  }
}
