/** Key Management Service: keys that make and verify MACs, and data keys for services that encrypt; nothing is secret here. */
import { AwsError } from '../../aws-error.ts';
import type {
  Caller,
  Cloud,
  Operation,
  Permission,
  ResourceProvider,
  Service,
} from '../../cloud.ts';
import { dataKeyOperations, opened } from './data-keys.ts';
import { emptyKeys, isSameMac, type Key, keyArn } from './keys.ts';

const ON_KEY = ['DescribeKey', 'GenerateDataKey', 'GenerateMac', 'VerifyMac'];

const shown = ({ id, arn, spec, usage, description, created }: Key) => ({
  AWSAccountId: arn.split(':')[4],
  KeyId: id,
  Arn: arn,
  CreationDate: created,
  Enabled: true,
  Description: description,
  KeyUsage: usage,
  KeyState: 'Enabled',
  Origin: 'AWS_KMS',
  KeyManager: 'CUSTOMER',
  KeySpec: spec,
  MultiRegion: false,
});

/** `AWS::KMS::Key`. Its policy counts for services; what roles may do is what IAM says, to which CDK opens key policies. */
const keyResource: ResourceProvider = {
  properties: ['KeySpec', 'KeyUsage', 'Description', 'KeyPolicy'],
  ignored: [
    'BypassPolicyLockoutSafetyCheck',
    'EnableKeyRotation',
    'Enabled',
    'MultiRegion',
    'Origin',
    'PendingWindowInDays',
    'RotationPeriodInDays',
    'Tags',
  ],
  create: async ({ KeySpec, KeyUsage, Description, KeyPolicy }, { call }) => {
    const { KeyMetadata } = await call('kms', 'CreateKey', {
      ...{ KeySpec, KeyUsage, Description },
      ...(KeyPolicy && { Policy: JSON.stringify(KeyPolicy) }),
    });
    const { KeyId, Arn } = KeyMetadata;
    return { ref: KeyId, attributes: { Arn, KeyId } };
  },
};

/** Makes KMS. */
export const kmsService = (cloud: Cloud): Service => {
  const keys = emptyKeys(cloud);

  const operations: Record<string, Operation> = {
    ...dataKeyOperations(cloud, keys),
    CreateKey: (input, caller) => ({ KeyMetadata: shown(keys.create(input, caller)) }),
    DescribeKey: ({ KeyId }, caller) => ({ KeyMetadata: shown(keys.find(KeyId, caller)) }),
    GenerateMac: (input, caller) => {
      const { key, mac } = keys.mac(input, caller);
      return { Mac: mac, MacAlgorithm: input.MacAlgorithm, KeyId: key.arn };
    },
    VerifyMac: (input, caller) => {
      const { key, mac } = keys.mac(input, caller);
      if (!isSameMac(mac, input.Mac)) throw new AwsError('KMSInvalidMacException', '');
      return { MacValid: true, MacAlgorithm: input.MacAlgorithm, KeyId: key.arn };
    },
  };

  const asks =
    (operation: string) =>
    ({ KeyId = '' }: any, { region }: Caller): Permission[] => [
      { action: `kms:${operation}`, resource: keyArn(KeyId, region, cloud.account) },
    ];

  return {
    id: 'kms',
    operations,
    permissions: {
      ...Object.fromEntries(ON_KEY.map((operation) => [operation, asks(operation)])),
      Decrypt: ({ CiphertextBlob }) => [
        { action: 'kms:Decrypt', resource: opened(CiphertextBlob).arn },
      ],
    },
    resources: { 'AWS::KMS::Key': keyResource },
  };
};
