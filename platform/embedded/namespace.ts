import { setTimeout as sleep } from 'node:timers/promises';
import { isGrpcServiceError } from '@temporalio/client';
import type { Connection, ConnectionLike } from '@temporalio/client';
import { msToTs, optionalTsToMs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import { periodInWords, RETENTION } from '../../domain/retention.ts';

const { IndexedValueType } = proto.temporal.api.enums.v1;

/** What operators and the fan-out search by. They hold no names and no addresses. */
const SEARCH_ATTRIBUTES = {
  DuecourseAuthority: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  DuecourseDivision: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  DuecourseStatus: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  DuecourseNextDue: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
  DuecourseOverdue: IndexedValueType.INDEXED_VALUE_TYPE_INT,
} as const;

/** Finished workflows stay readable this long; the register keeps what matters for ever. */
const KEPT = msToTs(RETENTION['engine-history'].ms);
const USABLE_WITHIN_MS = 60_000;

/** gRPC's numbers for the answers that are told apart here. */
const INVALID_ARGUMENT = 3;
const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;
const PERMISSION_DENIED = 7;
const UNIMPLEMENTED = 12;

/**
 * Registers the namespace where it is not there yet, and those of our search attributes that are missing, and waits until both can be
 * used. One that is there is told how long to keep what has ended. Safe to repeat, and safe beside another process that
 * does the same.
 *
 * @returns what could not be set and somebody else has to, a sentence each
 * @throws Error where one of our search attributes is there with another type: it can't be changed from here.
 */
export async function ensureNamespaceAndSearchAttributes(connection: Connection, namespace: string): Promise<string[]> {
  let notes: string[] = [];
  await retrying(async () => {
    notes = await ensureNamespace(connection, namespace);
  });
  await retrying(() => ensureSearchAttributes(connection, namespace));
  await retrying(() => probe(connection, namespace));
  return notes;
}

async function ensureNamespace(connection: Connection, namespace: string): Promise<string[]> {
  const found = await described(connection, namespace);
  if (found !== undefined) return ensureRetention(connection, namespace, found);
  const registered = connection.workflowService.registerNamespace({
    namespace,
    description: 'duecourse: deadlines of inspections',
    workflowExecutionRetentionPeriod: KEPT,
  });
  await answer(registered, ALREADY_EXISTS);
  return [];
}

/** How long a namespace that is there keeps what has ended, in milliseconds; undefined where it is not there. */
async function described(connection: Connection, namespace: string): Promise<number | undefined> {
  try {
    const { config } = await connection.workflowService.describeNamespace({ namespace });
    return optionalTsToMs(config?.workflowExecutionRetentionTtl) ?? 0;
  } catch (error) {
    if (codeOf(error) === NOT_FOUND) return undefined;
    throw error;
  }
}

async function ensureRetention(connection: Connection, namespace: string, found: number): Promise<string[]> {
  if (found === RETENTION['engine-history'].ms) return [];
  try {
    await connection.workflowService.updateNamespace({
      namespace,
      config: { workflowExecutionRetentionTtl: KEPT },
    });
    return [];
  } catch (error) {
    // Where the server is somebody else's, they set it.
    if (codeOf(error) !== PERMISSION_DENIED && codeOf(error) !== UNIMPLEMENTED) throw error;
    return [
      `The namespace ${namespace} keeps what has ended for ${periodInWords(found)}; duecourse counts on ${periodInWords(RETENTION['engine-history'].ms)}. It may not be set from here: ask whoever runs Temporal.`,
    ];
  }
}

async function ensureSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.entries(SEARCH_ATTRIBUTES).filter(([name, type]) => {
    const found = customAttributes?.[name];
    if (found !== undefined && found !== type) throw new WrongSearchAttribute(name, namespace);
    return found === undefined;
  });
  if (missing.length === 0) return;
  const added = connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing),
  });
  await answer(added, ALREADY_EXISTS);
}

/** How our search attributes are in a namespace. */
export interface SearchAttributeCheck {
  missing: string[];
  /** There with another type: `DuecourseOverdue`. */
  wrong: string[];
}

/** Are our search attributes there? Where they may not be listed, each is searched by. */
export async function checkSearchAttributes(
  { operatorService, workflowService }: Pick<ConnectionLike, 'operatorService' | 'workflowService'>,
  namespace: string,
): Promise<SearchAttributeCheck> {
  const names = Object.keys(SEARCH_ATTRIBUTES);
  try {
    const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
    return {
      missing: names.filter((name) => customAttributes?.[name] === undefined),
      wrong: Object.entries(SEARCH_ATTRIBUTES)
        .filter(([name, type]) => (customAttributes?.[name] ?? type) !== type)
        .map(([name]) => name),
    };
  } catch (error) {
    if (codeOf(error) !== PERMISSION_DENIED && codeOf(error) !== UNIMPLEMENTED) throw error;
  }
  const missing: string[] = [];
  for (const name of names) {
    const search = workflowService.countWorkflowExecutions({ namespace, query: `${name} IS NULL` });
    if ((await answer(search, INVALID_ARGUMENT)) !== undefined) missing.push(name);
  }
  return { missing, wrong: [] };
}

/** Uses everything once: a search by each attribute, and a workflow that isn't there, which only a ready history service can say. */
async function probe(connection: Connection, namespace: string): Promise<void> {
  const query = Object.keys(SEARCH_ATTRIBUTES)
    .map((name) => `${name} IS NULL`)
    .join(' AND ');
  await connection.workflowService.countWorkflowExecutions({ namespace, query });
  const missing = connection.workflowService.describeWorkflowExecution({
    namespace,
    execution: { workflowId: 'duecourse/probe' },
  });
  await answer(missing, NOT_FOUND);
}

/** Repeats while a server that has just begun, or caches that are still filling, say no. */
async function retrying(attempt: () => Promise<void>): Promise<void> {
  const until = performance.now() + USABLE_WITHIN_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof WrongSearchAttribute || codeOf(error) === PERMISSION_DENIED || performance.now() > until)
        throw error;
      await sleep(100);
    }
  }
}

/** The code of the refusal where it is one of those expected (or NOT_FOUND by default), undefined where all went well. */
async function answer(call: Promise<unknown>, expected: number = NOT_FOUND): Promise<number | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (codeOf(error) === expected) return expected;
    throw error;
  }
}

function codeOf(error: unknown): number | undefined {
  return isGrpcServiceError(error) ? error.code : undefined;
}

class WrongSearchAttribute extends Error {
  constructor(name: string, namespace: string) {
    super(
      `The search attribute ${name} is there in the namespace "${namespace}" with another type. ` +
        `Remove it ("temporal operator search-attribute remove --name ${name}") or choose another namespace (TEMPORAL_NAMESPACE).`,
    );
    this.name = 'WrongSearchAttribute';
  }
}
