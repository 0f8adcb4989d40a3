/** The account that the environment leads to: one of AWS, or a sandbox by AWS_ENDPOINT_URL. */
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { HttpHandlerUserInput } from '@smithy/core/protocols';
import { callerName } from '../core/text/caller.ts';
import { accountClock, type Stack } from './clock.ts';

/** How clients call; what is left out is what the environment says. */
export interface Settings {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** What sends requests (default: sockets). */
  readonly requestHandler?: HttpHandlerUserInput;
}

/** An account, as who calls sees it. */
export interface Account {
  /** Account and Region in words, to be read after "in". */
  readonly place: string;
  /** Name of who calls, out of the ARN of the caller's identity. */
  readonly caller: string;
  /** ARN of the caller's identity. */
  readonly identity: string;
  /** ARN of a resource of this account and Region. */
  arn(service: string, resource: string): string;
  /** Milliseconds since 1970 by the account's own clock: that of a sandbox may run faster than ours. */
  now(): number;
  /** Makes a client of one of AWS's services. */
  client<Client extends Stack>(Client: new (settings: Settings) => Client): Client;
}

const NOWHERE =
  'For AWS, set AWS_REGION and AWS_PROFILE or keys; for a sandbox, paste the export lines that it prints.';

/** Refuses before anything is sent when the environment names no Region or no credentials. */
const refuseNowhere = async ({ config }: STSClient): Promise<string> => {
  const region = await config.region().catch(() => undefined);
  if (!region) throw new Error(`AWS_REGION is not set. ${NOWHERE}`);
  await config.credentials().catch((error: Error) => {
    throw new Error(`There are no credentials (${error.message}). ${NOWHERE}`);
  });
  return region;
};

/**
 * Opens the account; throws a sentence for people when the environment leads nowhere. AWS_DEFAULT_REGION counts as it
 * does for the AWS CLI: the JavaScript SDK alone would not read it.
 */
export const openAccount = async (asked: Settings = {}): Promise<Account> => {
  const { now, keepBy } = accountClock();
  const named = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  const settings = { ...(named ? { region: named } : {}), ...asked };
  const client: Account['client'] = (Client) => keepBy(new Client(settings));
  const sts = client(STSClient);
  const region = await refuseNowhere(sts);
  const { Account: id = '', Arn = '' } = await sts.send(new GetCallerIdentityCommand({}));
  const endpoint = settings.endpoint ?? process.env.AWS_ENDPOINT_URL;
  const [, partition] = Arn.split(':');
  return {
    place: `account ${id}, ${region}${endpoint ? `, at ${endpoint}` : ''}`,
    caller: callerName(Arn),
    identity: Arn,
    arn: (service, resource) => `arn:${partition}:${service}:${region}:${id}:${resource}`,
    now,
    client,
  };
};
