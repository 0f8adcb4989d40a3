/** The commands of the README, in its order, in a fresh sandbox. */
import { readFileSync } from 'node:fs';
import {
  LambdaClient,
  TagResourceCommand,
  UpdateFunctionCodeCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pageAt, shellBlocksOf } from '../docs/pages.ts';
import { type Running, tandem } from './command.ts';

/** Longest wait for a function's update, in seconds. */
const UPDATE = 60;

const blocks = shellBlocksOf(pageAt('README.md'));

let sandbox: Running;
let environment: Record<string, string>;

beforeAll(async () => {
  sandbox = tandem(['sandbox', '--port', '0', '--speed', '60', '--traffic', '1']);
  await sandbox.says('Ctrl-C ends it.');
  environment = Object.fromEntries(
    [...sandbox.printed().matchAll(/^export (\w+)=(.+)$/gm)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
});

afterAll(async () => {
  sandbox.process.kill('SIGINT');
  await sandbox.ended;
});

const words = (command: string): readonly string[] =>
  [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

/** What an option of the AWS CLI says: the bytes or the text of a file where it names one. */
const option = (command: string, name: string): string =>
  new RegExp(`--${name} (\\S+)`).exec(command)?.[1] ?? '';
const file = (command: string, name: string): Buffer =>
  readFileSync(option(command, name).replace(/^fileb?:\/\//, ''));

const settings = () => ({
  endpoint: environment.AWS_ENDPOINT_URL!,
  region: environment.AWS_REGION!,
  credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
});

const ours = async (parameters: readonly string[]): Promise<string> => {
  const command = tandem(parameters, { env: environment });
  const code = await command.ended;
  return code === 0 ? '' : `exit ${code}: ${command.printed()}${command.complained()}`;
};

const done = (call: Promise<unknown>): Promise<string> => call.then(() => '');

/** Commands of programs that a machine may lack: the same calls, by the SDK, and the sandbox's push for Docker's. */
const OTHERS: readonly (readonly [RegExp, (command: string) => Promise<string>])[] = [
  [
    /^aws lambda update-function-code /,
    (command) =>
      done(
        new LambdaClient(settings()).send(
          new UpdateFunctionCodeCommand({
            FunctionName: option(command, 'function-name'),
            ZipFile: file(command, 'zip-file'),
          }),
        ),
      ),
  ],
  [
    /^aws lambda wait function-updated /,
    (command) =>
      done(
        waitUntilFunctionUpdatedV2(
          { client: new LambdaClient(settings()), maxWaitTime: UPDATE, minDelay: 1 },
          { FunctionName: option(command, 'function-name') },
        ),
      ),
  ],
  [
    /^aws lambda tag-resource /,
    (command) => {
      const [name = '', value = ''] = option(command, 'tags').split('=');
      return done(
        new LambdaClient(settings()).send(
          new TagResourceCommand({
            Resource: option(command, 'resource'),
            Tags: { [name]: value },
          }),
        ),
      );
    },
  ],
  [
    /^aws stepfunctions start-execution /,
    (command) =>
      done(
        new SFNClient(settings()).send(
          new StartExecutionCommand({
            name: option(command, 'name'),
            stateMachineArn: option(command, 'state-machine-arn'),
            input: file(command, 'input').toString('utf8'),
          }),
        ),
      ),
  ],
  [
    /^docker push \S+\/storefront-web:2\.0\.0$/,
    () => ours(['sandbox', 'push', 'storefront-web:2.0.0', 'dist/versions/web-app/2.0.0']),
  ],
];

const run = (command: string): Promise<string> => {
  if (command.startsWith('npx tandem ')) return ours(words(command).slice(2));
  const [, other] = OTHERS.find(([pattern]) => pattern.test(command)) ?? [];
  return other ? other(command) : Promise.resolve('nobody knows how to run this');
};

it('runs every command of the README, but for blocks that say why they belong elsewhere', async () => {
  const here = blocks.filter(({ elsewhere }) => elsewhere === undefined);
  const failures: string[] = [];
  for (const command of here.flatMap(({ commands }) => commands)) {
    const wrong = await run(command);
    if (wrong) failures.push(`${command}\n${wrong}`);
  }

  expect(here.length).toBeGreaterThan(3);
  expect(failures).toEqual([]);
});
