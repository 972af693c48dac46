import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TEMPLATES } from '../../../client/web/render.ts';

const read = (name: string): string => readFileSync(join(TEMPLATES, name), 'utf8');
const board = read('board.css');
const [, light = ''] = /:root \{([^}]*)\}/.exec(board) ?? [];
const [, dark = ''] = /prefers-color-scheme: dark\) \{\s*:root \{([^}]*)\}/.exec(board) ?? [];
const colours = (block: string): Map<string, string> =>
  new Map([...block.matchAll(/(--board-[\w-]+): (#[0-9a-f]{3,6})/g)].map(([, name = '', hex = '']) => [name, hex]));

/** Relative luminance, as WCAG 2.2 defines it. */
function luminance(hex: string): number {
  const full = hex.length === 4 ? hex.slice(1).replaceAll(/./g, '$&$&') : hex.slice(1);
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(full.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const contrast = (a: string, b: string): number => {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
};

// What stands on a page of its own (plain.css) is light always.
test.each(readdirSync(TEMPLATES).filter((name) => name.endsWith('.css') && name !== 'plain.css'))(
  '%s names every colour that it uses',
  (name) => {
    const rules = name === 'board.css' ? board.replace(light, '').replace(dark, '') : read(name);
    expect(rules.match(/#[0-9a-f]{3,8}\b|\brgba?\(|: (white|black|red|green)\b/gi) ?? []).toEqual([]);
    const used = [...rules.matchAll(/var\((--board-[\w-]+)/g)].map(([, each = '']) => each);
    expect([...new Set(used)].filter((each) => !colours(light).has(each))).toEqual([]);
  },
);

const TEXT = [
  '--board-ink',
  '--board-mild',
  '--board-late',
  '--board-open',
  '--board-held',
  '--board-submitted',
  '--board-done',
];

test.each(TEXT)('%s can be read on paper and on quiet ground, by day and in the dark', (name) => {
  const day = colours(light);
  const night = new Map([...day, ...colours(dark)]);
  for (const palette of [day, night])
    for (const ground of ['--board-paper', '--board-quiet'])
      expect(contrast(palette.get(name) ?? '', palette.get(ground) ?? '')).toBeGreaterThanOrEqual(4.5);
});
