// The command as few files: a call loads three or four of them, and not hundreds of modules and packages.
// Each module is there once: nothing in it loads a module of ours from elsewhere, and no package that is in it is loaded by one that is not.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'dist', 'command');
const main = 'main.js';
/** What was made of what: which files belong to this build, and which modules are in each. */
const record = 'made.json';
/** Which commands there are. */
const contents = 'contents.json';

/** Packages that a call waits for, and those that share them. All others stay where they are, and most calls load none of them. */
const BUNDLED = [
  '@hono/node-server',
  '@hono/zod-openapi',
  '@noble/hashes',
  'cli-table3',
  'commander',
  'csv-parse',
  'csv-stringify',
  'date-fns',
  'hono',
  'picocolors',
  'yaml',
  'zod',
];

/** What so many parts share stands in one file: to load one large file is quicker than a hundred small ones. */
const SHARED_BY = 40;

const isPackages = (module) => module.includes(`${sep}node_modules${sep}`);
const packageOf = (specifier) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

/** Of what our own modules load; what a package in it loads is in it too, in that package's own version. */
function staysOutside(specifier, importer) {
  if (isBuiltin(specifier)) return true;
  if (/^[./]/.test(specifier) || importer === undefined || isPackages(importer)) return false;
  return !BUNDLED.includes(packageOf(specifier));
}

/** Schemas, the largest of what is shared, stand by themselves with what can't be without them. */
const sharedPart = (module, build) => (reachesSchemas(module, build) ? 'schemas' : 'shared');

const reaching = new Map();

function reachesSchemas(module, build) {
  const known = reaching.get(module);
  if (known !== undefined) return known;
  reaching.set(module, false);
  const found =
    module.includes(`${sep}node_modules${sep}zod${sep}`) ||
    (build.getModuleInfo(module)?.importedIds ?? []).some((each) => reachesSchemas(each, build));
  reaching.set(module, found);
  return found;
}

/** A module goes on finding what lies beside it, as the compiler has left it: threads, templates, packages. */
const places = {
  name: 'places',
  transform(code, module) {
    if (!module.startsWith(root) || isPackages(module) || !code.includes('import.meta.url')) return null;
    const compiled = join(root, 'dist', relative(root, module)).replace(/\.ts$/, '.js');
    const from = JSON.stringify(relative(folder, compiled).split(sep).join('/'));
    return { code: code.replaceAll('import.meta.url', `new URL(${from}, import.meta.url).href`), map: null };
  },
};

/** A module that awaits something before it is there holds up whatever stands in the same file; some of that may be what it awaits. */
const waitsForNobody = {
  name: 'waits for nobody',
  transform(code, module) {
    if (!isPackages(module) && /^(?:(?:export )?(?:const|let) .*= |for )?await\b/m.test(code))
      throw new Error(`${relative(root, module)} awaits at its top: a module of the command may not`);
    return null;
  },
};

const bundle = await rolldown({
  cwd: root,
  input: { main: join(root, 'client', 'cli', 'main.ts') },
  platform: 'node',
  external: staysOutside,
  plugins: [waitsForNobody, places],
});
const { output } = await bundle.generate({
  dir: folder,
  format: 'esm',
  // Read where a call says `--debug`.
  sourcemap: true,
  sourcemapExcludeSources: true,
  comments: false,
  entryFileNames: '[name].js',
  chunkFileNames: '[name]-[hash].js',
  codeSplitting: {
    groups: [
      { name: 'start', tags: ['$initial'], priority: 1 },
      { name: sharedPart, debugName: 'shared', minShareCount: SHARED_BY },
    ],
  },
});
await bundle.close();

// What runs goes on loading files of the build that it began with: those of the one before this stay.
const kept = new Set([...filesOf(record), ...output.map(({ fileName }) => fileName), record, contents]);
mkdirSync(folder, { recursive: true });
// The entry comes last: where it is, all is that it loads.
const [entry, ...rest] = [...output].sort(
  (one, other) => Number(other.fileName === main) - Number(one.fileName === main),
);
for (const { fileName, type, code, source } of rest) writeWhole(fileName, type === 'chunk' ? code : source);
writeWhole(record, JSON.stringify(Object.fromEntries(output.map((file) => [file.fileName, madeOf(file)]))));
writeWhole(main, entry.code);
for (const name of readdirSync(folder)) if (!kept.has(name)) rmSync(join(folder, name));

// For calls that name no command: the help, and a name that is mistyped.
const { listCommands } = await import(pathToFileURL(join(root, 'dist', 'client', 'cli', 'contents.js')).href);
writeWhole(contents, JSON.stringify(await listCommands()));

function madeOf({ type, modules, imports, dynamicImports }) {
  if (type !== 'chunk') return {};
  const from = Object.keys(modules).map((module) => relative(root, module).split(sep).join('/'));
  return { from, loads: [...imports, ...dynamicImports] };
}

/** The files that a record tells of. */
function filesOf(name) {
  const path = join(folder, name);
  return existsSync(path) ? Object.keys(JSON.parse(readFileSync(path, 'utf8'))) : [];
}

/** Whoever starts meanwhile reads the old file or the new one. */
function writeWhole(name, text) {
  const path = join(folder, name);
  writeFileSync(`${path}.${process.pid}`, text);
  renameSync(`${path}.${process.pid}`, path);
}
