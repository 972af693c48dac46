import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from './fixture-project.ts';

/** What of node:net looks at an address, and opens none. */
const ADDRESSES_ALONE = /^import \{ (?:(?:BlockList|isIP|isIPv4|isIPv6)(?:, )?)+ \} from 'node:net';$/gm;
/** Every import of a module that is still there at run time. */
const IMPORTS = /^(?:import|export)\s(?!type\s)(?:[^;]*?\sfrom\s)?'([^']+)'/gm;
const IMPORTS_WHEN_ASKED = /\bimport\('([^']+)'\)/g;

interface Ways {
  /** What is imported only once it is asked for counts as well. */
  whenAsked?: boolean;
  /** Files that are not looked into. */
  except?: readonly string[];
}

/** What a file imports, however far, up to the first import that is looked for: the ways to those. */
export function reachedFrom(file: string, sought: RegExp, { whenAsked = false, except = [] }: Ways = {}): string[] {
  const seen = new Set(except.map((each) => join(root, each)));
  const look = (at: string, chain: readonly string[]): string[] => {
    if (seen.has(at)) return [];
    seen.add(at);
    const way = [...chain, relative(root, at)];
    const source = readFileSync(at, 'utf8').replace(ADDRESSES_ALONE, '');
    const found = [...source.matchAll(IMPORTS), ...(whenAsked ? source.matchAll(IMPORTS_WHEN_ASKED) : [])];
    return found.flatMap(([, from = '']) => {
      if (sought.test(from)) return [[...way, from].join(' → ')];
      const next = join(dirname(at), from);
      return from.startsWith('.') && from.endsWith('.ts') && existsSync(next) ? look(next, way) : [];
    });
  };
  return look(file, []);
}
