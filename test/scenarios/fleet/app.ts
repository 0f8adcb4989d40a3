/** The CDK app of the fleet: `CDK_OUTDIR=dist/fleet node test/scenarios/fleet/app.ts`. */
import { App, DefaultStackSynthesizer, type IReusableStackSynthesizer } from 'aws-cdk-lib';
import { FleetStack, ScaledStack, SharedStack } from './stack.ts';

const app = new App({
  ...(process.env.CDK_OUTDIR ? { outdir: process.env.CDK_OUTDIR } : {}),
  analyticsReporting: false,
  builtinCloudFormationValidation: false,
  defaultStackSynthesizer: new DefaultStackSynthesizer({
    generateBootstrapVersionRule: false,
  }) as IReusableStackSynthesizer,
});
new FleetStack(app, 'fleet');
new SharedStack(app, 'shared');
new ScaledStack(app, 'scaled');
app.synth();
