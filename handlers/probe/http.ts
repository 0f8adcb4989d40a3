import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Answered } from '../../core/checks/smoke.ts';

const balancer = new ElasticLoadBalancingV2Client();

/** Real seconds that a probed application has to answer. */
const PATIENCE_SECONDS = 10;

/** Longest answer that is read, in characters. */
const LONGEST_ANSWER = 256 * 1024;

/** Base URL of a listener; the balancer's own address is the only one that is ever probed. */
export const urlOf = async (listener: string): Promise<string> => {
  const { Listeners = [] } = await balancer.send(
    new DescribeListenersCommand({ ListenerArns: [listener] }),
  );
  const { LoadBalancerArn = '', Port, Protocol = 'HTTP' } = Listeners[0] ?? {};
  const { LoadBalancers = [] } = await balancer.send(
    new DescribeLoadBalancersCommand({ LoadBalancerArns: [LoadBalancerArn] }),
  );
  return `${Protocol.toLowerCase()}://${LoadBalancers[0]?.DNSName}:${Port}`;
};

/** URL of a path on the probed application; undefined for what would lead anywhere else, whoever wrote it. */
const urlOn = (base: string, path: string): URL | undefined => {
  if (!path.startsWith('/') || !URL.canParse(path, base)) return undefined;
  const url = new URL(path, base);
  return url.origin === new URL(base).origin ? url : undefined;
};

/** The beginning of an answer's body; the rest is not fetched. */
const beginningOf = async ({ body }: Response): Promise<string> => {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length >= LONGEST_ANSWER) break;
  }
  return text.slice(0, LONGEST_ANSWER);
};

/**
 * Sends one GET; a network error is an answer too. Redirects are not followed, and a path that does not begin with one
 * slash is refused: an application must not be able to send us to another host.
 */
export const get = async (base: string, path: string): Promise<Answered> => {
  const url = urlOn(base, path);
  if (!url) return { error: 'this is no path on the application: it must begin with one slash' };
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_SECONDS * 1000),
      headers: { 'user-agent': 'tandem' },
    });
    return { status: response.status, body: await beginningOf(response) };
  } catch (error) {
    const { message, cause } = error as Error;
    const text = cause instanceof Error ? `${message}: ${cause.message}` : message;
    return { error: text, unreached: true };
  }
};
