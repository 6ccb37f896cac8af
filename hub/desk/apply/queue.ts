import type { Step } from '../../../core/step.ts';
import { newId } from '../../id.ts';
import type { TransfersTable, WaitsTable } from '../../store/schema/service.ts';
import { type Draft, happen } from './draft.ts';

/** Joining and leaving queues, services, transfers: the rows reports read, beside the events. */

export function wait(draft: Draft, step: Extract<Step, { do: 'wait' }>): void {
  const session = draft.session!;
  const transferred = draft.changes.transfers.some(
    (row) => row.session_id === session.id && !row.taken_at && !row.failed_at,
  );
  endWait(draft, transferred ? 'transferred' : 'overflow');
  endService(draft);
  draft.changes.waits.push({
    id: newId(),
    session_id: session.id,
    group_id: step.groupId,
    started_at: draft.at,
    ended_at: null,
    outcome: null,
    via: step.lost ? 'lost' : transferred ? 'transfer' : 'asked',
    priority: step.priority ?? session.priority,
  });
  happen(draft, { ...step, priority: step.priority ?? session.priority });
}

export function leave(draft: Draft, step: Extract<Step, { do: 'leave' }>): void {
  endWait(draft, 'left');
  failTransfer(draft, 'failed');
  happen(draft, step);
}

export function serve(draft: Draft, step: Extract<Step, { do: 'serve' }>): void {
  const session = draft.session!;
  endWait(draft, 'served');
  endService(draft);
  draft.changes.services.push({
    id: newId(),
    session_id: session.id,
    agent_id: step.agentId,
    group_id: session.group_id,
    how: step.how,
    started_at: draft.at,
    ended_at: null,
  });
  endTransfer(draft, { taken_by: step.agentId, taken_at: draft.at, failed_at: null, outcome: 'taken' });
  happen(draft, step);
}

export function transfer(draft: Draft, step: Extract<Step, { do: 'transfer' }>): void {
  // The request that was just accepted is this transfer: its row is there.
  if (!draft.agreed) {
    failTransfer(draft, 'failed');
    begin(draft, { to_agent_id: step.toAgentId, to_group_id: step.toGroupId, by_id: step.byId, until: null });
  }
  draft.agreed = false;
  happen(draft, step);
}

/** TR-02: asked, not yet gone. */
export function offer(draft: Draft, step: Extract<Step, { do: 'offer' }>): void {
  failTransfer(draft, 'withdrawn');
  begin(draft, { to_agent_id: step.toAgentId, to_group_id: null, by_id: step.byId, until: new Date(step.until) });
  happen(draft, step);
}

export function offerEnd(draft: Draft, step: Extract<Step, { do: 'offer-end' }>): void {
  draft.agreed = step.outcome === 'accepted';
  if (step.outcome !== 'accepted') failTransfer(draft, step.outcome);
  happen(draft, step);
}

export function close(draft: Draft, step: Extract<Step, { do: 'close' }>): void {
  endWait(draft, step.by === 'visitor' ? 'left' : 'closed');
  endService(draft);
  failTransfer(draft, 'failed');
  happen(draft, step);
}

function endWait(draft: Draft, outcome: NonNullable<WaitsTable['outcome']>): void {
  const session = draft.session!;
  if (session.state !== 'waiting') return;
  const own = draft.changes.waits.find((row) => row.session_id === session.id && !row.ended_at);
  if (own) Object.assign(own, { ended_at: draft.at, outcome });
  else draft.changes.waitEnds.push({ session_id: session.id, group_id: session.group_id, ended_at: draft.at, outcome });
}

function endService(draft: Draft): void {
  const session = draft.session!;
  if (session.state !== 'serving') return;
  const own = draft.changes.services.find((row) => row.session_id === session.id && !row.ended_at);
  if (own) own.ended_at = draft.at;
  else draft.changes.serviceEnds.push({ session_id: session.id, ended_at: draft.at });
}

function begin(
  draft: Draft,
  to: Pick<TransfersTable, 'to_agent_id' | 'to_group_id'> & { by_id: string; until: Date | null },
): void {
  const session = draft.session!;
  draft.changes.transfers.push({
    id: newId(),
    session_id: session.id,
    from_agent_id: session.agent_id,
    ...to,
    at: draft.at,
    taken_by: null,
    taken_at: null,
    failed_at: null,
    outcome: null,
  });
}

/** TR-05: nobody took it before something else happened. */
function failTransfer(draft: Draft, outcome: 'failed' | 'refused' | 'expired' | 'withdrawn'): void {
  endTransfer(draft, { taken_by: null, taken_at: null, failed_at: draft.at, outcome });
}

type Ending = {
  taken_by: string | null;
  taken_at: Date | null;
  failed_at: Date | null;
  outcome: 'taken' | 'failed' | 'refused' | 'expired' | 'withdrawn';
};
function endTransfer(draft: Draft, ending: Ending): void {
  const session = draft.session!;
  const own = draft.changes.transfers.find((row) => row.session_id === session.id && !row.taken_at && !row.failed_at);
  if (own) Object.assign(own, ending);
  else if (draft.from > 0 && !draft.changes.transferEnds.some((row) => row.session_id === session.id))
    draft.changes.transferEnds.push({ session_id: session.id, ...ending });
}
