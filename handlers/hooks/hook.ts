import { GetDeploymentCommand, ListTagsForResourceCommand } from '@aws-sdk/client-codedeploy';
import middy from '@middy/core';
import { hookOrder } from '../../core/deployments/hook.ts';
import { HookEvent } from '../../core/drivers/codedeploy/hook-event.ts';
import { FOREIGN_DEPLOYMENTS_TAG } from '../../core/drivers/codedeploy/hooks.ts';
import { type Marker, readMarker } from '../../core/drivers/codedeploy/marker.ts';
import type { ReleaseRecord, TargetRecord } from '../../core/record/record.ts';
import { reason } from '../../core/release/reason.ts';
import { fail, pass, type Verdict } from '../../core/release/verdict.ts';
import { parsed } from '../../core/text/parsed.ts';
import { codedeploy } from '../aws/codedeploy.ts';
import { TRY_ANSWER, TRY_READ, TRY_TARGETS } from '../drivers/codedeploy/attempts.ts';
import { answerHook } from '../drivers/codedeploy/hooks.ts';
import { environment } from '../function/environment.ts';
import { logger, logInvocation } from '../function/log.ts';
import { countValidation } from '../function/metrics.ts';
import { answerVisits } from '../function/visit.ts';
import { isRunning } from '../releases/executions.ts';
import { findRelease } from '../table/releases.ts';
import { tellRelease } from './tell-release.ts';

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

/** What a hook uses of Lambda's context, which is another object in every call. */
interface Context {
  getRemainingTimeInMillis(): number;
}

/** What is known of one call, however far its check came. */
interface Call {
  /** From now on the release answers. */
  held: boolean;
  /** It has been reported: a report that fails must not turn a verdict around. */
  reported: boolean;
  /** Platform of the deployment that called; `Unknown` until CodeDeploy has told. */
  platform: string;
  /** The release whose deployment called, once it is sure that its check runs. */
  about?: Marker;
}

/** What a check says: a verdict that is reported at once, or that the release answers later. */
export type HookResult = Verdict | 'held';

/** Milliseconds before Lambda's own time-out at which a slow check is given up, so that it can still be reported. */
const LAST_WORDS = 3000;

/** Milliseconds before the same time-out that belong to the answer alone. */
const ANSWER = 1500;

/** Whether the construct marked this group as open to deployments that Tandem did not start. */
const isForeignAllowed = async (application: string, group: string): Promise<boolean> => {
  const [, partition, , region, account] = environment('releaseMachine').split(':');
  const { Tags = [] } = await codedeploy.send(
    new ListTagsForResourceCommand({
      ResourceArn: `arn:${partition}:codedeploy:${region}:${account}:deploymentgroup:${application}/${group}`,
    }),
  );
  return Tags.some(({ Key, Value }) => Key === FOREIGN_DEPLOYMENTS_TAG && Value === 'allow');
};

const judge = async (
  event: HookEvent,
  call: Call,
  check: (about: HookCase) => Promise<HookResult>,
): Promise<HookResult> => {
  const { deploymentInfo = {} } = await codedeploy.send(
    new GetDeploymentCommand({ deploymentId: event.DeploymentId }),
  );
  const { description, creator, applicationName = '', deploymentGroupName = '' } = deploymentInfo;
  call.platform = deploymentInfo.computePlatform ?? call.platform;
  const marker = readMarker(description);
  const record = marker ? await findRelease(marker.pair, marker.release) : undefined;
  const order = hookOrder({
    isOwnRollback: creator === 'codeDeployRollback',
    marker,
    record,
    ownerRuns: record ? await isRunning(record.owner) : false,
    foreignAllowed: marker ? false : await isForeignAllowed(applicationName, deploymentGroupName),
  });
  if (order.order === 'pass') return pass;
  if (order.order === 'refuse') return fail(reason('foreign-deployment', `Refused: ${order.why}`));
  const target = record!.targets[marker!.target];
  if (!target) return fail(reason('unknown-target', `The release has no target ${marker!.target}`));
  call.about = marker!;
  return check({
    record: record!,
    target,
    marker: marker!,
    deploymentId: event.DeploymentId,
    executionId: event.LifecycleEventHookExecutionId,
    handOver: () => {
      call.held = true;
    },
  });
};

/** A reason for a check that came to no verdict. */
const unchecked = (
  lifecycleEvent: string,
  { name, message }: Error,
  about: Marker | undefined,
): Verdict => {
  const why = name === 'TimeoutError' ? 'it took longer than a hook has time' : message;
  const whose = about ? ` of ${about.target}` : '';
  return fail(
    reason('step-failed', `${lifecycleEvent}${whose} could not be checked: ${why}`, {
      ...(about ? { target: about.target } : {}),
    }),
  );
};

/**
 * A lifecycle hook of CodeDeploy. Reporting is a middleware, so no check can forget it: pass → Succeeded, anything
 * else, an error or running out of time → Failed, with its reasons in the release's record; a held hook is answered
 * by the release. Every call is counted, however it came out.
 */
export const hook = (lifecycleEvent: string, check: (about: HookCase) => Promise<HookResult>) => {
  const calls = new WeakMap<Context, Call>();
  const callOf = (context: Context): Call => {
    const call = calls.get(context) ?? { held: false, reported: false, platform: 'Unknown' };
    calls.set(context, call);
    return call;
  };

  const report = async (
    { event, context }: { event: unknown; context: Context },
    result: HookResult,
  ) => {
    const call = callOf(context);
    if (call.reported) return;
    call.reported = true;
    const isWell = call.held || result === 'held' || result.verdict === 'pass';
    countValidation(call.platform, lifecycleEvent, isWell ? 'Success' : 'Failure');
    if (call.held || result === 'held') return;
    const read = HookEvent.safeParse(event);
    // Without both ids there is nobody to answer: CodeDeploy's own time-out ends that hook.
    if (!read.success) return;
    const { DeploymentId: deploymentId, LifecycleEventHookExecutionId: executionId } = read.data;
    const answer = isWell ? 'Succeeded' : 'Failed';
    const { reasons } = result;
    logger.info('hook answers', { deploymentId, lifecycleEvent, answer, reasons });
    if (answer === 'Failed' && call.about) {
      const left = Math.max(0, context.getRemainingTimeInMillis() - ANSWER);
      await tellRelease(call.about, { deploymentId, event: lifecycleEvent, reasons }, left);
    }
    await answerHook({ deploymentId, executionId, event: lifecycleEvent }, answer);
  };

  return middy<unknown, HookResult>({ timeoutEarlyInMillis: LAST_WORDS })
    .use(logInvocation)
    .use(answerVisits([...TRY_READ, ...TRY_TARGETS, ...TRY_ANSWER]))
    .after((request) => report(request, request.response ?? fail()))
    .onError((request) => {
      const error = request.error ?? new Error('unknown error');
      return report(request, unchecked(lifecycleEvent, error, callOf(request.context).about));
    })
    .handler((event: unknown, context: Context) =>
      judge(parsed(HookEvent, event, 'event'), callOf(context), check),
    );
};
