import { Counter, Gauge, Registry } from 'prom-client';
import type { Figures } from '../../../register/figures.ts';

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
