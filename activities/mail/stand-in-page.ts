/** What the templates show whom somebody stands in for. */
export interface StandInPage {
  title: string;
  authority: string;
  greeting: string;
  lines: string[];
  /** They stand in for somebody now or later; otherwise it is over for all that it tells of. */
  isNamed: boolean;
  administrator: { title: string; email: string };
}
