/** Text as Markdown shows it: nothing in it is read as a mark. */
export function escapedMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>#|]/g, '\\$&');
}

/** The same on one line, for headings, lists and tables. */
export function markdownLine(text: string): string {
  return escapedMarkdown(text).replace(/\s*\n\s*/g, ' ');
}
