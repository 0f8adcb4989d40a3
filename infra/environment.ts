/** What differs between the environments that the stacks are deployed to: one JSON file for each. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { Policy } from '../core/release/policy.ts';
import { Host } from '../core/release/target.ts';
import { fewOf } from '../core/text/few.ts';

/** A text with a form, and what the form is for people. */
const formed = (form: RegExp, wanted: string) =>
  z.string().check(z.regex(form, `must be ${wanted}`));

const Address = formed(/^[^\s@]+@[^\s@]+$/, 'an e-mail address');

/** An environment, as `environments/<name>.json` holds it. Every member has a default. */
export const Environment = z.strictObject({
  $schema: z.optional(z.string()).check(z.describe('Where editors find the schema.')),
  account: z
    .optional(formed(/^\d{12}$/, 'an account: 12 digits, as a text'))
    .check(
      z.describe(
        'Account that the stacks are for; without it they are for whichever account the credentials lead to.',
      ),
    ),
  region: z
    .optional(formed(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a Region, e.g. eu-west-1'))
    .check(z.describe('Region that the stacks are for.')),
  emails: z
    ._default(z.array(Address), [])
    .check(z.describe('Addresses to which notifications go; each must be confirmed once.')),
  approvers: z
    ._default(z.array(Address), [])
    .check(
      z.describe(
        'Addresses of those who approve: their requests have a link, and whoever holds it may answer.',
      ),
    ),
  approvalPage: z
    ._default(z.boolean(), true)
    .check(
      z.describe(
        'Whether requests for an approval have a link to a page that the internet can reach.',
      ),
    ),
  approvalPageConcurrency: z
    .optional(z.int().check(z.minimum(1), z.maximum(100)))
    .check(z.describe('How many requests to that page are worked on at a time, reserved for it.')),
  reservedConcurrency: z
    .optional(
      z.union([z.literal(false), z.int().check(z.minimum(1), z.maximum(100))], {
        error:
          'must be false (reserve nothing) or a whole number from 1 to 100 (executions for each of those functions)',
      }),
    )
    .check(
      z.describe(
        'Concurrent executions for each function that brings users back, `false` for none; without it 3.',
      ),
    ),
  tracing: z
    ._default(z.boolean(), false)
    .check(z.describe('Whether X-Ray traces machines and handlers.')),
  certificateArn: z
    .optional(
      formed(
        /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/\S+$/,
        'the ARN of a certificate of ACM',
      ),
    )
    .check(
      z.describe(
        "Certificate of the storefront's users, of the same Region: with it they are served by HTTPS.",
      ),
    ),
  host: z
    .optional(Host)
    .check(
      z.describe(
        'Name of that certificate that users use, e.g. shop.example.com: checks ask the balancer for it.',
      ),
    ),
  topicMasterKey: z.optional(
    z
      .string()
      .check(
        z.refine((value) => !/alias\/aws\//.test(value), {
          error:
            'must not be a key that AWS manages: alias/aws/sns lets no CloudWatch alarm in, so alarms would reach nobody',
          abort: true,
        }),
        z.regex(
          /^(create|arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[0-9a-z-]+)$/,
          'must be the ARN of a key of KMS (not of an alias), or "create"',
        ),
      )
      .check(
        z.describe(
          'Key of KMS that encrypts the topics, of the same Region: its ARN, or `create` for one that Tandem makes.',
        ),
      ),
  ),
  policy: z.optional(Policy).check(z.describe('What a release of the storefront must fulfil.')),
});
export type Environment = z.infer<typeof Environment>;

const FOLDER = 'environments';

/** Members that name a resource of the stacks' own Region: what it is, and what is there. */
const REGIONAL = {
  certificateArn: ['a certificate', 'the load balancer is'],
  topicMasterKey: ['a key', 'the topics are'],
} as const;

/** One line for each of the first faults: the field, and what is wrong with it. */
const faultLines = ({ issues }: z.core.$ZodError): string =>
  fewOf(issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`))
    .map((line) => `  ${line}`)
    .join('\n');

/** An environment by the text of its file; throws a sentence that names every wrong field. @internal */
export const parseEnvironment = (file: string, text: string): Environment => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not JSON: ${(error as Error).message}`);
  }
  const parsed = Environment.safeParse(value);
  if (!parsed.success)
    throw new Error(
      `${file} does not follow docs/environment.schema.json:\n${faultLines(parsed.error)}`,
    );
  const { region, certificateArn, host } = parsed.data;
  if (certificateArn && !host)
    throw new Error(
      `${file}: certificateArn needs host, the name of it that users use: no certificate is for the balancer's own name`,
    );
  for (const [field, [what, where]] of Object.entries(REGIONAL)) {
    const home = parsed.data[field as keyof typeof REGIONAL]?.split(':')[3];
    if (region && home && home !== region)
      throw new Error(
        `${file}: ${field} is ${what} of ${home}, but ${where} in ${region}: name one of ${region}`,
      );
  }
  return parsed.data;
};

/** The environment of that name in a repository; without a name the one in which everything is as by default. */
export const readEnvironment = (root: string, name: string | undefined): Environment => {
  if (name === undefined) return Environment.parse({});
  const folder = join(root, FOLDER);
  const file = join(folder, `${name}.json`);
  if (!existsSync(file)) {
    const known = readdirSync(folder).flatMap((one) => /^(.*)\.json$/.exec(one)?.[1] ?? []);
    throw new Error(
      `There is no ${FOLDER}/${name}.json. Known environments: ${known.sort().join(', ')}`,
    );
  }
  return parseEnvironment(`${FOLDER}/${name}.json`, readFileSync(file, 'utf8'));
};
