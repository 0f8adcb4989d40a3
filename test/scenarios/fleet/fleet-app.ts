/** A CDK app for stacks of the fleet, without what takes time in every synth. */
import { App, DefaultStackSynthesizer, type IReusableStackSynthesizer } from 'aws-cdk-lib';

/** Makes an app that synthesizes into a folder (default: the CDK's own). */
export const fleetApp = (outdir?: string): App =>
  new App({
    ...(outdir ? { outdir } : {}),
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
    defaultStackSynthesizer: new DefaultStackSynthesizer({
      generateBootstrapVersionRule: false,
    }) as IReusableStackSynthesizer,
  });
