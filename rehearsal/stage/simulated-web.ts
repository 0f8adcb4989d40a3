import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inject } from 'light-my-request';
import type { ContainerRequest, ModelRequest, ModelResponse } from 'tandem-sandbox';

/** Asks the function behind the alias, as the web application's role, for a user who has an id or for nobody. */
export type AskApi = (container: ContainerRequest, path: string, user?: string) => Promise<unknown>;

interface WebApp {
  createApp(options: {
    api: (path: string, user?: string) => Promise<unknown>;
    log: () => void;
  }): Parameters<typeof inject>[0];
}

/**
 * Containers of the sample's web application without processes: the very application of the image answers, in this
 * process. An application that throws while it is loaded is a container that ends at its start.
 */
export const simulatedWeb = (api: AskApi) => {
  const broken = new Set<string>();

  const load = async (container: ContainerRequest) => {
    const { createApp } = (await import(
      pathToFileURL(join(container.folder, 'app.js')).href
    )) as WebApp;
    return createApp({ api: (path, user) => api(container, path, user), log: () => undefined });
  };

  return {
    /** Tries whether the application of a folder loads; one that does not is remembered by its image tag. */
    async check(folder: string, tag: string): Promise<void> {
      await import(pathToFileURL(join(folder, 'app.js')).href).catch(() => void broken.add(tag));
    },
    model: (container: ContainerRequest) => {
      if (container.tags.some((tag) => broken.has(tag))) return undefined;
      let app: ReturnType<typeof load> | undefined;
      return async ({ method, path, headers, body }: ModelRequest): Promise<ModelResponse> => {
        app ??= load(container);
        const began = performance.now();
        const answer = await inject(await app, {
          method: method as 'GET',
          url: path,
          headers: { ...headers },
          payload: body,
        });
        return {
          status: answer.statusCode,
          headers: Object.fromEntries(
            Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
          ),
          body: answer.payload,
          // Work takes real time, while service time stands still.
          milliseconds: performance.now() - began,
        };
      };
    },
  };
};
