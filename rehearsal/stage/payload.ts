/** Bytes that a Lambda function is given, or gives back. */
export const payload = (value: unknown): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(value));
