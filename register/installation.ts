import { formatDate } from '../domain/calendar/civil-date.ts';
import { localDate } from '../domain/calendar/london.ts';
import type { Database } from './database.ts';
import { OtherInstallation } from './other-installation.ts';

/** An encryption key as the register knows it: by its id and a mark, from which the key can't be had. */
export interface KeyMark {
  id: string;
  mark: string;
}

/** What all processes of one duecourse share: the register holds marks of it, and tells by them who does not belong. */
export interface InstallationRegister {
  /**
   * Is this the secret that the others have?
   *
   * @param named how the secret of this process is called in a sentence
   * @throws OtherInstallation
   */
  mustShareSecret(mark: string, named: string): Promise<void>;
  /** The same; where there is none yet, this is the one from now on. @throws OtherInstallation */
  shareSecret(mark: string, named: string, at: string): Promise<void>;
  /** From now on this is the secret, whatever it was. */
  changeSecret(mark: string, at: string): Promise<void>;
  /**
   * Can a process with these keys, the first of which encrypts, read everything that was written, and do the workers know
   * the key by which it would write?
   *
   * @throws OtherInstallation naming the key
   */
  mustHaveKeys(keys: readonly KeyMark[]): Promise<void>;
  /** The same for a worker, whose own keys are known from now on. @throws OtherInstallation */
  takeKeys(keys: readonly KeyMark[], at: string): Promise<void>;
  /** Nothing is encrypted with a key any more: nobody has to have it. Says whether there was one of that id. */
  forgetKey(id: string): Promise<boolean>;
}

interface KnownKey extends KeyMark {
  /** Since when it has encrypted; null where it only decrypts. */
  encryptsSince: string | null;
}

export function installationOf(database: Database, where: string): InstallationRegister {
  const { query } = database;
  const mustBe = async (mark: string, named: string): Promise<void> => {
    const [kept] = await query<{ mark: string; at: string }>(
      'SELECT secret_mark AS mark, set_at AS at FROM installation',
    );
    if (kept !== undefined && kept.mark !== mark) throw otherSecret(named, where, kept.at);
  };
  const knownKeys = (): Promise<KnownKey[]> =>
    query<KnownKey>('SELECT id, mark, encrypts_since AS "encryptsSince" FROM encryption_key ORDER BY id');
  return {
    mustShareSecret: mustBe,
    async shareSecret(mark, named, at) {
      await query('INSERT INTO installation (secret_mark, set_at) VALUES ($1, $2) ON CONFLICT (one) DO NOTHING', [
        mark,
        at,
      ]);
      await mustBe(mark, named);
    },
    async changeSecret(mark, at) {
      await query(
        `INSERT INTO installation (secret_mark, set_at) VALUES ($1, $2)
         ON CONFLICT (one) DO UPDATE SET secret_mark = $1, set_at = $2 WHERE installation.secret_mark <> $1`,
        [mark, at],
      );
    },
    async mustHaveKeys(keys) {
      const known = await knownKeys();
      mustHaveAll(keys, known);
      const [first] = keys;
      if (first !== undefined && known.length > 0 && known.every(({ id }) => id !== first.id))
        throw new OtherInstallation(
          `This process would encrypt with the key "${first.id}", which no worker has had: what it asks could not be read. Give that key to every worker first, after the others (docs/encryption.md), or put one that they have before it.`,
        );
    },
    async takeKeys(keys, at) {
      mustHaveAll(keys, await knownKeys());
      for (const [index, { id, mark }] of keys.entries())
        await query(
          `INSERT INTO encryption_key (id, mark, known_since, encrypts_since) VALUES ($1, $2, $3, $4)
           ON CONFLICT (id) DO UPDATE SET encrypts_since = coalesce(encryption_key.encrypts_since, $4)`,
          [id, mark, at, index === 0 ? at : null],
        );
    },
    async forgetKey(id) {
      return (await query('DELETE FROM encryption_key WHERE id = $1 RETURNING id', [id])).length > 0;
    },
  };
}

/** @throws OtherInstallation where a key is lacking by which something was encrypted, or is another one under its id */
function mustHaveAll(keys: readonly KeyMark[], known: readonly KnownKey[]): void {
  const other = known.find(({ id, mark }) => keys.some((each) => each.id === id && each.mark !== mark));
  if (other !== undefined)
    throw new OtherInstallation(
      `The encryption key "${other.id}" of this process is not the one that workers have under that id: what one encrypts the other can't read. Give every process the same DUECOURSE_ENCRYPTION_KEYS.`,
    );
  const lacking = known.filter(
    ({ id, encryptsSince }) => encryptsSince !== null && keys.every((each) => each.id !== id),
  );
  if (lacking.length === 0) return;
  const names = lacking.map(({ id, encryptsSince }) => `"${id}" (in use since ${dayOf(encryptsSince)})`).join(', ');
  throw new OtherInstallation(
    `DUECOURSE_ENCRYPTION_KEYS lacks ${lacking.length === 1 ? 'a key' : 'keys'} by which histories in the engine are encrypted: ${names}. This process has ${keys.map(({ id }) => `"${id}"`).join(', ') || 'none'}, and could not read them. Add what is lacking (docs/encryption.md). If nothing is encrypted with it any more: duecourse keys forget ${lacking[0]?.id ?? ''}`,
  );
}

const dayOf = (at: string | null): string => formatDate(localDate(at ?? ''));

function otherSecret(named: string, where: string, at: string): OtherInstallation {
  return new OtherInstallation(
    `${named} is not the secret that the register at ${where} has been used with since ${dayOf(at)}. Either this is another council's register, or this process has another secret than its fellows: give every worker and web process the same DUECOURSE_SECRET. To change it for all of them, stop them, set the new one everywhere, and run: duecourse setup --new-secret`,
  );
}
