import { expect, test } from 'vitest';
import { loadStart } from '../../client/files/load-start.ts';
import { encrypted, scanned } from '../report/bad-files.ts';
import { contentOf } from '../report/measure.ts';
import { boardForAll, type Visitor } from '../support/board.ts';

const ADMINISTRATOR = 'democratic-services@middlesbrough.example.org';
const OTHER = 'assistant-director@middlesbrough.example.org';

let who: Visitor;
let other: Visitor;
const board = boardForAll(async (rig) => {
  const { authority } = loadStart('examples/middlesbrough-2016.yaml').facts;
  await rig.register.board.keepAuthority(authority, new Date().toISOString());
  who = await rig.signedIn(ADMINISTRATOR);
  other = await rig.signedIn(OTHER);
});

/** Sends a report by the form on the page, as a browser does. */
async function upload(fields: { file?: [name: string, content: Buffer]; text?: string }): Promise<Response> {
  const action = /<form method="post" action="(\/start\/report\?form=[^"]+)"/.exec(await who.text('/start'))?.[1];
  const form = new FormData();
  form.set('formToken', await who.token());
  form.set('text', fields.text ?? '');
  if (fields.file !== undefined) form.set('file', new File([new Uint8Array(fields.file[1])], fields.file[0]));
  return who.post(action ?? '', form);
}

const actionOf = (html: string): string =>
  /<form method="post" action="(\/start[^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
const valueOf = (html: string, name: string): string | undefined =>
  new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(html)?.[1];
/** Every place that is named beside a field. */
const unescaped = (html: string): string =>
  html.replaceAll('&quot;', '"').replaceAll('&amp;', '&').replaceAll('&#39;', "'");

test('from the upload to an inspection that runs with its recommendations: looked at, changed, left out, added', async () => {
  const sent = await upload({ file: ['report.pdf', contentOf('sif-anyborough.pdf')] });
  expect(sent.status).toBe(303);
  const reportAt = sent.headers.get('Location') ?? '';
  const said = await who.text(reportAt);
  expect(said).toContain('Monday 23 November 2015');
  expect(said).toContain('Page 1, line 6: “Inspection date: 23 November 2015 – 17 December 2015”');
  expect(said).toContain('A report does not say when the council received it.');
  expect(said).toContain('12, 2 not sure');
  // It is another council's: that is said, and their own is all that can be chosen.
  expect(said).toContain('The report names <span dir="auto">Anyborough Council</span>: that is no council');
  expect(said).toMatch(/<option value="sif-2013" selected>/);
  // Nobody else sees what was read.
  expect(await other.text(reportAt)).not.toContain('23 November 2015');

  const report = new URL(reportAt, 'http://x').searchParams.get('form') ?? '';
  // Somebody else's report fills nobody's form.
  const chosen = `authority=middlesbrough&framework=sif-2013&report=${encodeURIComponent(report)}`;
  expect(await other.text(`/start/guided?${chosen}`)).not.toContain('23 November 2015');
  expect((await who.get(`/start/guided?report=${encodeURIComponent(report)}&authority=&framework=`)).status).toBe(422);

  const guided = await who.text(`/start/guided?${chosen}`);
  expect(guided).toContain(
    'The report names <span dir="auto">Anyborough Council</span>, and the inspection is started for',
  );
  expect(valueOf(guided, 'title')).toMatch(/^Inspection of services for children in need of help/);
  expect(
    ['fieldworkFrom-day', 'fieldworkFrom-month', 'fieldworkFrom-year'].map((name) => valueOf(guided, name)),
  ).toEqual(['23', '11', '2015']);
  expect(valueOf(guided, 'received-day') ?? '').toBe('');
  expect(guided).toContain('Leadership, management and governance: Requires improvement');
  expect(guided).not.toContain('id="recommendations"');

  const fields = {
    ...{
      authority: 'middlesbrough',
      framework: 'sif-2013',
      report,
      reference: 'from-the-report',
      inspectorate: 'Ofsted',
    },
    title: valueOf(guided, 'title') ?? '',
    ...{ 'fieldworkFrom-day': '23', 'fieldworkFrom-month': '11', 'fieldworkFrom-year': '2015' },
    ...{ 'fieldworkUntil-day': '17', 'fieldworkUntil-month': '12', 'fieldworkUntil-year': '2015' },
    ...{ 'published-day': '19', 'published-month': '2', 'published-year': '2016' },
    judgements: 'Overall effectiveness: Requires improvement to be good',
  };
  // A mistake is shown with all that was filled in, and with its sources.
  const wrong = await who.send(actionOf(guided), { ...fields, reference: 'My Ref' });
  expect(wrong.status).toBe(422);
  expect(await wrong.text()).toContain('Page 1, line 6');
  // What a field can't be read as and what the file says of another are told at once, in the order of the fields.
  const twice = await who.send(actionOf(guided), {
    ...fields,
    reference: 'My Ref',
    'published-month': '13',
    title: '',
  });
  const told = [...(await twice.text()).matchAll(/<a href="#([A-Za-z]+)[^"]*">[^<]+<\/a>/g)].map(([, field]) => field);
  expect(told.filter((each) => each !== 'main')).toEqual(['title', 'reference', 'published']);
  const next = await who.send(actionOf(guided), fields);
  expect(next.status).toBe(303);
  const listAt = next.headers.get('Location') ?? '';
  const list = await who.text(listAt);
  // What is sure is ticked; what is not waits.
  const ticked = [...list.matchAll(/name="keep" type="checkbox" value="(\d+)"( checked)?/g)].map(([, index, is]) => [
    Number(index),
    is !== undefined,
  ]);
  expect(ticked).toHaveLength(12);
  expect(ticked.filter(([, is]) => is === false)).toEqual([
    [10, false],
    [11, false],
  ]);
  expect(list).toContain('Page 3, line 18: “1. Ensure that all assessments include a chronology');
  expect(list).toContain('It stands in the part on the Local Safeguarding Children Board, not on the council.');

  const words = Object.fromEntries(
    [...list.matchAll(/<textarea[^>]*name="(text-\d+)"[^>]*>([^<]*)<\/textarea>/g)].map(([, name = '', text = '']) => [
      name,
      unescaped(text).trim(),
    ]),
  );
  const kept = async (keep: string[], change: Record<string, string>): Promise<Response> => {
    const form = new URLSearchParams({ formToken: await who.token(), ...words, ...change });
    for (const each of keep) form.append('keep', each);
    return who.request(actionOf(list), {
      method: 'POST',
      body: form,
      headers: { Origin: 'http://board.example.org' },
    });
  };
  // One that is kept without words is a mistake beside it; what was ticked stays.
  const empty = await kept(['0', '3'], { 'text-3': '  ' });
  expect(empty.status).toBe(422);
  expect(await empty.text()).toContain('Recommendation 4');
  const check = await kept(['0', '3'], {
    'text-3': 'Improve the timeliness of\nhealth assessments.',
    more: 'Read the report to the board.\n\n',
  });
  expect(check.status).toBe(303);
  const checkAt = check.headers.get('Location') ?? '';
  const preview = await who.text(checkAt);
  expect(preview).toContain('Check before you start');
  // Back to the list from there: as it was left.
  const again = unescaped(preview).match(/href="(\/start\/guided\/recommendations\?form=[^"#]+)"/)?.[1] ?? '';
  const left = await who.text(again);
  expect([...left.matchAll(/value="(\d+)" checked/g)].map(([, index]) => index)).toEqual(['0', '3']);
  // And from the form before it, sent once more, nothing of it is lost.
  expect((await who.send(actionOf(guided), fields)).headers.get('Location')).toBe(listAt);
  expect([...(await who.text(listAt)).matchAll(/value="(\d+)" checked/g)].map(([, index]) => index)).toEqual([
    '0',
    '3',
  ]);

  const text = unescaped(
    /<textarea class="govuk-visually-hidden" name="text" hidden>\n?([^<]*)<\/textarea>/.exec(preview)?.[1] ?? '',
  );
  const started = await who.send(actionOf(preview), { text });
  expect(started.status).toBe(303);
  expect(started.headers.get('Location')).toContain('/inspections/middlesbrough/from-the-report/plan/begin');
  const { state } = await board().engine.inspect('middlesbrough/from-the-report');
  const { inspection } = state.facts;
  expect(inspection.recommendations).toEqual([
    { id: 'r1', text: words['text-0'] },
    { id: 'r2', text: 'Improve the timeliness of health assessments.' },
    { id: 'r3', text: 'Read the report to the board.' },
  ]);
  expect(inspection.fieldwork).toEqual({ from: '2015-11-23', until: '2015-12-17' });
  expect(await who.text('/inspections/middlesbrough/from-the-report/plan')).toContain(
    'Improve the timeliness of health assessments.',
  );
});

test('pasted text; a report without a list goes on to a page on which they are written', async () => {
  const sent = await upload({ text: contentOf('focused-visit-anyborough.txt').toString('utf8') });
  const said = await who.text(sent.headers.get('Location') ?? '');
  expect(said).toContain('Tuesday 20 February 2024');
  const cqc = await upload({ file: ['report.pdf', contentOf('cqc-anyborough.pdf')] });
  expect(await who.text(cqc.headers.get('Location') ?? '')).toContain(
    'No list of recommendations was found: this kind of report says what to improve in sentences',
  );
});

test('what can’t be read: a sentence on the page, and nothing is kept', async () => {
  for (const [fields, sentence] of [
    [{}, 'Choose a report, or paste its text.'],
    [{ file: ['scan.pdf', scanned()] }, 'This PDF has no text in it: its pages are pictures'],
    [{ file: ['secret.pdf', encrypted()] }, 'This PDF is encrypted'],
    [{ text: 'a\n'.repeat(70_000) }, 'This has more text than a report has'],
  ] as const) {
    const answer = await upload(fields as never);
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining(sentence) as string]);
  }
  const large = await upload({ file: ['large.pdf', Buffer.alloc(30_000_000)] });
  expect([large.status, await large.text()]).toEqual([
    413,
    expect.stringContaining('20 MB of evidence or of a report') as string,
  ]);
  // Without the session's token nothing is kept, whatever is in the file.
  const forged = new FormData();
  forged.set('file', new File([new Uint8Array(contentOf('sif-anyborough.pdf'))], 'report.pdf'));
  expect((await who.post('/start/report', forged)).status).toBe(403);
});
