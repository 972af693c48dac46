#!/usr/bin/env node
// The command as it is installed: runs what `npm run build` has made, and makes it first where it is not there.
import { existsSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

// Not for what goes on running:
const isShort = !['web', 'dev'].includes(process.argv[2] ?? '');
// What a command keeps may grow by half before what it has done with is let go of. V8 would let a small heap grow to four
// times that, so that one that reads a long register a page at a time takes 80 MiB more.
if (isShort) setFlagsFromString('--heap-growing-percent=50');
// To compile anew, for speed, what will run for another tenth of a second takes longer than that: a function is to have done
// four times as much first. Measured on Node 20 alone; newer ones compile in more steps.
if (isShort && process.versions.node.startsWith('20.')) setFlagsFromString('--interrupt-budget=500000');
// Where an error comes from is a line of the sources, and not of what they were made into.
if (process.argv.includes('--debug')) process.setSourceMapsEnabled(true);

const main = new URL('../../dist/command/main.js', import.meta.url);

if (!existsSync(main)) {
  const { spawnSync } = await import('node:child_process');
  const { fileURLToPath } = await import('node:url');
  console.error('duecourse: building, once …');
  const build = spawnSync('npm', ['run', 'build'], {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (build.status !== 0) process.exit(1);
}
await import(main.href);
