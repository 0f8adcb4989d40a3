import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import {
  CodeDeployClient,
  GetDeploymentCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-codedeploy';
import middy from '@middy/core';
import { HookEvent } from '../../core/events/hook.ts';
import { hookOrder } from '../../core/hook.ts';
import { type Marker, readMarker } from '../../core/marker.ts';
import { FOREIGN_DEPLOYMENTS_TAG } from '../../core/names.ts';
import { reason } from '../../core/reason.ts';
import type { ReleaseRecord, TargetRecord } from '../../core/record.ts';
import { fail, pass, type Verdict } from '../../core/verdict.ts';
import { environment } from '../environment.ts';
import { isRunning } from '../executions.ts';
import { count } from '../metrics.ts';
import { logger } from '../step.ts';
import { findRelease } from '../table/releases.ts';
import { answerHook } from '../targets/hooks.ts';

const codedeploy = new CodeDeployClient();

/** What a hook's check sees: whose deployment called. */
export interface HookCase {
  readonly record: ReleaseRecord;
  readonly target: TargetRecord;
  readonly marker: Marker;
  readonly deploymentId: string;
  readonly executionId: string;
  /** From this call on the release answers, and this hook never does, whatever happens to it. */
  readonly handOver: () => void;
}

/** What a check says: a verdict that is reported at once, or that the release answers later. */
export type HookResult = Verdict | 'held';

/** Milliseconds before Lambda's own time-out at which a slow check is given up, so that it can still be reported. */
const LAST_WORDS = 3000;

/** Whether the construct marked this group as open to deployments that Tandem did not start. */
const isForeignAllowed = async (application: string, group: string): Promise<boolean> => {
  const [, , , region, account] = environment('releaseMachine').split(':');
  const { Tags = [] } = await codedeploy.send(
    new ListTagsForResourceCommand({
      ResourceArn: `arn:aws:codedeploy:${region}:${account}:deploymentgroup:${application}/${group}`,
    }),
  );
  return Tags.some(({ Key, Value }) => Key === FOREIGN_DEPLOYMENTS_TAG && Value === 'allow');
};

const judge = async (
  lifecycleEvent: string,
  event: HookEvent,
  handOver: () => void,
  check: (about: HookCase) => Promise<HookResult>,
): Promise<HookResult> => {
  const { deploymentInfo = {} } = await codedeploy.send(
    new GetDeploymentCommand({ deploymentId: event.DeploymentId }),
  );
  const { description, creator, applicationName = '', deploymentGroupName = '' } = deploymentInfo;
  const marker = readMarker(description);
  const record = marker ? await findRelease(marker.pair, marker.release) : undefined;
  const order = hookOrder({
    creator,
    marker,
    record,
    ownerRuns: record ? await isRunning(record.owner) : false,
    foreignAllowed: marker ? false : await isForeignAllowed(applicationName, deploymentGroupName),
  });
  if (order.order === 'pass') return pass;
  if (order.order === 'refuse') return fail(reason('foreign-deployment', `Refused: ${order.why}`));
  const target = record!.targets[marker!.target];
  if (!target) return fail(reason('unknown-target', `The release has no target ${marker!.target}`));
  const result = await check({
    record: record!,
    target,
    marker: marker!,
    deploymentId: event.DeploymentId,
    executionId: event.LifecycleEventHookExecutionId,
    handOver,
  });
  if (result !== 'held') {
    count('Validations', {
      Platform: deploymentInfo.computePlatform ?? 'Unknown',
      Event: lifecycleEvent,
      Outcome: result.verdict === 'pass' ? 'Success' : 'Failure',
    });
  }
  return result;
};

/**
 * A lifecycle hook of CodeDeploy. Reporting is a middleware, so no check can forget it: pass → Succeeded, anything
 * else, an error or running out of time → Failed; a held hook is answered by the release. A report that fails must
 * not turn a verdict around, so each call reports once.
 */
export const hook = (lifecycleEvent: string, check: (about: HookCase) => Promise<HookResult>) => {
  /** Events that need no report any more. */
  const settled = new WeakSet<object>();

  const report = async (request: { event: unknown }, result: HookResult) => {
    const event = request.event as object;
    if (result === 'held' || settled.has(event)) return;
    settled.add(event);
    const { DeploymentId: deploymentId, LifecycleEventHookExecutionId: executionId } =
      HookEvent.parse(request.event);
    const answer = result.verdict === 'pass' ? 'Succeeded' : 'Failed';
    logger.info('hook answers', { deploymentId, lifecycleEvent, answer, reasons: result.reasons });
    await answerHook({ deploymentId, executionId, event: lifecycleEvent }, answer);
  };

  return middy<unknown, HookResult>({ timeoutEarlyInMillis: LAST_WORDS })
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .before((request) => void settled.delete(request.event as object))
    .after((request) => report(request, request.response ?? fail()))
    .onError((request) =>
      report(request, fail(reason('step-failed', request.error?.message ?? 'unknown error'))),
    )
    .handler((event: unknown) =>
      judge(lifecycleEvent, HookEvent.parse(event), () => void settled.add(event as object), check),
    );
};
