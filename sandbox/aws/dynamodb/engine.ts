/** Runs DynamoDB operations on dynalite in this process, without a port. */
import { EventEmitter } from 'node:events';
import dynalite from 'dynalite';
import { AwsError } from '../../aws-error.ts';

/** Runs one operation; input and answer are DynamoDB's JSON as it goes over the wire. Throws AwsError. */
export type Send = (operation: string, input: unknown) => Promise<any>;

/** The database of one Region. Operations run one after another: the order of calls is the order of effects. */
export interface Engine {
  readonly send: Send;
  /** Runs several operations without letting others in between. */
  inTurn<T>(work: (send: Send) => Promise<T>): Promise<T>;
}

/** dynalite checks that a request is signed, not by whom. */
const SIGNED = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=host, Signature=a',
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': '20260101T000000Z',
};

const errorOf = (status: number, body: string): AwsError => {
  const { __type = 'InternalServerError', message, Message, ...members } = JSON.parse(body || '{}');
  return new AwsError(String(__type).split('#').at(-1) as string, message ?? Message ?? '', {
    ...members,
    status,
  });
};

const sendTo =
  (server: EventEmitter): Send =>
  (operation, input) =>
    new Promise((resolve, reject) => {
      const headers = { ...SIGNED, 'x-amz-target': `DynamoDB_20120810.${operation}` };
      const request = Object.assign(new EventEmitter(), { method: 'POST', url: '/', headers });
      const response = {
        statusCode: 200,
        setHeader: () => undefined,
        end: (body = '') => {
          if (response.statusCode !== 200) reject(errorOf(response.statusCode, body));
          else resolve((body && JSON.parse(body)) || {});
        },
      };
      server.emit('request', request, response);
      request.emit('data', Buffer.from(JSON.stringify(input)));
      request.emit('end');
    });

/** Makes an empty database in memory. */
export const engine = (): Engine => {
  const send = sendTo(dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }));
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: (send: Send) => Promise<T>): Promise<T> => {
    const done = last.then(() => work(send));
    last = done.catch(() => undefined);
    return done;
  };
  return { inTurn, send: (operation, input) => inTurn((now) => now(operation, input)) };
};
