/** ARNs of CodeDeploy's resources. */

/** Makes the ARNs of one account. */
export const arnsOf = (account: string) => ({
  application: (region: string, name: string) =>
    `arn:aws:codedeploy:${region}:${account}:application:${name}`,
  group: (region: string, application: string, name: string) =>
    `arn:aws:codedeploy:${region}:${account}:deploymentgroup:${application}/${name}`,
  config: (region: string, name: string) =>
    `arn:aws:codedeploy:${region}:${account}:deploymentconfig:${name}`,
  target: (region: string, deploymentId: string, targetId: string) =>
    `arn:aws:codedeploy:${region}:${account}:deploymenttarget:${deploymentId}/${targetId}`,
});

export type Arns = ReturnType<typeof arnsOf>;
