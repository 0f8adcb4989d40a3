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

/** Sends one GET; a network error is an answer too. Redirects are not followed. */
export const get = async (base: string, path: string): Promise<Answered> => {
  try {
    const response = await fetch(`${base}${path}`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_SECONDS * 1000),
      headers: { 'user-agent': 'tandem' },
    });
    const body = await response.text();
    return { status: response.status, body: body.slice(0, LONGEST_ANSWER) };
  } catch (error) {
    const { message, cause } = error as Error;
    const text = cause instanceof Error ? `${message}: ${cause.message}` : message;
    return { error: text, unreached: true };
  }
};
