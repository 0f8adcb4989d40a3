import * as z from 'zod/mini';
import { Name, Text } from '../text/schema.ts';
import { CustomMetric } from './custom-metric.ts';

/** What moves: an ECS service or a Lambda alias. @internal */
export const TargetKind = z.enum(['ecs', 'lambda']);
export type TargetKind = z.infer<typeof TargetKind>;

/** A request that green must answer before any user meets it. */
const HttpCheck = z.strictObject({
  path: Text.check(
    z.regex(/^\/(?!\/)/, 'must begin with one slash'),
    z.regex(/^[\x21-\x7e]*$/, 'must have visible ASCII characters only: write a blank as %20'),
  ).check(z.describe('Path of the request, with one slash at its beginning.')),
  status: z
    ._default(z.int().check(z.minimum(100), z.maximum(599)), 200)
    .check(z.describe('Status that the answer must have.')),
});

/** Requests that green gets at least right before users meet it, and for how many seconds at most; 0 requests: none. */
const amounts = (requests: number) => ({
  requests: z
    ._default(z.int().check(z.minimum(0), z.maximum(1000)), requests)
    .check(z.describe('Requests that green gets at least; 0: none.')),
  seconds: z
    ._default(z.int().check(z.minimum(1), z.maximum(60)), 10)
    .check(z.describe('Seconds that they may take at most.')),
});

const HttpWarmUp = z.strictObject({
  // So many that a few cold answers, to the checks too, are no bad minute to the alarms of green's target group.
  ...amounts(100),
  paths: z
    .optional(z.array(HttpCheck.shape.path).check(z.minLength(1)))
    .check(
      z.describe(
        'Paths of the requests, each a GET; left out: those of the checks and of the contracts of its callers.',
      ),
    ),
});

const InvokeWarmUp = z.strictObject({
  ...amounts(20),
  events: z
    .optional(z.array(z.unknown()).check(z.minLength(1)))
    .check(
      z.describe(
        'Events of the invocations; left out: those of the checks and of the contracts of its callers.',
      ),
    ),
});

const InvokeCheck = z.strictObject({
  event: z.unknown().check(z.describe('Event that the function gets.')),
  status: z
    .optional(z.int())
    .check(
      z.describe(
        '`statusCode` that the answer must have; left out: any answer without a function error.',
      ),
    ),
});

/** Where a revision of a caller lists the requests it makes and the answers it needs (the 2×2). */
const Contract = z.strictObject({
  calls: Name.check(z.describe('Name of the target that this one calls.')),
  path: z
    ._default(Text, '/contract')
    .check(
      z.describe(
        'Path of the contract for an ECS target; a function gets it as the event `{ "path": … }`.',
      ),
    ),
});

/** A host name that users use. */
export const Host = Text.check(
  z.regex(
    /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i,
    'must be a host name, e.g. shop.example.com, without protocol, port or path',
  ),
);

const common = {
  name: Name.check(z.describe('Name of the target in its pair.')),
  application: Text.check(z.describe('CodeDeploy application of the target.')),
  deploymentGroup: Text.check(z.describe('CodeDeploy deployment group of the target.')),
  alarms: z
    ._default(z.array(Text), [])
    .check(z.describe("Tandem's metric alarms that guard this target.")),
  ownAlarms: z
    ._default(z.array(Text), [])
    .check(
      z.describe(
        "The team's own alarms that guard it too, whatever they watch: of log filters, composite ones, of canaries.",
      ),
    ),
  contract: z
    .optional(Contract)
    .check(z.describe('The target that this one calls, and where its contract is.')),
  metrics: z
    ._default(z.array(CustomMetric), [])
    .check(
      z.describe(
        'Metrics of its own by which green is compared with blue, beside its errors and its latency.',
      ),
    ),
};

/** Registration of an ECS service. */
export const EcsTarget = z.strictObject({
  ...common,
  kind: z.literal('ecs').check(z.describe('What moves: the traffic of an ECS service.')),
  driver: z
    ._default(z.literal('codedeploy-ecs'), 'codedeploy-ecs')
    .check(z.describe('What moves it: CodeDeploy.')),
  cluster: Text.check(z.describe('Cluster of the service.')),
  service: Text.check(z.describe('Name of the service.')),
  container: Text.check(z.describe('Container that gets the traffic.')),
  port: z.int().check(z.describe('Port of that container.')),
  repository: Text.check(
    z.describe('Name of the ECR repository whose images this service may run.'),
  ),
  productionListener: Text.check(z.describe('ARN of the listener that users reach.')),
  testListener: Text.check(z.describe('ARN of the listener on which green is checked.')),
  taskRoles: z
    ._default(z.array(Text), [])
    .check(
      z.describe('ARNs of the roles that its tasks may have, as far as its pair grants them.'),
    ),
  prepareRole: z
    .optional(Text)
    .check(
      z.describe(
        "ARN of the pair's own role, as which Tandem registers task definitions of this service; left out by stacks of older versions, for which it registers by its own role.",
      ),
    ),
  host: z
    .optional(Host)
    .check(
      z.describe(
        'Name that users use, e.g. `shop.example.com`: checks have it as Host header and in their TLS handshake.',
      ),
    ),
  targetGroups: z
    .tuple([Text, Text])
    .check(
      z.describe('ARNs of the two target groups, in no order: colours swap with every release.'),
    ),
  scalingRole: z
    .optional(Text)
    .check(
      z.describe(
        "ARN of the pair's own role, as which Tandem suspends Application Auto Scaling of this service while green comes up and while traffic moves; without it scaling continues.",
      ),
    ),
  checks: z
    ._default(z.array(HttpCheck), [{ path: '/health', status: 200 }])
    .check(z.describe('Requests that green must answer before any user meets it.')),
  warmUp: z
    ._default(HttpWarmUp, () => HttpWarmUp.parse({}))
    .check(
      z.describe(
        "Requests of Tandem's own right before the shift, so that no user meets a cold green.",
      ),
    ),
});
export type EcsTarget = z.infer<typeof EcsTarget>;

/** Registration of a Lambda alias. */
export const LambdaTarget = z.strictObject({
  ...common,
  kind: z.literal('lambda').check(z.describe('What moves: the alias of a Lambda function.')),
  driver: z
    ._default(z.literal('codedeploy-lambda'), 'codedeploy-lambda')
    .check(z.describe('What moves it: CodeDeploy.')),
  function: Text.check(z.describe('Name of the function.')),
  alias: Text.check(z.describe('Alias that users invoke.')),
  versionAlarms: z
    ._default(
      z.strictObject({
        blue: z.array(Text).check(z.describe("Alarms that follow blue's version.")),
        green: z.array(Text).check(z.describe("Alarms that follow green's version.")),
      }),
      {
        blue: [],
        green: [],
      },
    )
    .check(
      z.describe(
        "Alarms whose ExecutedVersion dimension follows the release: Prepare points them at blue's and green's version.",
      ),
    ),
  checks: z
    ._default(z.array(InvokeCheck), [])
    .check(z.describe('Invocations that green must answer before any user meets it.')),
  warmUp: z
    ._default(InvokeWarmUp, () => InvokeWarmUp.parse({}))
    .check(
      z.describe(
        "Invocations of Tandem's own right before the shift, so that users meet some warm environments.",
      ),
    ),
});
export type LambdaTarget = z.infer<typeof LambdaTarget>;

/** One target's registration. */
export const Target = z.discriminatedUnion('kind', [EcsTarget, LambdaTarget]);
export type Target = z.infer<typeof Target>;
