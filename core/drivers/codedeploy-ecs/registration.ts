import * as z from 'zod/mini';
import { amounts, Host } from '../../release/target.ts';
import { Text } from '../../text/schema.ts';
import { REGISTERED } from '../codedeploy/registration.ts';

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

/** Registration of an ECS service. */
export const EcsTarget = z.strictObject({
  ...REGISTERED,
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
