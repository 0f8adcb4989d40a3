import { GenerateMacCommand } from '@aws-sdk/client-kms';
import { type Link, signedText } from '../../core/people/approval-link.ts';
import { kms } from '../aws/kms.ts';
import { environment } from '../function/environment.ts';

/** The secret of a link: an HMAC of its text, by a key that never leaves KMS. */
export const secretOf = async (link: Link): Promise<Uint8Array> => {
  const { Mac } = await kms.send(
    new GenerateMacCommand({
      KeyId: environment('approvalKey'),
      MacAlgorithm: 'HMAC_SHA_256',
      Message: Buffer.from(signedText(link)),
    }),
  );
  if (!Mac) throw new Error('KMS made no MAC');
  return Mac;
};
