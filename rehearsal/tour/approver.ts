/** The person who approves a release on the approvals topic, once the release asks. */
import type { Stage } from '../stage/stage.ts';

/** Name of the topic on which the release asks people. */
const NOTIFICATIONS = 'tandem-notifications';

/** The approval request of a release, once it is on the topic; nothing when the release ends without asking. */
const requestOf = (stage: Stage, release: string, arn: string) =>
  stage.until('the request for approval', async () => {
    const topic = `arn:aws:sns:${stage.sandbox.region}:${stage.sandbox.account}:${NOTIFICATIONS}`;
    for (const { message } of stage.sandbox.messages(topic)) {
      const asked = JSON.parse(message);
      if (asked.kind === 'approval-requested' && asked.releaseId === release) return { asked };
    }
    const { status } = await stage.sandbox.call('states', 'DescribeExecution', {
      executionArn: arn,
    });
    return status === 'RUNNING' ? undefined : {};
  });

/** Answers as a person would, once asked; says so first. */
export const approve = async (
  stage: Stage,
  release: string,
  arn: string,
  say: (text: string) => Promise<void>,
): Promise<void> => {
  const { asked } = await requestOf(stage, release, arn);
  if (!asked) return;
  await say('A person answers on the topic tandem-approvals: APPROVE');
  const { approvalId, releaseId } = asked;
  await stage.approve({ approvalId, releaseId, decision: 'APPROVE', by: 'ada@example.com' });
};
