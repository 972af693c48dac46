/** An address that a page may lead to: nothing but the web. Whatever else says where something is, is shown as text. */
export const isWebAddress = (text: string): boolean => /^https?:\/\/[^\s]+$/i.test(text) && URL.canParse(text);
