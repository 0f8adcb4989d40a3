/** The credentials that STS has given out, and whose they are. */
import { AwsError } from '../../aws-error.ts';
import type { Cloud, Principal } from '../../cloud.ts';

/** Temporary credentials with STS's member names. */
interface Credentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken: string;
  readonly Expiration: Date;
}

/** The sessions of the sandbox. */
export interface Sessions {
  /** Opens a session of a role for `seconds` of service time. */
  open(role: { arn: string; session: string }, seconds: number, renewed: boolean): Credentials;
  /** Whose an access key is; a key that STS did not give out is the owner's. Throws ExpiredTokenException. */
  principalOf(accessKeyId: string | undefined): Principal;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Makes the sessions, none of them open. */
export const sessionsOf = (cloud: Cloud): Sessions => {
  const open = new Map<string, { principal: Principal; expires: number }>();
  return {
    open: ({ arn, session }, seconds, renewed) => {
      const AccessKeyId = `ASIA${cloud.id(16, LETTERS)}`;
      const expires = cloud.clock.now() + seconds * 1000;
      const principal = { kind: 'role', arn, session } as const;
      open.set(AccessKeyId, { principal, expires: renewed ? Number.POSITIVE_INFINITY : expires });
      return {
        AccessKeyId,
        SecretAccessKey: cloud.id(40, BASE64),
        SessionToken: cloud.id(120, BASE64),
        Expiration: new Date(expires),
      };
    },
    principalOf: (accessKeyId) => {
      const session = accessKeyId === undefined ? undefined : open.get(accessKeyId);
      if (!session) return { kind: 'owner' };
      if (cloud.clock.now() < session.expires) return session.principal;
      throw new AwsError(
        'ExpiredTokenException',
        'The security token included in the request is expired',
        {
          status: 403,
        },
      );
    },
  };
};
