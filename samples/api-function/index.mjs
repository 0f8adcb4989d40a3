/** The API function: answers requests of its Function URL, and direct invocations `{ "path": "/health" }`, with the id of a user as `user`. */
import { beforeAnswer, isHealthy } from './behaviour.mjs';
import { items } from './items.mjs';
import manifest from './package.json' with { type: 'json' };

const { version } = manifest;

const answer = (statusCode, body) => ({
  statusCode,
  headers: { 'content-type': 'application/json', 'x-version': version },
  body: JSON.stringify({ version, ...body }),
});

/** Answers by path. */
const routes = {
  '/': async (user) => {
    await beforeAnswer(user);
    return answer(200, { name: 'storefront-api' });
  },
  '/health': async () =>
    isHealthy() ? answer(200, { status: 'ok' }) : answer(503, { status: 'failing' }),
  '/api/lambda-data': async (user) => {
    await beforeAnswer(user);
    return answer(200, { items: items() });
  },
  /** It calls nobody, so it needs nothing of anybody. */
  '/contract': async () => answer(200, { calls: '', cases: [] }),
};

/** Id of the user who asks, here or by the web service; nobody where a check asks. */
const userOf = ({ headers, user }) => headers?.['x-request-id'] ?? user;

const respond = async (event) => {
  const path = event.rawPath ?? event.path ?? '/';
  const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
  return route ? route(userOf(event)) : answer(404, { error: `there is no ${path}` });
};

/** A line for a request that came with an id, so that whoever sent it can count answers on this end as well. */
const log = (event, message, about) => {
  const requestId = event.headers?.['x-request-id'];
  if (requestId) console.log(JSON.stringify({ message, requestId, version, ...about }));
};

/** Answers one event; a path that nobody knows is a 404. */
export const handler = async (event) => {
  try {
    const response = await respond(event);
    log(event, 'answered', { status: response.statusCode });
    return response;
  } catch (error) {
    log(event, 'failed', { error: error.message });
    throw error;
  }
};
