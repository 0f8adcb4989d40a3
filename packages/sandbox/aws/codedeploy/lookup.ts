/** How an application, a group or a deployment is found, and AWS's errors when it is not. */
import { AwsError } from '../../aws-error.ts';
import type { ApplicationRecord, DeploymentRecord, GroupRecord, RegionRecord } from './records.ts';

/** Names of applications, groups and configurations: 1 to 100 of the characters the user guide allows. */
const NAME = /^[A-Za-z0-9._+=,@-]{1,100}$/;
const DEPLOYMENT_ID = /^d-[A-Z0-9]{9}$/;

const nameCheck =
  (what: string, prefix: string) =>
  (name: unknown): string => {
    if (name === undefined || name === null || name === '') {
      throw new AwsError(`${prefix}NameRequiredException`, `${what} name is required`);
    }
    if (typeof name !== 'string' || !NAME.test(name)) {
      throw new AwsError(
        `Invalid${prefix}NameException`,
        `${what} name is invalid: ${String(name)}`,
      );
    }
    return name;
  };

/** The name of an application, or ApplicationNameRequired / InvalidApplicationName. */
export const applicationName = nameCheck('Application', 'Application');

/** The name of a group, or DeploymentGroupNameRequired / InvalidDeploymentGroupName. */
export const groupName = nameCheck('Deployment group', 'DeploymentGroup');

/** The name of a configuration, or DeploymentConfigNameRequired / InvalidDeploymentConfigName. */
export const configName = nameCheck('Deployment configuration', 'DeploymentConfig');

/** The application of that name, or ApplicationDoesNotExistException. */
export const findApplication = (record: RegionRecord, name: unknown): ApplicationRecord => {
  const application = record.applications.get(applicationName(name));
  if (application) return application;
  throw new AwsError('ApplicationDoesNotExistException', `No application found for name: ${name}`);
};

/** The group of that name in an application, or DeploymentGroupDoesNotExistException. */
export const findGroup = (application: ApplicationRecord, name: unknown): GroupRecord => {
  const group = application.groups.get(groupName(name));
  if (group) return group;
  throw new AwsError(
    'DeploymentGroupDoesNotExistException',
    `No Deployment Group found for name: ${name}`,
  );
};

/** Refuses anything that does not look like the id of a deployment. */
export const deploymentId = (id: unknown): string => {
  if (id === undefined || id === null || id === '') {
    throw new AwsError('DeploymentIdRequiredException', 'Deployment ID is required');
  }
  if (typeof id !== 'string' || !DEPLOYMENT_ID.test(id)) {
    throw new AwsError('InvalidDeploymentIdException', `Deployment ID is invalid: ${String(id)}`);
  }
  return id;
};

/** The deployment of that id, or DeploymentDoesNotExistException. */
export const findDeployment = (record: RegionRecord, id: unknown): DeploymentRecord => {
  const deployment = record.deployments.get(deploymentId(id));
  if (deployment) return deployment;
  throw new AwsError('DeploymentDoesNotExistException', `The deployment ${id} could not be found`);
};
