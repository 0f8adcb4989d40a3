/** Runs a sandbox for a person: a local account of AWS with the storefront deployed, until Ctrl-C. */
import { once } from 'node:events';
import { forgetAws, seclusion } from '../stage/environment.ts';
import { synthesize, TRIED } from '../stage/synthesis.ts';
import { inServiceMinute, requestsEachSecond, startUsers } from '../stage/users.ts';
import { VERSIONS } from '../stage/versions.ts';
import { askedToEnd } from '../terminal/shutdown.ts';
import { styled, type Terminal, terminalOn } from '../terminal/terminal.ts';
import type { Traffic } from '../traffic/traffic.ts';
import { newsLines } from './event-lines.ts';
import { narrate } from './narrator.ts';
import { type PolicyWishes, sandboxPolicy } from './sandbox-policy.ts';
import { refuseTakenPort, type Served, serve } from './serve.ts';
import { FRESH, welcome } from './welcome.ts';

/** How a person wants the sandbox. */
export interface SandboxOptions extends PolicyWishes {
  /** Port for AWS clients. */
  readonly port: number;
  /** Service seconds in a real second. */
  readonly speed: number;
  /** Requests of users in a real second. */
  readonly traffic?: number;
  /** Lists what the sandbox does not imitate. */
  readonly verbose?: boolean;
}

/** Progress that moves in place in a terminal, and is one line a stack without one. */
const progressOn = (terminal: Terminal): ((text: string) => void) => {
  let said = '';
  return (text) => {
    const [part = ''] = text.split(':');
    if (!terminal.interactive && part !== said) terminal.line(`  ${part}`);
    said = part;
    terminal.live([`  ${styled('gray', text)}`]);
  };
};

const open = async (
  terminal: Terminal,
  { port, speed, ...wishes }: SandboxOptions,
  end: AbortSignal,
): Promise<Served> => {
  await refuseTakenPort(port);
  const policy = await sandboxPolicy(wishes);
  terminal.line('Bundling the handlers and synthesizing the templates that AWS would get …');
  const assembly = await synthesize(policy && TRIED, policy);
  end.throwIfAborted();
  terminal.line('Starting the sandbox and deploying the templates into it …');
  return serve({ port, speed, assembly, progress: progressOn(terminal) });
};

const welcomeTo = (
  { stage, url, web, api, test }: Served,
  { speed, verbose, approval, environment }: SandboxOptions,
  requests: number,
): readonly string[] => {
  const { account, region, clock, notes } = stage.sandbox;
  return welcome({
    ...{ url, web, api, test, account, region, speed, requests },
    versions: VERSIONS,
    trial: FRESH,
    now: clock.now(),
    ...(verbose ? { notes: notes() } : {}),
    ...(approval ? { approval } : {}),
    ...(environment === undefined ? {} : { environment }),
  });
};

/** Runs until it is asked to end; exit code 1 if that was before anybody could use it. */
export const runSandbox = async (options: SandboxOptions): Promise<void> => {
  const terminal = terminalOn(process.stdout);
  const end = askedToEnd();
  const ended = once(end, 'abort').then(() => terminal.line('Ending the sandbox …'));
  terminal.line(seclusion(forgetAws()));

  const served = await open(terminal, options, end).catch((error) => {
    // A Ctrl-C in a terminal reaches the synthesis as well, which then fails: that is no news.
    if (!end.aborted) throw error;
  });
  terminal.live([]);
  const { speed, traffic: requests = requestsEachSecond(speed) } = options;
  let users: Traffic | undefined;
  if (end.aborted) process.exitCode = 1;
  else if (served) {
    if (requests > 0) users = startUsers(served.stage, inServiceMinute(requests, speed));
    for (const line of welcomeTo(served, options, requests)) terminal.line(line);
    narrate(served.stage.sandbox, (news) => {
      for (const line of newsLines(news)) terminal.line(line);
    });
  }

  await ended;
  await users?.stop();
  await served?.close();
};
