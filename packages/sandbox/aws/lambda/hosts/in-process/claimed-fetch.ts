/** `fetch` whose requests may be answered in this process. */
import type { Answer } from '../../../../http.ts';

/**
 * Gives what answers requests to a URL, or undefined for one that it knows nothing of. `serverName` is the name for
 * which the client wants a certificate; without it that is the URL's own.
 */
export type Claim = (url: URL, serverName?: string) => Answer | undefined;

/** Statuses whose responses must have no body (Fetch standard, "null body status"). */
const BODILESS = [101, 103, 204, 205, 304];

/** Makes a `fetch` that asks `claim` first and goes to the network for what is not claimed. */
export const claimedFetch =
  (claim: Claim): typeof fetch =>
  async (input, init) => {
    const request = new Request(input as string, init);
    const url = new URL(request.url);
    const answer = claim(url);
    if (!answer) return fetch(request);
    const body = new Uint8Array(await request.clone().arrayBuffer());
    request.signal.throwIfAborted();
    const answered = await answer({
      method: request.method,
      url: `${url.pathname}${url.search}`,
      headers: { host: url.host, ...Object.fromEntries(request.headers) },
      body,
    });
    const { status, headers, body: content } = answered;
    return new Response(BODILESS.includes(status) ? null : Buffer.from(content), {
      status,
      headers,
    });
  };
