/** The CDK app. `npx cdk synth` runs it by scripts/on-node-24.mjs; tests and the sandbox call `tandemApp`. */
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App, DefaultStackSynthesizer, type IReusableStackSynthesizer } from 'aws-cdk-lib';
import { type Environment, readEnvironment } from './environment.ts';
import { NetworkStack } from './network-stack.ts';
import { type OrchestratorProps, OrchestratorStack } from './orchestrator/stack.ts';
import type { TopicMasterKey } from './orchestrator/topic-key.ts';
import { RegistryStack } from './registry-stack.ts';
import { StorefrontStack } from './storefront/stack.ts';

const root = dirname(import.meta.dirname);

/** File of what the CDK finds wrong in a synth, among the templates. */
const FINDINGS = 'validation-report.json';

/** Names of the stacks in the order in which they are deployed. */
export const STACKS = ['tandem-network', 'tandem-registry', 'tandem', 'tandem-storefront'] as const;

export interface AppProps extends Pick<OrchestratorProps, 'bundles' | 'machines'> {
  /**
   * Folder of the templates.
   * @default - `cdk.out`
   */
  readonly outdir?: string;
  /**
   * What differs between environments.
   * @default - that of `cdk -c environment=<name>`, else everything as by default
   */
  readonly environment?: Environment;
}

/** The feature flags of cdk.json, so that the templates are the same whoever runs the app. */
const featureFlags = (): Record<string, unknown> =>
  JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')).context;

/** All stacks. Unless the environment says so they name no account and no Region: one template for every one of them. */
export const tandemApp = ({ outdir, environment, ...folders }: AppProps = {}): App => {
  const app = new App({
    outdir: outdir ?? process.env.CDK_OUTDIR ?? join(root, 'cdk.out'),
    context: featureFlags(),
    analyticsReporting: false,
    // Four seconds in every synth; `CDK_VALIDATION=true npx cdk synth` has them.
    builtinCloudFormationValidation: process.env.CDK_VALIDATION === 'true',
    defaultStackSynthesizer: new DefaultStackSynthesizer({
      generateBootstrapVersionRule: false,
    }) as IReusableStackSynthesizer,
  });
  const { account, region, certificateArn, host, policy, topicMasterKey, ...choices } =
    environment ?? readEnvironment(root, app.node.tryGetContext('environment'));
  // The sandbox tries other policies; a synth refuses what is wrong with them.
  const tried = app.node.tryGetContext('policy') ?? policy;
  const env = { ...(account ? { account } : {}), ...(region ? { region } : {}) };
  const network = new NetworkStack(app, 'tandem-network', { env });
  const registry = new RegistryStack(app, 'tandem-registry', { env });
  const orchestrator = new OrchestratorStack(app, 'tandem', {
    env,
    network: network.probes,
    emails: choices.emails,
    approvers: choices.approvers,
    tracing: choices.tracing,
    approvalPage: choices.approvalPage,
    ...(choices.approvalPageConcurrency === undefined
      ? {}
      : { approvalPageConcurrency: choices.approvalPageConcurrency }),
    ...(choices.reservedConcurrency === undefined
      ? {}
      : { reservedConcurrency: choices.reservedConcurrency }),
    ...(topicMasterKey ? { topicMasterKey: topicMasterKey as TopicMasterKey } : {}),
    ...folders,
  });
  const storefront = new StorefrontStack(app, 'tandem-storefront', {
    env,
    vpc: network.probes.vpc,
    natAddress: network.natAddress,
    ...(certificateArn ? { certificateArn } : {}),
    ...(host ? { host } : {}),
    ...(tried ? { policy: tried } : {}),
  });
  storefront.addStackDependency(registry);
  storefront.addStackDependency(orchestrator);
  return app;
};

/** Writes the templates where the CDK's command looks for them; what is wrong with an environment is one text. */
export const main = (): void => {
  try {
    const app = tandemApp();
    // The CDK writes this file only where it found something, and its command reads what an earlier synth found.
    rmSync(join(app.outdir, FINDINGS), { force: true });
    app.synth();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
};

if (import.meta.main) main();
