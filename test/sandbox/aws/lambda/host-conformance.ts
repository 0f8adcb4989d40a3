import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  FunctionHost,
  FunctionUnit,
} from '../../../../packages/sandbox/aws/lambda/hosts/host.ts';
import type { Clock } from '../../../../packages/sandbox/clock/clock.ts';
import { scaledClock } from '../../../../packages/sandbox/clock/scaled-clock.ts';
import { virtualClock } from '../../../../packages/sandbox/clock/virtual-clock.ts';
import type { Answer, HttpRequest } from '../../../../packages/sandbox/http.ts';
import { folderOf, handlerOf } from './handlers.ts';

/** Opens a host whose functions reach `answer` as AWS. */
export type OpenHost = (
  clock: Clock,
  answer: Answer,
) => Promise<{ readonly host: FunctionHost; close(): Promise<void> }>;

let units = 0;

/** A unit with a session that cannot be mistaken. */
export const unitOf = (folder: string, more: Partial<FunctionUnit> = {}): FunctionUnit => ({
  id: `unit-${++units}`,
  name: 'checkout',
  version: '7',
  region: 'eu-west-1',
  runtime: 'nodejs24.x',
  folder,
  codeSha256: `sha-${units}`,
  handler: 'index.handler',
  memory: 256,
  timeout: 20,
  environment: {},
  logStream: 'stream',
  keys: async () => ({
    accessKeyId: 'ASIAFUNCTION',
    secretAccessKey: 'secret',
    sessionToken: 'session-token',
  }),
  ...more,
});

/** Runs one invocation and gives what it returned, how it ended and what it wrote. */
export const run = async (host: FunctionHost, unit: FunctionUnit, event: unknown = {}) => {
  const lines: string[] = [];
  const { payload, failed, initDuration } = await host.invoke(unit, {
    requestId: 'request-1',
    functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:checkout:live',
    payload: JSON.stringify(event),
    onLine: (line) => lines.push(line),
  });
  return { result: JSON.parse(payload), failed, lines, cold: initDuration !== undefined };
};

const bundle = async (format: 'esm' | 'cjs') => {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(import.meta.dirname, 'aws-client-function.ts')],
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    write: false,
    format,
    ...(format === 'esm' && {
      mainFields: ['module', 'main'],
      banner: {
        js: `import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);`,
      },
    }),
  });
  return folderOf({ [format === 'esm' ? 'index.mjs' : 'index.js']: outputFiles[0]?.text ?? '' });
};

const IDENTITY =
  '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>';

const awsFront = () => {
  const requests: HttpRequest[] = [];
  const answer: Answer = async (request) => {
    requests.push(request);
    if (request.headers['x-amz-target'] === 'AmazonSSM.GetParameter') {
      const { Name } = JSON.parse(Buffer.from(request.body).toString());
      const body = JSON.stringify({ Parameter: { Name, Value: `value of ${Name}` } });
      const headers = { 'content-type': 'application/x-amz-json-1.1' };
      return { status: 200, headers, body: Buffer.from(body) };
    }
    return { status: 200, headers: { 'content-type': 'text/xml' }, body: Buffer.from(IDENTITY) };
  };
  return { requests, answer };
};

/** What every host must do alike. */
export const testHost = (name: string, open: OpenHost): void => {
  describe(name, () => {
    const clock = virtualClock();
    let front: ReturnType<typeof awsFront>;
    let host: FunctionHost;
    let close: () => Promise<void>;

    beforeEach(async () => {
      front = awsFront();
      ({ host, close } = await open(clock, front.answer));
    });
    afterEach(() => close());

    const body = (text: string, more: Partial<FunctionUnit> = {}) =>
      unitOf(folderOf(handlerOf(text)), more);

    it('gives the handler its event and its context', async () => {
      const unit = body(
        'const left = context.getRemainingTimeInMillis(); return { event, context, left };',
      );

      const { result, failed } = await run(host, unit, { order: 5 });

      expect(failed).toBe(false);
      expect(result.event).toEqual({ order: 5 });
      expect(result.context).toMatchObject({
        functionName: 'checkout',
        functionVersion: '7',
        memoryLimitInMB: '256',
        awsRequestId: 'request-1',
        invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:checkout:live',
      });
      expect(result.left).toBeGreaterThan(10_000);
    });

    it('sets the variables of Lambda and of the function, and shows none of this process', async () => {
      process.env.AMBIENT = 'leaks';
      const unit = body('return { ...process.env };', { environment: { TABLE: 'orders' } });

      const { result } = await run(host, unit);

      expect(result).toMatchObject({
        TABLE: 'orders',
        AWS_REGION: 'eu-west-1',
        AWS_LAMBDA_FUNCTION_NAME: 'checkout',
        AWS_LAMBDA_FUNCTION_VERSION: '7',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
        AWS_ACCESS_KEY_ID: 'ASIAFUNCTION',
        AWS_SESSION_TOKEN: 'session-token',
        _HANDLER: 'index.handler',
      });
      expect(result.AWS_ENDPOINT_URL).toMatch(/^http:/);
      expect(result).not.toHaveProperty('AMBIENT');
      expect(result).not.toHaveProperty('NODE_COMPILE_CACHE');
    });

    it.each([
      ['an ES module', 'index.handler', handlerOf('return "esm";'), 'esm'],
      ['a script', 'index.handler', { 'index.js': 'exports.handler = async () => "js";' }, 'js'],
      [
        'a script that declares what Lambda shadows',
        'index.handler',
        {
          'index.js':
            'const process = require("process"); exports.handler = async () => process.env.AWS_REGION;',
        },
        'eu-west-1',
      ],
      [
        'a module that imports what Lambda shadows',
        'index.handler',
        {
          'index.mjs':
            'import process from "node:process"; export const handler = async () => process.env.AWS_REGION;',
        },
        'eu-west-1',
      ],
      [
        'a .js file of a package of modules',
        'src/app.main',
        {
          'package.json': '{"type":"module"}',
          'src/app.js': 'import { word } from "./word.js"; export const main = async () => word;',
          'src/word.js': 'export const word = process.env.AWS_REGION;',
        },
        'eu-west-1',
      ],
    ])('runs %s', async (_kind, handler, files, expected) => {
      const { result, lines } = await run(host, unitOf(folderOf(files), { handler }));

      expect({ result, lines }).toEqual({ result: expected, lines: [] });
    });

    it('keeps an environment for the next invocation, and gives another revision its own', async () => {
      const folder = folderOf({
        'index.mjs': 'let calls = 0; export const handler = async () => ++calls;',
      });
      const [one, other] = [unitOf(folder), unitOf(folder, { version: '8' })];

      const results = [await run(host, one), await run(host, one), await run(host, other)];

      expect(results.map(({ result, cold }) => [result, cold])).toEqual([
        [1, true],
        [2, false],
        [1, true],
      ]);
    });

    it('starts more environments while all are busy', async () => {
      const unit = unitOf(
        folderOf({
          'index.mjs':
            'let busy = 0; export const handler = async () => { busy += 1; await new Promise((done) => setTimeout(done, 50)); const most = busy; busy -= 1; return most; };',
        }),
      );

      const results = await Promise.all([run(host, unit), run(host, unit), run(host, unit)]);

      expect(results.map(({ result }) => result)).toEqual([1, 1, 1]);
    });

    it('reports what a handler throws as Node’s runtime does', async () => {
      const unit = body('console.log("before"); throw new RangeError("no " + event.what);');

      const { result, failed, lines } = await run(host, unit, { what: 'stock' });

      expect(failed).toBe(true);
      expect(result).toMatchObject({ errorType: 'RangeError', errorMessage: 'no stock' });
      expect(result.trace[0]).toBe('RangeError: no stock');
      expect(result.trace[1]).toContain('file:///var/task/index.mjs:1:');
      expect(result.trace).toHaveLength(2);
      expect(lines[0]).toContain('before');
    });

    it.each([
      ['a text', 'throw "nothing";', { errorType: 'string', errorMessage: 'nothing', trace: [] }],
      [
        'a result without JSON',
        'const circle = {}; circle.circle = circle; return circle;',
        { errorType: 'Error', errorMessage: 'Unable to stringify response body' },
      ],
    ])('reports %s', async (_what, text, error) => {
      const { result, failed } = await run(host, body(text));

      expect(failed).toBe(true);
      expect(result).toMatchObject(error);
    });

    it('answers null for a handler that returns nothing', async () => {
      expect(await run(host, body(''))).toMatchObject({ result: null, failed: false });
    });

    it.each([
      ['is missing', 'app.handler', handlerOf(''), 'Runtime.ImportModuleError'],
      ['exports no handler', 'index.other', handlerOf(''), 'Runtime.HandlerNotFound'],
      [
        'imports what is missing',
        'index.handler',
        { 'index.mjs': 'import "./no.mjs";' },
        'Runtime.ImportModuleError',
      ],
      [
        'is no JavaScript',
        'index.handler',
        { 'index.mjs': 'export const = ;' },
        'Runtime.UserCodeSyntaxError',
      ],
      [
        'throws while it loads',
        'index.handler',
        { 'index.mjs': 'throw new TypeError("too early");' },
        'TypeError',
      ],
      ['has a name without an export', 'index', handlerOf(''), 'Runtime.MalformedHandlerName'],
    ])('says so when the module %s', async (_what, handler, files, errorType) => {
      const unit = unitOf(folderOf(files as Record<string, string>), { handler });

      const { result, failed } = await run(host, unit);

      expect(failed).toBe(true);
      expect(result.errorType).toBe(errorType);
    });

    it('ends an invocation that takes longer than the time-out, and its environment with it', async () => {
      const folder = folderOf({
        'index.mjs':
          'let calls = 0; export const handler = async ({ hang }) => { calls += 1; if (hang) await new Promise((done) => setTimeout(done, 60_000).unref?.()); return calls; };',
      });
      const unit = unitOf(folder, { timeout: 1 });

      const warm = await run(host, unit);
      const late = await run(host, unit, { hang: true });
      const next = await run(host, unit);

      expect(warm.result).toBe(1);
      expect(late.failed).toBe(true);
      expect(late.result).toEqual({
        errorType: 'Sandbox.Timedout',
        errorMessage: 'RequestId: request-1 Error: Task timed out after 1.00 seconds',
      });
      expect(late.lines.at(-1)).toMatch(/request-1 Task timed out after 1\.00 seconds$/);
      expect(next).toMatchObject({ result: 1, cold: true });
    });

    it('ends an environment whose code ends its process', async () => {
      const unit = body('if (event.exit) process.exit(3); return "alive";');

      const { result, failed } = await run(host, unit, { exit: true });

      expect(failed).toBe(true);
      expect(result).toEqual({
        errorType: 'Runtime.ExitError',
        errorMessage: 'RequestId: request-1 Error: Runtime exited with error: exit status 3',
      });
      expect((await run(host, unit)).result).toBe('alive');
    });

    it('shows service time as Date', async () => {
      const unit = body(
        'return [Date.now(), new Date().toISOString(), new Date(0).toISOString(), new Date() instanceof Date];',
      );
      const now = clock.now();

      const { result } = await run(host, unit);

      expect(result).toEqual([now, new Date(now).toISOString(), '1970-01-01T00:00:00.000Z', true]);
    });

    it('lets Date run at the speed of the clock', async () => {
      const quick = scaledClock(10_000, Date.UTC(2031, 0, 1));
      const opened = await open(quick, front.answer);
      const unit = body(
        'const from = Date.now(); await new Promise((done) => setTimeout(done, 20)); return [from, Date.now() - from];',
      );

      const { result } = await run(opened.host, unit);
      await opened.close();
      quick.close();

      expect(new Date(result[0]).getUTCFullYear()).toBe(2031);
      expect(result[1]).toBeGreaterThan(100_000);
    });

    it('writes console lines in Lambda’s format, and what goes to the streams as it is', async () => {
      const unit = body(
        'console.log("sold %d", 3); console.error({ left: 2 }); process.stdout.write("plain\\n");',
      );
      const time = new Date(clock.now()).toISOString();

      const { lines } = await run(host, unit);

      expect(lines).toEqual([
        `${time}\trequest-1\tINFO\tsold 3`,
        `${time}\trequest-1\tERROR\t{ left: 2 }`,
        'plain',
      ]);
    });

    it.each(['esm', 'cjs'] as const)(
      'runs an %s bundle with AWS clients and a logger',
      async (format) => {
        const unit = unitOf(await bundle(format));

        const { result, lines } = await run(host, unit, { name: '/shop/tax' });

        expect(result).toEqual({ account: '111122223333', value: 'value of /shop/tax' });
        expect(JSON.parse(lines[0] ?? '')).toMatchObject({ message: 'asked', service: 'shop' });
        expect(front.requests).toHaveLength(2);
        for (const { headers } of front.requests) {
          expect(headers.authorization).toContain('Credential=ASIAFUNCTION/');
          expect(headers.authorization).toContain('/eu-west-1/');
          expect(headers['x-amz-security-token']).toBe('session-token');
        }
      },
    );

    it('rejects when the role cannot be assumed', async () => {
      const unit = body('return 1;', {
        keys: async () => {
          throw new Error('not trusted');
        },
      });

      await expect(run(host, unit)).rejects.toThrow('not trusted');
    });
  });
};
