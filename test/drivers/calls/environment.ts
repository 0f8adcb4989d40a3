/** Settings of clients that a world answers itself, one try for each call; import it before any handler. */
import '../../handlers/environment.ts';

Object.assign(process.env, {
  AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
  AWS_ACCESS_KEY_ID: 'world',
  AWS_SECRET_ACCESS_KEY: 'world',
  AWS_REGION: 'us-east-1',
  AWS_MAX_ATTEMPTS: '1',
});
