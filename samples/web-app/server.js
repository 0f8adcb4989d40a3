/** Starts the service; on SIGTERM it takes no new connections, finishes the requests it has, and ends. */
import { createApp } from './app.js';
import { VERSION } from './version.js';

let stopping = false;
const port = Number(process.env.PORT ?? 8080);
const server = createApp({ isStopping: () => stopping }).listen(port, (error) => {
  if (error) throw error;
  console.log(
    JSON.stringify({ message: 'started', version: VERSION, port: server.address().port }),
  );
});

// A balancer keeps idle connections for 60 s; whoever hangs up first must not be us, or a request is lost.
server.keepAliveTimeout = 65_000;

process.once('SIGTERM', () => {
  stopping = true;
  console.log(JSON.stringify({ message: 'stopping', version: VERSION }));
  server.close(() => process.exit(0));
  // `close` ends idle connections once; those that still answered then are idle a moment later.
  setInterval(() => server.closeIdleConnections(), 100).unref();
});
