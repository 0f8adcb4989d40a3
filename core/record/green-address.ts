/** Where people can look at green of a target before users do. */
import * as z from 'zod/mini';
import { Host, type LambdaTarget } from '../release/target.ts';
import { Text } from '../text/schema.ts';
import type { Revision, TargetRecord } from './record.ts';

/** Where the test listener of a service answers; AWS says it, and nothing in it is secret. */
export const TestAddress = z.strictObject({
  /** Protocol, name and port. */
  origin: Text,
  /** Name that requests must be for, where the pair has declared one. */
  host: z.optional(Host),
  /** Whether the load balancer has addresses of its VPC only. */
  internal: z.boolean(),
  vpc: z.optional(Text),
});
export type TestAddress = z.infer<typeof TestAddress>;

/** How to look at green: a link or a command, and from where it works. */
export interface GreenAddress {
  readonly link?: string;
  readonly command?: string;
  readonly note: string;
}

/** Ports that a URL does not name. */
const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

const reachText = ({ internal, vpc = 'its VPC', origin }: TestAddress): string =>
  internal
    ? `The load balancer is internal: it answers only inside ${vpc} and networks that are connected with it.`
    : `It answers wherever the security groups of the load balancer let port ${portOf(new URL(origin))} through.`;

const portOf = ({ port, protocol }: URL): string => port || (DEFAULT_PORTS[protocol] ?? '');

const addressOfService = (address: TestAddress): GreenAddress => {
  const { origin, host } = address;
  const note = reachText(address);
  if (host === undefined) return { link: `${origin}/`, note };
  const url = new URL(origin);
  const { protocol, hostname } = url;
  return {
    command: `curl --connect-to ${host}:${DEFAULT_PORTS[protocol]}:${hostname}:${portOf(url)} ${protocol}//${host}/`,
    note: `The test listener answers requests for ${host} only. ${note}`,
  };
};

/** Longest event that a command carries, in characters. */
const LONGEST_EVENT = 300;

/** A text as one word of a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Invokes a version with the event of the first check, which the proof shows too; else with one of the reader. */
const addressOfFunction = (
  { function: name, alias, checks }: LambdaTarget,
  { name: version, ref }: Revision,
): GreenAddress => {
  const event = JSON.stringify(checks[0]?.event ?? {});
  const isShort = event.length <= LONGEST_EVENT;
  // Both versions of the AWS CLI take bytes by fileb://; how they read other payloads differs.
  const [pipe, payload] = isShort
    ? [`printf %s ${quoted(event)} | `, 'fileb:///dev/stdin']
    : ['', 'fileb://event.json'];
  return {
    command: `${pipe}aws lambda invoke --function-name ${name} --qualifier ${ref} --payload ${payload} response.json && cat response.json`,
    note: `It invokes version ${version} itself; users invoke the alias ${alias}.${isShort ? '' : ' Write an event of yours into event.json.'}`,
  };
};

/** How to look at green of a target; undefined where it was not read, or there is no green. */
export const greenAddress = ({
  registration,
  to,
  testAddress,
}: Pick<TargetRecord, 'registration' | 'to' | 'testAddress'>): GreenAddress | undefined => {
  if (registration.kind === 'ecs') return testAddress && addressOfService(testAddress);
  return to && addressOfFunction(registration, to);
};

/** Until when these lead to green alone. */
export const WHILE_ASKING =
  'These lead to green while the release waits for this answer. Afterwards users are on green, or green is gone.';
