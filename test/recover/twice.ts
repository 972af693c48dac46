import assert from 'node:assert/strict';
import type { Finding } from '../../client/recover/findings.ts';
import { lookFor, recover, type Recovered } from '../../client/recover/recover.ts';
import type { Command } from '../../domain/commands/commands.ts';
import { type InspectionRef, partsOf } from '../../domain/inspection-ref.ts';
import type { LifecycleStart } from '../../domain/lifecycle/state.ts';
import { Story } from '../../domain/preview/story.ts';
import { startOf } from '../support/facts.ts';
import { toldIn, TwoStores } from '../support/two-stores.ts';

export const START = '2016-02-19T10:00:00.000Z';
export const PLAN = 'plan-submission/written-action-plan';
export const actor = { id: 'someone', role: 'head-of-service' };
const ended = (reference: string): LifecycleStart => {
  const start = startOf({
    commitments: [{ rule: 'cabinet-update' }],
    actions: [
      { id: 'audit', title: 'Audit of case files', owner: 'team-manager', due: '2016-04-29' },
      { id: 'training', title: 'Training', owner: 'head-of-service', due: '2016-06-03' },
    ],
  });
  return { ...start, facts: { ...start.facts, inspection: { ...start.facts.inspection, reference } } };
};

/** What is asked, and when. */
const ASKED: [at: string, command: Command][] = [
  ['2016-03-10T11:00:00.000Z', { name: 'acknowledge', payload: { milestone: PLAN, promisedOn: '2016-05-20' } }],
  ['2016-04-12T11:00:00.000Z', { name: 'complete', payload: { milestone: 'improvement-actions/audit' } }],
  ['2016-06-20T11:00:00.000Z', { name: 'submit', payload: { milestone: PLAN } }],
];

/** The same story twice: on the two stores, and by the pure heart, which nothing can be taken from. */
export class Twice {
  readonly stores: TwoStores;
  readonly inspections: InspectionRef[];
  private readonly pure: Story[];

  private constructor(stores: TwoStores, inspections: InspectionRef[], pure: Story[]) {
    this.stores = stores;
    this.inspections = inspections;
    this.pure = pure;
  }

  static async begin(references: string[], extra: { eventsPerRun?: number } = {}): Promise<Twice> {
    const stores = await TwoStores.open(START);
    const inspections: InspectionRef[] = [];
    for (const reference of references) inspections.push(await stores.start(ended(reference), extra));
    return new Twice(
      stores,
      inspections,
      references.map((reference) => new Story(ended(reference), START)),
    );
  }

  /** Goes on to an instant, with what is asked on the way. */
  async until(instant: string): Promise<void> {
    for (const [at, { name, payload }] of ASKED.filter(([at]) => at > this.stores.now && at <= instant)) {
      await this.stores.until(at);
      for (const inspection of this.inspections) await this.stores.engine.command(inspection, name, payload, actor);
      for (const story of this.pure) story.until(at).command({ name, payload } as Command, actor);
    }
    await this.stores.until(instant);
    for (const story of this.pure) story.until(instant);
  }

  look(which: readonly InspectionRef[] | 'all' = 'all'): Promise<Finding[]> {
    return lookFor(this.stores, which);
  }

  async recover(): Promise<Recovered[]> {
    const options = this.stores.options();
    const recovered: Recovered[] = [];
    for await (const each of recover(this.stores, await this.look(), options)) {
      recovered.push(each);
      if (each.remedy === 'clock') this.stores.follow(each.comparison.inspection, options);
    }
    return recovered;
  }

  /** Nothing differs, every chain is whole, and everybody has been told exactly what they should have been. */
  async mustBeWell(): Promise<void> {
    assert.deepEqual(await this.look(), []);
    for (const { ok, findings = [] } of await this.stores.register.verify())
      assert.deepEqual({ ok, findings }, { ok: true, findings: [] });
    this.inspections.forEach((inspection, index) =>
      assert.deepEqual(this.stores.told(inspection), toldIn(this.pure[index]?.mails ?? [])),
    );
  }

  async kinds(inspection = this.inspections[0]): Promise<string[]> {
    const { authority, reference } = partsOf(inspection ?? 'none/none');
    return (await this.stores.register.history(authority, reference)).map(({ kind }) => kind);
  }
}
