// Circles of imports, those of types alone too: files that know each other can be neither read nor moved one by one.
// oxlint's import/no-cycle sees what is there at run time; this sees every import of what is delivered.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

const FOLDERS = ['domain', 'platform', 'register', 'workflows', 'activities', 'worker', 'client'];

/** Known, and to go: each by the first of its files. What is no circle any more is to be taken out. */
const KNOWN = new Set(['domain/calendar/holidays.ts', 'register/append.ts']);

const root = process.cwd();
const files = FOLDERS.flatMap(filesOf);
const imports = new Map(files.map((file) => [file, importsOf(file).filter((to) => files.includes(to))]));
const circles = circlesIn(imports).filter(([first]) => !KNOWN.has(first));

for (const circle of circles) console.error(`A circle of imports: ${circle.join(' → ')} → ${circle[0]}`);
if (files.length === 0) console.error('There is no code to check.');
else console.log(`${files.length} files, ${circles.length} circles of imports.`);
process.exitCode = circles.length > 0 || files.length === 0 ? 1 : 0;

/** The shortest circle through each group of files that all reach each other; one for each group. */
function circlesIn(graph) {
  const left = new Set(graph.keys());
  const found = [];
  for (const file of left) {
    if (!left.has(file)) continue;
    const circle = shortestBack(file, graph, left);
    if (circle === undefined) continue;
    found.push(circle);
    for (const each of reachable(file, graph)) if (reachable(each, graph).has(file)) left.delete(each);
  }
  return found;
}

/** The shortest way from a file back to itself. */
function shortestBack(file, graph, among) {
  const cameFrom = new Map();
  const queue = [file];
  for (const at of queue) {
    for (const to of graph.get(at) ?? []) {
      if (to === file) {
        const way = [at];
        while (way[0] !== file) way.unshift(cameFrom.get(way[0]));
        return way;
      }
      if (!among.has(to) || cameFrom.has(to)) continue;
      cameFrom.set(to, at);
      queue.push(to);
    }
  }
  return undefined;
}

function reachable(file, graph) {
  const seen = new Set();
  const queue = [file];
  for (const at of queue) {
    for (const to of graph.get(at) ?? []) {
      if (seen.has(to)) continue;
      seen.add(to);
      queue.push(to);
    }
  }
  return seen;
}

/** The project's own files that a file imports in any way. Every statement begins a line, as the formatter sees to. */
function importsOf(file) {
  const code = readFileSync(join(root, file), 'utf8')
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');
  const found = [
    ...code.matchAll(/^(?:import|export)\s[^'"`;]*?\bfrom\s*['"](\.[^'"]+)['"]/gm),
    ...code.matchAll(/^import\s*['"](\.[^'"]+)['"]/gm),
    ...code.matchAll(/\bimport\(\s*['"](\.[^'"]+)['"]/g),
  ];
  return [...new Set(found.map(([, from]) => posix.join(dirname(file), from)))];
}

function filesOf(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => posix.join(folder, String(name).replaceAll('\\', '/')))
    .filter((name) => /\.(ts|mjs)$/.test(name))
    .toSorted();
}
