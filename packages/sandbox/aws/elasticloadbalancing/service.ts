import { buffer } from 'node:stream/consumers';
import type { Cloud, Service } from '../../cloud.ts';
import type { HttpRequest, HttpResponse } from '../../http.ts';
import type { Authority } from '../../tls/authority.ts';
import { certificateOperations, certificateReader } from './certificates.ts';
import { forwarder } from './forward.ts';
import { handshakeError } from './handshake.ts';
import { healthChecks } from './health.ts';
import { openListener } from './listener-server.ts';
import { listenerOperations } from './listeners.ts';
import { loadBalancerOperations } from './load-balancers.ts';
import { balancerMetrics } from './metrics.ts';
import { permissions } from './permissions.ts';
import { resources } from './resources.ts';
import { ruleOperations } from './rules.ts';
import { emptyState, type Listener } from './state.ts';
import { tagOperations } from './tags.ts';
import { targetGroupOperations } from './target-groups.ts';
import { targetOperations } from './targets.ts';

/** Elastic Load Balancing v2, and its data plane without a socket. */
export interface LoadBalancingService extends Service {
  /** Whether a listener has this local port. */
  listens(port: number): boolean;
  /**
   * Answers a request as the listener at `port` (the one DescribeListeners gives) would. Rejects only as a client's TLS
   * handshake does: with `serverName` the client speaks TLS and wants a certificate for that name.
   */
  serve(port: number, request: HttpRequest, serverName?: string): Promise<HttpResponse>;
}

const plain = (headers: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : `${value}`,
    ]),
  );

/** Answer of a balancer to a request without TLS on a listener that speaks it. */
const plainToTls: HttpResponse = {
  status: 400,
  headers: { server: 'awselb/2.0', 'content-type': 'text/html' },
  body: new TextEncoder().encode('The plain HTTP request was sent to HTTPS port'),
};

/** Elastic Load Balancing v2: application load balancers whose listeners are real ports of 127.0.0.1; with an authority those of HTTPS speak TLS. */
export const elasticloadbalancingService = (
  cloud: Cloud,
  authority?: Authority,
): LoadBalancingService => {
  const state = emptyState(cloud.account);
  const metrics = balancerMetrics(cloud, state);
  const health = healthChecks(cloud, state);
  const forward = forwarder(cloud, metrics);
  const read = certificateReader(cloud);

  const changed = () => {
    health.refresh();
    metrics.watchHosts();
  };
  const targets = targetOperations(state, changed);
  const listeners = (): Listener[] =>
    state.all().flatMap(([, region]) => [...region.listeners.values()]);

  const serve: LoadBalancingService['serve'] = async (port, request, serverName) => {
    const listener = listeners().find(({ localPort }) => localPort === port);
    if (!listener) {
      const body = new TextEncoder().encode(`no listener on port ${port}`);
      return { status: 503, headers: { 'content-type': 'text/plain' }, body };
    }
    if (serverName !== undefined) {
      const error = handshakeError(listener, serverName);
      if (error) throw error;
    } else if (listener.protocol === 'HTTPS') return plainToTls;
    return cloud.clock.busy(async () => {
      const reply = await forward(listener, request, '127.0.0.1');
      const { body } = reply;
      // An answer that breaks off in the middle is none: without a socket there is no half of it to give.
      const whole = body instanceof Uint8Array ? body : await buffer(body).catch(() => undefined);
      if (!whole) return { status: 502, headers: { server: 'awselb/2.0' }, body: new Uint8Array() };
      return { status: reply.status, headers: plain(reply.headers), body: whole };
    });
  };

  return {
    id: 'elasticloadbalancing',
    operations: {
      ...loadBalancerOperations(cloud, state),
      ...targetGroupOperations(cloud, state),
      ...listenerOperations(
        cloud,
        state,
        read,
        (tls, listener) => openListener(listener, forward, tls),
        changed,
        authority,
      ),
      ...certificateOperations(state, read),
      ...ruleOperations(cloud, state, changed),
      ...targets.operations,
      ...tagOperations(state),
    },
    permissions: permissions(cloud.account),
    resources,
    serve,
    listens: (port) => listeners().some(({ localPort }) => localPort === port),
    close: async () => {
      health.close();
      metrics.close();
      targets.close();
      await Promise.all(listeners().map((listener) => listener.close()));
      for (const [, region] of state.all()) {
        for (const group of region.targetGroups.values()) {
          for (const { agent } of group.targets.values()) agent.destroy();
        }
      }
    },
  };
};
