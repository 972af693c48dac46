import type { RegisterEntry } from '../lifecycle/entry.ts';
import { someOf } from '../some-of.ts';

/** An owner who has not answered, by name, and on which actions. */
export interface Silent {
  role: string;
  title: string;
  /** Titles of actions. */
  actions: string[];
}

/** What the entry of a round's end says in particular. */
export interface RoundData {
  silent: Silent[];
}

/** So many actions are named in a sentence, and so many letters of each. */
const MAX_TITLES = 8;
const MAX_TITLE = 80;

/** The titles of some actions, as a sentence names them. */
export const titlesOf = (actions: readonly string[]): string =>
  someOf(
    actions.map((title) => `“${title.length <= MAX_TITLE ? title : `${title.slice(0, MAX_TITLE)}…`}”`),
    MAX_TITLES,
  );

export function roundData(
  waiting: ReadonlyMap<string, readonly { title: string }[]>,
  roleTitle: (role: string) => string,
): RoundData {
  return {
    silent: [...waiting].map(([role, actions]) => ({
      role,
      title: roleTitle(role),
      actions: actions.map(({ title }) => title),
    })),
  };
}

/** 'Head of Service did not answer on 2 actions: “…”, “…”.' */
export const silenceInWords = ({ title, actions }: Silent): string =>
  `${title} did not answer on ${actions.length} action${actions.length === 1 ? '' : 's'}: ${titlesOf(actions)}.`;

/** Who did not answer in a round that has ended; undefined where an entry tells of none, or its words were erased. */
export function silentIn({ kind, data }: Pick<RegisterEntry, 'kind' | 'data'>): Silent[] | undefined {
  return kind === 'round-closed' ? ((data as Partial<RoundData>).silent ?? undefined) : undefined;
}
