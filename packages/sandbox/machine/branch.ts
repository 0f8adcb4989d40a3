/** Knows how a branch goes from state to state until it ends. */

import type { State } from './definition/definition.ts';
import type { Payload } from './payload.ts';
import type { Branch, Follow, Run } from './run.ts';
import type { Scope } from './scope.ts';
import { runMap } from './states/map.ts';
import { runParallel } from './states/parallel.ts';
import { runChoice, runFail, runPass, runSucceed, runWait } from './states/simple.ts';
import { runTask } from './states/task.ts';
import { exit, type Leave, type Visit, visit } from './visit.ts';

const enter = (
  state: State,
  branch: Branch,
  scope: Scope,
  run: Run,
  redriven: boolean,
): { readonly stay: Visit; readonly left: Promise<Leave> } => {
  const begin = <S extends State>(known: S, act: (stay: Visit<S>) => Promise<Leave>) => {
    const stay = visit(known, branch, scope, run, redriven);
    return { stay, left: act(stay) };
  };
  switch (state.type) {
    case 'Pass':
      return begin(state, runPass);
    case 'Task':
      return begin(state, runTask);
    case 'Choice':
      return begin(state, runChoice);
    case 'Wait':
      return begin(state, runWait);
    case 'Succeed':
      return begin(state, runSucceed);
    case 'Fail':
      return begin(state, runFail);
    case 'Parallel':
      return begin(state, (stay) => runParallel(stay, follow));
    case 'Map':
      return begin(state, (stay) => runMap(stay, follow));
  }
};

/** Goes on from where the branch stands; `redriven` says that its first state has been entered before. */
export const follow: Follow = async (branch, scope, run, redriven): Promise<Payload> => {
  let again = redriven;
  for (;;) {
    const state = branch.states.states.get(branch.at) as State;
    branch.state = state;
    const { stay, left } = enter(state, branch, scope, run, again);
    again = false;
    const leave = await scope.keep(left);
    exit(stay, leave);
    delete branch.inside;
    delete branch.state;
    if (leave.next === undefined) {
      branch.output = leave.output;
      return leave.output;
    }
    branch.at = leave.next;
    branch.input = leave.output;
  }
};
