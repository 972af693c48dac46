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
