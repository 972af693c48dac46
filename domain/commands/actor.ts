/** Who asks: an id for the record, and the authority's role in which they act. */
export interface Actor {
  id: string;
  role: string;
}
