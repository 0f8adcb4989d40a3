import { existsSync } from 'node:fs';
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

const load = (container: ContainerRequest, file: string): Promise<any> =>
  import(pathToFileURL(join(container.folder, file)).href);

/** Asks an application as a client of HTTP does. */
const askOver = async (
  app: Parameters<typeof inject>[0],
  { method, path, headers, body }: ModelRequest,
): Promise<ModelResponse> => {
  const began = performance.now();
  const answer = await inject(app, {
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

/** Where the balancer looks whether a task is healthy: four of five requests of a release. */
const CHECKED = '/ready';

/** The file in which a version says what becomes of its users, and whether it is ready. */
const BEHAVIOUR = 'behaviour.js';

/**
 * The sample in one container. It is asked at each check whether it is ready; the answer is only written again where that
 * has changed.
 */
const opened = async (container: ContainerRequest, api: AskApi) => {
  const { createApp } = (await load(container, 'app.js')) as WebApp;
  const app = createApp({ api: (path, user) => api(container, path, user), log: () => undefined });
  const { isReady }: { isReady?: () => boolean } = existsSync(join(container.folder, BEHAVIOUR))
    ? await load(container, BEHAVIOUR)
    : {};
  let last: { readonly ready: boolean; readonly answer: ModelResponse } | undefined;

  return async (request: ModelRequest): Promise<ModelResponse> => {
    if (request.path !== CHECKED || request.headers['x-request-id'] || !isReady)
      return askOver(app, request);
    const ready = isReady();
    if (last?.ready !== ready) last = { ready, answer: await askOver(app, request) };
    return last.answer;
  };
};

/**
 * Containers of the sample's web application without processes: the very application of the image answers, in this
 * process. An application that throws while it is loaded is a container that ends at its start.
 */
export const simulatedWeb = (api: AskApi) => {
  const broken = new Set<string>();

  return {
    /** Tries whether the application of a folder loads; one that does not is remembered by its image tag. */
    async check(folder: string, tag: string): Promise<void> {
      await import(pathToFileURL(join(folder, 'app.js')).href).catch(() => void broken.add(tag));
    },
    model: (container: ContainerRequest) => {
      if (container.tags.some((tag) => broken.has(tag))) return undefined;
      let app: ReturnType<typeof opened> | undefined;
      return async (request: ModelRequest): Promise<ModelResponse> => {
        app ??= opened(container, api);
        return (await app)(request);
      };
    },
  };
};
