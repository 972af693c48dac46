import type { InspectionRef } from '../inspection-ref.ts';
import { FINDINGS } from './findings.ts';
import type { FindingCode, Severity } from './kinds.ts';

/** Something that is not as it should be, and what to do about it. */
export interface Finding {
  code: FindingCode;
  severity: Severity;
  /** The inspection that it is about, where it is about one. */
  inspection?: InspectionRef;
  what: string;
  do: string;
}

/** A finding of a kind; `about` is what was found, as the kind's sentence wants it. */
export function finding(code: FindingCode, about: string = '', inspectionRef?: InspectionRef): Finding {
  const kind = FINDINGS[code];
  return {
    code,
    severity: kind.severity,
    ...(inspectionRef === undefined ? {} : { inspection: inspectionRef }),
    what: kind.what(about),
    do: kind.do.replaceAll('REF', inspectionRef ?? '').replaceAll('THIS', about),
  };
}

/** Nothing was found that is not as it should be: what is only advised is no more than that. */
export const isWell = (findings: readonly Finding[]): boolean =>
  findings.every(({ severity }) => severity === 'advice');

/** By which a finding is known from one look to the next, whatever numbers its sentence holds. */
export function keyOf({ code, inspection, what }: Finding): string {
  return [code, inspection ?? (FINDINGS[code].several ? what : '')].filter((part) => part !== '').join(' ');
}
