import { readMarker } from '../../core/drivers/codedeploy/marker.ts';
import type { Deed, Deployment, Law } from './law.ts';

/** Milliseconds between the moment at which a deployment is made and the one at which its caller has the answer, at most. */
const ANSWERED = 1000;

/** Whether AWS made a deployment long after its call had failed. Tandem could not see it before. */
const isLate = ({ createTime, description }: Deployment, deeds: readonly Deed[]): boolean => {
  const calls = deeds.filter(
    ({ operation, input }) => operation === 'CreateDeployment' && input.description === description,
  );
  return (
    calls.length > 0 && calls.every(({ at }) => Math.abs(at - createTime.getTime()) > ANSWERED)
  );
};

/** CreateDeployment has no token of its own: each of Tandem's markers has one deployment, however often it is tried. */
export const deployedOnce: Law = {
  name: 'deployed-once',
  says: 'Each deployment is made once.',
  broken: ({ deployments, deeds }) => {
    const marked = deployments.filter(
      (one) => one.description && readMarker(one.description) && !isLate(one, deeds),
    );
    return [...Map.groupBy(marked, ({ description }) => description)]
      .filter(([, found]) => found.length > 1)
      .map(([marker, found]) => `${marker} was deployed ${found.length} times`);
  },
};
