import { format } from 'node:util';
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  getState,
  setState,
} from '@vitest/expect';

// What the pure tests use of vitest, within this process: with vitest's own expectations, but no worker for each change
// that is tried. See runner.mjs.

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

export const expect = (value, message) => {
  setState({ assertionCalls: getState(expect).assertionCalls + 1 }, expect);
  return chai.expect(value, message);
};
Object.assign(expect, chai.expect, globalThis[ASYMMETRIC_MATCHERS_OBJECT]);
setState({ assertionCalls: 0, isExpectingAssertions: false }, expect);

/** All tests of the files read so far. */
export const tests = [];
let names = [];
const taken = new Map();

/** The file whose tests are read now. */
export function beginFile(file) {
  names = [file];
}

/** Vitest's ways to put a case's values into a name: %s and its like, or $key of an object. */
function nameOf(title, values, index) {
  const [first] = values;
  const named = title.replaceAll('%#', String(index)).replace(/\$([\w.]+)/g, (whole, path) =>
    typeof first === 'object' && first !== null
      ? format(
          '%s',
          path.split('.').reduce((value, key) => value?.[key], first),
        )
      : whole,
  );
  const places = (named.match(/%[sdifjoOc]/g) ?? []).length;
  return format(named, ...values.slice(0, places));
}

function withEach(one) {
  return Object.assign(
    (title, ...rest) =>
      one(
        title,
        rest.find((each) => typeof each === 'function'),
      ),
    {
      each:
        (cases) =>
        (title, ...rest) => {
          const run = rest.find((each) => typeof each === 'function');
          cases.forEach((value, index) => {
            const values = Array.isArray(value) ? value : [value];
            one(nameOf(title, values, index), () => run(...values));
          });
        },
    },
  );
}

export const describe = withEach((title, run) => {
  names.push(title);
  run();
  names.pop();
});

export const test = withEach((title, run) => {
  const name = [...names, title].join(' > ');
  const times = (taken.get(name) ?? 0) + 1;
  taken.set(name, times);
  tests.push({ id: times === 1 ? name : `${name} (${times})`, file: names[0], run });
});

export const it = test;

// For helpers that pure tests share with those of the servers.
const noServers = () => {
  throw new Error('There are no servers beside the pure tests.');
};
export const inject = noServers;
export const onTestFinished = noServers;
export const afterAll = noServers;
export const beforeAll = noServers;
