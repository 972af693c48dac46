import type { Visitor } from './board.ts';

/** A form as a page shows it. */
export interface SeenForm {
  page: string;
  action: string;
  fields: string[];
  files: string[];
  /** What is in it already, hidden or typed: kept as it is where nothing else is chosen. */
  given: Record<string, string>;
  choices: Record<string, string[]>;
}

/** Pages of one kind, as of the milestones, that are looked at. */
const OF_A_KIND = 3;
/** What an address is of: its words after `?` and the name of what it is about left out. */
const kindOf = (address: string): string =>
  address
    .replace(/\?.*/, '')
    .replace(/\/milestones\/[^/]+\/[^/]+/, '/milestones/*')
    .replace(/\/rules\/.*/, '/rules/*');
const unescaped = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? undefined : unescaped(found);
};

/** Every form that somebody who follows all links comes to, once for each kind of address that it is sent to. */
export async function formsOn(who: Visitor, first: string): Promise<SeenForm[]> {
  const queue = [first];
  const seen = new Set(queue);
  const kinds = new Map<string, number>();
  const forms = new Map<string, SeenForm>();
  for (let page = queue.shift(); page !== undefined; page = queue.shift()) {
    const answer = await who.get(page);
    if (!(answer.headers.get('Content-Type') ?? '').startsWith('text/html')) continue;
    const html = await answer.text();
    for (const form of formsIn(html, page)) {
      const key = kindOf(form.action);
      if (!forms.has(key)) forms.set(key, form);
    }
    for (const [, href = ''] of html.matchAll(/<a [^>]*href="([^"#]+)/g)) {
      const to = unescaped(href);
      const many = kinds.get(kindOf(to)) ?? 0;
      if (!to.startsWith('/') || seen.has(to) || many >= OF_A_KIND) continue;
      seen.add(to);
      kinds.set(kindOf(to), many + 1);
      queue.push(to);
    }
  }
  return [...forms.values()];
}

export function formsIn(html: string, page: string): SeenForm[] {
  return [...html.matchAll(/<form ([^>]*)>(.*?)<\/form>/gs)].flatMap(([, tag = '', body = '']) => {
    if (attribute(` ${tag}`, 'method') !== 'post') return [];
    const form: SeenForm = {
      page,
      action: attribute(` ${tag}`, 'action') ?? '',
      fields: [],
      files: [],
      given: {},
      choices: {},
    };
    for (const [input] of body.matchAll(/<(?:input|textarea|select)\b[^>]*>/g)) {
      const name = attribute(input, 'name');
      if (name === undefined) continue;
      if (attribute(input, 'type') === 'file') form.files.push(name);
      else if (attribute(input, 'type') === 'hidden') form.given[name] = attribute(input, 'value') ?? '';
      else form.fields.push(name);
    }
    for (const [, name = '', options = ''] of body.matchAll(/<select[^>]* name="([^"]+)"[^>]*>(.*?)<\/select>/gs))
      form.choices[name] = [...options.matchAll(/<option value="([^"]*)"/g)].map(([, value = '']) => unescaped(value));
    return [form];
  });
}
