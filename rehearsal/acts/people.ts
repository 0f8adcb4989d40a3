/** Steps that people take: answers, orders, and executions that they stop. */
import { answerOnPage, answerSigned } from '../doors.ts';
import { type Acts, releaseId, type Scene } from './scene.ts';

const DOORS = { page: answerOnPage, call: answerSigned } as const;

/** Makes the acts on a scene. */
export const peopleActs = ({ stage, arnOf, recordOf }: Scene): Acts => {
  const { call } = stage.sandbox;

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

    stopRollback: async ({ stopRollback }) => {
      const machine = arnOf(stopRollback)
        .replace(':execution:', ':stateMachine:')
        .replace(/[^:]+:[^:]+$/, 'tandem-rollback');
      const { executions: running } = await call('states', 'ListExecutions', {
        stateMachineArn: machine,
        statusFilter: 'RUNNING',
      });
      for (const { executionArn } of running) {
        await call('states', 'StopExecution', { executionArn });
      }
    },
  };
};
