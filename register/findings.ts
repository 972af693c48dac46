/** Something beside the chain that does not agree with it. */
export interface Finding {
  /** `table`: made again by `duecourse register rebuild`; the others can't be mended from here. */
  where: 'table' | 'archive' | 'sealed' | 'mail' | 'numbering' | 'evidence';
  /** Which inspection, entry or run. */
  what: string;
  why: string;
}
