/** The web service: a page for people, data from the API, and what an orchestrator needs to know. */
import express from 'express';
import { askApi } from './api-client.js';
import { beforeAnswer, isReady } from './behaviour.js';
import { contract, readItems } from './contract.js';
import { requestCounter } from './metrics.js';
import { page } from './page.js';
import { VERSION } from './version.js';

/**
 * Makes the application. `isStopping` says whether the process is about to end; `log` takes a line for every request
 * that came with an id, so that whoever sent it can count answers on this end as well.
 */
export const createApp = ({
  isStopping = () => false,
  api = askApi,
  log = (line) => console.log(line),
} = {}) => {
  const app = express();
  const requests = requestCounter(VERSION);
  app.disable('x-powered-by');

  app.use((request, response, next) => {
    const id = request.get('x-request-id');
    response.set('x-version', VERSION);
    if (id) response.set('x-request-id', id);
    if (isStopping()) response.set('connection', 'close');
    response.on('finish', () => {
      const { statusCode: status } = response;
      requests.count(request.route?.path ?? 'unknown', status);
      if (id) log(JSON.stringify({ message: 'answered', requestId: id, version: VERSION, status }));
    });
    next();
  });

  /** The process lives. */
  app.get('/health', (_, response) => response.json({ status: 'ok', version: VERSION }));

  /** The process may get traffic. */
  app.get('/ready', (_, response) => {
    const ready = isReady() && !isStopping();
    response.status(ready ? 200 : 503).json({ ready, version: VERSION });
  });

  app.get('/metrics', (_, response) => response.type('text/plain').send(requests.text()));
  app.get('/contract', (_, response) => response.json(contract));

  app.get('/', async (request, response) => {
    await beforeAnswer(request.get('x-request-id'));
    response.type('html').send(page());
  });

  app.get('/api/data', async (request, response) => {
    const user = request.get('x-request-id');
    await beforeAnswer(user);
    const answer = await api('/api/lambda-data', user);
    response.json({ web: VERSION, api: answer.version, items: readItems(answer) });
  });

  /** Fails on purpose, to see what a failure looks like from outside. */
  app.get('/error', () => {
    throw new Error('this path always fails');
  });

  app.use((error, _request, response, _next) =>
    response.status(500).json({ error: error.message, version: VERSION }),
  );
  return app;
};
