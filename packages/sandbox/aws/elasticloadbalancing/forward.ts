import type { OutgoingHttpHeaders } from 'node:http';
import { type Duplex, finished, type Readable } from 'node:stream';
import type { Cloud } from '../../cloud.ts';
import { containerAt } from '../../containers/addresses.ts';
import type { BalancerMetrics } from './metrics.ts';
import { pickGroup, pickTarget } from './routing.ts';
import { actionFor, hexadecimal, type Listener, type Target } from './state.ts';
import { type Outbound, overModel, overSocket } from './upstream.ts';

/** What a client gets. */
interface Reply {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Readable | Uint8Array;
  /** With status 101: the connection to the target, which goes on with another protocol. */
  readonly upgraded?: Duplex;
}

/** Sends one request that a listener has received on its way. Never rejects. */
export type Forward = (
  listener: Listener,
  request: Outbound,
  clientAddress: string,
) => Promise<Reply>;

const titles: Record<number, string> = {
  502: '502 Bad Gateway',
  503: '503 Service Temporarily Unavailable',
  504: '504 Gateway Time-out',
};

/** The page that the balancer itself answers with; `server: awselb/2.0` tells it from an application's. */
const page = (status: number): Reply => {
  const title = titles[status];
  const html = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
  const body = new TextEncoder().encode(html);
  return {
    status,
    headers: {
      server: 'awselb/2.0',
      'content-type': 'text/html',
      'content-length': `${body.length}`,
    },
    body,
  };
};

/** Makes the function that chooses a target, passes the request on and counts what comes back. */
export const forwarder = (cloud: Cloud, metrics: BalancerMetrics): Forward => {
  const traceId = () => {
    const seconds = Math.floor(cloud.clock.now() / 1000).toString(16);
    return `Root=1-${seconds}-${cloud.id(24, hexadecimal)}`;
  };

  const release = (target: Target) => {
    target.inFlight -= 1;
    if (target.inFlight === 0) target.onIdle?.();
  };

  return async (listener, request, clientAddress) => {
    const { loadBalancer } = listener;
    const action = actionFor(listener, { ...request, clientAddress });
    if (action.kind === 'fixed-response') {
      const body = new TextEncoder().encode(action.body);
      const headers = { 'content-type': action.contentType, 'content-length': `${body.length}` };
      return { status: action.status, headers, body };
    }
    const group = pickGroup(action, cloud.random);
    const target = group && pickTarget(group);
    if (!group || !target) {
      metrics.failed(loadBalancer, 503);
      return page(503);
    }

    target.inFlight += 1;
    metrics.routed(loadBalancer, group);
    const { headers } = request;
    const before = headers['x-forwarded-for'];
    const outbound: Outbound = {
      ...request,
      headers: {
        ...headers,
        'x-forwarded-for': before ? `${before}, ${clientAddress}` : clientAddress,
        'x-forwarded-proto': listener.protocol.toLowerCase(),
        'x-forwarded-port': `${listener.localPort}`,
        'x-amzn-trace-id': headers['x-amzn-trace-id'] ?? traceId(),
      },
    };
    const { respond } = containerAt(cloud.containers, target.id, target.port) ?? {};
    const idleSeconds = Number(loadBalancer.attributes.get('idle_timeout.timeout_seconds'));
    const exchange = respond
      ? await overModel(respond, outbound)
      : await overSocket(target, outbound, idleSeconds);

    if (exchange.kind === 'failure') {
      release(target);
      if (exchange.unreached) metrics.unreached(loadBalancer, group);
      // A client that went away is no failure of the target; nobody reads this answer.
      if (!request.signal?.aborted) metrics.failed(loadBalancer, exchange.status);
      return page(exchange.status);
    }
    if (exchange.kind === 'upgrade') {
      const { socket, headers: agreed } = exchange;
      target.upgraded.add(socket);
      socket.once('close', () => {
        target.upgraded.delete(socket);
        release(target);
      });
      return { status: 101, headers: agreed, body: new Uint8Array(), upgraded: socket };
    }
    metrics.answered(loadBalancer, group, exchange.status, exchange.seconds);
    const { status, body } = exchange;
    if (body instanceof Uint8Array) release(target);
    else finished(body, () => release(target));
    return { status, headers: exchange.headers, body };
  };
};
