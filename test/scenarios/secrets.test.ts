/** One release with an approval and a rollback, whose targets, tokens and links are secret: what is written anywhere shows none of them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APPROVAL_REQUESTS_TOPIC, TABLE } from '../../core/names.ts';
import { nonceOf, signatureOf } from '../../core/people/approval-link.ts';
import { playOn } from '../../rehearsal/scenario/play.ts';
import { registerRevision } from '../../rehearsal/scenario/revisions.ts';
import { narrate } from '../../rehearsal/session/narrator.ts';
import { linkOf } from '../../rehearsal/stage/approval-http.ts';
import { openStage, type Stage } from '../../rehearsal/stage/stage.ts';
import { tandem } from '../cli/command.ts';
import { functions } from './functions.ts';

/** Variables whose values are secret, named and shaped as teams do it. */
const variables = (of: string): Readonly<Record<string, string>> => ({
  DB_PASSWORD: `plain-${of}-word`,
  SMTP_PASS: `mail-${of}-word`,
  MYSQL_PWD: `sql-${of}-word`,
  STRIPE: `sk_live_${of}51Hc8Zq0pX7`,
  TRACKER: `9f1c2a7e-4b1d-4c0a-9d3e-${of}7e1c2b4d`,
  ALERTS: `https://hooks.example.com/services/T01/B02/${of}x7Qp9LmZ2`,
  ERRORS: `https://${of}publickey@errors.example.com/42`,
  QUEUE: `amqps://shop:${of}rabbit@queue.example.com`,
});

const TASK = variables('web0');
const FUNCTION = variables('api0');
const PARAMETER = 'value-of-a-parameter-that-the-task-gets';

/** A text that was written, and where. */
interface Written {
  readonly where: string;
  readonly text: string;
}

/** What the design keeps secrets in: the settings of targets, and the calls that hand a token to who waits for it. */
const KEEPERS: ReadonlySet<string> = new Set([
  'ecs.RegisterTaskDefinition',
  'lambda.UpdateFunctionConfiguration',
  'lambda.Invoke',
  'ssm.PutParameter',
  'states.SendTaskSuccess',
  'states.SendTaskFailure',
]);

/** An input as a text, without the tokens that the table keeps: of who listens, and of who waits for the turn. */
const textOf = (input: unknown): string =>
  JSON.stringify(input, (name, value) => {
    if (name === 'listener' || name === 'token') return undefined;
    if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
    return value;
  });

/** The token that an UpdateItem sets: `setIf` names its member apart from its value. */
const isTokenAlone = (input: any): boolean =>
  input.ExpressionAttributeNames?.['#member'] === 'listener';

let stage: Stage;
const written: Written[] = [];
const tokens = new Set<string>();
const macs: Uint8Array[] = [];

const note = (where: string, text: string) => void written.push({ where, text });

const listenTo = ({ sandbox }: Stage): void => {
  sandbox.watchLogs((line) => note('a log', line));
  narrate(sandbox, (news) => {
    if (news.kind === 'line') note('the narrator', news.text);
  });
  sandbox.watch(({ service, operation, input, principal }, outcome) => {
    const call = `${service}.${operation}`;
    const about = input as any;
    if (call === 'kms.GenerateMac' && 'answer' in outcome) macs.push((outcome.answer as any).Mac);
    if (about?.taskToken) tokens.add(about.taskToken);
    if (call === 'lambda.Invoke' && about.Payload instanceof Uint8Array) {
      const { token } = JSON.parse(Buffer.from(about.Payload).toString('utf8') || '{}') ?? {};
      if (token) tokens.add(token);
    }
    if ('error' in outcome) note(`an error of ${call}`, String((outcome.error as Error).message));
    if (principal.kind !== 'role' || KEEPERS.has(call)) return;
    if (call === 'sns.Publish' && about.TopicArn?.endsWith(`:${APPROVAL_REQUESTS_TOPIC}`)) {
      // The approvers' link is their key.
      note('a request to approvers', textOf(input).replaceAll(/signature=\w+/g, 'signature='));
    } else if (call !== 'dynamodb.UpdateItem' || !isTokenAlone(about)) {
      note(`an input of ${call}`, textOf(input));
    }
  });
};

/** Gives the targets' next revisions their secrets, one of them by a parameter. */
const plant = async (): Promise<void> => {
  const { call, account, region } = stage.sandbox;
  const name = '/shop/parameter';
  await call('ssm', 'PutParameter', { Name: name, Value: PARAMETER, Type: 'SecureString' });
  const { taskDefinition } = await call('ecs', 'DescribeTaskDefinition', {
    taskDefinition: 'storefront-web',
  });
  await call('iam', 'PutRolePolicy', {
    RoleName: taskDefinition.executionRoleArn.split('/').at(-1),
    PolicyName: 'parameter',
    PolicyDocument: JSON.stringify({
      Statement: [{ Effect: 'Allow', Action: 'ssm:GetParameters', Resource: '*' }],
    }),
  });
  const [{ environment }] = taskDefinition.containerDefinitions;
  const added = Object.entries(TASK).map(([name, value]) => ({ name, value }));
  const valueFrom = `arn:aws:ssm:${region}:${account}:parameter${name}`;
  await registerRevision(
    stage,
    {},
    {
      web: {
        environment: [...environment, ...added],
        secrets: [{ name: 'FROM_PARAMETER', valueFrom }],
      },
    },
  );
  await stage.update('2.0.0');
  const FunctionName = 'storefront-api';
  const { Environment } = await call('lambda', 'GetFunctionConfiguration', { FunctionName });
  const Variables = { ...Environment?.Variables, ...FUNCTION };
  await call('lambda', 'UpdateFunctionConfiguration', { FunctionName, Environment: { Variables } });
  await stage.until('the update of the function', async () => {
    const found = await call('lambda', 'GetFunctionConfiguration', { FunctionName });
    return found.LastUpdateStatus === 'Successful' || undefined;
  });
};

/** What the command prints of a release. */
const print = async (parameters: readonly string[]): Promise<void> => {
  const command = tandem(parameters, {
    env: {
      AWS_ENDPOINT_URL: stage.sandbox.url ?? (await stage.sandbox.open(0)),
      AWS_REGION: stage.sandbox.region,
      AWS_ACCESS_KEY_ID: 'ada',
      AWS_SECRET_ACCESS_KEY: 'ada',
    },
  });
  await command.ended;
  expect(command.complained()).toMatch(/^In account [^\n]*\n$/);
  expect(command.printed()).not.toBe('');
  note(`tandem ${parameters.join(' ')}`, command.printed());
};

/** What an execution shows to who may read it, but for the input of a task, in which its token is. */
const readExecution = async (executionArn: string): Promise<void> => {
  const { call } = stage.sandbox;
  const { input, output, error, cause } = await call('states', 'DescribeExecution', {
    executionArn,
  });
  note('an execution', JSON.stringify({ input, output, error, cause }));
};

beforeAll(async () => {
  stage = await openStage({ setting: { kind: 'simulation', functions } });
  await stage.settings((settings) => ({
    ...settings,
    join: 'manual',
    policy: { ...settings.policy, approval: 'required', bakeMinutes: 5 },
  }));
  listenTo(stage);
  await plant();
  await stage.push('2.0.0');
  const { play, state } = playOn(stage);
  await play([
    {
      start: {
        targets: {
          web: { taskDefinition: 'latest', image: 'storefront-web:2.0.0' },
          api: { version: 'latest' },
        },
      },
    },
    { until: { approval: 'pending' } },
  ] as never);
  const [arn] = state.executions.values();
  const release = arn!.slice(arn!.lastIndexOf(':') + 1);
  await print(['get', release]);
  await print(['get', release, '--json']);
  note('the link, for its signature only', linkOf(stage.sandbox, release).pathname);
  await play([
    { answer: 'APPROVE', door: 'page' },
    { answer: 'REJECT', door: 'page', taken: false },
    { until: { held: true } },
    { alarm: 'api-green-errors', state: 'ALARM', minutes: 2 },
    { ended: 'first' },
  ] as never);
  for (const one of [
    ['get', release],
    ['get', release, '--json'],
    ['list'],
    ['list', '--json'],
    ['watch', release, '--json'],
    ['watch', release],
  ])
    await print(one).catch((error) => note('a failure of the command', String(error)));
  await readExecution(arn!);
  const { Items } = await stage.sandbox.call('dynamodb', 'Scan', { TableName: TABLE });
  note('the table', textOf(Items));
  await state.stop();
});
afterAll(() => stage.close());

/** Where a secret is that should be nowhere. */
const placesOf = (secret: string): readonly string[] => [
  ...new Set(written.flatMap(({ where, text }) => (text.includes(secret) ? [where] : []))),
];

describe('a release with an approval and a rollback', () => {
  it('has been rolled back, and was watched', async () => {
    const [record] = written.filter(({ where }) => where.endsWith('--json')).slice(-1);

    expect(record?.text).toContain('RolledBack');
    expect(written.filter(({ where }) => where === 'a log').length).toBeGreaterThan(20);
    expect(placesOf('environment STRIPE')).toEqual(
      expect.arrayContaining(['a request to approvers', 'an input of sns.Publish', 'the table']),
    );
    expect(tokens.size).toBeGreaterThan(3);
    expect(macs.length).toBeGreaterThan(1);
  });

  it.each([
    ...Object.entries(TASK).map(([name, value]) => [`${name} of a task definition`, value]),
    ...Object.entries(FUNCTION).map(([name, value]) => [`${name} of a function`, value]),
    ['a parameter that a task gets', PARAMETER],
  ])('writes the value of %s nowhere', (_, secret) => {
    expect(placesOf(secret)).toEqual([]);
  });

  it('writes no task token but where the table keeps it', () => {
    expect([...tokens].flatMap(placesOf)).toEqual([]);
  });

  it('writes the secret of a link nowhere, and its signature only to approvers', () => {
    const secrets = macs.flatMap((mac) => [
      nonceOf(mac),
      signatureOf(mac),
      Buffer.from(mac).toString('hex'),
      Buffer.from(mac).toString('base64'),
    ]);

    expect(secrets.flatMap(placesOf)).toEqual([]);
  });
});
