// Is this container well? `node deploy/healthy.mjs worker` asks for the worker's metrics (DUECOURSE_WORKER_METRICS),
// `… pages` whether the pages can be used. Exit code 0: yes. Plain JavaScript without packages.
const { DUECOURSE_WORKER_METRICS = '', DUECOURSE_PORT = '8080' } = process.env;
const ASKED = {
  worker: `http://127.0.0.1:${DUECOURSE_WORKER_METRICS.split(':').at(-1)}/metrics`,
  pages: `http://127.0.0.1:${DUECOURSE_PORT}/readyz`,
};

const what = process.argv[2] ?? '';
if (!(what in ASKED)) fail(`Say what to look at: worker or pages (was: ${what || 'nothing'}).`);
if (what === 'worker' && DUECOURSE_WORKER_METRICS === '')
  fail('Set DUECOURSE_WORKER_METRICS: a worker is asked there.');

try {
  const { status } = await fetch(ASKED[what], { signal: AbortSignal.timeout(3000) });
  if (status !== 200) fail(`${ASKED[what]} answers ${status}`);
} catch (error) {
  fail(`${ASKED[what]} does not answer: ${error.cause?.message ?? error.message}`);
}

function fail(why) {
  console.error(why);
  process.exit(1);
}
