/** The verb `sandbox`: a local account of AWS with the storefront deployed, until Ctrl-C. */
import { once } from 'node:events';
import { askedToEnd } from '../rehearsal/asked-to-end.ts';
import { forgetAws, seclusion } from '../rehearsal/environment.ts';
import { narrate } from '../rehearsal/narrator.ts';
import { newsLines } from '../rehearsal/news.ts';
import { refuseTakenPort, type Served, serve } from '../rehearsal/serve.ts';
import { synthesize } from '../rehearsal/synthesis.ts';
import { styled, type Terminal, terminalOn } from '../rehearsal/terminal.ts';
import { VERSIONS } from '../rehearsal/versions.ts';
import { FRESH, welcome } from '../rehearsal/welcome.ts';

interface SandboxOptions {
  /** Port for AWS clients. */
  readonly port: number;
  /** Service seconds in a real second. */
  readonly speed: number;
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
  { port, speed }: SandboxOptions,
  end: AbortSignal,
): Promise<Served> => {
  await refuseTakenPort(port);
  terminal.line('Bundling the handlers and synthesizing the templates that AWS would get …');
  const assembly = await synthesize();
  end.throwIfAborted();
  terminal.line('Starting the sandbox and deploying the templates into it …');
  return serve({ port, speed, assembly, progress: progressOn(terminal) });
};

const welcomeTo = (
  { stage, url, web, api, test }: Served,
  { speed, verbose }: SandboxOptions,
): readonly string[] => {
  const { account, region, clock, notes } = stage.sandbox;
  return welcome({
    ...{ url, web, api, test, account, region, speed },
    versions: VERSIONS,
    trial: FRESH,
    now: clock.now(),
    ...(verbose ? { notes: notes() } : {}),
  });
};

/** `tandem sandbox`: runs until it is asked to end; exit code 1 if that was before anybody could use it. */
export const sandbox = async (options: SandboxOptions): Promise<void> => {
  const terminal = terminalOn(process.stdout);
  const end = askedToEnd();
  const ended = once(end, 'abort').then(() => terminal.line('Ending the sandbox …'));
  terminal.line(seclusion(forgetAws()));

  const served = await open(terminal, options, end).catch((error) => {
    // A Ctrl-C in a terminal reaches the synthesis as well, which then fails: that is no news.
    if (!end.aborted) throw error;
  });
  terminal.live([]);
  if (end.aborted) process.exitCode = 1;
  else if (served) {
    for (const line of welcomeTo(served, options)) terminal.line(line);
    narrate(served.stage.sandbox, (news) => {
      for (const line of newsLines(news)) terminal.line(line);
    });
  }

  await ended;
  await served?.close();
};
