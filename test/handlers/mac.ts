import { createHmac } from 'node:crypto';
import { GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';

/** KMS with one HMAC key; gives what it was asked. */
export const mockKey = () => {
  const kms = mockClient(KMSClient);
  kms.on(GenerateMacCommand).callsFake(async ({ Message }) => ({
    Mac: new Uint8Array(createHmac('sha256', 'the key of this test').update(Message).digest()),
  }));
  return kms;
};
