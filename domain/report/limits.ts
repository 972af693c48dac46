/** What a report may be: the one place where that is said. */
export const REPORT_LIMITS = {
  /** Bytes of a file: 20 MB. */
  fileBytes: 20_000_000,
  pages: 300,
  /** Characters of its text, in all. */
  characters: 1_000_000,
  lines: 60_000,
  /** Recommendations that are proposed: no report has so many. */
  recommendations: 150,
  /** Characters of one, as an inspection's file takes it. */
  recommendation: 1000,
} as const;
