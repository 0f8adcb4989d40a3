import { checkServerIdentity } from 'node:tls';
import type { Certificate, Listener } from './state.ts';

/** The certificate that a listener shows for a name: the first that is for it, else the default one. */
export const certificateFor = (
  { certificates }: Pick<Listener, 'certificates'>,
  serverName: string,
): Certificate | undefined =>
  certificates.find((one) => mistaken(one, serverName) === undefined) ?? certificates[0];

const mistaken = ({ names }: Certificate, serverName: string): Error | undefined =>
  checkServerIdentity(serverName, {
    subject: { CN: names[0] },
    subjectaltname: names.map((name) => `DNS:${name}`).join(', '),
  } as Parameters<typeof checkServerIdentity>[1]);

/** The error with which a client's TLS handshake ends that asks a listener for this name; undefined if it succeeds. */
export const handshakeError = (listener: Listener, serverName: string): Error | undefined => {
  const shown = certificateFor(listener, serverName);
  if (shown) return mistaken(shown, serverName);
  return Object.assign(new Error('write EPROTO: wrong version number'), { code: 'EPROTO' });
};
