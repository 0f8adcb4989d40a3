import * as z from 'zod/mini';
import { CustomMetric } from './judging/custom-metric.ts';
import { Name, Text } from './schema.ts';

/** What moves: an ECS service or a Lambda alias. */
export const TargetKind = z.enum(['ecs', 'lambda']);
export type TargetKind = z.infer<typeof TargetKind>;

/** CodeDeploy's name of the platform of each kind of target. */
export const PLATFORMS = { ecs: 'ECS', lambda: 'Lambda' } as const satisfies Record<
  TargetKind,
  string
>;

/** A request that green must answer before any user meets it. */
const HttpCheck = z.strictObject({
  path: Text.check(
    z.regex(/^\/(?!\/)/, 'must begin with one slash'),
    z.regex(/^[\x21-\x7e]*$/, 'must have visible ASCII characters only: write a blank as %20'),
  ),
  /** Status that the answer must have. */
  status: z._default(z.int().check(z.minimum(100), z.maximum(599)), 200),
});

/** Requests that green gets at least right before users meet it, and for how many seconds at most; 0 requests: none. */
const amounts = (requests: number) => ({
  requests: z._default(z.int().check(z.minimum(0), z.maximum(1000)), requests),
  seconds: z._default(z.int().check(z.minimum(1), z.maximum(60)), 10),
});

const HttpWarmUp = z.strictObject({
  // So many that a few cold answers, to the checks too, are no bad minute to the alarms of green's target group.
  ...amounts(100),
  /** Paths of the requests, each a GET; left out: those of the checks and of the contracts of its callers. */
  paths: z.optional(z.array(HttpCheck.shape.path).check(z.minLength(1))),
});

const InvokeWarmUp = z.strictObject({
  ...amounts(20),
  /** Events of the invocations; left out: those of the checks and of the contracts of its callers. */
  events: z.optional(z.array(z.unknown()).check(z.minLength(1))),
});

const InvokeCheck = z.strictObject({
  /** Event that the function gets. */
  event: z.unknown(),
  /** `statusCode` that the answer must have; left out: any answer without a function error. */
  status: z.optional(z.int()),
});

/** Where a revision of a caller lists the requests it makes and the answers it needs (the 2×2). */
const Contract = z.strictObject({
  /** Name of the target that this one calls. */
  calls: Name,
  /** Path of the contract for an ECS target; a function gets it as the event `{ "path": … }`. */
  path: z._default(Text, '/contract'),
});

/** A host name that users use. */
export const Host = Text.check(
  z.regex(
    /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i,
    'must be a host name, e.g. shop.example.com, without protocol, port or path',
  ),
);

const common = {
  name: Name,
  application: Text,
  deploymentGroup: Text,
  /** Tandem's metric alarms that guard this target. */
  alarms: z._default(z.array(Text), []),
  /** The team's own alarms that guard it too, whatever they watch: of log filters, composite ones, of canaries. */
  ownAlarms: z._default(z.array(Text), []),
  contract: z.optional(Contract),
  /** Metrics of its own by which green is compared with blue, beside its errors and its latency. */
  metrics: z._default(z.array(CustomMetric), []),
};

/** Registration of an ECS service. */
export const EcsTarget = z.strictObject({
  ...common,
  kind: z.literal('ecs'),
  driver: z._default(z.literal('codedeploy-ecs'), 'codedeploy-ecs'),
  cluster: Text,
  service: Text,
  container: Text,
  port: z.int(),
  /** Name of the ECR repository whose images this service may run. */
  repository: Text,
  productionListener: Text,
  testListener: Text,
  /** ARNs of the roles that its tasks may have, as far as its pair grants them. */
  taskRoles: z._default(z.array(Text), []),
  /**
   * ARN of the pair's own role, as which Tandem registers task definitions of this service; left out by stacks of older
   * versions, for which it registers by its own role.
   */
  prepareRole: z.optional(Text),
  /** Name that users use, e.g. `shop.example.com`: checks have it as Host header and in their TLS handshake. */
  host: z.optional(Host),
  /** ARNs of the two target groups, in no order: colours swap with every release. */
  targetGroups: z.tuple([Text, Text]),
  /**
   * ARN of the pair's own role, as which Tandem suspends Application Auto Scaling of this service while green comes up
   * and while traffic moves; without it scaling goes on.
   */
  scalingRole: z.optional(Text),
  checks: z._default(z.array(HttpCheck), [{ path: '/health', status: 200 }]),
  /** Requests of Tandem's own right before the shift, so that no user meets a cold green. */
  warmUp: z._default(HttpWarmUp, () => HttpWarmUp.parse({})),
});
export type EcsTarget = z.infer<typeof EcsTarget>;

/** Registration of a Lambda alias. */
export const LambdaTarget = z.strictObject({
  ...common,
  kind: z.literal('lambda'),
  driver: z._default(z.literal('codedeploy-lambda'), 'codedeploy-lambda'),
  function: Text,
  alias: Text,
  /** Alarms whose ExecutedVersion dimension follows the release: Prepare points them at blue's and green's version. */
  versionAlarms: z._default(z.strictObject({ blue: z.array(Text), green: z.array(Text) }), {
    blue: [],
    green: [],
  }),
  checks: z._default(z.array(InvokeCheck), []),
  /** Invocations of Tandem's own right before the shift, so that users meet some warm environments. */
  warmUp: z._default(InvokeWarmUp, () => InvokeWarmUp.parse({})),
});
export type LambdaTarget = z.infer<typeof LambdaTarget>;

/** One target's registration. */
export const Target = z.discriminatedUnion('kind', [EcsTarget, LambdaTarget]);
export type Target = z.infer<typeof Target>;
