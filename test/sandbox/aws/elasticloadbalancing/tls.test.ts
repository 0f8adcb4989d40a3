import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { acmService } from '../../../../packages/sandbox/aws/acm/service.ts';
import { ec2Service } from '../../../../packages/sandbox/aws/ec2/service.ts';
import { elasticloadbalancingService } from '../../../../packages/sandbox/aws/elasticloadbalancing/service.ts';
import { scaledClock } from '../../../../packages/sandbox/clock/scaled-clock.ts';
import { openAuthority } from '../../../../packages/sandbox/tls/authority.ts';
import { localCloud } from '../../local-cloud.ts';

/** A listener of HTTPS with certificates for two domains. */
const open = async () => {
  const local = localCloud(scaledClock(1), undefined as never);
  const authority = await openAuthority(local.cloud.folder);
  local.register(acmService(local.cloud));
  local.register(ec2Service(local.cloud));
  local.register(elasticloadbalancingService(local.cloud, authority));
  const certify = async (DomainName: string) =>
    (await local.ask('acm', 'RequestCertificate', { DomainName })).CertificateArn;
  const { LoadBalancers } = await local.ask('elasticloadbalancing', 'CreateLoadBalancer', {
    Name: 'shop',
    Subnets: ['subnet-1', 'subnet-2'],
  });
  const { Listeners } = await local.ask('elasticloadbalancing', 'CreateListener', {
    LoadBalancerArn: LoadBalancers[0].LoadBalancerArn,
    Port: 443,
    Protocol: 'HTTPS',
    Certificates: [{ CertificateArn: await certify('*.example.com') }],
    DefaultActions: [
      {
        Type: 'fixed-response',
        FixedResponseConfig: { StatusCode: '200', ContentType: 'text/plain', MessageBody: 'shop' },
      },
    ],
  });
  await local.ask('elasticloadbalancing', 'AddListenerCertificates', {
    ListenerArn: Listeners[0].ListenerArn,
    Certificates: [{ CertificateArn: await certify('shop.example.org') }],
  });
  const ca = readFileSync(authority.file, 'utf8');
  const get = (servername: string, trust: { ca?: string } = { ca }) =>
    new Promise((resolve, reject) => {
      const { Port: port } = Listeners[0];
      request(
        { host: '127.0.0.1', port, servername, agent: false, ...trust },
        ({ statusCode, socket, resume }) => {
          resolve(statusCode);
          socket.destroy();
          void resume;
        },
      )
        .on('error', ({ code }: NodeJS.ErrnoException) => reject(new Error(code)))
        .end();
    });
  return { get, close: local.close };
};

let shop: Awaited<ReturnType<typeof open>>;
beforeEach(async () => {
  shop = await open();
});
afterEach(() => shop.close());

it.each(['shop.example.com', 'shop.example.org'])(
  'answers over TLS with the certificate for the name that a client asks for: %s',
  async (name) => {
    expect(await shop.get(name)).toBe(200);
  },
);

it('has no certificate for any other name', async () => {
  await expect(shop.get('shop.example.net')).rejects.toThrow('ERR_TLS_CERT_ALTNAME_INVALID');
});

it('is trusted by nobody who was not given the authority', async () => {
  await expect(shop.get('shop.example.com', {})).rejects.toThrow(/SELF_SIGNED|UNABLE_TO/);
});
