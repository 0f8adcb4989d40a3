/** The key that signs links to the approval page: KMS makes the HMACs, so no handler, log, template or state holds it. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

const ID = 'ApprovalKey';

/** The key of a stack, made when it is first asked for. */
export const approvalKey = (scope: Construct): Key =>
  (scope.node.tryFindChild(ID) as Key | undefined) ??
  new Key(scope, ID, {
    description: 'Signs links to the approval page of Tandem',
    keySpec: KeySpec.HMAC_256,
    keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
    // Links live for days at most: nothing is lost with it.
    removalPolicy: RemovalPolicy.DESTROY,
    pendingWindow: Duration.days(7),
  });
