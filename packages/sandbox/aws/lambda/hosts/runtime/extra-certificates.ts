/** Trusts the authorities of `NODE_EXTRA_CA_CERTS`, which Node reads at the start of a process and a thread must read itself. */
import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/** Adds the certificates of a file to those that this thread trusts. */
export const trustFile = (file: string | undefined): void => {
  if (!file) return;
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(file, 'utf8')]);
};
