import { request } from 'node:http';
import type { Timer } from '../../clock/clock.ts';
import type { Cloud } from '../../cloud.ts';
import { containerAt } from '../../containers/addresses.ts';
import { loadBalancersOf, type State, type Target, type TargetGroup } from './state.ts';

/** The status a target answered a check with, or that it didn't. */
type Answer = number | 'failed' | 'timeout';

const userAgent = 'ELB-HealthChecker/2.0';

/** Reads a matcher such as `200`, `200,202` or `200-299`. */
const matches = (matcher: string, status: number): boolean =>
  matcher.split(',').some((part) => {
    const [from, to = from] = part.split('-').map(Number);
    return status >= Number(from) && status <= Number(to);
  });

const overSocket = (host: string, port: number, path: string, seconds: number): Promise<Answer> =>
  new Promise((resolve) => {
    const signal = AbortSignal.timeout(seconds * 1000);
    const check = request(
      { host, port, path, agent: false, signal, headers: { 'user-agent': userAgent } },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 'failed');
      },
    );
    check.on('error', () => resolve(signal.aborted ? 'timeout' : 'failed'));
    check.end();
  });

/** Checks the health of every target whose group is on a listener, at the group's interval of service time. */
export const healthChecks = (cloud: Cloud, state: State) => {
  const { clock } = cloud;
  let closed = false;
  const watched = new Map<Target, { timer: Timer | undefined; passed: number; failed: number }>();

  const ask = async ({ healthCheck }: TargetGroup, { id, port }: Target): Promise<Answer> => {
    const checked = healthCheck.port === 'traffic-port' ? port : Number(healthCheck.port);
    const { respond } = containerAt(cloud.containers, id, checked) ?? {};
    if (!respond) return overSocket(id, checked, healthCheck.path, healthCheck.timeoutSeconds);
    const headers = { 'user-agent': userAgent };
    return respond({ method: 'GET', path: healthCheck.path, headers, body: '' }).then(
      ({ status, milliseconds = 0 }) =>
        milliseconds < healthCheck.timeoutSeconds * 1000 ? status : 'timeout',
      () => 'failed',
    );
  };

  const judge = (group: TargetGroup, target: Target, answer: Answer) => {
    const watch = watched.get(target);
    if (!watch) return;
    const { matcher, healthyThreshold, unhealthyThreshold } = group.healthCheck;

    if (typeof answer === 'number' && matches(matcher, answer)) {
      watch.passed += 1;
      watch.failed = 0;
      // A new target must pass one check only; the threshold is for one that has been unhealthy.
      if (target.state === 'initial' || watch.passed >= healthyThreshold) {
        Object.assign(target, { state: 'healthy', reason: undefined, description: undefined });
      }
      return;
    }
    watch.failed += 1;
    watch.passed = 0;
    if (watch.failed < unhealthyThreshold) return;
    target.state = 'unhealthy';
    if (typeof answer === 'number') {
      target.reason = 'Target.ResponseCodeMismatch';
      target.description = `Health checks failed with these codes: [${answer}]`;
    } else if (answer === 'timeout') {
      target.reason = 'Target.Timeout';
      target.description = 'Request timed out';
    } else {
      target.reason = 'Target.FailedHealthChecks';
      target.description = 'Health checks failed';
    }
  };

  const schedule = (group: TargetGroup, target: Target, milliseconds: number) => {
    const watch = watched.get(target);
    if (!watch) return;
    watch.timer = clock.after(milliseconds, async () => {
      const answer = await clock.busy(() => ask(group, target));
      if (watched.get(target) !== watch) return;
      judge(group, target, answer);
      schedule(group, target, group.healthCheck.intervalSeconds * 1000);
    });
  };

  const end = (target: Target) => {
    watched.get(target)?.timer?.cancel();
    watched.delete(target);
  };

  const begin = (group: TargetGroup, target: Target) => {
    target.state = 'initial';
    target.reason = 'Elb.InitialHealthChecking';
    target.description = 'Initial health checks in progress';
    watched.set(target, { timer: undefined, passed: 0, failed: 0 });
    schedule(group, target, 0);
  };

  /** Targets that are checked: registered, in a group that is on a listener, even at weight 0. */
  const due = (): Map<Target, TargetGroup> => {
    const found = new Map<Target, TargetGroup>();
    for (const [, region] of state.all()) {
      for (const group of region.targetGroups.values()) {
        if (loadBalancersOf(region, group).length === 0) continue;
        for (const target of group.targets.values()) {
          if (target.state !== 'draining') found.set(target, group);
        }
      }
    }
    return found;
  };

  /** Begins and ends checks after targets or listeners have changed. */
  const refresh = () => {
    if (closed) return;
    const targets = due();
    for (const target of [...watched.keys()]) if (!targets.has(target)) end(target);
    for (const [target, group] of targets) if (!watched.has(target)) begin(group, target);
  };

  return {
    refresh,
    close: () => {
      closed = true;
      for (const target of [...watched.keys()]) end(target);
    },
  };
};
