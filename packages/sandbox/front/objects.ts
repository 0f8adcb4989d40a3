/** Calls of clients that live in the process of the sandbox. */
import type { HttpResponse } from '../http.ts';

/** One attempt of a call. */
interface Asked {
  /** Prefix of `X-Amz-Target`, by which the client knows its service. */
  readonly target: string;
  readonly operation: string;
  /** As the function gave it to the client. */
  readonly input: unknown;
  readonly accessKeyId: string | undefined;
  readonly region: string;
}

/** What comes of it: the output, a copy as the wire makes one; or the response, for what the client has to read of it. */
type Told =
  | { readonly output: unknown; readonly requestId: string }
  | { readonly response: HttpResponse };

/** Answers a call; undefined, before it has had any effect: it has to be written. */
export type Ask = (asked: Asked) => Promise<Told | undefined>;
