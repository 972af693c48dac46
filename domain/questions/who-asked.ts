import { findRole } from '../authority/roles.ts';
import type { Actor } from '../commands/actor.ts';
import type { Facts } from '../facts/facts.ts';
import type { Question } from './questions.ts';

/**
 * The role that hears what becomes of a question: the one that put it on record. Nobody where a file brought it, where the
 * council has that role no more, or where they have just done it themselves.
 */
export const whoAsked = ({ enteredBy }: Question, { authority }: Facts, { role }: Actor): string[] =>
  enteredBy === undefined || enteredBy === role || findRole(authority, enteredBy) === undefined ? [] : [enteredBy];
