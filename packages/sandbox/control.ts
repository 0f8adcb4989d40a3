import { AwsError } from './aws-error.ts';
import type { Answer, HttpRequest, HttpResponse } from './http.ts';

/** Path of the sandbox's docker push: POST `{ repository, tag, folder }` as JSON. @internal */
export const PUSH_PATH = '/_sandbox/push';

/** What a push through the control endpoint gives. */
interface ControlledPush {
  readonly digest: string;
  /** Reference for a task definition. */
  readonly image: string;
  /** What of the folder's Dockerfile the sandbox does not carry out. */
  readonly notes: readonly string[];
}

type Push = (repository: string, tag: string, folder: string) => Promise<ControlledPush>;

const json = (status: number, body: unknown): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: new TextEncoder().encode(JSON.stringify(body)),
});

const refusal = (status: number, code: string, message: string) => json(status, { code, message });

/**
 * A web page in a browser of this machine reaches 127.0.0.1 too. It cannot send JSON to another origin
 * unasked, and under a name of its own that leads here it gives itself away by that name.
 */
const isFromAProgram = ({ headers }: HttpRequest): boolean =>
  /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? '') &&
  /^application\/json\b/.test(headers['content-type'] ?? '');

const wantedOf = ({ body }: HttpRequest): { repository: string; tag: string; folder: string } => {
  const wanted = JSON.parse(new TextDecoder().decode(body));
  for (const name of ['repository', 'tag', 'folder']) {
    if (typeof wanted?.[name] !== 'string') throw new SyntaxError(`"${name}" is not a text`);
  }
  return wanted;
};

/** Puts the endpoint for what AWS has no operation for, a docker push, in front of the operations it has. */
export const withControl =
  (answer: Answer, push: Push): Answer =>
  async (request) => {
    if (request.url !== PUSH_PATH) return answer(request);
    if (request.method !== 'POST' || !isFromAProgram(request)) {
      return refusal(403, 'Forbidden', `POST JSON to ${PUSH_PATH} of 127.0.0.1`);
    }
    try {
      const { repository, tag, folder } = wantedOf(request);
      return json(200, await push(repository, tag, folder));
    } catch (error) {
      const { name, message } = error as Error;
      return refusal(400, error instanceof AwsError ? name : 'InvalidPush', message);
    }
  };
