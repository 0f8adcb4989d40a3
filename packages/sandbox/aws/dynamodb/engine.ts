/** Runs DynamoDB operations with the rules of dynalite: its checks, expressions and errors, without its HTTP server and its LevelDB. */
import { createRequire } from 'node:module';
import { AwsError } from '../../aws-error.ts';
import { isPlainItem } from './plain-item.ts';
import { memoryStore } from './store.ts';

/**
 * Runs one operation; input and answer are DynamoDB's JSON as it goes over the wire. Throws AwsError. An item that
 * is given is kept, and an answer holds items that are kept: nobody may change them any more.
 */
export type Send = (operation: string, input: unknown) => Promise<any>;

/** The database of one Region. Operations run one after another: the order of calls is the order of effects. */
export interface Engine {
  readonly send: Send;
  /** Runs several operations without letting others in between. */
  inTurn<T>(work: (send: Send) => Promise<T>): Promise<T>;
}

// The package exports its server alone; its version is pinned.
const require = createRequire(import.meta.url);

/** What dynalite checks of all inputs. */
const checks: {
  checkTypes(input: unknown, types: object): any;
  checkValidations(input: unknown, types: object, custom: unknown, store: object): void;
} = require('dynalite/validations');

/** What it checks of the input of one operation. */
interface Checks {
  readonly types: object;
  readonly custom: unknown;
}

/** How dynalite refuses: by an answer of HTTP. */
interface Refusal {
  readonly statusCode?: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const errorOf = ({ statusCode, body }: Refusal): AwsError => {
  const { __type = 'InternalServerError', message, Message, ...members } = body;
  return new AwsError(
    String(__type).split('#').at(-1) as string,
    String(message ?? Message ?? ''),
    { ...members, ...(statusCode === undefined ? {} : { status: statusCode }) },
  );
};

const isRefusal = (error: unknown): error is Refusal =>
  (error as Refusal | undefined)?.statusCode !== undefined;

type Store = ReturnType<typeof memoryStore>;

/** An input as dynalite's actions take it: checked, with its expressions taken apart. */
const checked = (input: any, { types, custom }: Checks, store: Store): any => {
  const { Item, ...rest } = input;
  const isPlain = Item !== undefined && isPlainItem(Item, store.options.maxItemSize);
  // A copy as the wire would make it: what is given stays as it is.
  const copy = JSON.parse(JSON.stringify(isPlain ? { ...rest, Item: {} } : input));
  const data = checks.checkTypes(copy, types);
  checks.checkValidations(data, types, custom, store);
  return isPlain ? Object.assign(data, { Item }) : data;
};

const sendTo = (store: Store): Send => {
  const run = (operation: string, input: unknown) => {
    const name = operation.charAt(0).toLowerCase() + operation.slice(1);
    const data = checked(input, require(`dynalite/validations/${name}`), store);
    const action = require(`dynalite/actions/${name}`);
    return new Promise((resolve, reject) => {
      action(store, data, (error: unknown, answer: unknown) =>
        error ? reject(error) : resolve(answer || {}),
      );
    });
  };
  return async (operation, input) => {
    try {
      return await run(operation, input);
    } catch (error) {
      throw isRefusal(error) ? errorOf(error) : error;
    }
  };
};

/** Makes an empty database in memory. */
export const engine = (): Engine => {
  const send = sendTo(memoryStore());
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: (send: Send) => Promise<T>): Promise<T> => {
    const done = last.then(() => work(send));
    last = done.catch(() => undefined);
    return done;
  };
  return { inTurn, send: (operation, input) => inTurn((now) => now(operation, input)) };
};
