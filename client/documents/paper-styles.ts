import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../platform/package-root.ts';

const style = (name: string): string => readFileSync(join(packageRoot(), 'client', 'web', 'templates', name), 'utf8');

let made: string | undefined;

/** The styles of pictures of figures as they are on paper: the board's, in its light colours. */
export function paperStyles(): string {
  made ??= styled();
  return made;
}

function styled(): string {
  const colours = new Map<string, string>();
  // The light ones stand first.
  for (const [, name = '', value = ''] of style('board.css').matchAll(/--([\w-]+):\s*([^;}]+)/g))
    if (!colours.has(name)) colours.set(name, value.trim());
  const [figures = ''] = style('figures.css').split('@media print');
  return figures
    .replaceAll(/\/\*[^]*?\*\//g, '')
    .replaceAll(/var\(--([\w-]+)\)/g, (_, name: string) => colours.get(name) ?? 'inherit')
    .trim();
}
