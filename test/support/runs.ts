/** So many times the usual cases of each property: `DUECOURSE_TEST_TIMES=20 npm run test:pure` looks further. */
const TIMES = Number(process.env['DUECOURSE_TEST_TIMES'] ?? 1);

/** On how many cases a property is tried. */
export function runs(usual: number): { numRuns: number } {
  return { numRuns: Math.ceil(usual * TIMES) };
}
