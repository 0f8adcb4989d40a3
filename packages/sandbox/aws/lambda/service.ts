/** Lambda: functions, versions, aliases, Function URLs, and the invocations that a host really runs. */
import type { Cloud, Principal, Service } from '../../cloud.ts';
import type { HttpRequest, HttpResponse } from '../../http.ts';
import { codeStore } from './code.ts';
import { functionOperations } from './function-operations.ts';
import { emptyFunctions, newId } from './functions.ts';
import type { FunctionHost } from './hosts/host.ts';
import { asynchronous } from './invocations/asynchronous.ts';
import { concurrencyOf } from './invocations/concurrency.ts';
import { runFunctions } from './invocations/invocation.ts';
import { invokeOperation } from './invocations/invoke-operation.ts';
import { boundedLogs } from './invocations/logs.ts';
import { invocationMetrics } from './invocations/metrics.ts';
import { lambdaPermissions } from './permissions.ts';
import { resourcePolicies } from './policy.ts';
import { lambdaResources } from './resources.ts';
import { tagOperations } from './tags.ts';
import { functionUrls } from './urls/function-urls.ts';
import { urlCallers } from './urls/url-caller.ts';
import { versionOperations } from './version-operations.ts';

/** Lambda, and what only the sandbox can do with it. */
export interface LambdaService extends Service {
  /** Whether a Function URL has this port. */
  servesPort(port: number): boolean;
  /** Answers a request to the Function URL with this port, without its socket. */
  serve(port: number, request: HttpRequest): Promise<HttpResponse>;
  /** Takes this many executions of a Region, as other functions of the account would. */
  occupy(region: string, executions: number): void;
  /** The last lines that functions of this name wrote, in all Regions. */
  logs(functionName: string): readonly string[];
}

/** Makes Lambda; it closes the host with itself. `principalOf` tells whose the access key of a signed request is. */
export const lambdaService = (
  cloud: Cloud,
  host: FunctionHost,
  principalOf: (accessKeyId: string) => Principal = () => ({ kind: 'owner' }),
): LambdaService => {
  const functions = emptyFunctions(cloud);
  const concurrency = concurrencyOf(functions);
  const store = codeStore(cloud.folder);
  const policies = resourcePolicies(functions, () => newId(cloud));
  const metrics = invocationMetrics(cloud);
  const logs = boundedLogs(cloud);
  const run = runFunctions(cloud, { host, functions, concurrency, metrics, logs });
  const background = asynchronous(cloud, functions, run);
  const callers = urlCallers(cloud, principalOf);
  const urls = functionUrls(cloud, functions, policies, { run, callerOf: callers.callerOf });

  return {
    id: 'lambda',
    operations: {
      ...functionOperations(functions, store),
      ...versionOperations(cloud, functions),
      ...tagOperations(functions),
      ...concurrency.operations,
      ...policies.operations,
      ...background.operations,
      ...urls.operations,
      ...callers.operations,
      Invoke: invokeOperation(cloud, functions, policies, { run, background }),
    },
    permissions: { ...lambdaPermissions(cloud), ...callers.permissions },
    resources: lambdaResources(functions, store, concurrency),
    servesPort: urls.servesPort,
    serve: urls.serve,
    occupy: concurrency.occupy,
    logs: logs.of,
    close: async () => {
      background.close();
      metrics.close();
      await urls.close();
      await host.close();
    },
  };
};
