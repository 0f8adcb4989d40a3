/**
 * What adopters get, resource by resource: a change of it is a change of their stacks. `npx vitest run
 * test/infra/golden.test.ts -u` writes the golden templates again; read the difference before you commit it.
 */
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { ReleasePair, type ReleasePairProps } from '../../infra/pair/release-pair.ts';
import { importedFunction, importedRoles, importedService } from './imported.ts';

const service = (stack: Stack) => ({
  ...importedService(stack),
  taskRoles: importedRoles(stack),
});

it.each<[string, (stack: Stack) => Omit<ReleasePairProps, 'pair'>]>([
  ['pair', (stack) => ({ ecs: service(stack), lambda: importedFunction(stack) })],
  ['service', (stack) => ({ tags: ['[0-9]*.[0-9]*.[0-9]*'], ecs: service(stack) })],
  ['function', (stack) => ({ lambda: importedFunction(stack) })],
  [
    'own-curve',
    (stack) => ({
      lambda: importedFunction(stack),
      policy: { curve: { type: 'canary', percent: 20, minutes: 3 } },
    }),
  ],
])('the template of a %s is the golden one', async (name, propsOf) => {
  const env = { account: '111122223333', region: 'eu-west-1' };
  const stack = new Stack(new App(), 'shop', { env });
  new ReleasePair(stack, 'Shop', { pair: 'shop', ...propsOf(stack) });
  const { Resources } = Template.fromStack(stack).toJSON();

  await expect(`${JSON.stringify(Resources, null, 2)}\n`).toMatchFileSnapshot(
    `golden/${name}.json`,
  );
});
