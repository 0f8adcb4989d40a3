/** `fetch` whose requests may be answered in this process. */
import type { HttpRequest, HttpResponse } from '../../../../http.ts';

/** Answers a request, or returns undefined for a URL that it knows nothing of. */
export type Claim = (url: URL, request: HttpRequest) => Promise<HttpResponse> | undefined;

/** Statuses whose responses must have no body (Fetch standard, "null body status"). */
const BODILESS = [101, 103, 204, 205, 304];

/** Makes a `fetch` that asks `claim` first and goes to the network for what is not claimed. */
export const claimedFetch =
  (claim: Claim): typeof fetch =>
  async (input, init) => {
    const request = new Request(input as string, init);
    const url = new URL(request.url);
    const body = new Uint8Array(await request.clone().arrayBuffer());
    const answered = claim(url, {
      method: request.method,
      url: `${url.pathname}${url.search}`,
      headers: { host: url.host, ...Object.fromEntries(request.headers) },
      body,
    });
    if (!answered) return fetch(request);
    request.signal.throwIfAborted();
    const { status, headers, body: content } = await answered;
    return new Response(BODILESS.includes(status) ? null : Buffer.from(content), {
      status,
      headers,
    });
  };
