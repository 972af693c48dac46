import { parseArgs } from 'node:util';
import { compiled } from './processes.ts';
import { openSite } from './site.ts';
import { soak } from './soak/run.ts';

/** `npm run soak -- --minutes 20 --clients 50 [--seed n] [--inspections n] [--cluster]`: ends with 1 where anything differs from the model. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      cluster: { type: 'boolean', default: false },
      minutes: { type: 'string', default: '20' },
      clients: { type: 'string', default: '50' },
      inspections: { type: 'string', default: '25' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    },
  });
  const seed = Number(values.seed);
  const site = await openSite(process.env, { cluster: values.cluster });
  try {
    console.log(`${values.clients} clients for ${values.minutes} minutes on ${site.what}; --seed ${seed}`);
    const result = await soak(site, {
      seed,
      clients: Number(values.clients),
      inspections: Number(values.inspections),
      seconds: Number(values.minutes) * 60,
      worker: compiled('mail-worker'),
      onProgress: (said) => console.log(said),
    });
    const { differences, ...counts } = result;
    console.log(
      Object.entries(counts)
        .map(([name, n]) => `${name} ${n}`)
        .join(', '),
    );
    for (const difference of differences.slice(0, 50)) console.log(`  ${difference}`);
    console.log(differences.length === 0 ? 'no difference' : `${differences.length} differences; --seed ${seed}`);
    if (differences.length > 0) process.exitCode = 1;
  } finally {
    await site.close();
  }
}

await main();
