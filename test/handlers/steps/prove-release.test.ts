import '../environment.ts';

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs';
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetAliasCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Proof } from '../../../core/proof/proof.ts';
import type { ReleaseRecord, TargetRecord } from '../../../core/record/record.ts';
import { handler } from '../../../handlers/steps/prove-release.ts';
import {
  api,
  ecsRecord,
  lambdaRecord,
  momentAfter,
  proven,
  record,
  web,
} from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';
import { invoke } from '../invoke.ts';

const contract = { calls: 'api', path: '/contract' };
const caller = web({ contract, checks: [] });

/** What every revision of web asks of api: a body with a price. */
const CONTRACT = {
  calls: 'api',
  cases: [
    {
      name: 'price',
      request: { path: '/price' },
      answer: {
        type: 'object',
        required: ['price'],
        properties: { price: { type: 'number' } },
      },
    },
  ],
};

let account: Account;
const ecs = mockClient(ECSClient);
const lambda = mockClient(LambdaClient);
const balancer = mockClient(ElasticLoadBalancingV2Client);

/** Every revision of web: it answers with its contract. */
let webServer: Server;
/** Paths that it was asked for. */
let paths: string[] = [];

beforeAll(async () => {
  webServer = createServer(({ url = '' }, response) => {
    paths.push(url);
    response.statusCode = url === '/cart' ? 500 : 200;
    response.end(JSON.stringify(CONTRACT));
  });
  await once(webServer.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => webServer.close());

/** Says on which port the listeners of web are. */
const listensOn = (Port: number) =>
  balancer
    .on(DescribeListenersCommand)
    .resolves({ Listeners: [{ LoadBalancerArn: 'balancer', Port }] });

/** Lets each version of the function answer with its body, and notes which versions were asked. */
const versionsAnswer = (bodies: Readonly<Record<string, unknown>>): string[] => {
  const asked: string[] = [];
  lambda.on(InvokeCommand).callsFake(async ({ Qualifier }) => {
    asked.push(Qualifier);
    const answer = { statusCode: 200, body: JSON.stringify(bodies[Qualifier]) };
    return { Payload: Buffer.from(JSON.stringify(answer)) };
  });
  return asked;
};

const prove = async (change: Parameters<typeof record>[0]): Promise<Proof> => {
  await account.release(record(change));
  await invoke(handler, { pair: 'storefront', release: 'storefront-1', now: momentAfter(1) });
  return (await account.recordOf('storefront-1')).proof!;
};

/** Cells in one line each. */
const linesOf = ({ cells }: Proof): readonly string[] =>
  cells.map(
    ({ caller: one, callee, verdict }) =>
      `${one.colour} ${one.revision} → ${callee.colour} ${callee.revision}: ${verdict}`,
  );

beforeEach(async () => {
  account = await openAccount();
  lambda.on(GetAliasCommand).resolves({ FunctionVersion: '7' });
  ecs.on(DescribeServicesCommand).resolves({
    services: [
      {
        taskSets: [
          { status: 'PRIMARY', taskDefinition: 'arn:aws:ecs:r:a:task-definition/web:4' },
          { status: 'DRAINING', taskDefinition: 'arn:aws:ecs:r:a:task-definition/web:3' },
        ],
      },
    ],
  });
  listensOn((webServer.address() as AddressInfo).port);
  balancer.on(DescribeLoadBalancersCommand).resolves({ LoadBalancers: [{ DNSName: '127.0.0.1' }] });
});

afterEach(() => {
  for (const client of [ecs, lambda, balancer]) client.reset();
});

const movingWeb = ecsRecord({ registration: caller });

describe('the 2×2 of a release', () => {
  it('tries blue and green of both sides', async () => {
    const asked = versionsAnswer({ 1: { price: 1 }, 2: { price: 2 } });

    const proof = await prove({ targets: [movingWeb, lambdaRecord()] });

    expect(linesOf(proof)).toEqual([
      'blue web:1 → blue 1: pass',
      'blue web:1 → green 2: pass',
      'green web:2 → blue 1: pass',
      'green web:2 → green 2: pass',
    ]);
    expect(proof).toMatchObject({ verdict: 'pass', mixed: { text: '4 of 4 cells pass' } });
    expect(asked.sort()).toEqual(['1', '1', '2', '2']);
  });

  it('lets a function that is left alone take part by the version behind its alias', async () => {
    versionsAnswer({ 7: { price: 'seven' } });

    const proof = await prove({ targets: [movingWeb], leftAlone: { api: api() } });

    expect(linesOf(proof)).toEqual(['blue web:1 → blue 7: fail', 'green web:2 → blue 7: fail']);
    expect(proof.verdict).toBe('fail');
    expect(proof.reasons.map(({ text }) => text)).toEqual([
      'green web web:2 does not understand blue api version 7: /price (price): price: expected number, received string',
    ]);
  });

  it('lets a service that is left alone take part by what its users reach', async () => {
    versionsAnswer({ 1: { price: 1 }, 2: {} });

    const proof = await prove({ targets: [lambdaRecord()], leftAlone: { web: caller } });

    expect(linesOf(proof)).toEqual(['blue web:4 → blue 1: pass', 'blue web:4 → green 2: fail']);
  });

  it('has the versions that people know, of what it leaves alone too, and where green answers', async () => {
    versionsAnswer({ 7: { price: 7 } });
    await account.put('storefront', 'version#api#7', { version: '1.9.0' });
    balancer.on(DescribeLoadBalancersCommand).resolves({
      LoadBalancers: [{ DNSName: '127.0.0.1', Scheme: 'internal', VpcId: 'vpc-1' }],
    });
    const to = { name: 'web:2', ref: 'arn:web:2', version: '2.0.0' };

    const { cells } = await prove({
      targets: [ecsRecord({ registration: caller, to })],
      leftAlone: { api: api() },
    });

    expect(cells.map(({ caller: one, callee }) => [one.version, callee.version])).toEqual([
      [undefined, '1.9.0'],
      ['2.0.0', '1.9.0'],
    ]);
    const { port } = webServer.address() as AddressInfo;
    expect((await account.recordOf('storefront-1')).targets.web?.testAddress).toEqual({
      origin: `http://127.0.0.1:${port}`,
      internal: true,
      vpc: 'vpc-1',
    });
  });

  it('asks a target that is unchanged by its own revision', async () => {
    versionsAnswer({ 2: { price: 2 } });
    const same = { name: '2', ref: '2' };

    const proof = await prove({
      targets: [movingWeb, lambdaRecord({ from: same, to: same, unchanged: true })],
    });

    expect(linesOf(proof)).toEqual(['blue web:1 → blue 2: pass', 'green web:2 → blue 2: pass']);
  });

  it.each([
    [
      'an alias that is split',
      () =>
        lambda.on(GetAliasCommand).resolves({
          FunctionVersion: '7',
          RoutingConfig: { AdditionalVersionWeights: { 8: 0.1 } },
        }),
      { targets: [movingWeb], leftAlone: { api: api() } },
      'api serves no single revision',
    ],
    [
      'a service that is being deployed to',
      () =>
        ecs.on(DescribeServicesCommand).resolves({
          services: [{ taskSets: [{ status: 'PRIMARY' }, { status: 'ACTIVE' }] }],
        }),
      { targets: [lambdaRecord()], leftAlone: { web: caller } },
      'its contract could not be read: web serves no single revision',
    ],
    [
      'a caller that does not answer',
      () => listensOn(1),
      { targets: [movingWeb, lambdaRecord()] },
      'its contract could not be read: connect ECONNREFUSED',
    ],
  ])('takes nothing for proven with %s', async (_, arrange, change, why) => {
    versionsAnswer({ 1: { price: 1 }, 2: { price: 2 }, 7: { price: 7 } });
    arrange();

    const proof = await prove(change);

    expect(proof.verdict).toBe('inconclusive');
    for (const { verdict } of proof.cells) expect(verdict).toBe('inconclusive');
    expect(proof.cells[0]?.text).toContain(why);
  });

  it('tries nothing between two targets that do not move', async () => {
    versionsAnswer({ 2: {} });

    const proof = await prove({
      targets: [lambdaRecord({}, 'mail')],
      leftAlone: { web: caller, api: api() },
    });

    expect(proof.cells).toEqual([]);
    expect(proof.mixed.text).toBe('not proven, no contract names mail');
  });
});

describe('the smoke checks of a release', () => {
  it('ask green, and leave a row each', async () => {
    versionsAnswer({ 2: {} });
    const registration = api({ checks: [{ event: { path: '/health' }, status: 200 }] });

    const proof = await prove({ targets: [lambdaRecord({ registration })] });

    expect(proof).toMatchObject({
      verdict: 'pass',
      mixed: { text: 'nothing to mix, api is the only target of its pair' },
      smoke: [
        { target: 'api', revision: '2', where: 'invoke {"path":"/health"}', verdict: 'pass' },
      ],
    });
  });

  it('are told in the ledger', async () => {
    versionsAnswer({ 2: {} });
    const registration = api({ checks: [{ event: {}, status: 503 }] });

    await prove({ targets: [lambdaRecord({ registration })] });

    expect((await account.ledgerOf('storefront-1')).at(-1)).toContain(
      'Green is not proven: fail (2×2: nothing to mix, api is the only target of its pair; smoke: api 0 of 1)',
    );
  });
});

describe('a release that is proven already', () => {
  const warmUp = { requests: 20, seconds: 10 };
  const warm = async (targets: readonly TargetRecord[]): Promise<ReleaseRecord> => {
    await account.release(record({ targets, proof: proven() }));
    await invoke(handler, { pair: 'storefront', release: 'storefront-1', now: momentAfter(9) });
    return account.recordOf('storefront-1');
  };

  it('warms green up with the requests of its checks and of its callers, and nothing else', async () => {
    const asked = versionsAnswer({ 2: { price: 2 } });
    paths = [];

    const after = await warm([
      ecsRecord({ registration: web({ contract, warmUp }) }),
      lambdaRecord({ registration: api({ warmUp }) }),
    ]);

    expect(after.warmed).toMatchObject({
      at: momentAfter(9),
      targets: { web: { failed: 0 }, api: { failed: 0 } },
    });
    expect(after.warmed?.targets.web?.requests).toBeGreaterThanOrEqual(20);
    expect(new Set(paths)).toEqual(new Set(['/health', '/contract']));
    // Only green: version 2, asked as web's contract says.
    expect(new Set(asked)).toEqual(new Set(['2']));
    expect((await account.ledgerOf('storefront-1')).at(-1)).toMatch(
      /^Green is warmed up \(api \d+ requests, .*web \d+ /,
    );
  });

  it('takes its own list of requests, and decides nothing by what fails', async () => {
    paths = [];

    const after = await warm([
      ecsRecord({ registration: web({ warmUp: { ...warmUp, paths: ['/shop', '/cart'] } }) }),
    ]);

    expect(new Set(paths)).toEqual(new Set(['/shop', '/cart']));
    expect(after.warmed?.targets.web?.requests).toBe(paths.length);
    expect(after.warmed?.targets.web?.failed).toBe(paths.filter((path) => path === '/cart').length);
    expect(after).toMatchObject({ decision: 'none', proof: { verdict: 'pass' } });
  });

  it('records a green that there is nothing to warm up with', async () => {
    const after = await warm([lambdaRecord({ registration: api({ warmUp }) })]);

    expect(after.warmed?.targets).toEqual({ api: { requests: 0, failed: 0 } });
  });
});
