/** The CDK app of the fleet: `CDK_OUTDIR=dist/fleet node test/scenarios/fleet/app.ts`. */
import { fleetApp } from './fleet-app.ts';
import { FleetStack, ScaledStack, SharedStack } from './stack.ts';

const app = fleetApp(process.env.CDK_OUTDIR);
new FleetStack(app, 'fleet');
new SharedStack(app, 'shared');
new ScaledStack(app, 'scaled');
app.synth();
