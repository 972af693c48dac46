/** Something that duecourse runs on is not to be had here. Says what was tried and what a person can do. */
export class PartMissing extends Error {
  readonly tried: readonly string[];
  readonly waysToHelp: readonly string[];

  constructor(part: string, tried: readonly string[], waysToHelp: readonly string[]) {
    const lines = [
      `${part} is not to be had here. Tried:`,
      ...tried.map((line) => `  - ${line}`),
      'What helps, any one of:',
      ...waysToHelp.map((line) => `  - ${line}`),
    ];
    super(lines.join('\n'));
    this.name = 'PartMissing';
    this.tried = tried;
    this.waysToHelp = waysToHelp;
  }
}
