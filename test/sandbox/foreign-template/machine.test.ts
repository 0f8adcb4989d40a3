/** The foreign template in the whole sandbox: its rule starts its machine, which calls its function, table and topic. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openSandbox, type Sandbox } from 'tandem-sandbox';
import { afterEach, beforeEach, expect, it } from 'vitest';

const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');

let sandbox: Sandbox;
let topic: string;

beforeEach(async () => {
  sandbox = await openSandbox({ setting: { kind: 'simulation', model: () => undefined } });
  const { resources } = await sandbox.deployTemplate('shop', JSON.parse(read('template.json')), {
    parameters: { Definition: read('machine.asl.json') },
    assets: () => fileURLToPath(new URL('function', import.meta.url)),
  });
  topic = resources.LargeOrders!.ref;
});

afterEach(() => sandbox.close());

const place = (id: string, count: number) =>
  sandbox.call('events', 'PutEvents', {
    Entries: [
      {
        Source: 'shop.web',
        DetailType: 'Order placed',
        Detail: JSON.stringify({ id, lines: [{ price: 25, count }] }),
      },
    ],
  });

const minutesPass = (minutes: number) => sandbox.clock.until(sandbox.clock.sleep(minutes * 60_000));

const executions = async () => {
  const { stateMachines } = await sandbox.call('states', 'ListStateMachines', {});
  const { executions: found } = await sandbox.call('states', 'ListExecutions', {
    stateMachineArn: stateMachines[0].stateMachineArn,
  });
  return Promise.all(
    found.map(({ executionArn }: { executionArn: string }) =>
      sandbox.call('states', 'DescribeExecution', { executionArn }),
    ),
  );
};

it('carries an event to its end: priced, stored, waited for, announced', async () => {
  await place('o-1', 4);
  await minutesPass(6);

  const [{ status, output, startDate, stopDate }] = await executions();
  expect(status).toBe('SUCCEEDED');
  expect(JSON.parse(output)).toEqual({ id: 'o-1', total: 120 });
  expect((stopDate - startDate) / 1000).toBeGreaterThanOrEqual(300);
  expect(sandbox.messages(topic).map(({ message }) => message)).toEqual(['o-1: 120']);
});

it('refuses what its own condition refuses, by the name its machine catches', async () => {
  await place('o-1', 1);
  await minutesPass(6);
  await place('o-1', 1);
  await minutesPass(6);

  const ends = (await executions()).map(({ status, error }) => error ?? status);
  expect(ends.sort()).toEqual(['AlreadyPlaced', 'SUCCEEDED']);
  expect(sandbox.messages(topic)).toEqual([]);
});
