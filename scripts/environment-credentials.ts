/** Stands in for the SDK's credential chain in handler bundles: Lambda always gives credentials by environment. */
import { fromEnv } from '@aws-sdk/credential-provider-env';

/** The only provider that a Lambda function needs; SSO, STS, OIDC and instance metadata stay out of the bundle. */
export const defaultProvider = (init?: Parameters<typeof fromEnv>[0]) => fromEnv(init);
