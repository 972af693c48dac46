import { expect, test } from 'vitest';
import { partsOf } from '../../domain/inspection-ref.ts';
import { resolveRules, loadRulePack } from '../../client/files/rules.ts';
import { startOf } from '../support/facts.ts';
import { historiesOf, openRig } from '../support/rig.ts';

const CLIENTS = 6;
const QUESTIONS = 25;
const EVENTS = 60;
const administrator = { id: 'x', role: 'democratic-services' };

test('an inspection that is asked without a pause goes on in new runs all the same, and forgets nothing', async () => {
  const rig = await openRig();
  const given = startOf({});
  const rules = [...given.facts.rules, ...resolveRules(loadRulePack('commitments'))];
  const start = { ...given, facts: { ...given.facts, rules } };
  const id = await rig.start(start, '2016-02-22T10:00:00.000Z', { eventsPerRun: EVENTS });
  const ask = async (client: number, n: number): Promise<void> => {
    const payload = { id: `q${client}-${n}`, by: 'ward 1', text: 'Why?'.repeat(100) };
    for (let turn = 0; ; turn++)
      try {
        await rig.engine.command(id, 'ask', payload, administrator, { updateId: payload.id });
        return;
      } catch (error) {
        // One run ends and the next begins: asked once more under the same id it is carried out once.
        if (turn > 20 || String(error).includes('there is already')) throw error;
      }
  };
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      for (let n = 0; n < QUESTIONS; n++) await ask(client, n);
    }),
  );
  const { state } = await rig.engine.inspect(id);
  expect(state.facts.questions).toHaveLength(CLIENTS * QUESTIONS);
  const { authority, reference } = partsOf(id);
  expect(await rig.register.reached(authority, reference, state.seq, 60_000)).toBe(true);
  const seqs = (await rig.register.history(authority, reference)).map(({ seq }) => seq).filter((seq) => seq > 0);
  expect(seqs).toEqual(Array.from({ length: state.seq }, (_, index) => index + 1));
  const lengths = (await historiesOf(rig.client, id)).map(({ history }) => history.events?.length ?? 0);
  expect(Math.max(...lengths)).toBeLessThan(4 * EVENTS);
}, 300_000);
