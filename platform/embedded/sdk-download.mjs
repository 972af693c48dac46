// Fetches the Temporal command line tool by the SDK's own means, into the folder named by the second argument, and ends.
// A process of its own, because that fetch can't be broken off from outside in any other way.
// Plain JavaScript, so that it runs alike beside the sources and beside `dist/`.
import { TestWorkflowEnvironment } from '@temporalio/testing';

const [version, downloadDir] = process.argv.slice(2);

try {
  const environment = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'cached-download', version, downloadDir } },
  });
  await environment.teardown();
  process.exit(0);
} catch (error) {
  console.error(String(error instanceof Error ? error.message : error).split('\n')[0]);
  process.exit(1);
}
