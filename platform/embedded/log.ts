/** Tells a person one step in one line: where the line goes (terminal, test, nowhere) is the caller's choice. */
export type Log = (line: string) => void;
