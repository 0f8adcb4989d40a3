/** The verb `sandbox push`: the docker push of a sandbox that runs in another process. */
import { resolve } from 'node:path';
import { DEFAULT_PORT } from './options.ts';

const DEFAULT_ENDPOINT = `http://127.0.0.1:${DEFAULT_PORT}`;

const LOOPBACK = ['127.0.0.1', 'localhost'];

/** Where the sandbox takes pushes. */
const PUSH_PATH = '/_sandbox/push';

/** Reads `<repository>:<tag>`. */
const imageOf = (text: string): { repository: string; tag: string } => {
  const { repository, tag } =
    /^(?<repository>[a-z0-9]+(?:[._/-][a-z0-9]+)*):(?<tag>\w[\w.-]{0,127})$/.exec(text)?.groups ??
    {};
  if (repository && tag) return { repository, tag };
  throw new Error(`"${text}" is not <repository>:<tag>, for example storefront-web:2.0.0`);
};

const endpointOf = (text: string): URL => {
  if (!URL.canParse(text)) throw new Error(`"${text}" is not a URL`);
  const endpoint = new URL(text);
  if (LOOPBACK.includes(endpoint.hostname)) return endpoint;
  throw new Error(`${text} is not on this machine; a sandbox takes pushes from 127.0.0.1 only`);
};

interface Pushed {
  readonly digest: string;
  readonly image: string;
  readonly notes: readonly string[];
}

/** Asks the sandbox to take a folder as an image. Throws an Error with what the sandbox says, or that there is none. */
export const push = async (image: string, folder: string, endpoint: string): Promise<Pushed> => {
  const body = JSON.stringify({ ...imageOf(image), folder: resolve(folder) });
  const url = new URL(PUSH_PATH, endpointOf(endpoint));
  const headers = { 'content-type': 'application/json' };
  const none = `No sandbox answers at ${url.origin}. Start one with: npx tandem sandbox`;

  const response = await fetch(url, { method: 'POST', headers, body }).catch(() => {
    throw new Error(none);
  });
  const answer: any = await response.json().catch(() => undefined);
  if (response.ok && answer?.digest) return answer;
  throw new Error(answer?.code ? `${answer.message} (${answer.code})` : none);
};

/** `tandem sandbox push`: prints the image's reference and digest, and what of its Dockerfile is not carried out. */
export const pushAndPrint = async (
  image: string,
  folder: string,
  options: { endpoint?: string },
): Promise<void> => {
  const endpoint = options.endpoint || process.env.AWS_ENDPOINT_URL || DEFAULT_ENDPOINT;
  const pushed = await push(image, folder, endpoint);
  for (const note of pushed.notes) process.stderr.write(`${note}\n`);
  process.stdout.write(`${pushed.image}\n${pushed.digest}\n`);
};
