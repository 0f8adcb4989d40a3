import type { Container, ContainerHost } from '../containers.ts';

/** A host whose containers have addresses that exist on no network. */
export interface AddressedHost extends ContainerHost {
  /** The container that was given this address, while it runs. */
  at(host: string, port: number): Container | undefined;
}

/** The container behind an address, where the host of the containers can tell; a socket is needed otherwise. */
export const containerAt = (
  containers: ContainerHost,
  host: string,
  port: number,
): Container | undefined =>
  'at' in containers ? (containers as AddressedHost).at(host, port) : undefined;
