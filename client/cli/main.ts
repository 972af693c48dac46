import { run } from './program.ts';

// Whoever reads along may stop reading: `duecourse preview FILE | head` is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await run(process.argv);
