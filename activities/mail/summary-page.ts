/** What the summary's templates show. */
export interface SummaryPage {
  title: string;
  authority: string;
  greeting: string;
  covers: string;
  sections: SummarySection[];
}

export interface SummarySection {
  heading: string;
  /** Said where there is more to it than the list. */
  note: string;
  rows: { what: string; where: string; when: string; link: string }[];
  /** How many are not shown. */
  more: number;
}
