import { Command, InvalidArgumentError } from 'commander';
import { createInterface } from 'node:readline/promises';
import type { ClusterStatus } from './cluster-status.ts';
import { EXIT } from '../../client/cli/exit.ts';
import { exitOfAnswered } from '../../client/cli/answered.ts';
import { report } from '../../client/cli/failures.ts';
import { UsageError } from '../../client/cli/usage-error.ts';
import { colours, print, type PrintOptions, progress, table } from '../../client/cli/terminal.ts';

/** `npm run cluster`: a real cluster on this machine, for tests, benches and trying out. */
function program(): Command {
  const cluster = new Command('npm run cluster --')
    .description('Several Temporal servers on one PostgreSQL, on this machine: a real cluster to try and to break.')
    .showHelpAfterError('(see what there is with: npm run cluster -- --help)')
    .exitOverride();
  cluster.addCommand(upCommand());
  cluster.addCommand(statusCommand());
  cluster.addCommand(downCommand());
  for (const command of cluster.commands) {
    command.copyInheritedSettings(cluster);
    command.option('--dir <dir>', 'the folder of everything that is the cluster’s own', 'var/cluster');
  }
  return cluster;
}

interface UpOptions {
  dir: string;
  nodes?: number;
  mtls?: boolean;
  timeSkipping?: boolean;
}

function upCommand(): Command {
  return new Command('up')
    .description(
      'bring it up: take over what runs, start what is missing. With DATABASE_URL, on that PostgreSQL; else on one of its own',
    )
    .option('--nodes <n>', 'how many Temporal servers; as the last time where left out, at first 2', parseNodes)
    .option('--mtls', 'everybody shows a certificate; made here')
    .option('--no-mtls', 'no TLS, where it had it the last time')
    .option('--time-skipping', 'executions may carry a clock of their own: for tests and benches only')
    .option('--no-time-skipping', 'they may not, where they could the last time')
    .action(async ({ dir, ...options }: UpOptions) => {
      const { startCluster } = await import('./cluster.ts');
      const databaseUrl = process.env['DATABASE_URL'];
      const { addresses, files } = await startCluster({ dir, ...options, databaseUrl, log: progress });
      process.stdout.write(`${addresses.length} nodes serve: ${addresses.join(', ')}\n`);
      process.stdout.write(`To use it in this shell: . ${files.env}\n`);
    });
}

function statusCommand(): Command {
  return new Command('status')
    .description('which of its nodes serve; exit code 0 only where all do')
    .option('--json', 'print JSON, on one line')
    .action(async ({ dir, json }: PrintOptions & { dir: string }) => {
      const { allServe, clusterStatus } = await import('./cluster-status.ts');
      const status = await clusterStatus(dir);
      if (json === true) process.stdout.write(`${JSON.stringify(status)}\n`);
      else print(status, {}, asTable);
      process.exitCode = allServe(status) ? EXIT.done : EXIT.failed;
    });
}

function asTable({ nodes, processes, postgres, mtls }: ClusterStatus): string {
  if (nodes.length === 0) return 'There is no cluster here. Bring one up with: npm run cluster -- up';
  const rows = nodes.map(({ address, serving }, index) => {
    const { node, pid } = processes[index] ?? { node: index + 1, pid: 0 };
    return [`node ${node}`, address, said(serving, pid, 'serves'), pid === 0 ? '' : String(pid)];
  });
  if (postgres !== null)
    rows.push([
      'PostgreSQL',
      postgres.address,
      said(postgres.running, postgres.pid, 'runs'),
      postgres.pid === 0 ? '' : String(postgres.pid),
    ]);
  const note = mtls ? '\nmTLS: the certificates are in its folder, under tls/.' : '';
  return `${table(['what', 'address', 'state', 'process'], rows, 2)}${note}`;
}

function said(well: boolean, pid: number, word: string): string {
  if (well) return colours.green(word);
  return colours.red(pid === 0 ? 'down' : 'does not serve');
}

interface DownOptions {
  dir: string;
  removeData?: boolean;
  yes?: boolean;
}

function downCommand(): Command {
  return new Command('down')
    .description('end its servers, the nodes first; data stay')
    .option('--remove-data', 'remove its data too: every lifecycle and the register')
    .option('--yes', 'do not ask first')
    .action(async ({ dir, removeData, yes }: DownOptions) => {
      const ends = await import('./end-cluster.ts');
      const folders = removeData === true ? ends.dataFolders(dir) : [];
      if (folders.length > 0 && yes !== true && !(await agreed(folders))) {
        process.stdout.write('Nothing was ended, and nothing removed.\n');
        process.exitCode = EXIT.failed;
        return;
      }
      await ends.stopCluster(dir, progress);
      if (removeData === true) ends.removeData(dir);
      process.stdout.write(
        removeData === true ? 'The cluster is down, its data are gone.\n' : 'The cluster is down.\n',
      );
    });
}

async function agreed(folders: readonly string[]): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new UsageError(`This would remove ${folders.join(' and ')}. Say --yes where there is nobody to ask.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`Remove ${folders.join(' and ')}, with all that is in it? (yes/no) `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}

function parseNodes(text: string): number {
  if (/^[1-9]$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`"${text}" is not a number of nodes: from 1 to 9.`);
}

try {
  await program().parseAsync(process.argv);
} catch (error) {
  process.exitCode =
    exitOfAnswered(error) ??
    report(error, {
      debug: process.argv.includes('--debug'),
      json: process.argv.includes('--json'),
    });
}
// The processes that were started live on; what this one still holds open must not keep it.
process.stdout.write('', () => process.exit());
