// `npm run knip:production`: what is delivered, and only tests or benches use. knip's own configuration but for one thing:
// what its own file uses is no dead weight, though only a test imports it.
import { readFileSync } from 'node:fs';

const { ignoreIssues, ...base } = JSON.parse(readFileSync('knip.json', 'utf8').replace(/^\s*\/\/.*$/gm, ''));

export default {
  ...base,
  entry: [...base.entry, 'platform/setup.mjs!', 'client/cli/bundle-command.mjs!'],
  ignoreExportsUsedInFile: true,
  ignoreIssues: {
    ...ignoreIssues,
    // Known, and to go: helpers of the calendar, the plain way to read a file, an end for the benches' database.
    'domain/calendar/{civil-date,holidays,months,projected-holidays}.ts': ['exports'],
    'client/files/yaml-file.ts': ['exports'],
    'client/time-travel.ts': ['exports'],
    'platform/embedded/postgres.ts': ['exports'],
  },
};
