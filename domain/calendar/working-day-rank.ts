/**
 * Working days by rank and select, on epoch days.
 *
 * Weekdays are numbered in closed form: the Monday before 1970 begins week 0, and each week has five. A holiday takes one
 * number out. So "how many working days before this day" is a division and a search among the holidays, and so is
 * "which day is working day number n": the cost is O(log holidays) whatever the distance.
 */
export interface WorkingDayRank {
  /** The number of working days before an epoch day, counted from a fixed Monday: the day itself isn't counted. */
  rank(epochDay: number): number;
  /** The epoch day of the working day with this number; `select(rank(d))` is `d` where it is a working day, else the next. */
  select(rank: number): number;
  /** Whether an epoch day is neither a weekend nor a holiday. */
  isWorking(epochDay: number): boolean;
}

/** Epoch day 0 is a Thursday, three days after its week's Monday. */
const DAYS_SINCE_MONDAY = 3;

function weekdaysBefore(epochDay: number): number {
  const sinceMonday = epochDay + DAYS_SINCE_MONDAY;
  const week = Math.floor(sinceMonday / 7);
  const dayOfWeek = sinceMonday - week * 7;
  return week * 5 + (dayOfWeek < 5 ? dayOfWeek : 5);
}

function weekdayNumber(number: number): number {
  const week = Math.floor(number / 5);
  return week * 7 + (number - week * 5) - DAYS_SINCE_MONDAY;
}

export function isWeekend(epochDay: number): boolean {
  const sinceMonday = epochDay + DAYS_SINCE_MONDAY;
  return sinceMonday - Math.floor(sinceMonday / 7) * 7 >= 5;
}

/** Weekday numbers are looked up 64 at a time: about a quarter of a year, with two or three holidays. */
const BUCKET_BITS = 6;

/**
 * How many of some ascending whole numbers are less than a value: an index by the value's upper bits, and a binary search
 * among the few that share them. It is twice as fast as a binary search among all.
 */
function counterBelow(ascending: readonly number[]): (value: number) => number {
  const count = ascending.length;
  const first = ascending[0] ?? 0;
  const last = ascending[count - 1] ?? -1;
  const firstBucket = first >> BUCKET_BITS;
  const values = Int32Array.from(ascending);
  /** For each bucket, how many values lie in the buckets before it; and one more at the end. */
  const before = new Int32Array((last >> BUCKET_BITS) - firstBucket + 2);
  for (const value of ascending) before[(value >> BUCKET_BITS) - firstBucket + 1]! += 1;
  for (let bucket = 1; bucket < before.length; bucket++) before[bucket]! += before[bucket - 1]!;

  return (value) => {
    if (value <= first || count === 0) return 0;
    if (value > last) return count;
    const bucket = (value >> BUCKET_BITS) - firstBucket;
    let low = before[bucket]!;
    let high = before[bucket + 1]!;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/**
 * Builds rank and select for a set of holidays.
 *
 * @param holidays epoch days in any order; weekends and repetitions are left out, for neither changes a working day
 */
export function createWorkingDayRank(holidays: readonly number[]): WorkingDayRank {
  const weekdays = new Set(holidays.filter((day) => !isWeekend(day)).map(weekdaysBefore));
  const holidayNumbers = [...weekdays].sort((a, b) => a - b);
  const holidaysBelow = counterBelow(holidayNumbers);
  // The number of working days before each holiday. It ascends too (two in a row have the same): each takes out one.
  const holidaysUpTo = counterBelow(holidayNumbers.map((number, index) => number - index));

  return {
    rank: (epochDay) => {
      const number = weekdaysBefore(epochDay);
      return number - holidaysBelow(number);
    },
    select: (rank) => weekdayNumber(rank + holidaysUpTo(rank + 1)),
    isWorking: (epochDay) => !isWeekend(epochDay) && !weekdays.has(weekdaysBefore(epochDay)),
  };
}
