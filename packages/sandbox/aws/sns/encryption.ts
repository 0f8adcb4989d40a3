/** Topics under a key of KMS: SNS uses it in the name of whoever publishes. */
import { AwsError } from '../../aws-error.ts';
import type { Caller, Cloud } from '../../cloud.ts';
import type { Topic } from './topics.ts';

/** How SNS calls what KMS answers. */
const NAMES: Readonly<Record<string, string>> = {
  AccessDeniedException: 'KMSAccessDeniedException',
  InvalidKeyUsageException: 'KMSInvalidStateException',
  NotFoundException: 'KMSNotFoundException',
};

const MANAGED = /(^|:)alias\/aws\/sns$/;
const ALIAS = /(^|:)alias\//;

/** The policy of AWS's own key lets in principals of the account only, by SNS. */
const admitToManaged = ({ principal }: Caller) => {
  if (principal.kind !== 'service') return;
  throw new AwsError(
    'KMSAccessDeniedException',
    `${principal.service} is not authorized to use alias/aws/sns: the policy of a key that AWS manages cannot be changed`,
  );
};

/** Throws SNS's error unless the publisher may use the key of the topic. `source`: the resource for which a service publishes. */
export const useKey = async (
  cloud: Cloud,
  { arn, attributes }: Topic,
  caller: Caller,
  source?: string,
): Promise<void> => {
  const KeyId = attributes.get('KmsMasterKeyId');
  if (!KeyId) return;
  if (MANAGED.test(KeyId)) return admitToManaged(caller);
  if (ALIAS.test(KeyId))
    return cloud.note(
      `${arn}: whether publishers may use ${KeyId} is not looked at, only for keys`,
    );
  const { principal, region } = caller;
  const kms = (operation: string, input: object) =>
    cloud.call({
      ...{ principal, region, service: 'kms', operation },
      input: { ...input, ...(source && { SourceArn: source }) },
    });
  try {
    const { CiphertextBlob } = await kms('GenerateDataKey', { KeyId, KeySpec: 'AES_256' });
    await kms('Decrypt', { CiphertextBlob });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError(NAMES[error.name] ?? error.name, error.message, { status: error.status });
  }
};
