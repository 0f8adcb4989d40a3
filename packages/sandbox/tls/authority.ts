/** A certificate authority of one sandbox: it signs the certificates that listeners show on their ports. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** A certificate with its key, in PEM. */
interface Signed {
  readonly key: string;
  readonly cert: string;
}

/** Signs certificates; only who is given its file trusts them. */
export interface Authority {
  /** File with its own certificate in PEM, for `NODE_EXTRA_CA_CERTS` and `curl --cacert`. */
  readonly file: string;
  /** A certificate for these names, with its key; the same one for the same names. */
  certify(names: readonly string[]): Promise<Signed>;
}

/** Days around now in which its certificates are valid: clocks of programs may differ, service time may run ahead. */
const DAYS = 3650;

const DAY = 86_400_000;

const validity = () => ({
  notBeforeDate: new Date(Date.now() - DAY),
  notAfterDate: new Date(Date.now() + DAYS * DAY),
});

const usual = { keyType: 'ec', algorithm: 'sha256' } as const;

/** Makes an authority whose certificate is in the folder. */
export const openAuthority = async (folder: string): Promise<Authority> => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'AWS sandbox' }], {
    ...usual,
    ...validity(),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const file = join(folder, 'certificate-authority.pem');
  await writeFile(file, cert);
  const made = new Map<string, Promise<Signed>>();

  const make = async ([subject = '', ...others]: readonly string[]): Promise<Signed> => {
    const names = [subject, ...others];
    const signed = await generate([{ name: 'commonName', value: subject }], {
      ...usual,
      ...validity(),
      ca: { key, cert },
      extensions: [
        { name: 'basicConstraints', cA: false },
        { name: 'subjectAltName', altNames: names.map((value) => ({ type: 2, value })) },
      ],
    });
    return { key: signed.private, cert: signed.cert };
  };

  return {
    file,
    certify: (names) => {
      const id = names.join(' ');
      const known = made.get(id) ?? make(names);
      made.set(id, known);
      return known;
    },
  };
};
