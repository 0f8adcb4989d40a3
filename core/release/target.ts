/** What the registrations of all targets have in common, whatever moves them. */
import * as z from 'zod/mini';
import { Name, Text } from '../text/schema.ts';
import { CustomMetric } from './custom-metric.ts';

/** Requests that green gets at least right before users meet it, and for how many seconds at most; 0 requests: none. */
export const amounts = (requests: number) => ({
  requests: z
    ._default(z.int().check(z.minimum(0), z.maximum(1000)), requests)
    .check(z.describe('Requests that green gets at least; 0: none.')),
  seconds: z
    ._default(z.int().check(z.minimum(1), z.maximum(60)), 10)
    .check(z.describe('Seconds that they may take at most.')),
});

/** Where a revision of a caller lists the requests it makes and the answers it needs (the 2×2). */
const Contract = z.strictObject({
  calls: Name.check(z.describe('Name of the target that this one calls.')),
  path: z
    ._default(Text, '/contract')
    .check(z.describe('Path of the contract; a function gets it as the event `{ "path": … }`.')),
});

/** A host name that users use. */
export const Host = Text.check(
  z.regex(
    /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i,
    'must be a host name, e.g. shop.example.com, without protocol, port or path',
  ),
);

/** What every registration begins with: who it is of. */
export const NAMED = {
  name: Name.check(z.describe('Name of the target in its pair.')),
};

/** What every registration says of how its target is watched. */
export const WATCHED = {
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
