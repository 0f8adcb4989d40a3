/** Which service creates which CloudFormation resource type. */
import type { ResourceProvider, Service } from '../cloud.ts';

/** A provider with the id of the service that it belongs to. */
export interface RegisteredProvider {
  readonly service: string;
  readonly provider: ResourceProvider;
}

/** Collects the providers of all services, by resource type. Two services for one type are a defect. */
export const providersOf = (services: readonly Service[]): Map<string, RegisteredProvider> => {
  const providers = new Map<string, RegisteredProvider>();
  for (const { id, resources = {} } of services) {
    for (const [type, provider] of Object.entries(resources)) {
      const other = providers.get(type);
      if (other) throw new Error(`${type} is created by two services: ${other.service} and ${id}`);
      providers.set(type, { service: id, provider });
    }
  }
  return providers;
};
