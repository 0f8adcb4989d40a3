/** Steps that people take: answers, orders, and executions that they stop. */
import { answerOnPage, answerSigned } from '../../stage/approval-http.ts';
import { type Acts, releaseId, type Scene } from './scene.ts';

const DOORS = { page: answerOnPage, call: answerSigned } as const;

/** Makes the acts on a scene. */
export const peopleActs = ({ stage, arnOf, recordOf }: Scene): Acts => {
  const { call } = stage.sandbox;

  /** ARNs of the executions of the machine that rolls a release back, in one status. */
  const waysBack = async (release: string, statusFilter: string): Promise<readonly string[]> => {
    const stateMachineArn = arnOf(release)
      .replace(':execution:', ':stateMachine:')
      .replace(/[^:]+:[^:]+$/, 'tandem-rollback');
    const { executions } = await call('states', 'ListExecutions', {
      stateMachineArn,
      statusFilter,
    });
    return executions.map(({ executionArn }: { executionArn: string }) => executionArn);
  };

  return {
    answer: async ({
      answer,
      release,
      naming,
      by = 'grace@example.com',
      id,
      door,
      taken = true,
    }) => {
      const approvalId = id ?? (await recordOf(release))?.approval?.id;
      if (!approvalId) throw new Error('nobody has been asked to approve the release yet');
      const said = {
        approvalId,
        releaseId: naming ? releaseId(arnOf(naming)) : releaseId(arnOf(release)),
        decision: answer,
        by,
      };
      if (door === undefined) return stage.approve(said);
      const { accepted, text } = await DOORS[door as keyof typeof DOORS](stage.sandbox, said);
      if (accepted !== taken)
        throw new Error(`${answer} was ${accepted ? 'taken' : 'refused'} by ${door}: ${text}`);
    },

    publish: ({ publish }) => stage.approve(publish),

    command: async ({ command, release, accepted = true }) => {
      const answer = await stage.command({
        releaseId: releaseId(arnOf(release)),
        command,
        by: 'ada@example.com',
        reason: 'a scenario',
      });
      if (answer.accepted !== accepted) {
        throw new Error(
          `${command} was ${answer.accepted ? 'accepted' : 'refused'}: ${answer.text}`,
        );
      }
    },

    stopExecution: async ({ stopExecution }) => {
      const owner = (await recordOf(stopExecution))?.owner;
      await call('states', 'StopExecution', { executionArn: owner ?? arnOf(stopExecution) });
    },

    redriveExecution: async ({ redriveExecution, fails }) => {
      const executionArn = arnOf(redriveExecution);
      await call('states', 'RedriveExecution', { executionArn });
      if (fails === undefined) return;
      const { status, error } = await stage.until(
        'the end of the redriven execution',
        async () => {
          const found = await call('states', 'DescribeExecution', { executionArn });
          return found.status === 'RUNNING' ? undefined : found;
        },
        60,
      );
      if (error !== fails)
        throw new Error(`the redriven execution ended ${error ?? status} instead of ${fails}`);
    },

    stopRollback: async ({ stopRollback }) => {
      for (const executionArn of await waysBack(stopRollback, 'RUNNING'))
        await call('states', 'StopExecution', { executionArn });
    },

    redriveRollback: async ({ redriveRollback }) => {
      const stopped = await waysBack(redriveRollback, 'ABORTED');
      if (stopped.length === 0) throw new Error('no rollback was stopped');
      for (const executionArn of stopped)
        await call('states', 'RedriveExecution', { executionArn });
    },
  };
};
