import { type ConfigData, HtmlValidate, StaticConfigLoader } from 'html-validate';

/** The library's own loader works the same rules out anew for every page. */
class FixedRules extends StaticConfigLoader {
  private made: ReturnType<StaticConfigLoader['getConfigFor']> | undefined;

  override getConfigFor(
    ...asked: Parameters<StaticConfigLoader['getConfigFor']>
  ): ReturnType<StaticConfigLoader['getConfigFor']> {
    this.made ??= super.getConfigFor(...asked);
    return this.made;
  }
}

/** Checks many pages by the same rules. */
export function htmlValidator(rules: ConfigData): HtmlValidate {
  return new HtmlValidate(new FixedRules(rules));
}

/** What the standard says of a page and what people need; not how an author should lay out source text. */
const PAGES = htmlValidator({
  extends: ['html-validate:standard', 'html-validate:a11y', 'html-validate:document'],
  rules: {
    // Checkboxes of one group share a name by the standard's own design.
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit'] }],
    // What is wrong, or done, is said above the page's own heading, under a heading of second rank: GOV.UK's design.
    'heading-level': ['error', { minInitialRank: 'h2' }],
    'require-sri': 'off',
    // GOV.UK Frontend says so itself on its date fields, for old screen readers.
    'no-redundant-role': 'off',
  },
});

/** What is wrong with a page, each with its line. */
export async function problemsOfPage(html: string): Promise<string[]> {
  const { results } = await PAGES.validateString(html);
  return results.flatMap(({ messages }) => messages.map((each) => `${each.line}: ${each.ruleId} ${each.message}`));
}
