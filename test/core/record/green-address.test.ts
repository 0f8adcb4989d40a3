import { describe, expect, it } from 'vitest';
import { greenAddress } from '../../../core/record/green-address.ts';
import type { TestAddress } from '../../../core/release/test-address.ts';
import { api, web } from '../fixture.ts';

const service = (change: Partial<TestAddress> = {}, registration = web()) =>
  greenAddress({
    registration,
    to: { name: 'web:2', ref: 'arn:web:2' },
    testAddress: { origin: 'http://lb.example.com:9001', internal: false, ...change },
  });

const ofFunction = (change: Parameters<typeof api>[0]) =>
  greenAddress({ registration: api(change), to: { name: '3', ref: '3', version: '2.0.0' } });

describe('where people can look at green', () => {
  it('is the test listener of a service, from wherever its security groups allow', () => {
    expect(service()).toEqual({
      link: 'http://lb.example.com:9001/',
      note: 'It answers wherever the security groups of the load balancer let port 9001 through.',
    });
  });

  it('is inside the VPC for an internal load balancer', () => {
    expect(service({ internal: true, vpc: 'vpc-1' })?.note).toBe(
      'The load balancer is internal: it answers only inside vpc-1 and networks that are connected with it.',
    );
  });

  it.each([
    [
      'http://lb.example.com:9001',
      'curl --connect-to shop.example.com:80:lb.example.com:9001 http://shop.example.com/',
    ],
    [
      'https://lb.example.com:8443',
      'curl --connect-to shop.example.com:443:lb.example.com:8443 https://shop.example.com/',
    ],
    [
      'https://lb.example.com:443',
      'curl --connect-to shop.example.com:443:lb.example.com:443 https://shop.example.com/',
    ],
  ])(
    'at %s with a host of its own is a command, since a link cannot name the host',
    (origin, command) => {
      const found = service({ origin, host: 'shop.example.com' });

      expect(found).toMatchObject({ command });
      expect(found?.link).toBeUndefined();
    },
  );

  it('is unknown for a service whose green was not proven', () => {
    expect(
      greenAddress({ registration: web(), to: { name: 'web:2', ref: 'arn' } }),
    ).toBeUndefined();
  });

  it('is the version of a function, with the event of its first check', () => {
    expect(ofFunction({ checks: [{ event: { path: "/o'clock" } }] })).toEqual({
      command: `printf %s '{"path":"/o'\\''clock"}' | aws lambda invoke --function-name storefront-api --qualifier 3 --payload fileb:///dev/stdin response.json && cat response.json`,
      note: 'It invokes version 3 itself; users invoke the alias live.',
    });
  });

  it('asks for an event in a file where the check has a long one', () => {
    const { command, note } = ofFunction({ checks: [{ event: { text: 'x'.repeat(400) } }] })!;

    expect(command).toContain('--payload fileb://event.json response.json');
    expect(note).toContain('Write an event of yours into event.json.');
  });
});
