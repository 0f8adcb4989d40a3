import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acmService } from '../../../../packages/sandbox/aws/acm/service.ts';
import {
  elasticloadbalancingService,
  type LoadBalancingService,
} from '../../../../packages/sandbox/aws/elasticloadbalancing/service.ts';
import { virtualClock } from '../../../../packages/sandbox/clock/virtual-clock.ts';
import { modelContainers } from '../../../../packages/sandbox/containers/model-containers.ts';
import type { ContainerRequest } from '../../../../packages/sandbox/containers.ts';
import { localCloud, recording } from '../../local-cloud.ts';

let local: ReturnType<typeof localCloud>;
let elb: LoadBalancingService;
let LoadBalancerArn: string;

const ask = (operation: string, input: unknown) =>
  local.ask('elasticloadbalancing', operation, input);

beforeEach(async () => {
  const containers = modelContainers(({ image }) => async () => ({ status: 200, body: image }));
  local = localCloud(virtualClock(), containers);
  elb = local.register(elasticloadbalancingService(local.cloud));
  local.register(acmService(local.cloud));
  local.register(recording('cloudwatch', { PutMetricData: () => ({}) }));
  const { LoadBalancers } = await ask('CreateLoadBalancer', { Name: 'shared' });
  LoadBalancerArn = LoadBalancers[0].LoadBalancerArn;
});
afterEach(() => local.close());

/** A target group with one target, which answers with the group's name. */
const group = async (image: string): Promise<string> => {
  const { TargetGroups } = await ask('CreateTargetGroup', {
    Name: image,
    Port: 8080,
    TargetType: 'ip',
  });
  const { TargetGroupArn } = TargetGroups[0];
  const { address } = await local.cloud.containers.start({
    image,
    port: 8080,
  } as ContainerRequest);
  await ask('RegisterTargets', {
    TargetGroupArn,
    Targets: [{ Id: address.host, Port: address.port }],
  });
  return TargetGroupArn;
};

const NOT_FOUND = [
  { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404', MessageBody: 'no rule' } },
];

/** A listener whose default answer is a fixed 404. */
const listener = async (more: object = {}): Promise<{ ListenerArn: string; Port: number }> => {
  const { Listeners } = await ask('CreateListener', {
    LoadBalancerArn,
    Port: 443,
    Protocol: 'HTTP',
    DefaultActions: NOT_FOUND,
    ...more,
  });
  return Listeners[0];
};

const forward = (TargetGroupArn: string) => [{ Type: 'forward', TargetGroupArn }];
const host = (...Values: string[]) => [{ Field: 'host-header', HostHeaderConfig: { Values } }];

const get = async (
  port: number,
  { url = '/', method = 'GET', ...headers }: Record<string, string> = {},
  serverName?: string,
) => {
  const request = { method, url, headers, body: new Uint8Array() };
  const { status, body } = await elb.serve(port, request, serverName);
  return `${status} ${new TextDecoder().decode(body)}`;
};

describe('a rule of a listener', () => {
  it.each<[string, object, Record<string, string>, Record<string, string>]>([
    [
      'host-header, with a wildcard and in any case',
      { Field: 'host-header', HostHeaderConfig: { Values: ['*.example.com'] } },
      { host: 'Shop.Example.com:8443' },
      { host: 'example.com' },
    ],
    [
      'path-pattern, by case and without the query',
      { Field: 'path-pattern', Values: ['/img/*.p?g'] },
      { url: '/img/a/b.png?size=1' },
      { url: '/IMG/b.png' },
    ],
    [
      'http-header',
      { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Beta', Values: ['yes'] } },
      { 'x-beta': 'YES' },
      { 'x-beta': 'no' },
    ],
    [
      'query-string',
      { Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'v', Value: '2*' }] } },
      { url: '/?a=1&v=2.0' },
      { url: '/?w=2.0' },
    ],
    [
      'http-request-method',
      { Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['POST'] } },
      { method: 'POST' },
      { method: 'GET' },
    ],
  ])('takes requests by %s', async (_, condition, taken, left) => {
    const { ListenerArn, Port } = await listener();
    const Actions = forward(await group('shop'));
    await ask('CreateRule', { ListenerArn, Priority: 10, Conditions: [condition], Actions });

    expect(await get(Port, taken)).toBe('200 shop');
    expect(await get(Port, left)).toBe('404 no rule');
  });

  it('takes requests by the address that they come from', async () => {
    const { ListenerArn, Port } = await listener();
    const Actions = forward(await group('shop'));
    const from = (...Values: string[]) => [{ Field: 'source-ip', SourceIpConfig: { Values } }];
    const { Rules } = await ask('CreateRule', {
      ListenerArn,
      Priority: 10,
      Conditions: from('10.0.0.0/8'),
      Actions,
    });
    expect(await get(Port)).toBe('404 no rule');

    await ask('ModifyRule', { RuleArn: Rules[0].RuleArn, Conditions: from('127.0.0.0/8') });
    expect(await get(Port)).toBe('200 shop');
  });

  it('wants all of its conditions, and the lowest priority comes first', async () => {
    const { ListenerArn, Port } = await listener();
    const [all, one] = [forward(await group('all')), forward(await group('one'))];
    const path = { Field: 'path-pattern', Values: ['/a'] };
    const Conditions = host('shop.example.com');
    await ask('CreateRule', { ListenerArn, Priority: 20, Conditions, Actions: all });
    await ask('CreateRule', {
      ListenerArn,
      Priority: 10,
      Conditions: [...Conditions, path],
      Actions: one,
    });

    expect(await get(Port, { host: 'shop.example.com', url: '/a' })).toBe('200 one');
    expect(await get(Port, { host: 'shop.example.com', url: '/b' })).toBe('200 all');
    expect(await get(Port, { host: 'else.example.com', url: '/a' })).toBe('404 no rule');
  });

  it('is described before the default one, and is gone when it is deleted', async () => {
    const { ListenerArn, Port } = await listener();
    const shop = await group('shop');
    const { Rules } = await ask('CreateRule', {
      ListenerArn,
      Priority: 10,
      Conditions: host('shop.example.com'),
      Actions: forward(shop),
    });
    const { RuleArn } = Rules[0];

    expect(RuleArn).toMatch(/:listener-rule\/app\/shared\/\w{16}\/\w{16}\/\w{16}$/);
    expect(await ask('DescribeRules', { ListenerArn })).toMatchObject({
      Rules: [
        {
          RuleArn,
          Priority: '10',
          IsDefault: false,
          Conditions: [{ Field: 'host-header', Values: ['shop.example.com'] }],
          Actions: [{ Type: 'forward', TargetGroupArn: shop }],
        },
        { Priority: 'default', IsDefault: true, Actions: [{ Type: 'fixed-response' }] },
      ],
    });
    expect(await ask('DescribeTargetHealth', { TargetGroupArn: shop })).toMatchObject({
      TargetHealthDescriptions: [{ TargetHealth: { State: 'initial' } }],
    });

    await ask('DeleteRule', { RuleArn });
    expect(await get(Port, { host: 'shop.example.com' })).toBe('404 no rule');
    expect(await ask('DescribeTargetHealth', { TargetGroupArn: shop })).toMatchObject({
      TargetHealthDescriptions: [{ TargetHealth: { Reason: 'Target.NotInUse' } }],
    });
  });

  it('is refused as AWS refuses it', async () => {
    const { ListenerArn } = await listener();
    const Actions = forward(await group('shop'));
    const rule = { ListenerArn, Priority: 10, Conditions: host('a.example.com'), Actions };
    await ask('CreateRule', rule);
    const { Rules } = await ask('DescribeRules', { ListenerArn });
    const byDefault = Rules.at(-1).RuleArn;

    for (const [operation, input, name] of [
      ['CreateRule', rule, 'PriorityInUseException'],
      ['CreateRule', { ...rule, Priority: 0 }, 'ValidationError'],
      ['CreateRule', { ...rule, Priority: 11, Conditions: [] }, 'ValidationError'],
      [
        'CreateRule',
        { ...rule, Priority: 11, Conditions: [{ Field: 'cookie' }] },
        'ValidationError',
      ],
      [
        'CreateRule',
        { ...rule, Priority: 11, Conditions: host('a', 'b', 'c', 'd', 'e', 'f') },
        'ValidationError',
      ],
      ['ModifyRule', { RuleArn: byDefault, Actions }, 'OperationNotPermittedException'],
      ['DeleteRule', { RuleArn: byDefault }, 'OperationNotPermittedException'],
      ['DeleteRule', { RuleArn: `${byDefault}0` }, 'RuleNotFoundException'],
    ] as const) {
      await expect(ask(operation, input), `${operation} ${name}`).rejects.toMatchObject({ name });
    }
  });
});

describe('a listener of HTTPS', () => {
  const certificate = async (DomainName: string) =>
    (await local.ask('acm', 'RequestCertificate', { DomainName })).CertificateArn;

  const secure = async (domain: string) => {
    const Certificates = [{ CertificateArn: await certificate(domain) }];
    return listener({ Protocol: 'HTTPS', Certificates });
  };

  it('needs a certificate that exists', async () => {
    await expect(listener({ Protocol: 'HTTPS' })).rejects.toMatchObject({
      name: 'ValidationError',
    });
    const Certificates = [{ CertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/no' }];
    await expect(listener({ Protocol: 'HTTPS', Certificates })).rejects.toMatchObject({
      name: 'CertificateNotFoundException',
    });
  });

  it('is reached by a name that its certificates are for, and by no other', async () => {
    const { ListenerArn, Port } = await secure('*.example.com');

    expect(await get(Port, {}, 'shop.example.com')).toBe('404 no rule');
    const other = get(Port, {}, '127.0.0.1');
    await expect(other).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });

    const Certificates = [{ CertificateArn: await certificate('shop.test') }];
    await expect(get(Port, {}, 'shop.test')).rejects.toThrow('altnames');
    await ask('AddListenerCertificates', { ListenerArn, Certificates });
    expect(await get(Port, {}, 'shop.test')).toBe('404 no rule');
    expect(await get(Port, {}, 'shop.example.com')).toBe('404 no rule');
  });

  it('says 400 to a request without TLS, as one without TLS says nothing to a handshake', async () => {
    const { Port } = await secure('shop.example.com');
    expect(await get(Port)).toMatch(/^400 /);

    const { Port: plain } = await listener({ Port: 80 });
    await expect(get(plain, {}, 'shop.example.com')).rejects.toMatchObject({ code: 'EPROTO' });
  });
});
