/** The browser of this machine, if there is one. */
export function findBrowser(): string | undefined;
/** The program that fuzzes by an OpenAPI document; undefined where no Python could be set up for it. */
export function findSchemathesis(): string | undefined;
/** A Python that has openpyxl; undefined where none could be set up. */
export function findOpenpyxl(): string | undefined;
/** A Python that has python-docx; undefined where none could be set up. */
export function findPythonDocx(): string | undefined;
