import { delivered } from '../domain/lifecycle/delivered.ts';
import type { Mailing } from '../domain/lifecycle/mailings.ts';
import { openLifecycle } from '../domain/lifecycle/open-lifecycle.ts';
import type { LifecycleStart, LifecycleState } from '../domain/lifecycle/state.ts';
import { wake } from '../domain/lifecycle/wake.ts';
import { startOf } from '../test/support/facts.ts';
import { middlesbroughWith } from './example.ts';
import { type Figure, round } from './measure.ts';

/** In the sending hours of the day on which the reports came out. */
const AT = '2016-02-19T10:00:00.000Z';

/**
 * Inspections of so many actions, and the KiB of each in version 0.1 (commit 6f1f0a6), measured by this very file with the
 * names of its time.
 */
const KINDS = [
  {
    what: 'actions of a few words',
    start: withShortActions,
    before: new Map([
      [21, 44.3],
      [200, 295],
      [1000, 1419],
    ]),
  },
  {
    what: 'actions as long as the 2016 example’s, with theme, recommendation and measure',
    start: middlesbroughWith,
    before: new Map([
      [21, 86.5],
      [200, 466],
      [1000, 2171],
    ]),
  },
];
const GOAL = 1 / 4;

/** What a lifecycle hands on when it continues as new, once its first mails have gone and all is recorded. */
function afterFirstDelivery(start: LifecycleStart): LifecycleState {
  let state = openLifecycle(start, AT);
  for (;;) {
    const awake = wake(state, AT);
    if (awake.mailings.length === 0) return { ...awake.state, unrecorded: [] };
    state = delivered(awake.state, awake.mailings, awake.mailings.map(sent), AT);
  }
}

const sent = ({ digest }: Mailing) => ({ digest: digest.id, outcome: 'sent' as const, reason: null });

function withShortActions(count: number): LifecycleStart {
  return startOf({
    actions: Array.from({ length: count }, (_, index) => ({
      id: `a${index + 1}`,
      title: `Action ${index + 1}`,
      owner: 'head-of-service',
      due: { n: (index % 36) + 1, unit: 'month' },
    })),
  });
}

/** Bytes of the state, with ever more actions. */
export function stateSizes(): Figure[] {
  return KINDS.flatMap(({ what, start, before }) =>
    [...before].map(([actions, kibBefore]) => {
      const kib = Buffer.byteLength(JSON.stringify(afterFirstDelivery(start(actions)))) / 1024;
      return {
        what: `kept state with ${actions} ${what}, after the first delivery`,
        value: `${round(kib)} KiB: ${round(kib / kibBefore)} of 0.1`,
        against: `${round(kibBefore)} KiB in 0.1`,
        goal: 'a quarter of 0.1 or less',
        met: kib <= kibBefore * GOAL,
      };
    }),
  );
}
