import { HonoRequest } from 'hono/request';

/** The fields of a form that was sent with a file, taken apart in whichever thread this is called; undefined where it can't be read. */
export async function formOf(
  body: Uint8Array<ArrayBuffer>,
  contentType: string,
): Promise<Record<string, string | File> | undefined> {
  try {
    const request = new Request('http://form', { method: 'POST', body, headers: { 'Content-Type': contentType } });
    return await new HonoRequest(request).parseBody();
  } catch {
    return undefined;
  }
}
