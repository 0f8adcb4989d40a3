/** The verb `sandbox push`: the docker push of a sandbox that runs in another process. */
import { resolve } from 'node:path';
import { Command } from 'commander';
import type { Account } from '../../account/account.ts';
import { notCarriedOut } from '../../rehearsal/terminal/not-imitated.ts';
import { DEFAULT_PORT } from '../options.ts';

const DEFAULT_ENDPOINT = `http://127.0.0.1:${DEFAULT_PORT}`;

/** Region of every sandbox. */
const REGION = 'us-east-1';

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

const none = ({ origin }: URL): Error =>
  new Error(`No sandbox answers at ${origin}. Start one with: npx tandem sandbox`);

interface Pushed {
  readonly digest: string;
  readonly image: string;
  readonly notes: readonly string[];
}

/** Asks the sandbox to take a folder as an image. Throws an Error with what the sandbox says, or that there is none. @internal */
export const push = async (image: string, folder: string, endpoint: string): Promise<Pushed> => {
  const body = JSON.stringify({ ...imageOf(image), folder: resolve(folder) });
  const url = new URL(PUSH_PATH, endpointOf(endpoint));
  const headers = { 'content-type': 'application/json' };

  const response = await fetch(url, { method: 'POST', headers, body }).catch(() => {
    throw none(url);
  });
  const answer: any = await response.json().catch(() => undefined);
  if (response.ok && answer?.digest) return answer;
  throw answer?.code ? new Error(`${answer.message} (${answer.code})`) : none(url);
};

/** The sandbox as an account: any keys are its owner's. */
const accountAt = async (endpoint: URL): Promise<Account> => {
  const { openAccount } = await import('../../account/account.ts');
  return openAccount({
    endpoint: endpoint.origin,
    region: REGION,
    credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
  }).catch(() => {
    throw none(endpoint);
  });
};

/** Pushes, and prints the image's reference, its digest, and the releases that the push has started. */
const pushAndPrint = async (
  image: string,
  folder: string,
  options: { endpoint?: string },
): Promise<void> => {
  const endpoint = options.endpoint || process.env.AWS_ENDPOINT_URL || DEFAULT_ENDPOINT;
  imageOf(image);
  const { beforePush, startedText } = await import('../../account/pushed-release.ts');
  const startedBy = await beforePush(await accountAt(endpointOf(endpoint)));
  const pushed = await push(image, folder, endpoint);
  for (const note of notCarriedOut(pushed.notes)) process.stderr.write(`${note}\n`);
  process.stdout.write(`${pushed.image}\n${pushed.digest}\n`);
  const started = await startedBy(pushed.digest);
  if (started.length === 0) {
    process.stderr.write(
      `It has started no release. See why: npx tandem preview-push <pair> ${imageOf(image).tag}\n`,
    );
    return;
  }
  for (const one of started) process.stdout.write(`started release ${startedText(one)}\n`);
  for (const { release } of started)
    process.stderr.write(`Watch it: npx tandem watch ${release}\n`);
};

/** `tandem sandbox push <image> <folder>`. */
export const pushVerb = () =>
  new Command('push')
    .description('pushes a folder with a Dockerfile as an image to a running sandbox')
    .argument('<image>', '<repository>:<tag>, for example storefront-web:2.0.0')
    .argument('<folder>', 'folder that holds the Dockerfile')
    .option(
      '--endpoint <url>',
      `the sandbox (default: AWS_ENDPOINT_URL, else port ${DEFAULT_PORT} of 127.0.0.1)`,
    )
    .action(pushAndPrint);
