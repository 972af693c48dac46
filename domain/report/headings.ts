/** What stands under a heading. */
export type HeadingRole =
  /** What the inspectors want put right. */
  | 'recommendations'
  /** Something else: what went before it has ended. */
  | 'other';

/**
 * The headings of inspectorates' reports, as they are compared (`plain`). Those that are not here end a list all the
 * same where they are set as headings; in a text that was pasted these alone can be told.
 */
export const HEADINGS: ReadonlyMap<string, HeadingRole> = new Map<string, HeadingRole>([
  ...[
    'recommendations',
    'recommendation',
    'what does the local authority need to improve',
    'what does the lscb need to improve',
    'priority and immediate action',
    'areas for improvement',
    'area for improvement',
    'areas for priority action',
    'area for priority action',
    'what needs to improve',
    'what needs to improve in this area of social work practice',
    'what needs to improve in this area of practice',
  ].map((text) => [text, 'recommendations'] as const),
  ...[
    'contents',
    'executive summary',
    'summary of findings',
    'summary for children and young people',
    "the local authority's strengths",
    'progress since the last inspection',
    'information about this local authority area',
    'inspection findings',
    'inspection judgements about the local authority',
    'what the inspection judgements mean',
    'information about this inspection',
    'inspection team',
    'headline findings',
    'main findings',
    'findings',
    'strengths',
    'areas for development',
    'the local safeguarding children board (lscb)',
    'the local safeguarding children board',
    'local area partnership details',
    'information about the local area partnership',
    'inspection outcome',
    'what is it like to be a child or young person with send in this area',
    'what is the area partnership doing that is effective',
    'what does the area partnership need to do better',
    'how we assess local authorities',
    "summary of people's experiences",
    'summary of strengths, areas for development and next steps',
    'about this inspection',
    'overall summary',
    'overview',
    'our judgments',
    'cause of concern',
    'causes of concern',
    'effectiveness',
    'efficiency',
    'people',
    'legitimacy',
    'innovative practice',
    'promising practice',
    'conclusion',
    'next steps',
    'annex a',
    'appendix',
    'responsible body',
    'service overview',
    'evaluation of progress',
  ].map((text) => [text, 'other'] as const),
]);
