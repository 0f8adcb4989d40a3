import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Answered } from '../../core/checks/smoke.ts';
import { elasticloadbalancing as balancer } from '../aws/elasticloadbalancing.ts';

/** Real seconds that a probed application has to answer. */
const PATIENCE_SECONDS = 10;

/** Longest answer that is read, in characters. */
const LONGEST_ANSWER = 256 * 1024;

/** Where a probe connects to, and for whom it asks there. */
export interface Address {
  /** Protocol, name and port of a listener; the balancer's own address is the only one that is ever probed. */
  readonly origin: string;
  /** Name that users use: Host header, and the name that the certificate must be for. Left out: the balancer's own. */
  readonly host?: string | undefined;
  /** Whether the balancer has addresses of its VPC only. */
  readonly internal: boolean;
  readonly vpc?: string | undefined;
}

/** Address of a listener, for requests to this host. */
export const addressOf = async (listener: string, host: string | undefined): Promise<Address> => {
  const { Listeners = [] } = await balancer.send(
    new DescribeListenersCommand({ ListenerArns: [listener] }),
  );
  const { LoadBalancerArn = '', Port, Protocol = 'HTTP' } = Listeners[0] ?? {};
  const { LoadBalancers = [] } = await balancer.send(
    new DescribeLoadBalancersCommand({ LoadBalancerArns: [LoadBalancerArn] }),
  );
  const { DNSName, Scheme, VpcId: vpc } = LoadBalancers[0] ?? {};
  const origin = `${Protocol.toLowerCase()}://${DNSName}:${Port}`;
  return { origin, host, internal: Scheme === 'internal', vpc };
};

/** URL of a path on the probed application; undefined for what would lead anywhere else, whoever wrote it. */
const urlOn = (origin: string, path: string): URL | undefined => {
  if (!path.startsWith('/') || !URL.canParse(path, origin)) return undefined;
  const url = new URL(path, origin);
  return url.origin === new URL(origin).origin ? url : undefined;
};

/** The beginning of an answer's body; the rest is not fetched. */
const beginningOf = async (body: IncomingMessage): Promise<string> => {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length >= LONGEST_ANSWER) break;
  }
  return text.slice(0, LONGEST_ANSWER);
};

/** Sends one GET over a connection of its own. */
const ask = (url: URL, host: string | undefined, signal: AbortSignal): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const { request } = url.protocol === 'https:' ? https : http;
    const options = {
      agent: false,
      signal,
      headers: { 'user-agent': 'tandem', ...(host ? { host } : {}) },
      ...(host ? { servername: host } : {}),
    };
    const sent = request(url, options, (response) => {
      const { statusCode: status = 0 } = response;
      beginningOf(response).then((body) => resolve({ status, body }), reject);
    });
    sent.on('error', reject);
    sent.end();
  });

/** An error in words; one of several addresses that all failed has only a code. */
const inWords = ({ message, code }: NodeJS.ErrnoException): string =>
  message || code || 'the connection failed';

/**
 * Sends one GET; a network error is an answer too. Redirects are not followed, and a path that does not begin with one
 * slash is refused: an application must not be able to send us to another host.
 */
export const get = async (
  { origin, host }: Pick<Address, 'origin' | 'host'>,
  path: string,
): Promise<Answered> => {
  const url = urlOn(origin, path);
  if (!url) return { error: 'this is no path on the application: it must begin with one slash' };
  const signal = AbortSignal.timeout(PATIENCE_SECONDS * 1000);
  try {
    return await ask(url, host, signal);
  } catch (error) {
    const text = signal.aborted
      ? `no answer within ${PATIENCE_SECONDS} seconds`
      : inWords(error as NodeJS.ErrnoException);
    return { error: text, unreached: true };
  }
};
