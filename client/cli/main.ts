import { run } from './run.ts';
import { showHidden } from './seen-stream.ts';

for (const stream of [process.stdout, process.stderr]) showHidden(stream);

// Whoever reads along may stop reading: `duecourse preview FILE | head` is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

// Not awaited: parts of the command that are loaded meanwhile would wait for this file, and it for them.
void run(process.argv).then((code) => {
  process.exitCode = code;
  // What Temporal's runtime still holds open must not keep a command alive that has failed.
  if (code !== 0) process.stdout.write('', () => process.exit(code));
});
