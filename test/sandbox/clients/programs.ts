/** Clients of AWS that are no part of this repository: the `aws` CLI and boto3, asked in the same way. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { clientEnvironment } from './opened.ts';

/** What a client shows: the output of the operation, or the code and message of its error. */
interface Shown {
  readonly output?: any;
  readonly error?: { readonly code: string; readonly message: string };
}

/** One running client. `service` is boto3's name, `operation` and `input` are those of AWS's model. */
export interface Program {
  ask(service: string, operation: string, input?: unknown): Promise<Shown>;
  close(): Promise<void>;
}

/** The few services that the CLI calls by another name. */
const COMMANDS: Readonly<Record<string, string>> = { codedeploy: 'deploy' };

const kebab = (operation: string): string =>
  operation.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();

/** The `aws` CLI, one process a question. */
export const awsCli = (url: string): Program => ({
  ask: (service, operation, input = {}) =>
    promisify(execFile)(
      'aws',
      [
        COMMANDS[service] ?? service,
        kebab(operation),
        '--cli-input-json',
        JSON.stringify(input),
        '--output',
        'json',
        '--no-paginate',
      ],
      { env: { ...clientEnvironment(url), AWS_PAGER: '' } },
    ).then(
      ({ stdout }) => ({ output: stdout ? JSON.parse(stdout) : undefined }),
      ({ stderr }) => {
        const { code, message } =
          /\((?<code>\w+)\) when calling the \w+ operation: (?<message>.*)/.exec(stderr)?.groups ??
          {};
        if (!code || message === undefined) throw new Error(`aws ${service}: ${stderr}`);
        return { error: { code, message } };
      },
    ),
  close: async () => undefined,
});

/** Answers every line of questions with one line of JSON. */
const PYTHON = `
import boto3, json, sys
from botocore import xform_name
from botocore.exceptions import ClientError

clients = {}
for line in sys.stdin:
    service, operation, given = json.loads(line)
    client = clients.setdefault(service, boto3.client(service))
    try:
        output = getattr(client, xform_name(operation))(**given)
        output.pop('ResponseMetadata', None)
        shown = {'output': output}
    except ClientError as error:
        about = error.response['Error']
        shown = {'error': {'code': about['Code'], 'message': about['Message']}}
    print(json.dumps(shown, default=str), flush=True)
`;

/** boto3 in one process; questions are answered one after the other. */
export const boto3 = (url: string): Program => {
  const child = spawn('python3', ['-c', PYTHON], {
    env: clientEnvironment(url),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let last: Promise<unknown> = Promise.resolve();

  const ask = async (question: unknown): Promise<Shown> => {
    child.stdin.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error('boto3 has ended');
    return JSON.parse(value);
  };

  return {
    ask: (service, operation, input = {}) => {
      const answer = last.then(() => ask([service, operation, input]));
      last = answer.catch(() => undefined);
      return answer;
    },
    close: async () => {
      const exited = once(child, 'exit');
      child.stdin.end();
      await exited;
    },
  };
};
