/** What a poll saw, as a Tandem of before kept it: readings of deployments in the form of their platform. */
import type { Observation, TargetObservation } from '../deployments/observation.ts';
import type { DeploymentObservation } from '../drivers/deployment.ts';
import { driverOf } from '../drivers/drivers.ts';
import type { ReleaseRecord, TargetRecord } from '../record/record.ts';

const deploymentOf = (target: TargetRecord, kept: DeploymentObservation): DeploymentObservation =>
  'state' in kept ? kept : (driverOf(target.registration).former?.readDeployment(kept) ?? kept);

const readingOf = (target: TargetRecord, kept: TargetObservation): TargetObservation => {
  const { forward, back } = kept;
  return {
    ...kept,
    ...(forward ? { forward: deploymentOf(target, forward) } : {}),
    ...(back ? { back: deploymentOf(target, back) } : {}),
  };
};

/** The observation of a poll, out of the record that it left. */
export const keptObservation = ({
  targets,
  look,
}: Pick<ReleaseRecord, 'targets'> & {
  readonly look: NonNullable<ReleaseRecord['look']>;
}): Observation => {
  const kept = look.observation as unknown as Observation;
  const readings = Object.entries(kept.targets).map(([name, reading]) => {
    const target = targets[name];
    return [name, target ? readingOf(target, reading) : reading];
  });
  return { ...kept, targets: Object.fromEntries(readings) };
};
