/** The pair that the README shows: it is what a stack may say, word for word. */
import { stripTypeScriptTypes } from 'node:module';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { it } from 'vitest';
import { ReleasePair } from '../../infra/pair/release-pair.ts';
import { pageAt } from '../docs/pages.ts';
import { fleetFunction } from '../scenarios/fleet/functions.ts';
import { ownBalancer } from '../scenarios/fleet/services.ts';
import { surroundings } from '../scenarios/fleet/stack.ts';

const [, shown = ''] = /^```ts\n([\s\S]*?)^```/m.exec(pageAt('README.md').text) ?? [];

it('makes a pair of a service and a function in one statement', () => {
  const stack = new Stack(new App(), 'shop');
  const half = ownBalancer(stack, 'shop-web', 'web', surroundings(stack, 'shop'));
  const { service, repository, productionListener, testListener, blue, green } = half;
  const { function: api, alias } = fleetFunction(stack, 'shop-api', 'api');
  const names = { service, repository, productionListener, testListener, blue, green, api, alias };
  const statement = stripTypeScriptTypes(
    shown.replace("import { ReleasePair } from 'tandem';", ''),
  );

  new Function('ReleasePair', ...Object.keys(names), statement).call(
    stack,
    ReleasePair,
    ...Object.values(names),
  );

  Template.fromStack(stack).resourceCountIs('AWS::CodeDeploy::DeploymentGroup', 2);
});
