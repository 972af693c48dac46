import { roleTitle } from '../../../domain/authority/roles.ts';
import { namesOf } from '../../../domain/closed-table.ts';
import {
  itemsById,
  type PlanItem,
  type PlanItemKind,
  planItems,
  type PlanPart,
} from '../../../domain/revisions/plan-items.ts';
import { ownerIn } from '../../../domain/revisions/steps.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import type { Action, Theme } from '../../../domain/schemas/plan.ts';
import { haveWords, wordsIn } from '../../../domain/words.ts';
import { NO_THEME } from '../inspection/plan-outline.ts';
import { APART, type Apart } from './kinds.ts';

/** One thing of a plan in the editor's list. */
export interface OutlineLine {
  what: PlanItemKind;
  id: string;
  item: PlanItem;
}

/** A theme with its actions, the actions that stand under none, or all of another kind. */
export interface OutlineSection {
  /** By which it is chosen in the address: `theme=so-1` or `kind=measure`. */
  key: string;
  title: string;
  kind: 'action' | Apart;
  /** Before its actions, of which there may be none yet. */
  theme: OutlineLine | undefined;
  lines: OutlineLine[];
}

/** What is in the plan, and what was before the draft withdrew it, where it stood. */
function withGone(what: PlanItemKind, base: PlanPart, plan: PlanPart): OutlineLine[] {
  const now = itemsById(plan, what);
  const before = [...itemsById(base, what)].map(([id, item]) => [id, now.get(id) ?? item] as const);
  return [...new Map([...before, ...now])].map(([id, item]) => ({ what, id, item }));
}

/** The whole plan in the order of the editor's list: theme by theme, then what stands under none, kind by kind. */
export function outlineOf({ base, plan }: { base: PlanPart; plan: PlanPart }): OutlineSection[] {
  const themes = withGone('theme', base, plan);
  const known = new Set(themes.map(({ id }) => id));
  const under = new Map<string, OutlineLine[]>();
  for (const line of withGone('action', base, plan)) {
    const { theme } = line.item as Action;
    const of = theme !== undefined && known.has(theme) ? theme : '';
    const there = under.get(of);
    if (there === undefined) under.set(of, [line]);
    else there.push(line);
  }
  const loose = under.get('') ?? [];
  return [
    ...themes.map((theme) => ({
      ...{ key: `theme=${theme.id}`, title: (theme.item as Theme).title, kind: 'action' as const },
      ...{ theme, lines: under.get(theme.id) ?? [] },
    })),
    ...(loose.length === 0 && themes.length > 0
      ? []
      : [
          {
            ...{
              key: `theme=${NO_THEME}`,
              title: themes.length > 0 ? 'Under no theme' : 'Themes and actions',
              kind: 'action' as const,
            },
            ...{ theme: undefined, lines: loose },
          },
        ]),
    ...namesOf(APART).map((kind) => ({
      ...{ key: `kind=${kind}`, title: APART[kind].title, kind },
      ...{ theme: undefined, lines: withGone(kind, base, plan) },
    })),
  ];
}

/** What of the list somebody looks at. */
export interface LookedFor {
  /** A section's key; all of them where it is undefined. */
  only: string | undefined;
  /** Words, each of which begins a word of its title, its short name, or of whose it is. */
  words: string;
}

/** The sections that have something of it, each with nothing else. */
export function lookedFor(
  sections: readonly OutlineSection[],
  { only, words }: LookedFor,
  { authority, themes }: { authority: Authority; themes: readonly Theme[] },
): OutlineSection[] {
  const chosen = only === undefined ? sections : sections.filter(({ key }) => key === only);
  const sought = wordsIn(words);
  if (sought.length === 0) return [...chosen];
  const has = ({ what, id, item }: OutlineLine): boolean => {
    const { titleOf, rolesOf } = planItems(what);
    const roles = [...rolesOf(item), what === 'action' ? ownerIn({ themes }, item as Action) : undefined];
    const whose = roles.flatMap((role) => (role === undefined ? [] : roleTitle(authority, role)));
    return haveWords(sought, [id, titleOf(item), ...whose].join(' '));
  };
  return chosen.flatMap((section) => {
    const lines = section.lines.filter(has);
    const isTheme = section.theme !== undefined && has(section.theme);
    return lines.length === 0 && !isTheme ? [] : [{ ...section, lines }];
  });
}

/** A section as far as it is on one page. */
export interface ShownSection extends OutlineSection {
  /** It begins on an earlier page. */
  continued: boolean;
  /** What is said where there is nothing in it, on no page. */
  empty: string | undefined;
}

/** Each theme, and each section in which there is nothing, takes a line of its own. */
const headsOf = ({ theme, lines }: OutlineSection): number => (theme !== undefined || lines.length === 0 ? 1 : 0);

export const linesIn = (sections: readonly OutlineSection[]): number =>
  sections.reduce((n, section) => n + headsOf(section) + section.lines.length, 0);

/** So many lines of sections from one on, gathered again under their heads. */
export function sectionsOnPage(
  sections: readonly OutlineSection[],
  { offset, limit }: { offset: number; limit: number },
): ShownSection[] {
  let before = 0;
  return sections.flatMap((section): ShownSection[] => {
    const begins = before;
    const heads = headsOf(section);
    before += heads + section.lines.length;
    if (before <= offset || begins >= offset + limit) return [];
    const from = Math.max(0, offset - begins - heads);
    const lines = section.lines.slice(from, Math.max(0, offset + limit - begins - heads));
    const empty = section.lines.length > 0 ? undefined : emptyInWords(section);
    return [{ ...section, lines, empty, continued: begins < offset }];
  });
}

function emptyInWords({ kind, theme }: OutlineSection): string {
  if (kind !== 'action') return APART[kind].empty;
  return theme === undefined
    ? 'Nothing is in the plan yet. Begin with its themes, or with actions.'
    : 'No action stands under it yet.';
}

/**
 * Where in the list something stands: in which section, and on which line, from 0, of all and of its section alone;
 * undefined where it is not in it.
 */
export function placeIn(
  sections: readonly OutlineSection[],
  what: string,
  id: string,
): { section: OutlineSection; inAll: number; inSection: number } | undefined {
  let before = 0;
  for (const section of sections) {
    const heads = headsOf(section);
    const isIt = (line: OutlineLine | undefined): boolean => line?.what === what && line.id === id;
    const at = section.lines.findIndex(isIt);
    const inSection = isIt(section.theme) ? 0 : at === -1 ? undefined : heads + at;
    if (inSection !== undefined) return { section, inAll: before + inSection, inSection };
    before += heads + section.lines.length;
  }
  return undefined;
}
