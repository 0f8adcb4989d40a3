/** Sends answers by the Function URL that knows its caller: it takes signed requests only. */
import {
  GetFunctionUrlConfigCommand,
  LambdaClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import { collectBody, type HttpRequest } from '@smithy/core/protocols';
import { handlerFunction } from '../core/names.ts';
import type { CallersAnswer } from '../core/people/approval.ts';
import type { Account } from './account.ts';
import type { Reply } from './commands.ts';

/** The URL that takes answers, if the account has it. */
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

const replyIn = (text: string): Partial<Reply> => {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
};

/** Sends an answer, signed; undefined when the account has no such URL. */
export const sendSigned = async (
  account: Account,
  answer: CallersAnswer,
): Promise<Reply | undefined> => {
  const lambda = account.client(LambdaClient);
  const url = await urlOf(lambda);
  if (!url) return undefined;
  const request = await signed(lambda, url, JSON.stringify(answer));
  const { response } = await lambda.config.requestHandler.handle(request as HttpRequest);
  const content = Buffer.from(await collectBody(response.body, lambda.config));
  const reply = replyIn(content.toString('utf8'));
  if (typeof reply.text === 'string')
    return { accepted: reply.accepted === true, text: reply.text };
  throw new Error(
    response.statusCode === 403
      ? `IAM does not let you answer: you need lambda:InvokeFunctionUrl and lambda:InvokeFunction on ${handlerFunction('on-approval-call')}`
      : `the URL for answers is broken: it said ${response.statusCode}`,
  );
};
