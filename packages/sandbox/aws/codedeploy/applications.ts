/** Applications, the revisions registered with them, and tags. */
import type {
  CreateApplicationInput,
  GetApplicationRevisionInput,
  RegisterApplicationRevisionInput,
} from '@aws-sdk/client-codedeploy';
import { AwsError } from '../../aws-error.ts';
import type { Cloud, Operation } from '../../cloud.ts';
import { page } from '../../paging.ts';
import { applicationName, findApplication } from './lookup.ts';
import { paging } from './paging.ts';
import type { RegionRecord } from './records.ts';
import { checkDescription, findRevision, registerRevision, shaOf } from './revisions.ts';
import { uuid } from './uuid.ts';

/** Operations on applications, revisions and tags. */
export const applicationOperations = (
  cloud: Cloud,
  recordOf: (region: string) => RegionRecord,
): Record<string, Operation> => ({
  CreateApplication: (input: CreateApplicationInput, { region }) => {
    const { applications } = recordOf(region);
    const name = applicationName(input.applicationName);
    if (applications.has(name)) {
      throw new AwsError(
        'ApplicationAlreadyExistsException',
        `Application already exists: ${name}`,
      );
    }
    const platform = input.computePlatform;
    if (platform !== 'ECS' && platform !== 'Lambda') {
      throw new AwsError(
        'InvalidComputePlatformException',
        `The compute platform ${platform ?? 'Server'} is not part of this sandbox: ECS and Lambda are`,
      );
    }
    const applicationId = uuid(cloud);
    applications.set(name, {
      name,
      platform,
      info: {
        applicationId,
        applicationName: name,
        computePlatform: platform,
        createTime: new Date(cloud.clock.now()),
        linkedToGitHub: false,
      },
      tags: input.tags ?? [],
      groups: new Map(),
      revisions: new Map(),
    });
    return { applicationId };
  },

  GetApplication: (input, { region }) => ({
    application: findApplication(recordOf(region), input.applicationName).info,
  }),

  ListApplications: ({ nextToken }, { region }) => {
    const { items, next } = page(paging, [...recordOf(region).applications.keys()], { nextToken });
    return { applications: items, ...next };
  },

  RegisterApplicationRevision: (input: RegisterApplicationRevisionInput, { region }) => {
    const application = findApplication(recordOf(region), input.applicationName);
    checkDescription(input.description);
    registerRevision(cloud, application, input.revision, input.description);
    return {};
  },

  GetApplicationRevision: (input: GetApplicationRevisionInput, { region }) => {
    const application = findApplication(recordOf(region), input.applicationName);
    const { location, info } = findRevision(application, input.revision);
    return {
      applicationName: application.name,
      revision: location,
      revisionInfo: {
        ...info,
        deploymentGroups: [...application.groups.values()]
          .filter(
            ({ lastSuccessful }) =>
              lastSuccessful && shaOf(lastSuccessful.revision) === shaOf(location),
          )
          .map((group) => group.info.deploymentGroupName),
      },
    };
  },

  ListTagsForResource: ({ ResourceArn }: { ResourceArn?: string }, { region }) => {
    if (!ResourceArn) throw new AwsError('ResourceArnRequiredException', 'The ARN is required');
    const [, , service, , , type, name = ''] = ResourceArn.split(':');
    if (service !== 'codedeploy')
      throw new AwsError('InvalidArnException', `Invalid ARN: ${ResourceArn}`);
    const [application = '', group = ''] = name.split('/');
    const found = recordOf(region).applications.get(application);
    if (type === 'application') return { Tags: found?.tags ?? [] };
    if (type === 'deploymentgroup') return { Tags: found?.groups.get(group)?.tags ?? [] };
    throw new AwsError('ArnNotSupportedException', `The ARN is not supported: ${ResourceArn}`);
  },
});
