import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { beforeAll, describe, expect, it } from 'vitest';
import { HANDLERS, type HandlerName } from '../../infra/handlers.ts';
import type { EcsHalf } from '../../infra/pair/props.ts';
import { setScaling } from '../../infra/pair/scaling.ts';
import type { Statements } from '../../infra/statements.ts';
import { build } from '../../scripts/build.ts';

const bundles = join(import.meta.dirname, '../../dist/handlers');

/** IAM's prefix where it is not the client's name. */
const PREFIX: Readonly<Record<string, string>> = {
  sfn: 'states',
  'elastic-load-balancing-v2': 'elasticloadbalancing',
  'application-auto-scaling': 'application-autoscaling',
};

/** Actions that no command is named after: AWS asks for them beside another one. */
const ASKED_BESIDE: Readonly<Record<string, string>> = {
  'codedeploy:GetDeploymentConfig': 'codedeploy:CreateDeployment',
  'codedeploy:RegisterApplicationRevision': 'codedeploy:CreateDeployment',
  'codedeploy:UpdateDeploymentGroup': 'codedeploy:CreateDeployment',
  'inspector2:ListCoverage': 'ecr:DescribeImageScanFindings',
  'inspector2:ListFindings': 'ecr:DescribeImageScanFindings',
  'ecs:TagResource': 'ecs:RegisterTaskDefinition',
};

/** Commands of a client's own machinery; they are never sent without endpoint discovery. */
const NEVER_SENT = ['dynamodb:DescribeEndpoints'];

const service = { serviceName: 'web', cluster: { clusterName: 'shop' } };

/** What the roles of pairs may as which a handler works. */
const BY_PAIRS: Partial<Record<HandlerName, Statements>> = {
  'set-scaling': (scope) => setScaling(scope, { service } as EcsHalf),
};

let inputsOf: (handler: string) => readonly string[];

const actionsInBundle = (handler: string): string[] =>
  inputsOf(handler).flatMap((input) => {
    const [, client = '', command = ''] =
      /client-([a-z0-9-]+)\/dist-es\/commands\/(\w+)Command\.js$/.exec(input) ?? [];
    const action = `${PREFIX[client] ?? client}:${command === 'Invoke' ? 'InvokeFunction' : command}`;
    return command && !NEVER_SENT.includes(action) ? [action] : [];
  });

const actionsOf = (statements: Statements = () => []): string[] =>
  statements(new Stack(new App(), 'stack')).flatMap(({ actions }) => actions);

const granted = (handler: HandlerName): string[] => actionsOf(HANDLERS[handler].statements);

beforeAll(async () => {
  await build();
  const { outputs } = JSON.parse(readFileSync(join(bundles, 'meta.json'), 'utf8'));
  inputsOf = (handler) => {
    const path = Object.keys(outputs).find((output) => output.endsWith(`/${handler}/index.mjs`))!;
    const inputs = Object.entries(
      outputs[path].inputs as Record<string, { bytesInOutput: number }>,
    );
    return inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([input]) => input);
  };
});

describe.each(Object.keys(HANDLERS) as HandlerName[])('%s', (handler) => {
  it('may do nothing that its bundle cannot do', () => {
    const able = actionsInBundle(handler);

    const idle = granted(handler).filter(
      (action) => !able.includes(ASKED_BESIDE[action] ?? action),
    );

    expect(idle).toEqual([]);
  });

  it('may do all that its bundle can do, save what other steps do with the drivers', () => {
    const drivers = inputsOf(handler).some((input) =>
      input.endsWith('handlers/drivers/drivers.ts'),
    );
    const allowed = [...granted(handler), ...actionsOf(BY_PAIRS[handler])];

    const refused = actionsInBundle(handler).filter((action) => !allowed.includes(action));

    if (!drivers) expect(refused).toEqual([]);
    else expect(allowed.length).toBeGreaterThan(0);
  });
});
