import type {
  CreateListenerInput,
  DescribeListenersInput,
  ModifyListenerInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../aws-error.ts';
import type { Caller, Cloud, Operation } from '../../cloud.ts';
import { page } from '../../paging.ts';
import type { Authority } from '../../tls/authority.ts';
import { actionOf, describeAction } from './actions.ts';
import type { ReadCertificates } from './certificates.ts';
import type { ListenerServer, Tls } from './listener-server.ts';
import { paging } from './paging.ts';
import { hexadecimal, type Listener, listenerOf, loadBalancerOf, type State } from './state.ts';

const describe = (listener: Listener) => ({
  ListenerArn: listener.arn,
  LoadBalancerArn: listener.loadBalancer.arn,
  Port: listener.localPort,
  Protocol: listener.protocol,
  ...(listener.certificates.length > 0 && {
    Certificates: [{ CertificateArn: listener.certificates[0]?.arn }],
  }),
  DefaultActions: describeAction(listener.action),
});

const invalid = (message: string) => new AwsError('ValidationError', message);

/** Operations on listeners; `read` knows certificates, `open` starts a listener's server, `changed` is told what may now receive traffic, `authority` signs the certificates: without it HTTPS is spoken without TLS. */
export const listenerOperations = (
  cloud: Cloud,
  state: State,
  read: ReadCertificates,
  open: (tls: Tls | undefined, listener: () => Listener) => Promise<ListenerServer>,
  changed: () => void,
  authority: Authority | undefined,
): Record<string, Operation> => ({
  CreateListener: async (input: CreateListenerInput, { region }: Caller) => {
    const current = state.of(region);
    const loadBalancer = loadBalancerOf(current, input.LoadBalancerArn);
    const action = actionOf(current, input.DefaultActions);
    const declaredPort = Number(input.Port);
    const protocol = input.Protocol ?? 'HTTP';
    const taken = [...current.listeners.values()].some(
      (known) => known.loadBalancer === loadBalancer && known.declaredPort === declaredPort,
    );
    if (taken) {
      throw new AwsError(
        'DuplicateListenerException',
        `A listener already exists on port ${declaredPort} for this load balancer '${loadBalancer.arn}'`,
      );
    }
    if (protocol === 'HTTPS' && !input.Certificates?.length) {
      throw invalid('A certificate must be specified for HTTPS listeners');
    }
    const certificates = await read(input.Certificates, region);

    if (protocol === 'HTTPS') {
      cloud.note(
        authority === undefined
          ? `Listener ${declaredPort}: its port of 127.0.0.1 speaks HTTP, without its certificate`
          : `Listeners of HTTPS: their certificates are signed by ${authority.file}; clients other than functions and tasks must be told to trust it, e.g. by NODE_EXTRA_CA_CERTS`,
      );
    }
    const names = certificates[0]?.names ?? [];
    const tls = protocol === 'HTTPS' && authority ? { authority, names } : undefined;
    const server = await open(tls, () => listener);
    const id = cloud.id(16, hexadecimal);
    const listener: Listener = {
      arn: `${loadBalancer.arn.replace(':loadbalancer/', ':listener/')}/${id}`,
      loadBalancer,
      protocol,
      declaredPort,
      localPort: server.port,
      close: server.close,
      certificates,
      action,
      rules: new Map(),
    };
    current.listeners.set(listener.arn, listener);
    current.tags.set(
      listener.arn,
      new Map((input.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    );
    cloud.note(
      'Load balancers: every listener is a free port of 127.0.0.1; DescribeListeners gives that port, not the one of the template',
    );
    changed();
    return { Listeners: [describe(listener)] };
  },

  DescribeListeners: (input: DescribeListenersInput, { region }: Caller) => {
    const current = state.of(region);
    if (!input.LoadBalancerArn && !input.ListenerArns?.length) {
      throw invalid('You must specify either listener ARNs or a load balancer ARN');
    }
    const loadBalancer = input.LoadBalancerArn && loadBalancerOf(current, input.LoadBalancerArn);
    const listeners =
      input.ListenerArns?.map((arn) => listenerOf(current, arn)) ??
      [...current.listeners.values()].filter((listener) => listener.loadBalancer === loadBalancer);
    const { items, next } = page(paging, listeners, input);
    return { Listeners: items.map(describe), ...next };
  },

  ModifyListener: async (input: ModifyListenerInput, { region }: Caller) => {
    const current = state.of(region);
    const listener = listenerOf(current, input.ListenerArn);
    if (input.Certificates) {
      const [, ...further] = listener.certificates;
      listener.certificates = [...(await read(input.Certificates, region)), ...further];
    }
    if (input.DefaultActions) {
      listener.action = actionOf(current, input.DefaultActions);
      changed();
    }
    return { Listeners: [describe(listener)] };
  },
});
