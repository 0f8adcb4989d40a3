/** The account of a sandbox, as the command has it: by clients of AWS, whose requests need no socket. */
import { buildQueryString, type HttpRequest, HttpResponse } from '@smithy/core/protocols';
import type { Sandbox } from 'tandem-sandbox';
import { type Account, openAccount } from '../../account/account.ts';

/** Hosts of AWS's services; every other one is a listener or a Function URL. */
const AWS = /\.amazonaws\.com$/;

const TEXT = new TextEncoder();

/** Sends requests to the services, and to the URLs, of a sandbox. */
const requestsTo = ({ answer, serve }: Sandbox) => ({
  handle: async ({ protocol, hostname, port, method, path, query, headers, body }: HttpRequest) => {
    const search = buildQueryString(query);
    const request = {
      method,
      url: search ? `${path}?${search}` : path,
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
      ),
      body: typeof body === 'string' ? TEXT.encode(body) : (body ?? new Uint8Array()),
    };
    const url = new URL(`${protocol}//${hostname}${port ? `:${port}` : ''}${request.url}`);
    const { status, ...response } = await (AWS.test(hostname)
      ? answer(request)
      : serve(url, request));
    return { response: new HttpResponse({ statusCode: status, ...response }) };
  },
});

/** Opens the account of a sandbox for whoever has the access key (default: its owner). */
export const accountIn = (sandbox: Sandbox, accessKeyId = 'sandbox'): Promise<Account> =>
  openAccount({
    region: sandbox.region,
    credentials: { accessKeyId, secretAccessKey: 'sandbox' },
    requestHandler: requestsTo(sandbox),
  });
