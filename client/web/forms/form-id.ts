import { createHmac, randomBytes } from 'node:crypto';
import { isSame } from '../same-secret.ts';

/**
 * The ids of forms. Each rendered form has one of its own, in the address that it is sent to: what is sent under it has
 * one effect, however often it is sent; and it says, before anything of it is read, that we have given it to this person
 * for this page, so that what was typed can be kept for them when their session has ended meanwhile.
 */
export interface FormIds {
  /** A new id for a form of a page. */
  make(email: string, page: string): string;
  /** Was it made for this person and page? */
  isTheirs(id: string, email: string, page: string): boolean;
  /** Was it made for this page, for whomever? */
  isOurs(id: string, page: string): boolean;
  /** 256 bits that follow from an id and what is asked for, and nobody can guess: what is made of a form is the same when it is sent again. */
  secretOf(id: string, what: unknown): string;
}

/** Random part, whose it is, signature: each in base64url. */
const SHAPE = /^(?<random>[\w-]{16})\.(?<whose>[\w-]{16})\.(?<signature>[\w-]{43})$/;

/** @param secret the same for every process that serves the pages */
export function formIdsBy(secret: string): FormIds {
  const signed = (...parts: string[]): string =>
    createHmac('sha256', secret)
      .update(JSON.stringify(['form', ...parts]))
      .digest('base64url');
  const personOf = (email: string): string => signed('person', email.toLowerCase()).slice(0, 16);
  const signatureOf = (random: string, whose: string, page: string): string => signed('id', random, whose, page);
  const partsOf = (id: string) =>
    SHAPE.exec(id)?.groups as { random: string; whose: string; signature: string } | undefined;
  const isOurs = (id: string, page: string): boolean => {
    const parts = partsOf(id);
    return parts !== undefined && isSame(parts.signature, signatureOf(parts.random, parts.whose, page));
  };
  return {
    make(email, page) {
      const random = randomBytes(12).toString('base64url');
      const whose = personOf(email);
      return `${random}.${whose}.${signatureOf(random, whose, page)}`;
    },
    isOurs,
    isTheirs: (id, email, page) => isOurs(id, page) && partsOf(id)?.whose === personOf(email),
    secretOf: (id, what) => signed('secret', id, JSON.stringify(what)),
  };
}
