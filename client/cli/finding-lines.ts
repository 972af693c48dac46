import type { Finding } from '../../domain/doctor/finding.ts';
import type { Severity } from '../../domain/doctor/kinds.ts';
import { colours } from './terminal.ts';

/** More of one kind nobody reads on a screen: where an engine is lost, every inspection is the same finding. */
const MAX_OF_A_KIND = 20;

function foremost(findings: readonly Finding[]): Finding[] {
  const counts = new Map<string, number>();
  return findings.filter(({ code }) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count <= MAX_OF_A_KIND;
  });
}

function leftOut(findings: readonly Finding[]): string[] {
  const counts = new Map<string, number>();
  for (const { code } of findings) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count > MAX_OF_A_KIND)
    .flatMap(([code, count]) => [
      '',
      `and ${count - MAX_OF_A_KIND} more of ${code}; all of them: duecourse doctor --json`,
    ]);
}

const MARKS: Record<Severity, () => string> = {
  error: () => colours.red('error  '),
  warning: () => colours.yellow('warning'),
  advice: () => colours.dim('advice '),
};

function renderedFinding({ code, severity, inspection, what, do: advice }: Finding): string[] {
  const mark = MARKS[severity]();
  const about = inspection === undefined ? '' : `${colours.bold(inspection)}: `;
  return ['', `${mark} ${about}${what}`, `        ${advice} ${colours.dim(`[${code}]`)}`];
}

/** What was found, each with what to do about it, as lines for a screen. */
export function findingLines(findings: readonly Finding[]): string[] {
  return [...foremost(findings).flatMap(renderedFinding), ...leftOut(findings)];
}
