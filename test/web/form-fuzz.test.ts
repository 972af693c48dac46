import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boardForAll, type Visitor } from '../support/board.ts';
import { formsOn, type SeenForm } from '../support/forms-of-pages.ts';
import { keptWaiting } from '../support/kept-waiting.ts';
import { NEVER_ENDING } from '../files/never-ending.ts';

const ADMINISTRATOR = 'democratic-services@middlesbrough.example.org';
/** For how long forms are tried at random after each was tried once. */
const SECONDS = 10;
/** How long a form may keep another request waiting; each that seems to is sent again, as this machine may be busy. */
const MAX_BLOCKED_MS = 200;
const TRIES = 4;
/** What would leave nothing to try. */
const ENDS_ALL = /\/sign-out$|\/do\/(close|cancel)\b/;

let who: Visitor;
const board = boardForAll(async (rig) => {
  const id = await rig.start('examples/middlesbrough-2016.yaml');
  const as = { id: ADMINISTRATOR, role: 'democratic-services' };
  const decision = { id: 'd1', title: 'Approve the plan', body: 'executive', takenOn: '2026-11-02', key: true };
  await rig.engine.command(id, 'decide', { ...decision, urgent: false }, as);
  await rig.engine.command(id, 'ask', { id: 'asked', by: 'x', text: 'x' }, as);
  who = await rig.signedIn(ADMINISTRATOR);
});

const hostile = NEVER_ENDING.map(([, text]) => text()).filter((text) => text.length < 200_000);
const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(
    '',
    ' ',
    '0',
    '-1',
    '31',
    '2',
    '2026',
    '26',
    '1e9',
    'NaN',
    'yes',
    'null',
    '\u0000',
    '\u202e',
    '\r\n',
    '{{ 7*7 }}',
  ),
  fc.constantFrom(
    '\ud800',
    '\ufffd',
    'x'.repeat(1001),
    'y'.repeat(10_001),
    "'; DROP TABLE entry; --",
    '../../etc/passwd',
    '<script>',
  ),
  fc.nat(9999).map(String),
);
const text = fc.oneof({ weight: 6, arbitrary: word }, { weight: 1, arbitrary: fc.constantFrom(...hostile) });
const TYPES = ['urlencoded', 'multipart'] as const;

interface Filled {
  form: SeenForm;
  values: [string, string][];
  type: (typeof TYPES)[number];
}

/** A form with anything in its fields: its own choices, made-up ones, several, none; and fields that it does not have. */
function filled(forms: readonly SeenForm[]): fc.Arbitrary<Filled> {
  return fc.constantFrom(...forms).chain((form) => {
    const valueOf = (name: string): fc.Arbitrary<[string, string][]> => {
      const choices = form.choices[name] ?? [];
      const one = choices.length === 0 ? text : fc.oneof(fc.constantFrom(...choices), text);
      return fc.oneof(
        { weight: 8, arbitrary: one.map((value): [string, string][] => [[name, value]]) },
        {
          weight: 1,
          arbitrary: fc
            .array(one, { maxLength: 3 })
            .map((values) => values.map((value): [string, string] => [name, value])),
        },
      );
    };
    const fields = [...new Set([...form.fields, ...form.files])];
    const extra = fc.array(fc.tuple(fc.constantFrom('confirmed', '__proto__', 'constructor', 'on', 'role'), word), {
      maxLength: 2,
    });
    return fc
      .tuple(fc.tuple(...fields.map(valueOf)), extra, fc.constantFrom(...TYPES))
      .map(([values, others, type]) => ({ form, values: [...values.flat(), ...others], type }));
  });
}

test(
  'whatever is sent with any form of the pages, none fails, and none keeps another request waiting',
  async () => {
    const forms = (await formsOn(who, '/')).filter(({ action }) => !ENDS_ALL.test(action));
    const actions = forms.map(({ action }) => action.replace(/\?form=.*/, ''));
    for (const known of ['/start', '/start/many', '/feeds', '/api']) expect(actions).toContain(known);
    for (const known of [
      /\/do\/ask$/,
      /\/do\/decide$/,
      /\/milestones\/.*\/do\/waive$/,
      /\/do\/answer\//,
      /\/do\/publishDecision\//,
    ])
      expect(actions.filter((each) => known.test(each))).not.toEqual([]);
    const token = await who.token();
    // Every form once, then whatever comes for as long as there is time.
    for (const form of forms)
      for (const given of fc.sample(filled([form]), { numRuns: 1, seed: 1 })) await holds(given, token);
    await fc.assert(
      fc.asyncProperty(filled(forms), async (given) => holds(given, token)),
      { numRuns: 100_000, plugins: [fc.interruptAfterTimeLimit(SECONDS * 1000)], seed: 1, endOnFailure: true },
    );
  },
  SECONDS * 20_000,
);

/** As a browser sends it; the form's own token is right, or nothing would be looked at. */
function send({ form, values, type }: Filled, token: string): Promise<Response> {
  const all: [string, string][] = [
    ...Object.entries(form.given).filter(([name]) => name !== 'formToken'),
    ...values,
    ['formToken', token],
  ];
  if (type === 'urlencoded' && form.files.length === 0) {
    const body = new URLSearchParams(all).toString();
    return who.request(form.action, {
      method: 'POST',
      body,
      headers: { Origin: 'http://board.example.org', 'Content-Type': 'application/x-www-form-urlencoded' },
    });
  }
  const body = new FormData();
  for (const [name, value] of all)
    if (form.files.includes(name)) body.append(name, new File([value], 'inspection.yaml'));
    else body.append(name, value);
  return who.post(form.action, body);
}

/** A form, sent: answered without a fault, and at one of its tries at least without keeping another request waiting. */
async function holds(given: Filled, token: string): Promise<void> {
  let least = Infinity;
  for (let turn = 0; turn < TRIES && least > MAX_BLOCKED_MS; turn++) {
    const waited = await keptWaiting(async () => {
      const answer = await send(given, token);
      const html = await answer.text();
      const { action } = given.form;
      expect([action, answer.status, answer.status < 500 ? '' : html]).toEqual([action, answer.status, '']);
      expect(html).not.toMatch(/<script>|\[object |undefined/);
    });
    least = Math.min(least, waited);
  }
  expect(board().errors).toEqual([]);
  expect([given.form.action, Math.round(least), least < MAX_BLOCKED_MS]).toEqual([
    given.form.action,
    Math.round(least),
    true,
  ]);
}
