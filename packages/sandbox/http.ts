/** An HTTP request without its socket: what the front, the balancer and Function URLs answer. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query, e.g. `/2015-03-31/functions/api/invocations?Qualifier=live`. */
  readonly url: string;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** An HTTP response without its socket. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Answers a request; never rejects: what goes wrong is a response too. */
export type Answer = (request: HttpRequest) => Promise<HttpResponse>;
