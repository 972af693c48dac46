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

const MAX_PAGES = 150;
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

/** Every form that somebody who follows all links comes to, once for each address that it is sent to. */
export async function formsOn(who: Visitor, first: string): Promise<SeenForm[]> {
  const queue = [first];
  const seen = new Set(queue);
  const forms = new Map<string, SeenForm>();
  for (let page = queue.shift(); page !== undefined && seen.size < MAX_PAGES * 4; page = queue.shift()) {
    const answer = await who.get(page);
    if (!(answer.headers.get('Content-Type') ?? '').startsWith('text/html')) continue;
    const html = await answer.text();
    for (const form of formsIn(html, page)) {
      const key = form.action.replace(/\?form=.*/, '');
      if (!forms.has(key)) forms.set(key, form);
    }
    for (const [, href = ''] of html.matchAll(/<a [^>]*href="([^"#]+)/g)) {
      const to = unescaped(href);
      if (!to.startsWith('/') || seen.has(to) || seen.size >= MAX_PAGES * 4) continue;
      seen.add(to);
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
