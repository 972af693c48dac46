import { randomBytes } from 'node:crypto';
import { NameTaken } from '../once.ts';

/** One file of many. */
export interface JobItem {
  name: string;
  state: 'waiting' | 'started' | 'failed';
  /** The inspection that was started, or why none was. */
  said: string;
}

/** Many files being started, one after the other by a few at once; it goes on where nobody watches. */
export interface Job {
  id: string;
  email: string;
  items: JobItem[];
  done(): number;
  finished: boolean;
  /** Settles at the next change. */
  changed(): Promise<void>;
}

const AT_ONCE = 4;
const MAX_KEPT = 50;

/** The jobs of this process, newest last; old finished ones are forgotten. */
export function jobs() {
  const kept = new Map<string, Job>();
  const byForm = new Map<string, { job: Job; request: string }>();
  return {
    find: (id: string, email: string): Job | undefined => {
      const job = kept.get(id);
      return job?.email === email ? job : undefined;
    },
    /**
     * Begins, once for each rendered form; what fails in one file does not stop the others.
     *
     * @param request what is asked for, to tell it from another under the same form
     * @throws NameTaken where the form was sent before with something else
     */
    begin(
      { email, form, request }: { email: string; form: string | undefined; request: string },
      names: string[],
      start: (index: number) => Promise<string>,
      why: (error: unknown) => string,
    ): Job {
      const begun = form === undefined ? undefined : byForm.get(form);
      if (begun !== undefined && begun.request !== request) throw new NameTaken(form);
      if (begun !== undefined) return begun.job;
      let wake: (() => void)[] = [];
      const tell = (): void => {
        const all = wake;
        wake = [];
        for (const each of all) each();
      };
      const items: JobItem[] = names.map((name) => ({ name, state: 'waiting', said: '' }));
      const job: Job = {
        id: randomBytes(12).toString('base64url'),
        email,
        items,
        finished: false,
        done: () => items.filter((each) => each.state !== 'waiting').length,
        changed: () => new Promise((resolve) => wake.push(resolve)),
      };
      kept.set(job.id, job);
      if (form !== undefined) byForm.set(form, { job, request });
      for (const [id, old] of kept) if (kept.size > MAX_KEPT && old.finished) kept.delete(id);
      for (const [id, old] of byForm) if (!kept.has(old.job.id)) byForm.delete(id);
      let next = 0;
      const work = async (): Promise<void> => {
        for (let index = next++; index < items.length; index = next++) {
          const item = items[index];
          if (item === undefined) return;
          try {
            item.said = await start(index);
            item.state = 'started';
          } catch (error) {
            item.said = why(error);
            item.state = 'failed';
          }
          tell();
        }
      };
      void Promise.all(Array.from({ length: AT_ONCE }, work)).then(() => {
        job.finished = true;
        tell();
      });
      return job;
    },
  };
}
