import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Problem } from '../problems.ts';
import { problemOf, unforeseenProblem } from '../problems.ts';

/** A problem as RFC 9457 has it. */
export function problemJson(context: Context, { status, code, title, detail, field }: Problem): Response {
  const errors = field === undefined ? {} : { errors: [{ detail, pointer: pointerTo(field) }] };
  return context.body(JSON.stringify({ type: 'about:blank', title, status, detail, code, ...errors }), status, {
    'Content-Type': 'application/problem+json',
  });
}

/** A field of what was sent, as a JSON Pointer in a URI's fragment. */
const pointerTo = (field: string): string => `#/${field}`;

/** Any error as a problem; what nobody foresaw is told to the operator alone. */
export function errorAsProblem(error: Error, context: Context, onError: (error: Error) => void): Response {
  const known = problemOf(error);
  if (known?.forOperator === true) onError(error);
  if (known !== undefined) return problemJson(context, known);
  if (error instanceof HTTPException && error.status < 500)
    return problemJson(context, {
      status: error.status === 415 || error.status === 413 || error.status === 403 ? error.status : 400,
      code: `http-${error.status}`,
      title: 'The request can’t be used',
      detail: error.message === '' ? 'The request can’t be read.' : error.message,
    });
  onError(error);
  return problemJson(context, unforeseenProblem(context.req.method));
}
