// What the workflow bundle carries: follows every import that is still there at run time, from each file of workflows/
// on, however far. oxlint (.oxlintrc.json) refuses a wrong import where it is written; this finds the innocent import
// whose own imports bring zod, a node: module or an activity into the bundle.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

const PACKAGES = ['@temporalio/workflow', '@temporalio/common', 'date-fns', '@noble/hashes'];
const FOLDERS = ['workflows/', 'domain/', 'rules/'];
/** Names what all lifecycles of a worker share; what else the bundle carries, each of them makes for itself. */
const SHARED = 'workflows/shared-modules.ts';

const root = process.cwd();
const problems = [];
const seen = new Map();

for (const file of filesOf('workflows')) follow(file, [file]);
if (seen.has(SHARED)) checkShared();

for (const problem of problems) console.error(problem);
if (seen.size === 0) console.error('workflows/ holds no code to check.');
else console.log(`${seen.size} files in the workflow bundle, ${problems.length} wrong imports.`);
process.exitCode = problems.length > 0 || seen.size === 0 ? 1 : 0;

/** Visits a file once; `chain` is the way from a workflow to it. */
function follow(file, chain) {
  if (seen.has(file)) return;
  seen.set(file, chain);
  if (!/\.(ts|mjs|js)$/.test(file)) return;
  for (const from of importsOf(readFileSync(join(root, file), 'utf8'))) {
    const to = from.startsWith('.') ? posix.join(dirname(file), from) : from;
    const refuse = (why) => problems.push(`${[...chain, to].join(' → ')}: ${why}`);
    if (!from.startsWith('.')) {
      if (!PACKAGES.some((name) => from === name || from.startsWith(`${name}/`)))
        refuse(
          `${from} may not enter the workflow bundle; import only its types, or move what is needed out of that file.`,
        );
    } else if (!FOLDERS.some((folder) => to.startsWith(folder))) {
      refuse('the workflow bundle carries nothing but workflows/ and domain/.');
    } else if (existsSync(join(root, to))) {
      follow(to, [...chain, to]);
    } // What is not there, the compiler says.
  }
}

/** All of the domain is shared, and nothing that keeps a running workflow's own things. */
function checkShared() {
  const shared = reachedFrom(SHARED);
  for (const file of seen.keys())
    if (!file.startsWith('workflows/') && !shared.has(file))
      problems.push(`${file}: every lifecycle in memory would make it for itself; import it in ${SHARED}.`);
  for (const name of shared)
    if (name.startsWith('@temporalio/workflow') || (name.startsWith('workflows/') && name !== SHARED))
      problems.push(`${SHARED} → ${name}: it keeps a running workflow's own things, so it may not be shared.`);
}

/** The file, and every file and package that it imports, however far. */
function reachedFrom(file, reached = new Set()) {
  if (reached.has(file)) return reached;
  reached.add(file);
  if (!existsSync(join(root, file))) return reached;
  for (const from of importsOf(readFileSync(join(root, file), 'utf8')))
    reachedFrom(from.startsWith('.') ? posix.join(dirname(file), from) : from, reached);
  return reached;
}

/**
 * The specifiers a file imports at run time. `import type` is gone by then; `import { type A }` is not
 * (verbatimModuleSyntax). Every statement begins a line, as the formatter sees to.
 */
function importsOf(source) {
  const code = source.replace(/\/\*[^]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const found = [
    ...code.matchAll(/^import\s+(?!type\s+[\w{*](?!rom\b))[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm),
    ...code.matchAll(/^export\s+(?:\*|\{)[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm),
    ...code.matchAll(/^import\s*['"]([^'"]+)['"]/gm),
    ...code.matchAll(/\bawait\s+import\(\s*['"]([^'"]+)['"]/g),
  ];
  return found.map(([, from]) => from);
}

function filesOf(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => posix.join(folder, String(name).replaceAll('\\', '/')))
    .filter((name) => name.endsWith('.ts'))
    .toSorted();
}
