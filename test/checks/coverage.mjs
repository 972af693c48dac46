// The second half of `npm run coverage`: what the pure tests reach, by layer and, in the domain, by folder.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const { total: _total, ...files } = JSON.parse(readFileSync('test-output/coverage/coverage-summary.json', 'utf8'));
const groups = new Map();
for (const [file, { statements, branches }] of Object.entries(files)) {
  const [layer, folder = '', ...rest] = relative(process.cwd(), file).split('/');
  const name = layer === 'domain' && rest.length > 0 ? `${layer}/${folder}` : layer;
  const sum = groups.get(name) ?? { statements: 0, reached: 0, branches: 0, taken: 0 };
  sum.statements += statements.total;
  sum.reached += statements.covered;
  sum.branches += branches.total;
  sum.taken += branches.covered;
  groups.set(name, sum);
}

const percent = (part, whole) => (whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`);
console.log('| layer | statements | branches |\n|---|---:|---:|');
for (const [name, { statements, reached, branches, taken }] of groups)
  console.log(
    `| ${name} | ${percent(reached, statements)} of ${statements} | ${percent(taken, branches)} of ${branches} |`,
  );
