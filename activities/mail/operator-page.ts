/** What the templates of the operator's mail show. */
export interface OperatorPage {
  title: string;
  found: { heading: string; what: string; advice: string; since: string }[];
  moreFound: number;
  over: { heading: string; what: string; since: string }[];
  moreOver: number;
}
