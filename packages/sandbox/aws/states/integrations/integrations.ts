/** Knows the Resources that a Task state can have, and which ways of waiting each of them offers. */
import type { Integration } from '../../../machine/integration.ts';
import type { Action, Task } from './action.ts';
import { putEvents } from './events.ts';
import { startExecution } from './executions.ts';
import { lambdaInvoke, plainFunction } from './lambda.ts';
import { sdkAction } from './sdk.ts';
import { snsPublish } from './sns.ts';

/** Optimised integrations: `arn:aws:states:::<service>:<action>`. All of them take a task token. */
const optimised: Readonly<Record<string, Action>> = {
  'lambda:invoke': lambdaInvoke,
  'sns:publish': snsPublish,
  'events:putEvents': putEvents,
  'states:startExecution': startExecution,
};

/** A Resource taken apart. */
interface Resource {
  readonly action: Action;
  readonly history: Integration['history'];
  readonly pattern: 'request' | 'waitForTaskToken' | 'sync' | 'sync:2';
  /** Names of an action of the SDK, to be looked up when a definition is checked. */
  readonly sdk?: { readonly service: string; readonly action: string };
}

// Resources are of the Region's own partition, and the sandbox's Regions are of this one.
const functionArn = /^arn:aws:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/;
const integrationArn =
  /^arn:aws:states:::(aws-sdk:)?([\w-]+):(\w+)(?:\.(waitForTaskToken|sync|sync:2))?$/;

/** Takes a Resource apart; undefined for what the sandbox does not offer. */
export const resourceOf = (resource: string): Resource | undefined => {
  if (functionArn.test(resource)) {
    return {
      action: plainFunction(resource),
      history: { kind: 'function', resource },
      pattern: 'request',
    };
  }
  const [, isSdk, service, name, suffix] = integrationArn.exec(resource) ?? [];
  if (!service || !name) return undefined;
  const pattern = (suffix ?? 'request') as Resource['pattern'];
  const action = isSdk ? sdkAction(service, name) : optimised[`${service}:${name}`];
  if (!action || (pattern.startsWith('sync') && !action.follow)) return undefined;
  return {
    action,
    pattern,
    history: {
      kind: 'task',
      resourceType: isSdk ? `aws-sdk:${service}` : service,
      resource: suffix ? `${name}.${suffix}` : name,
    },
    ...(isSdk && { sdk: { service, action: name } }),
  };
};

/** The integrations of one execution's tasks. */
export const integrations =
  (task: Task) =>
  (name: string): Integration | undefined => {
    const resource = resourceOf(name);
    if (!resource) return undefined;
    const { action, history, pattern } = resource;
    const request = (parameters: unknown) => action.request(parameters, task);
    const { follow } = action;
    if (pattern === 'request') return { history, request, endsWith: 'answer' };
    if (pattern === 'waitForTaskToken' || !follow) return { history, request, endsWith: 'token' };
    return {
      history,
      request,
      endsWith: 'follow',
      follow: (answer, scope) => follow(answer, task, scope, pattern),
    };
  };
