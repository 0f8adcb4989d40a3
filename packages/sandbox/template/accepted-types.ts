/** Resource types that mean nothing on a laptop: they get names and ARNs that others can refer to, and nothing else. */
import { createHash } from 'node:crypto';
import type { CreatedResource, ResourceContext } from '../cloud.ts';

type Accepted = (properties: any, context: ResourceContext) => CreatedResource;

const arn = ({ region, account }: ResourceContext, service: string, resource: string) =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

/** A UUID that is the same in every run. */
const uuid = ({ account, region, stack, logicalId }: ResourceContext) =>
  createHash('sha256')
    .update(`${account}/${region}/${stack}/${logicalId}`)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');

/** Nothing refers to it but by `Ref`. */
const nameless: Accepted = (_, context) => ({ ref: context.physicalName() });

const bucket: Accepted = ({ BucketName }, context) => {
  const name = BucketName ?? context.physicalName(63).toLowerCase();
  return {
    ref: name,
    attributes: {
      Arn: `arn:aws:s3:::${name}`,
      DomainName: `${name}.s3.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${context.region}.amazonaws.com`,
    },
  };
};

const logGroup: Accepted = ({ LogGroupName }, context) => {
  const name = LogGroupName ?? context.physicalName(512);
  return { ref: name, attributes: { Arn: `${arn(context, 'logs', `log-group:${name}`)}:*` } };
};

const project: Accepted = ({ Name }, context) => {
  const name = Name ?? context.physicalName(150);
  return { ref: name, attributes: { Arn: arn(context, 'codebuild', `project/${name}`) } };
};

const pipeline: Accepted = ({ Name }, context) => ({
  ref: Name ?? context.physicalName(100),
  attributes: { Version: '1' },
});

const connection: Accepted = (_, context) => {
  const connectionArn = arn(context, 'codeconnections', `connection/${uuid(context)}`);
  return {
    ref: connectionArn,
    attributes: { ConnectionArn: connectionArn, ConnectionStatus: 'PENDING' },
  };
};

const webAcl: Accepted = ({ Name, Scope }, context) => {
  const name = Name ?? context.physicalName(128);
  const id = uuid(context);
  const scope = Scope === 'CLOUDFRONT' ? 'global' : 'regional';
  return {
    ref: `${name}|${id}|${Scope}`,
    attributes: { Arn: arn(context, 'wafv2', `${scope}/webacl/${name}/${id}`), Id: id, Name: name },
  };
};

/** The table of these types. A provider of a service for the same type goes first. */
export const acceptedTypes: Readonly<Record<string, Accepted>> = {
  'AWS::CDK::Metadata': nameless,
  'AWS::CloudFormation::WaitConditionHandle': nameless,
  'AWS::CloudWatch::Dashboard': ({ DashboardName }, context) => ({
    ref: DashboardName ?? context.physicalName(255),
  }),
  'AWS::CodeBuild::Project': project,
  'AWS::CodeConnections::Connection': connection,
  'AWS::CodePipeline::Pipeline': pipeline,
  'AWS::EC2::NetworkAcl': nameless,
  'AWS::EC2::NetworkAclEntry': nameless,
  'AWS::EC2::SubnetNetworkAclAssociation': nameless,
  'AWS::KMS::Alias': ({ AliasName }) => ({ ref: AliasName }),
  'AWS::Logs::LogGroup': logGroup,
  'AWS::Logs::LogStream': nameless,
  'AWS::Logs::QueryDefinition': nameless,
  'AWS::Logs::ResourcePolicy': nameless,
  'AWS::S3::Bucket': bucket,
  'AWS::S3::BucketPolicy': nameless,
  'AWS::WAFv2::LoggingConfiguration': nameless,
  'AWS::WAFv2::WebACL': webAcl,
  'AWS::WAFv2::WebACLAssociation': nameless,
};
