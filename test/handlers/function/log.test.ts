import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { logger } from '../../../handlers/function/log.ts';

let out: string[];
let err: string[];

const catching = (lines: string[]) => (text: unknown) => {
  lines.push(String(text));
  return true;
};

beforeEach(() => {
  [out, err] = [[], []];
  vi.spyOn(process.stdout, 'write').mockImplementation(catching(out));
  vi.spyOn(process.stderr, 'write').mockImplementation(catching(err));
  vi.stubEnv('AWS_LAMBDA_LOG_LEVEL', undefined);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

it('writes a line of JSON with the fields of the invocation', async () => {
  vi.resetModules();
  const { logger, logInvocation } = await import('../../../handlers/function/log.ts');
  vi.stubEnv('AWS_LAMBDA_INITIALIZATION_TYPE', 'on-demand');
  vi.stubEnv('_X_AMZN_TRACE_ID', 'Root=1-5759e988;Parent=53995c3f;Sampled=1');
  const context = {
    invokedFunctionArn: 'arn:of:tandem-observe',
    memoryLimitInMB: '512',
    functionName: 'tandem-observe',
    awsRequestId: 'request-1',
  };

  logInvocation.before({ context } as never);
  logger.info('observed', { release: 'autumn', empty: '', nothing: null, big: 10n });
  logInvocation.before({ context } as never);
  logger.info('observed again');

  const [first, second] = out.map((line) => JSON.parse(line));
  expect(first).toEqual({
    level: 'INFO',
    message: 'observed',
    timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
    service: 'tandem',
    cold_start: true,
    function_arn: 'arn:of:tandem-observe',
    function_memory_size: '512',
    function_name: 'tandem-observe',
    function_request_id: 'request-1',
    xray_trace_id: '1-5759e988',
    release: 'autumn',
    big: '10',
  });
  expect(second.cold_start).toBe(false);
  expect(out.every((line) => /^[^\n]*\n$/.test(line))).toBe(true);
});

it('tells an error with its cause and the members that AWS sent, and no member twice for ever', () => {
  const error = Object.assign(new TypeError('bad', { cause: new Error('deep') }), { code: 3 });
  Object.assign(error, { self: error });

  logger.warn('not kept', { error });
  logger.error('one failed', error);

  const [warned, failed] = err.map((line) => JSON.parse(line));
  expect([warned.level, failed.level]).toEqual(['WARN', 'ERROR']);
  expect(failed.error).toMatchObject({
    name: 'TypeError',
    message: 'bad',
    code: 3,
    location: expect.stringMatching(/log\.test\.ts:\d+$/),
    cause: { name: 'Error', message: 'deep' },
  });
  expect(warned.error).toEqual(failed.error);
  expect(failed.error).not.toHaveProperty('self');
});

it("writes what Lambda's log level wants", () => {
  vi.stubEnv('AWS_LAMBDA_LOG_LEVEL', 'WARN');

  logger.info('left out');
  logger.warn('written');

  expect(out).toEqual([]);
  expect(err).toHaveLength(1);
});

it('writes what several lines hold each time, every error of several, and its own members as they are', () => {
  const shared = { a: 1 };
  logger.warn('several', { one: shared, two: shared, list: [shared], level: 'mine' });
  logger.error('failed', new AggregateError([new Error('first'), new Error('second')]));

  const [several, failed] = err.map((line) => JSON.parse(line));
  expect(several).toMatchObject({ level: 'WARN', one: shared, two: shared, list: [shared] });
  expect(failed.error.errors).toMatchObject([{ message: 'first' }, { message: 'second' }]);
});

it('leaves out what cannot be written, and fails nobody', () => {
  const toJSON = () => {
    throw new Error('no text for it');
  };
  logger.info('odd', { odd: { toJSON } });

  expect(JSON.parse(out[0]!)).toMatchObject({ message: 'odd', unwritten: 'no text for it' });
});
