import { Counter, Gauge, Registry } from 'prom-client';
import { FINDINGS } from '../../../domain/doctor/findings.ts';
import type { FindingCode } from '../../../domain/doctor/kinds.ts';
import { namesOf } from '../../../domain/closed-table.ts';
import type { Figures } from '../../../register/figures.ts';
import type { KeptReport } from '../../../register/look-notes.ts';

/** The register's figures as Prometheus reads them; without figures, that there are none, rather than old ones. */
export function figuresMetrics(figures: Figures | undefined): Promise<string> {
  const registry = new Registry();
  const registers = [registry];
  const gauge = (name: string, help: string, value: number) =>
    new Gauge({ name: `duecourse_${name}`, help, registers }).set(value);
  gauge('register_up', 'Whether the register answered.', figures === undefined ? 0 : 1);
  if (figures === undefined) return registry.metrics();

  gauge('inspections_open', 'Inspections that are open.', figures.openInspections);
  gauge('milestones_overdue', 'Milestones of open inspections that are overdue.', figures.overdue);
  gauge('milestones_due_soon', 'Milestones that are due within the next 7 days.', figures.dueSoon);
  gauge('milestones_held', 'Milestones on hold.', figures.held);
  gauge(
    'mail_queue_age_seconds',
    'How long the oldest mail has been claimed and not settled; 0 where there is none.',
    figures.oldestClaimSeconds,
  );
  const { sent, undeliverable, claimed, delayed } = figures.mails;
  const settled = new Counter({
    name: 'duecourse_mails_total',
    help: 'Mails by their end, which is final.',
    labelNames: ['state'],
    registers,
  });
  settled.inc({ state: 'sent' }, sent);
  settled.inc({ state: 'undeliverable' }, undeliverable);
  const waiting = new Gauge({
    name: 'duecourse_mails_waiting',
    help: 'Mails that have no end yet: being sent, or put off.',
    labelNames: ['state'],
    registers,
  });
  waiting.set({ state: 'claimed' }, claimed);
  waiting.set({ state: 'delayed' }, delayed);
  return registry.metrics();
}

/** No worker is there for anybody, or none answers. */
const WORKERS_AWAY: readonly FindingCode[] = ['worker-missing', 'worker-silent'];
/** What keeps a look from seeing whether one does. */
const WORKERS_UNSEEN: readonly FindingCode[] = ['engine-unreachable', 'engine-denied', 'namespace-missing'];

/**
 * What the newest look has found, counted: which inspections stand still, which differ between engine and register, and
 * everything by its code. Without a look nothing, rather than that all is well; `last_look` says how old it is.
 */
export function lookMetrics(report: KeptReport | null | undefined): Promise<string> {
  const registry = new Registry();
  const registers = [registry];
  if (report === null || report === undefined) return registry.metrics();
  const gauge = (name: string, help: string, value: number) =>
    new Gauge({ name: `duecourse_${name}`, help, registers }).set(value);
  const counted = (as: 'stuck' | 'diverged'): number =>
    new Set(report.findings.filter(({ code }) => FINDINGS[code].counted === as).map(({ inspection }) => inspection))
      .size;
  const has = (codes: readonly FindingCode[]): boolean => report.findings.some(({ code }) => codes.includes(code));
  if (!has(WORKERS_UNSEEN))
    gauge('worker_up', 'Whether a worker asked for work and answered, at the last look.', has(WORKERS_AWAY) ? 0 : 1);
  gauge('inspections_stuck', 'Open inspections that can’t go on.', counted('stuck'));
  gauge('inspections_diverged', 'Inspections on which engine and register differ.', counted('diverged'));
  gauge('last_look_timestamp_seconds', 'When somebody last looked whether all is well.', Date.parse(report.at) / 1000);
  const found = new Gauge({
    name: 'duecourse_findings',
    help: 'What the last look has found, by its code: docs/doctor.md.',
    labelNames: ['code', 'severity'],
    registers,
  });
  for (const code of namesOf(FINDINGS))
    found.set({ code, severity: FINDINGS[code].severity }, report.findings.filter((each) => each.code === code).length);
  return registry.metrics();
}
