/** Keeps the sandbox of the tour up for a person: with users, with a port for clients, and with what to try. */
import { once } from 'node:events';
import { listenerPort, type Stage } from '../stage/stage.ts';
import { settle } from '../stage/tour-releases.ts';
import { EACH_MINUTE, startUsers } from '../stage/users.ts';
import { layOutVersions, VERSIONS } from '../stage/versions.ts';
import { askedToEnd } from '../terminal/shutdown.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { newsLines } from './event-lines.ts';
import { narrate } from './narrator.ts';
import { AFTER_TOUR, welcome } from './welcome.ts';

/** Lets clients in, says what works now, and returns when somebody ends it. */
export const stay = async (stage: Stage, speed: number, terminal: Terminal): Promise<void> => {
  const { sandbox, web, api } = stage;
  const end = once(askedToEnd(), 'abort');
  await settle(stage, { join: 'tagged', approval: 'none' });
  await layOutVersions();
  const users = startUsers(stage);
  const opened = {
    requests: (EACH_MINUTE * speed) / 60,
    ...{ web, api, speed, versions: VERSIONS, trial: AFTER_TOUR, notes: sandbox.notes() },
    ...{ account: sandbox.account, region: sandbox.region },
    url: await sandbox.open(0),
    now: sandbox.clock.now(),
    test: new URL(`http://127.0.0.1:${await listenerPort(sandbox, 'testListener')}/`),
  };
  terminal.line();
  for (const line of welcome(opened)) terminal.line(line);
  narrate(sandbox, (news) => {
    for (const line of newsLines(news)) terminal.line(line);
  });
  await end;
  terminal.line('Ending the sandbox …');
  await users.stop();
};
