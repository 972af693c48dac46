/** The browser of this machine, if there is one. */
export function findBrowser(): string | undefined;
/** The program that fuzzes by an OpenAPI document; undefined where no Python could be set up for it. */
export function findSchemathesis(): string | undefined;
