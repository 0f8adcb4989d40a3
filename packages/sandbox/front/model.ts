/** Knows AWS's services as their published SDK clients describe them: operations, shapes, errors, protocol. */
import { NormalizedSchema, translateTraits } from '@smithy/core/schema';
import type { $SchemaRef, StaticErrorSchema, StaticOperationSchema } from '@smithy/types';

/** What has to be said about a service; everything else is read from its client package. */
export interface ServiceRow {
  /** IAM's prefix. */
  readonly id: string;
  /** Prefix of `X-Amz-Target`, and the service's name in paths of Smithy RPC v2. */
  readonly target: string;
  /** Name in the scope of a signature, where it is not `id`. */
  readonly signingName?: string;
  /** Name in `arn:aws:states:::aws-sdk:<name>:<action>`, where it is not `id`. */
  readonly integration?: string;
  /** Error for a required member that is missing; default `ValidationException`. */
  readonly missing?: string;
  /** The service takes and gives the JSON document of the wire: shapes are not decoded. */
  readonly raw?: true;
  readonly load: () => Promise<object>;
}

/** Every service of the front. To add one, add a row. */
export const services: readonly ServiceRow[] = [
  {
    id: 'application-autoscaling',
    target: 'AnyScaleFrontendService',
    integration: 'applicationautoscaling',
    load: () => import('@aws-sdk/client-application-auto-scaling'),
  },
  {
    id: 'cloudwatch',
    target: 'GraniteServiceVersion20100801',
    signingName: 'monitoring',
    missing: 'MissingRequiredParameterException',
    load: () => import('@aws-sdk/client-cloudwatch'),
  },
  {
    id: 'codedeploy',
    target: 'CodeDeploy_20141006',
    load: () => import('@aws-sdk/client-codedeploy'),
  },
  {
    id: 'dynamodb',
    target: 'DynamoDB_20120810',
    raw: true,
    load: () => import('@aws-sdk/client-dynamodb'),
  },
  {
    id: 'ecr',
    target: 'AmazonEC2ContainerRegistry_V20150921',
    missing: 'InvalidParameterException',
    load: () => import('@aws-sdk/client-ecr'),
  },
  {
    id: 'ecs',
    target: 'AmazonEC2ContainerServiceV20141113',
    missing: 'InvalidParameterException',
    load: () => import('@aws-sdk/client-ecs'),
  },
  {
    id: 'elasticloadbalancing',
    target: 'ElasticLoadBalancing_v10',
    integration: 'elasticloadbalancingv2',
    missing: 'ValidationError',
    load: () => import('@aws-sdk/client-elastic-load-balancing-v2'),
  },
  {
    id: 'events',
    target: 'AWSEvents',
    integration: 'eventbridge',
    load: () => import('@aws-sdk/client-eventbridge'),
  },
  { id: 'kms', target: 'TrentService', load: () => import('@aws-sdk/client-kms') },
  { id: 'lambda', target: 'AWSGirApiService', load: () => import('@aws-sdk/client-lambda') },
  {
    id: 'sns',
    target: 'AmazonSimpleNotificationService',
    missing: 'InvalidParameterException',
    load: () => import('@aws-sdk/client-sns'),
  },
  { id: 'ssm', target: 'AmazonSSM', load: () => import('@aws-sdk/client-ssm') },
  {
    id: 'states',
    target: 'AWSStepFunctions',
    integration: 'sfn',
    load: () => import('@aws-sdk/client-sfn'),
  },
  {
    id: 'sts',
    target: 'AWSSecurityTokenServiceV20110615',
    missing: 'ValidationError',
    load: () => import('@aws-sdk/client-sts'),
  },
];

/** One operation of a service. */
export interface OperationModel {
  readonly name: string;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
  /** Method, path template and status of a REST operation. */
  readonly http?: readonly [method: string, path: string, status: number];
}

/** A service as its client package describes it. */
export interface ServiceModel {
  readonly row: ServiceRow;
  /** AWS's own name of the service, e.g. `Elastic Load Balancing v2`. */
  readonly serviceId: string;
  /** Shape id of the protocol that the client speaks, e.g. `aws.protocols#awsJson1_1`. */
  readonly protocol: string;
  readonly xmlNamespace: string;
  /** Errors also carry the code that the service's older query protocol had. */
  readonly awsQueryCompatible: boolean;
  readonly operations: ReadonlyMap<string, OperationModel>;
  readonly errors: ReadonlyMap<string, NormalizedSchema>;
}

interface ClientConfig {
  readonly serviceId: string;
  readonly protocol: { getShapeId(): string };
  readonly protocolSettings: { xmlNamespace?: string; awsQueryCompatible?: boolean };
}

type ClientClass = new (config: { region: string }) => { readonly config: ClientConfig };

// First element of the tuples that the clients publish as schemas.
const operationTag = 9;
const errorTag = -3;

const tuples = (client: object, tag: number): readonly unknown[] =>
  Object.values(client).filter((value) => Array.isArray(value) && value[0] === tag);

const operationOf = ([, , name, traits, input, output]: StaticOperationSchema): OperationModel => {
  const { http } = translateTraits(traits);
  return {
    name,
    input: NormalizedSchema.of(input as $SchemaRef),
    output: NormalizedSchema.of(output as $SchemaRef),
    ...(http && { http }),
  };
};

const load = async (row: ServiceRow): Promise<ServiceModel> => {
  const client = await row.load();
  const Client = Object.entries(client).find(([name]) => /^[A-Z]\w+Client$/.test(name))?.[1];
  const { config } = new (Client as ClientClass)({ region: 'us-east-1' });
  const operations = (tuples(client, operationTag) as StaticOperationSchema[]).map(operationOf);
  const errors = tuples(client, errorTag) as StaticErrorSchema[];
  return {
    row,
    serviceId: config.serviceId,
    protocol: config.protocol.getShapeId(),
    xmlNamespace: config.protocolSettings.xmlNamespace ?? '',
    awsQueryCompatible: config.protocolSettings.awsQueryCompatible ?? false,
    operations: new Map(operations.map((operation) => [operation.name, operation])),
    errors: new Map(errors.map((error) => [error[2], NormalizedSchema.of(error)])),
  };
};

const loaded = new Map<ServiceRow, Promise<ServiceModel>>();

/** Gives the model of a service; its client package is imported when it is first asked for. */
export const modelOf = (row: ServiceRow): Promise<ServiceModel> => {
  const model = loaded.get(row) ?? load(row);
  loaded.set(row, model);
  return model;
};

/** Finds the service of a request: its target says more than the name it was signed for. */
export const serviceOf = (target: string | undefined, signingName: string) =>
  services.find((row) => row.target === target) ??
  services.find((row) => (row.signingName ?? row.id) === signingName);
