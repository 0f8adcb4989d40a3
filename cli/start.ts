/** `tandem start`: starts a release, by a file that follows docs/release.schema.json or by what the options name. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { brief } from '../core/brief.ts';
import { readInput } from '../core/checks/input.ts';
import { RELEASE_MACHINE } from '../core/names.ts';
import { isReleaseId, type ReleaseInput } from '../core/release.ts';
import { type Account, openAccount } from './account.ts';
import { watchRelease } from './watch.ts';

/** What a person may say of a release; what a file says too is replaced by it. */
export interface StartOptions {
  readonly pair?: string;
  /** `<target>=<image or version>`, one for each target. */
  readonly target?: readonly string[];
  readonly web?: string;
  readonly api?: string;
  readonly reason?: string;
  readonly by?: string;
  readonly author?: readonly string[];
  /** Path of a JSON file with the facts of the change. */
  readonly change?: string;
  readonly name?: string;
  readonly watch?: boolean;
}

/** Hex characters behind the pair in the id of a release that got no name. */
const ID_LENGTH = 12;

const NAME_ONE =
  'Name a file, for example samples/releases/both.json, or use --pair with --web, --api or --target';

const CHANGE_FILE = 'docs/judgement.md says how to make it from git';

const revisionOf = (text: string) =>
  /^(\d+|\$?latest)$/i.test(text) ? { version: text } : { image: text };

const targetsOf = ({ target = [], web, api }: StartOptions): Record<string, unknown> => {
  const named = target.map((one) => {
    const [, name, revision] = /^([^=]+)=(.+)$/.exec(one) ?? [];
    if (!name || !revision)
      throw new Error(`"${one}" is not <target>=<revision>, for example web=storefront-web:2.0.0`);
    return [name, revisionOf(revision)];
  });
  return {
    ...Object.fromEntries(named),
    ...(web === undefined ? {} : { web: revisionOf(web) }),
    ...(api === undefined ? {} : { api: revisionOf(api) }),
  };
};

/** The input of a release, out of a file's JSON and the options. Throws a sentence when it is none. */
export const inputOf = (
  file: unknown,
  options: Omit<StartOptions, 'change'>,
  caller: string,
  change?: unknown,
): ReleaseInput => {
  const { pair, reason, by, author } = options;
  const given = typeof file === 'object' && file !== null ? (file as Record<string, unknown>) : {};
  const targets = { ...(given.targets as object | undefined), ...targetsOf(options) };
  const read = readInput({
    requestedBy: caller,
    ...given,
    targets,
    ...(pair === undefined ? {} : { pair }),
    ...(reason === undefined ? {} : { reason }),
    ...(by === undefined ? {} : { requestedBy: by }),
    ...(author === undefined ? {} : { authors: author }),
    ...(change === undefined ? {} : { change }),
  });
  if (read.kind === 'release') return read.input;
  const texts = read.kind === 'broken' ? read.reasons.map(({ text }) => brief(text)) : [];
  throw new Error(texts.join(' ') || 'A release needs a pair and its targets, not "recover"');
};

const readJson = async (path: string, otherwise: string): Promise<unknown> => {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`There is no file ${path}. ${otherwise}`);
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is not JSON: ${(error as Error).message}`);
  }
};

/** Starts a release and prints its id; with `watch` shows it until its end, which gives the exit code. */
export const startRelease = async (
  account: Account,
  input: ReleaseInput,
  {
    name = `${input.pair}-${randomBytes(ID_LENGTH / 2).toString('hex')}`,
    watch,
  }: { readonly name?: string | undefined; readonly watch?: boolean },
): Promise<void> => {
  if (!isReleaseId(name))
    throw new Error(`"${name}" is no id: letters, digits, _ and -, at most 80`);
  const stateMachineArn = account.arn('states', `stateMachine:${RELEASE_MACHINE}`);
  await account
    .client(SFNClient)
    .send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }))
    .catch((error: unknown) => {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
      throw new Error(`There is a release ${name} already: choose another --name`);
    });
  process.stdout.write(`${name}\n`);
  if (watch) process.exitCode = await watchRelease(account, name);
  else process.stderr.write(`Started in ${account.place}. Watch it: npx tandem watch ${name}\n`);
};

/** Starts a release by a file, by options, or by both. */
export const start = async (file: string | undefined, options: StartOptions): Promise<void> => {
  if (file === undefined && options.pair === undefined)
    throw new Error(`What is to be released? ${NAME_ONE}`);
  const content = file === undefined ? undefined : await readJson(file, NAME_ONE);
  const change =
    options.change === undefined ? undefined : await readJson(options.change, CHANGE_FILE);
  const account = await openAccount();
  const input = inputOf(content, options, account.caller, change);
  await startRelease(account, input, options);
};
