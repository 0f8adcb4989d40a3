/** `tandem sandbox` from its first line to Ctrl-C, in a process of its own. */
import { type AddressInfo, connect, createServer } from 'node:net';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Running, tandem } from '../command.ts';

/** Whether anybody takes a connection. */
const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('tandem sandbox', () => {
  let port: number;
  let running: Running;
  let webWasUp: number;

  /** URL that the welcome names. */
  const url = (name: string) =>
    new URL(new RegExp(`^ +${name} +(http\\S+)`, 'm').exec(running.printed())![1]!);

  /** What a command says with the variables that the welcome exports, without the account that it names first. */
  const asked = async (...parameters: readonly string[]) => {
    const exported = [...running.printed().matchAll(/^export (\w+)=(.+)$/gm)];
    const command = tandem(parameters, {
      env: Object.fromEntries(exported.map(([, name = '', value = '']) => [name, value])),
    });
    const code = await command.ended;
    const place = `In account 111122223333, us-east-1, at http://127.0.0.1:${port}.\n`;
    const rest = command.complained().replace(place, '');
    return { code, said: command.printed() + rest, named: rest !== command.complained() };
  };

  beforeAll(async () => {
    port = await freePort();
    running = tandem(['sandbox', '--port', String(port), '--speed', '60', '--traffic', '2'], {
      env: { AWS_PROFILE: 'production', AWS_REGION: 'eu-central-1' },
    });
    // From here on a connection is all that a client waits for.
    while (!(await accepts(port))) {
      if (running.process.exitCode !== null) throw new Error(running.complained());
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await running.says('Ctrl-C ends it.');
    webWasUp = (await fetch(new URL('/api/data', url('web')))).status;
  });

  afterAll(() => void running.process.kill('SIGKILL'));

  it('takes connections once version 1 serves its users', async () => {
    const answer = await fetch(new URL('/health', url('web')));

    expect(webWasUp).toBe(200);
    expect(await answer.json()).toMatchObject({ version: '1.0.0' });
    expect((await fetch(url('api'))).status).toBe(200);
  });

  it('has users from the start', async () => {
    const cloudwatch = new CloudWatchClient({
      ...{ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1' },
      credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
    });
    const day = 86_400_000;
    const invocations = async () => {
      const { Datapoints = [] } = await cloudwatch.send(
        new GetMetricStatisticsCommand({
          ...{ Namespace: 'AWS/Lambda', MetricName: 'Invocations', Period: 3600 },
          Dimensions: [{ Name: 'FunctionName', Value: 'storefront-api' }],
          ...{ StartTime: new Date(Date.now() - day), EndTime: new Date(Date.now() + day) },
          Statistics: ['Sum'],
        }),
      );
      return Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0);
    };

    expect(running.printed()).toContain('2 requests of users a second');
    await vi.waitFor(async () => expect(await invocations()).toBeGreaterThan(10), 60_000);
  });

  it('says which variables of the shell it did not pass on', () => {
    expect(running.printed()).toMatch(
      /^Nothing leaves this machine.*AWS_PROFILE, AWS_REGION of your shell/,
    );
  });

  it('leads clients to its port', () => {
    expect(running.printed()).toContain(`\nexport AWS_ENDPOINT_URL=http://127.0.0.1:${port}\n`);
  });

  it('refuses a second one on its port in one sentence', async () => {
    const second = tandem(['sandbox', '--port', String(port)]);

    expect(await second.ended).toBe(1);
    expect(second.complained()).toBe(
      `tandem: Port ${port} on 127.0.0.1 is taken by another program: choose another one with --port\n`,
    );
  });

  it('answers a push with what it started, lets people steer that, and tells what happens', async () => {
    const folder = 'dist/versions/web-app/2.2.0';
    const pushed = await asked('sandbox', 'push', 'storefront-web:9.1.0', folder);
    const [, release = ''] = /^started release (storefront-\w+) \(web; /m.exec(pushed.said) ?? [];
    // The push is answered once the execution runs; its first step writes the record.
    while (!JSON.parse((await asked('get', release, '--json')).said).phase);
    const held = await asked('hold', release, '--reason', 'a call', '--by', 'ada');
    const again = await asked('hold', release);
    const approved = await asked('approve', release);
    const shown = JSON.parse((await asked('get', release, '--json')).said);
    const listed = JSON.parse((await asked('list', '--json')).said);
    const aborted = await asked('abort', release, '--by', 'ada');
    const watched = await asked('watch', release);

    expect(held).toEqual({ code: 0, said: 'Hold set by ada: a call\n', named: true });
    expect(again).toMatchObject({
      code: 1,
      said: 'tandem: refused: the release is held already\n',
    });
    expect(approved.code).toBe(1);
    expect(approved.said).toContain('does not ask for an approval');
    expect(shown).toMatchObject({ release, commands: { hold: true } });
    expect(listed).toContainEqual(expect.objectContaining({ release, pair: 'storefront' }));
    expect(aborted.code).toBe(0);
    expect(watched).toMatchObject({ code: 4, said: expect.stringContaining('(aborted)') });
    await running.says(`${release}  Ended: Aborted`);

    const replayed = await asked('replay', release);
    const first = JSON.parse((await asked('replay', release, '--at', '00:00', '--json')).said);

    expect(replayed).toMatchObject({
      code: 0,
      said: expect.stringMatching(/: \d+ facts\n {2}(\d+) of \1 decisions follow /),
    });
    expect(first).toMatchObject({ release, decision: 'none', ledger: [{ kind: 'asked' }] });
  });

  it('takes a push from another process, and says what is wrong with others', async () => {
    const push = (image: string, folder: string) => asked('sandbox', 'push', image, folder);
    const folder = 'dist/versions/web-app/2.0.0';

    const first = await push('storefront-web:9.0.0', folder);
    const again = await push('storefront-web:9.0.0', 'dist/versions/web-app/2.2.0');
    const unknown = await push('nothing:9.0.0', folder);
    const empty = await push('storefront-web:9.0.1', 'dist/versions');

    expect(first).toMatchObject({ code: 0, said: expect.stringContaining('sha256:') });
    expect(first.said).toContain('RUN');
    expect(first.said).toMatch(/^started release storefront-\w+ \(web; api is left out: /m);
    expect(again).toMatchObject({
      code: 1,
      said: expect.stringContaining('ImageTagAlreadyExists'),
    });
    expect(unknown).toMatchObject({ code: 1, said: expect.stringContaining('RepositoryNotFound') });
    expect(empty).toMatchObject({ code: 1, said: expect.stringContaining('has no Dockerfile') });
  });

  it('refuses a release that could not end well before it starts anything', async () => {
    const start = (pair: string, target: string, ...more: readonly string[]) =>
      asked('start', '--pair', pair, '--target', target, ...more);
    const said = await Promise.all([
      start('nobody', 'api=latest'),
      start('storefront', 'wbe=storefront-web:1.0.0'),
      start('storefront', 'web=storefront-web:7.7.7'),
      start('storefront', 'api=77'),
      start('storefront', 'api=latest', '--curve', 'canary:7:7'),
    ]);
    const codes = ['unknown-pair', 'unknown-target', 'no-such-image', 'no-such-version'];

    expect(said.map(({ code }) => code)).toEqual([1, 1, 1, 1, 1]);
    for (const [index, code] of [...codes, 'no-such-curve'].entries())
      expect(said[index]?.said).toMatch(`(${code})`);
    const unknown = 'There is no pair nobody (the account has storefront)';
    expect(said[0]?.said).toContain(unknown);
    expect((await asked('get', '--pair', 'nobody')).said).toContain(unknown);
    expect((await asked('get', 'nowhere')).said).toMatch(/^tandem: .*nowhere.*\n$/);
  });

  it('starts a release by hand, and lists it with its pair', async () => {
    const name = `same-${Date.now()}`;
    const target = ['--pair', 'storefront', '--target', 'api=1'];
    const started = await asked('start', ...target, '--name', name, '--json');
    const watched = await asked('watch', name, '--json');
    const lines = watched.said.trimEnd().split('\n');

    expect(JSON.parse(started.said.split('\n')[0]!)).toMatchObject({ release: name });
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ event: 'end', end: 'Unchanged' });
    expect((await asked('pairs')).said).toContain('storefront  api (function), web (ECS service)');
    expect((await asked('list', '--since', '1h')).said).toContain(name);
  });

  it('ends cleanly when it is asked to, with everything that it started', async () => {
    const web = Number(url('web').port);
    const { pid } = running.process;

    running.process.kill('SIGINT');
    // npm and an older Node pass the signal on as well: the second one must not cut the end short.
    running.process.kill('SIGINT');

    expect(await running.ended).toBe(0);
    expect(alive(pid!)).toBe(false);
    expect(await accepts(port)).toBe(false);
    expect(await accepts(web)).toBe(false);
  });
});

describe('the command', () => {
  it.each([
    [['version'], /^\d+\.\d+\.\d+\n$/],
    [['help', 'start'], /--curve/],
    [['check', 'samples/releases/both.json'], /storefront: web → storefront-web:2\.0\.0/],
  ])('answers %o without an account', async (parameters, text) => {
    const running = tandem(parameters);

    expect(await running.ended).toBe(0);
    expect(running.printed()).toMatch(text);
  });

  it.each([
    [['sandbox', '--port', 'x'], 'A port is a number'],
    [['sandbox', '--speed', '0'], 'A speed is a number above 0'],
    [['nonsense'], 'there is no verb nonsense\n'],
    [['wach'], 'there is no verb wach; did you mean watch?'],
    [['abrot'], 'there is no verb abrot\n'],
    [['start', '--web', 'x'], 'A target is named by --target'],
    [['start', '--pair', 'shop'], '"targets" names no target'],
    [['start', '--curve', 'steep'], 'A curve is all-at-once'],
    [['abort'], "missing required argument 'release'"],
    [['list'], 'AWS_REGION is not set'],
    [['start'], 'What is to be released?'],
    [['backtest', '--set', 'margins=2'], 'judgement has no member margins'],
  ])('refuses %o', async (parameters, reason) => {
    const running = tandem(parameters);

    expect(await running.ended).toBe(1);
    expect(running.complained()).toContain(reason);
  });
});
