import type { TestAddress } from '../../release/test-address.ts';
import type { GreenAddress } from '../driver.ts';

/** Ports that a URL does not name. */
const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

const portOf = ({ port, protocol }: URL): string => port || (DEFAULT_PORTS[protocol] ?? '');

const reachText = ({ internal, vpc = 'its VPC', origin }: TestAddress): string =>
  internal
    ? `The load balancer is internal: it answers only inside ${vpc} and networks that are connected with it.`
    : `It answers wherever the security groups of the load balancer let port ${portOf(new URL(origin))} through.`;

/** The test listener as a link, or as a command where it answers requests for one host only. */
export const addressOfService = (address: TestAddress): GreenAddress => {
  const { origin, host } = address;
  const note = reachText(address);
  if (host === undefined) return { link: `${origin}/`, note };
  const url = new URL(origin);
  const { protocol, hostname } = url;
  return {
    command: `curl --connect-to ${host}:${DEFAULT_PORTS[protocol]}:${hostname}:${portOf(url)} ${protocol}//${host}/`,
    note: `The test listener answers requests for ${host} only. ${note}`,
  };
};
