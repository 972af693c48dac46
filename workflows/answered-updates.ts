/** A change that was carried out, by the id under which it was asked. */
export interface AnsweredUpdate {
  id: string;
  /** By the engine's clock, milliseconds since 1970. */
  at: number;
  /** The number of the last entry after it. */
  seq: number;
  /** The milestone that it was about; null where it was about none. */
  milestone: string | null;
}

/** Whoever lost the answer asks again within their patience, and programs a little later. */
const KEPT_FOR_MS = 10 * 60_000;
/** At 130 bytes each they are a tenth of what a run may hand over. */
const MAX_KEPT = 1000;

/**
 * The changes that were answered of late. The engine knows them while a run lasts, and forgets them when it continues as
 * new; so each run hands them to the next, and what was carried out before is not carried out again.
 */
export class AnsweredUpdates {
  private readonly before: ReadonlyMap<string, AnsweredUpdate>;
  private answered: AnsweredUpdate[];

  constructor(handedOver: readonly AnsweredUpdate[]) {
    this.before = new Map(handedOver.map((each) => [each.id, each]));
    this.answered = [...handedOver];
  }

  /** What a run before has answered to this id. */
  find(id: string | undefined): AnsweredUpdate | undefined {
    return id === undefined ? undefined : this.before.get(id);
  }

  add(update: AnsweredUpdate): void {
    this.answered = [...this.handOver(update.at), update].slice(-MAX_KEPT);
  }

  /** For the next run, at an instant of the engine's clock. */
  handOver(now: number): AnsweredUpdate[] {
    return this.answered.filter(({ at }) => now - at <= KEPT_FOR_MS);
  }
}
