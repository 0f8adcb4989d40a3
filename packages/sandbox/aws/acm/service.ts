/** Certificate Manager: certificates by their names. Each is issued at once; no domain is asked for a proof. */
import { AwsError } from '../../aws-error.ts';
import type { Caller, Cloud, Operation, ResourceProvider, Service } from '../../cloud.ts';

interface Certificate {
  readonly arn: string;
  readonly domain: string;
  /** Every name that it is for, the domain first. */
  readonly names: readonly string[];
}

interface RequestCertificateInput {
  readonly DomainName?: string;
  readonly SubjectAlternativeNames?: readonly string[];
}

const certificateResource: ResourceProvider = {
  properties: ['DomainName', 'SubjectAlternativeNames'],
  ignored: [
    'CertificateAuthorityArn',
    'CertificateTransparencyLoggingPreference',
    'DomainValidationOptions',
    'KeyAlgorithm',
    'Tags',
    'ValidationMethod',
  ],
  create: async ({ DomainName, SubjectAlternativeNames }, context) => {
    const input = { DomainName, SubjectAlternativeNames };
    const { CertificateArn } = await context.call('acm', 'RequestCertificate', input);
    return { ref: CertificateArn };
  },
};

/** Certificate Manager, as far as listeners need it. */
export const acmService = (cloud: Cloud): Service => {
  const certificates = new Map<string, Certificate>();

  const operations: Record<string, Operation> = {
    RequestCertificate: (input: RequestCertificateInput, { region }: Caller) => {
      const { DomainName: domain = '', SubjectAlternativeNames = [] } = input;
      const hex = (length: number) => cloud.id(length, '0123456789abcdef');
      const id = [8, 4, 4, 4, 12].map(hex).join('-');
      const arn = `arn:aws:acm:${region}:${cloud.account}:certificate/${id}`;
      const names = [...new Set([domain, ...SubjectAlternativeNames])];
      certificates.set(arn, { arn, domain, names });
      return { CertificateArn: arn };
    },

    DescribeCertificate: ({ CertificateArn = '' }: { CertificateArn?: string }) => {
      const found = certificates.get(CertificateArn);
      if (!found) {
        throw new AwsError(
          'ResourceNotFoundException',
          `Could not find certificate ${CertificateArn}.`,
        );
      }
      return {
        Certificate: {
          CertificateArn: found.arn,
          DomainName: found.domain,
          SubjectAlternativeNames: found.names,
          Status: 'ISSUED',
          Type: 'AMAZON_ISSUED',
        },
      };
    },
  };

  return {
    id: 'acm',
    operations,
    resources: { 'AWS::CertificateManager::Certificate': certificateResource },
  };
};
