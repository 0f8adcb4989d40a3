import * as z from 'zod/mini';
import { amounts } from '../../release/target.ts';
import { Text } from '../../text/schema.ts';
import { REGISTERED } from '../codedeploy/registration.ts';

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

/** Registration of a Lambda alias. */
export const LambdaTarget = z.strictObject({
  ...REGISTERED,
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
