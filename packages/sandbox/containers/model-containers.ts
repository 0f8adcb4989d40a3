import type { Container, ContainerRequest, ModelRequest, ModelResponse } from '../containers.ts';
import type { AddressedHost } from './addresses.ts';

/** How one container answers. What it throws is a connection that breaks. */
type Responder = (request: ModelRequest) => ModelResponse | Promise<ModelResponse>;

/** The application of a container; `undefined` is one that ends as soon as it is started. */
export type Model = (request: ContainerRequest) => Responder | undefined;

/** Exit code of a container that ends at its start. */
const failed = 1;
/** Exit code of a process that SIGTERM has ended. */
const terminated = 143;

/** Containers that are functions: nothing is started, no port is opened, every answer is the model's. */
export const modelContainers = (model: Model): AddressedHost => {
  const running = new Map<string, Container>();
  let started = 0;

  return {
    start: async (request) => {
      // Addresses out of 10.0.0.0/16, four first ones left out as in every subnet of a VPC.
      const host = `10.0.${Math.floor(started / 250) % 256}.${(started % 250) + 4}`;
      started += 1;
      const key = `${host}:${request.port}`;
      const respond = model(request);
      const exit = Promise.withResolvers<number>();
      const end = (code: number) => {
        running.delete(key);
        exit.resolve(code);
      };

      const container: Container = {
        address: { host, port: request.port },
        respond: async (asked) => {
          if (!respond || !running.has(key)) throw new Error(`nothing listens at ${key}`);
          return respond(asked);
        },
        exited: exit.promise,
        stop: async () => end(terminated),
      };
      if (respond) running.set(key, container);
      else end(failed);
      return container;
    },
    at: (host, port) => running.get(`${host}:${port}`),
    close: async () => {
      for (const container of [...running.values()]) await container.stop(0);
    },
  };
};
