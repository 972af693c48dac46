#!/usr/bin/env node
// The command as it is installed: runs what `npm run build` has made, and makes it first where it is not there.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const main = new URL('../../dist/client/cli/main.js', import.meta.url);

if (!existsSync(main)) {
  console.error('duecourse: building, once …');
  const build = spawnSync('npm', ['run', 'build'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (build.status !== 0) process.exit(1);
}
await import(main.href);
