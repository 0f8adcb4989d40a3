/** The door for answers that knows its caller: a Function URL of the orchestrator that takes signed requests only. */
import {
  GetFunctionUrlConfigCommand,
  LambdaClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import { handlerFunction } from '../core/names.ts';
import type { CallersAnswer } from '../core/people/approval.ts';
import type { Account } from './account.ts';

/** What the door says to an answer. */
export interface Said {
  readonly accepted: boolean;
  readonly text: string;
}

/** Where answers are taken, if the account has such a door. */
const urlOf = async (lambda: LambdaClient): Promise<URL | undefined> => {
  const FunctionName = handlerFunction('on-approval-call');
  try {
    const { FunctionUrl } = await lambda.send(new GetFunctionUrlConfigCommand({ FunctionName }));
    return FunctionUrl === undefined ? undefined : new URL(FunctionUrl);
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};

const signed = async ({ config }: LambdaClient, url: URL, body: string) => {
  const { host, hostname, port, protocol, pathname } = url;
  const signer = await config.signer();
  return signer.sign({
    ...{ method: 'POST', protocol, hostname, path: pathname, query: {}, body },
    ...(port === '' ? {} : { port: Number(port) }),
    headers: { host, 'content-type': 'application/json' },
  });
};

/** Sends an answer, signed; undefined when the account has no such door. */
export const sendSigned = async (
  account: Account,
  answer: CallersAnswer,
): Promise<Said | undefined> => {
  const lambda = account.client(LambdaClient);
  const url = await urlOf(lambda);
  if (!url) return undefined;
  const body = JSON.stringify(answer);
  const { method, headers } = await signed(lambda, url, body);
  // A client sets this one by itself.
  const { host: _, ...rest } = headers;
  const response = await fetch(url, { method, headers: rest, body });
  const said = (await response.json().catch(() => ({}))) as Partial<Said>;
  if (typeof said.text === 'string') return { accepted: said.accepted === true, text: said.text };
  throw new Error(
    response.status === 403
      ? `IAM does not let you answer: you need lambda:InvokeFunctionUrl and lambda:InvokeFunction on ${handlerFunction('on-approval-call')}`
      : `the door for answers is broken: it said ${response.status}`,
  );
};
