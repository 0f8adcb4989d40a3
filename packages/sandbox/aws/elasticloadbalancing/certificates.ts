import type {
  AddListenerCertificatesInput,
  Certificate as AwsCertificate,
  DescribeListenerCertificatesInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../aws-error.ts';
import type { Caller, Cloud, Operation } from '../../cloud.ts';
import { type Certificate, listenerOf, type State } from './state.ts';

/** Reads the certificates that a call names; throws CertificateNotFoundException for one that does not exist. */
export type ReadCertificates = (
  given: readonly AwsCertificate[] | undefined,
  region: string,
) => Promise<Certificate[]>;

/** How listeners get the names of certificates: Certificate Manager knows them. */
export const certificateReader =
  (cloud: Cloud): ReadCertificates =>
  (given = [], region) =>
    Promise.all(
      given.map(async ({ CertificateArn: arn = '' }) => {
        const call = {
          principal: { kind: 'service', service: 'elasticloadbalancing.amazonaws.com' },
          region,
          service: 'acm',
          operation: 'DescribeCertificate',
          input: { CertificateArn: arn },
        } as const;
        const answer = await cloud.call(call).catch((error: Error) => {
          if (error.name !== 'ResourceNotFoundException') throw error;
          throw new AwsError(
            'CertificateNotFoundException',
            `Certificate ARN '${arn}' is not valid`,
          );
        });
        return { arn, names: answer.Certificate.SubjectAlternativeNames };
      }),
    );

/** Operations on the further certificates of a listener. */
export const certificateOperations = (
  state: State,
  read: ReadCertificates,
): Record<string, Operation> => ({
  AddListenerCertificates: async (input: AddListenerCertificatesInput, { region }: Caller) => {
    const listener = listenerOf(state.of(region), input.ListenerArn);
    const added = await read(input.Certificates, region);
    const known = listener.certificates.map(({ arn }) => arn);
    listener.certificates = [
      ...listener.certificates,
      ...added.filter(({ arn }) => !known.includes(arn)),
    ];
    return { Certificates: input.Certificates };
  },

  DescribeListenerCertificates: (input: DescribeListenerCertificatesInput, { region }: Caller) => ({
    Certificates: listenerOf(state.of(region), input.ListenerArn).certificates.map(
      ({ arn }, index) => ({ CertificateArn: arn, IsDefault: index === 0 }),
    ),
  }),
});
