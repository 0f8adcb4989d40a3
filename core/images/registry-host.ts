/** Knows the host names of one ECR registry: by IPv4, by both stacks, with FIPS endpoints, in every partition. */

const HOST =
  /^(?<account>\d{12})\.dkr[.-]ecr(?:-fips)?\.(?<region>[a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws|on\.amazonwebservices\.com\.cn)$/;

/** Account and Region of a registry's host; undefined for a host that is none of ECR's. */
const registryOf = (host: string): string | undefined => {
  const { account, region } = HOST.exec(host)?.groups ?? {};
  return account && region ? `${account} ${region}` : undefined;
};

/** Whether two hosts are the same registry, by whichever name. */
export const isSameRegistry = (one: string, other: string): boolean =>
  one === other || (registryOf(one) !== undefined && registryOf(one) === registryOf(other));

const hostOf = (image: string): string => image.slice(0, Math.max(0, image.indexOf('/')));

/** An image by the host that runs now, if that is another name of the same registry: tasks may reach no other one. */
export const withHostOf = (image: string, running: string): string => {
  const host = hostOf(image);
  const kept = hostOf(running);
  return isSameRegistry(host, kept) ? `${kept}${image.slice(host.length)}` : image;
};
