-- The newest good feed of bank holidays that was read, and how the last reading went: one row.
CREATE TABLE bank_holiday_feed (
  one           boolean PRIMARY KEY DEFAULT true CHECK (one),
  source        text NOT NULL,
  content       jsonb,
  read_at       text,
  checked_at    text NOT NULL,
  problem       text,
  problem_since text
);

-- The bank holidays that an authority's administrator has approved last; inspections started later count by them.
CREATE TABLE approved_holidays (
  authority   text PRIMARY KEY,
  content     jsonb NOT NULL,
  approved_at text NOT NULL,
  approved_by text NOT NULL
);
