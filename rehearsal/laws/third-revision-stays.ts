import { readMarker } from '../../core/drivers/codedeploy/marker.ts';
import { driverOf } from '../../core/drivers/drivers.ts';
import type { ReleaseRecord, TargetRecord } from '../../core/record/record.ts';
import { toMilliseconds } from '../../core/text/time.ts';
import type { FunctionMove, Law } from './law.ts';
import { recordsIn, SEEN } from './law.ts';

/** Whether what others put live is none of the two revisions of a target. */
const isThird = ({ from, to }: TargetRecord, { version, by }: FunctionMove): boolean =>
  by === 'others' && version !== from?.ref && version !== to?.ref;

const during = ({ times }: ReleaseRecord, at: number): boolean =>
  at >= toMilliseconds(times.started) &&
  times.ended !== undefined &&
  at <= toMilliseconds(times.ended);

/** What others put live stays: no release moves traffic away from it. */
export const thirdRevisionStays: Law = {
  name: 'third-revision-stays',
  says: 'What others have put live stays.',
  broken: (aftermath) =>
    recordsIn(aftermath).flatMap((record) =>
      Object.values(record.targets).flatMap((target) => {
        const { registration } = target;
        const moved = driverOf(registration).functionOf(registration);
        if (moved === undefined) return [];
        const moves = aftermath.moves.filter((one) => one.function === moved);
        return aftermath.deeds.flatMap(({ at, operation, input }) => {
          const mine =
            (operation === 'UpdateAlias' && input.FunctionName === moved) ||
            (operation === 'CreateDeployment' &&
              input.applicationName === registration.application &&
              readMarker(String(input.description))?.release === record.release);
          const last = moves.findLast((one) => one.at < at);
          return mine &&
            during(record, at) &&
            last &&
            isThird(target, last) &&
            // What others deployed before the release is where CodeDeploy's own rollback may go.
            during(record, last.wanted) &&
            last.at < at - SEEN
            ? [
                `${operation} of ${record.release} moved ${target.name} away from version ${last.version}, which others had put live`,
              ]
            : [];
        });
      }),
    ),
};
