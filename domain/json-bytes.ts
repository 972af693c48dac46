import { utf8ToBytes } from '@noble/hashes/utils.js';

/** Bytes that something takes as JSON in UTF-8: what payloads and rows are limited in. */
export const jsonBytes = (data: unknown): number => utf8ToBytes(JSON.stringify(data)).length;
