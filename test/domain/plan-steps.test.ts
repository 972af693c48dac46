import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changesOf, type PlanChange } from '../../domain/revisions/changes.ts';
import { fallenOf } from '../../domain/revisions/fallen.ts';
import { idOfEdit } from '../../domain/revisions/edits.ts';
import { freshId } from '../../domain/revisions/fresh-id.ts';
import { itemsById, type PlanPart } from '../../domain/revisions/plan-items.ts';
import { type Clash, type Holds, rebased } from '../../domain/revisions/rebased.ts';
import {
  edited,
  planWith,
  putting,
  splitting,
  undoing,
  withdrawing,
  withdrawingAction,
  withdrawingTheme,
} from '../../domain/revisions/steps.ts';
import type { Edit } from '../../domain/revisions/edits.ts';
import { action, base, draft, step, theme } from '../support/plan-drafts.ts';

const one = fc.constantFrom;

const byName = (edits: readonly Edit[]): Edit[] =>
  edits.toSorted((one, other) => (`${one.what} ${idOfEdit(one)}` < `${other.what} ${idOfEdit(other)}` ? -1 : 1));

describe('a draft of a plan', () => {
  test('whatever was done, and in whatever order it is taken back: then nothing differs', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (steps, picks) => {
        let edits = draft(steps);
        const many = edits.length;
        for (let turn = 0; edits.length > 0; turn++) {
          const edit = edits[Number(picks.next().value ?? 0) % edits.length];
          if (edit === undefined || turn > many) throw new Error(`not undone: ${JSON.stringify(edits)}`);
          const before = edits.length;
          edits = edited(base, edits, undoing(edit.what, idOfEdit(edit)));
          expect(edits.length).toBeLessThan(before);
        }
      }),
    );
  });

  test('nothing names what is withdrawn', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), one('i', 'ii', 'iii'), (steps, id) => {
        const { themes, actions, measures = [] } = planWith(base, draft([...steps, withdrawing('recommendation', id)]));
        const named = [...themes, ...actions, ...measures].flatMap(({ recommendations }) => recommendations);
        expect(named).not.toContain(id);
      }),
    );
  });

  test('why something is withdrawn stays with it, whatever is done after it, and when others revise the plan', () => {
    const why = 'a2 has taken it in';
    fc.assert(
      fc.property(fc.array(step, { maxLength: 5 }), fc.array(step, { maxLength: 5 }), (before, after) => {
        const known = draft(before);
        const own = (all: readonly Edit[]) => all.find((each) => each.kind === 'withdraw' && idOfEdit(each) === 'a1');
        if (own(known) !== undefined) return;
        let edits = edited(base, known, withdrawingAction('a1'), why);
        for (const each of after) {
          const next = edited(base, edits, each);
          // What brings it back takes the reason with it.
          if (own(next) === undefined) break;
          edits = next;
        }
        const carried = rebased(edits, { base, present: base }, () => undefined).edits;
        for (const all of [edits, carried]) expect(own(all)).toMatchObject({ reason: why });
      }),
    );
  });

  test('what is split keeps what was there: theme, owner, who is beside, measure, day, and who counts on it', () => {
    const parts = [
      { id: 'x', title: 'X', due: '2027-01-29', recommendations: ['ii'] },
      { id: 'y', title: 'Y', due: '2027-02-26', recommendations: ['ii'], owner: 'clerk' },
    ];
    const plan = planWith(base, draft([splitting('a2', parts)]));
    const kept = { theme: 't1', with: ['clerk'], measure: 'Shares', replaces: ['a2'], recommendations: ['ii'] };
    expect(plan.actions.slice(-2)).toEqual([
      { ...kept, id: 'x', title: 'X', due: '2027-01-29', owner: 'head' },
      { ...kept, id: 'y', title: 'Y', due: '2027-02-26', owner: 'clerk' },
    ]);
    expect(plan.actions.map(({ id }) => id)).not.toContain('a2');
    expect(plan.measures?.[0]?.actions).toEqual(['a1', 'x', 'y']);
  });

  test('what was new in the draft and is split takes the place of nothing', () => {
    const parts = ['x', 'y'].map((id) => ({ id, title: id, due: '2027-01-29', recommendations: [] }));
    const plan = planWith(base, draft([putting('action', action('n1', 't1')), splitting('n1', parts)]));
    expect(plan.actions.slice(-2).map((each) => 'replaces' in each)).toEqual([false, false]);
  });

  test('a theme’s actions go to another, or leave the plan with it', () => {
    const moved = planWith(base, draft([withdrawingTheme('t1', { to: 't3' })]));
    expect(moved.actions.map((each) => each.theme)).toEqual(['t3', 't3', 't2', 't2']);
    expect(moved.measures?.[0]?.themes).toEqual(['t2']);
    const gone = planWith(base, draft([withdrawingTheme('t1', 'withdrawn')]));
    expect(gone.actions.map(({ id }) => id)).toEqual(['a3', 'a4']);
  });

  test('an action that has taken another in says so', () => {
    const { actions } = planWith(base, draft([withdrawingAction('a1', 'a2')]));
    expect(actions[0]).toMatchObject({ id: 'a2', replaces: ['a1'] });
  });
});

describe('a draft on a plan that others have revised', () => {
  const never = (): Holds | undefined => {
    throw new Error('nothing is to be asked');
  };
  const over = (mine: Edit[], theirs: Edit[], holds: (clash: Clash) => Holds | undefined = never) =>
    rebased(mine, { base, present: planWith(base, theirs) }, holds);

  test('where nothing was revised it stays as it is', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const edits = draft(steps);
        const carried = over(edits, []);
        // In which order things stand says nothing.
        expect({ ...carried, edits: byName(carried.edits) }).toEqual({ edits: byName(edits), clashes: [], lost: [] });
      }),
    );
  });

  test('where others did the very same, nothing is left of it, and nothing is asked', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const edits = draft(steps);
        expect(over(edits, edits)).toEqual({ edits: [], clashes: [], lost: [] });
      }),
    );
  });

  test('until it is said which holds, what others have done stands in every field that both have changed', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 5 }), fc.array(step, { maxLength: 5 }), (mine, others) => {
        const theirs = draft(others);
        const { edits, clashes } = over(draft(mine), theirs, () => undefined);
        const present = planWith(base, theirs);
        const after = planWith(present, edits);
        for (const { what, id, field, theirs: value } of clashes) {
          const item: Partial<Record<string, unknown>> = { ...itemsById(after, what).get(id) };
          expect(itemsById(after, what).has(id)).toBe(true);
          if (field !== undefined) expect(item[field]).toEqual(value);
        }
      }),
    );
  });

  const put = (item: PlanPart['actions'][number]): Edit => ({ kind: 'put', what: 'action', item });
  const a1 = action('a1', 't1', ['i', 'ii']);

  test('different fields of one thing: both hold', () => {
    const { edits } = over([put({ ...a1, title: 'Mine' })], [put({ ...a1, due: '2027-06-30' })]);
    expect(edits).toEqual([put({ ...a1, title: 'Mine', due: '2027-06-30' })]);
  });

  test('the same field: it is asked, and what is said holds', () => {
    const [mine, theirs] = [[put({ ...a1, title: 'Mine' })], [put({ ...a1, title: 'Theirs' })]];
    const asked = over(mine, theirs, () => undefined);
    expect(asked.clashes).toMatchObject([{ name: 'action/a1/title', yours: 'Mine', theirs: 'Theirs' }]);
    expect(asked.edits).toEqual([]);
    expect(over(mine, theirs, () => 'yours').edits).toEqual(mine);
  });

  test('what they have withdrawn falls away, and is told', () => {
    const { edits, lost } = over([put({ ...a1, title: 'Mine' })], [{ kind: 'withdraw', what: 'action', id: 'a1' }]);
    expect([edits, lost]).toEqual([[], [{ what: 'action', id: 'a1', title: 'Mine' }]]);
  });

  test('what falls away is named line by line: of what they have withdrawn, and what they have changed alike', () => {
    const fell = (mine: Edit[], theirs: Edit[]) => {
      const present = planWith(base, theirs);
      return fallenOf(
        mine,
        { base, present },
        rebased(mine, { base, present }, () => undefined),
      );
    };
    const gone: Edit = { kind: 'withdraw', what: 'action', id: 'a1' };
    const mine = [put({ ...a1, title: 'Mine', due: '2027-06-30' })];
    expect(fell(mine, [gone])).toMatchObject({
      withdrawn: [
        { id: 'a1', field: 'title', to: 'Mine' },
        { id: 'a1', field: 'due', to: '2027-06-30' },
      ],
      there: [],
    });
    expect(fell(mine, [put({ ...a1, due: '2027-06-30' })])).toMatchObject({
      withdrawn: [],
      there: [{ id: 'a1', field: 'due' }],
    });
    expect(fell([gone], [gone])).toMatchObject({ withdrawn: [], there: [{ kind: 'withdraw', id: 'a1' }] });
    // What clashes is asked about, and what holds falls nowhere.
    expect(fell(mine, [put({ ...a1, title: 'Theirs' })])).toEqual({ withdrawn: [], there: [] });
  });

  test('no change of a draft is gone unseen: it is carried over, clashes, or is named as fallen', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), fc.array(step, { maxLength: 6 }), (mine, others) => {
        const edits = draft(mine);
        const present = planWith(base, draft(others));
        const over = rebased(edits, { base, present }, () => undefined);
        const { withdrawn, there } = fallenOf(edits, { base, present }, over);
        const nameOf = (change: PlanChange) =>
          [change.what, change.id, change.kind === 'change' ? change.field : ''].join('/');
        const seen = new Set([
          ...[...withdrawn, ...there, ...changesOf(present, over.edits)].map(nameOf),
          ...over.clashes.map(({ name }) => name),
        ]);
        // What is new may have got another name, or have been made by others with other words.
        const lines = changesOf(base, edits).filter(({ kind }) => kind !== 'add');
        expect(lines.map(nameOf).filter((name) => !seen.has(name))).toEqual([]);
      }),
    );
  });

  test('what they have changed is not withdrawn unseen', () => {
    const mine: Edit[] = [{ kind: 'withdraw', what: 'action', id: 'a1' }];
    const theirs = [put({ ...a1, title: 'Theirs' })];
    expect(over(mine, theirs, () => undefined)).toMatchObject({ edits: [], clashes: [{ name: 'action/a1/' }] });
    expect(over(mine, theirs, () => 'yours').edits).toEqual(mine);
  });

  test('something new of a name that they have given something else gets another, with all that names it', () => {
    const mine: Edit[] = [
      { kind: 'put', what: 'theme', item: { ...theme('n1'), title: 'Mine' } },
      put({ ...action('n2', 'n1'), title: 'Under mine' }),
    ];
    const { edits } = over(mine, [{ kind: 'put', what: 'theme', item: { ...theme('n1'), title: 'Theirs' } }]);
    expect(edits).toEqual([
      { kind: 'put', what: 'theme', item: { ...theme('n1'), id: 'mine', title: 'Mine' } },
      put({ ...action('n2', 'mine'), title: 'Under mine' }),
    ]);
  });
});

describe('a short name', () => {
  test.each([
    ['Put one supervision and recording standard in place for all teams', 'put-one-supervision-and-recording'],
    ['The child’s voice, Ångström & “café”', 'the-childs-voice-angstrom-cafe'],
    ['…', 'item'],
    ['x'.repeat(60), 'x'.repeat(40)],
  ])('of %s', (title, id) => {
    expect(freshId(title, new Set())).toBe(id);
    expect(freshId(title, new Set([id, `${id}-2`]))).toBe(`${id}-3`);
  });
});
