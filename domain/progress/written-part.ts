/** What officers write in a report, and nobody can work out for them. */
export type WrittenPart = 'summary' | 'financial' | 'legal' | 'equality' | 'risk';
