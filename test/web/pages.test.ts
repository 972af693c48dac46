import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HtmlValidate } from 'html-validate';
import { type BoardRig, boardRig, type Visitor } from '../support/board.ts';

const ends: (() => Promise<unknown>)[] = [];
let board: BoardRig;
let administrator: Visitor;
let id: string;

beforeAll(async () => {
  board = await boardRig((end) => ends.unshift(end));
  id = await board.start('examples/middlesbrough-2016.yaml');
  administrator = await board.signedIn('democratic-services@middlesbrough.example.org');
}, 60_000);

afterAll(async () => {
  for (const end of ends) await end();
});

// What the standard says and what people need; not how an author should lay out source text.
const validator = new HtmlValidate({
  extends: ['html-validate:standard', 'html-validate:a11y', 'html-validate:document'],
  // Checkboxes of one group share a name by the standard's own design.
  rules: {
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit'] }],
    'require-sri': 'off',
    // GOV.UK Frontend says so itself on its date fields, for old screen readers.
    'no-redundant-role': 'off',
  },
});

async function problemsOf(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html);
  return results.flatMap((result) => result.messages.map((each) => `${each.line}: ${each.ruleId} ${each.message}`));
}

describe('every page', () => {
  const paths: [string, string][] = [
    ['overdue', '/'],
    ['all duties', '/?status=all&page=1'],
    ['nothing found', '/?q=there-is-no-such-thing'],
    ['coming up', '/coming-up'],
    ['another month', '/coming-up?month=2016-06'],
    ['my duties', '/my-duties'],
    ['inspections', '/inspections'],
    ['an inspection', '/inspections/ID'],
    ['its history', '/inspections/ID/history'],
    ['its report', '/inspections/ID/report'],
    ['its decisions', '/inspections/ID/decisions'],
    ['its questions', '/inspections/ID/questions'],
    ['a milestone', '/inspections/ID/milestones/plan-submission/written-action-plan'],
    ['submit', '/inspections/ID/milestones/plan-submission/written-action-plan/do/submit'],
    ['reassign', '/inspections/ID/milestones/plan-submission/written-action-plan/do/reassign'],
    ['decide', '/inspections/ID/do/decide'],
    ['ask', '/inspections/ID/do/ask'],
    ['close', '/inspections/ID/do/close'],
    ['decisions', '/decisions'],
    ['questions', '/questions'],
    ['undeliverable', '/undeliverable'],
    ['rules', '/rules'],
    ['a rule pack', '/rules/ilacs-2018'],
    ['a constitution', '/rules/constitutions/middlesbrough'],
    ['health', '/health'],
    ['feeds', '/feeds'],
    ['for programs', '/api'],
    ['start', '/start'],
    ['start by a form', '/start/guided?authority=middlesbrough&framework=ilacs-2018'],
    ['start many', '/start/many'],
    ['accessibility', '/accessibility'],
  ];
  test.each(paths)('%s: %s is valid, and says what it is', async (_name, path) => {
    const answer = await administrator.get(path.replace('ID', id));
    const html = await answer.text();
    expect(board.errors).toEqual([]);
    expect(answer.status).toBe(200);
    expect(await problemsOf(html)).toEqual([]);
    expect(html).toMatch(/<h1[ >]/);
    expect(html).not.toContain('undefined');
    expect(html).not.toContain('[object');
  });
});
