import { Refusal } from '../../core/refusal.ts';
import type { HouseContext } from '../auth.ts';
import { difference } from '../change.ts';
import { resettle } from '../desk/resettle.ts';
import { audit } from '../store/audit.ts';
import { forgetContactTag } from '../store/contact-tags.ts';
import { houseRows } from '../store/house-rows.ts';
import type { Org } from '../store/org.ts';
import { allSettings, lockSettings, putSettings, type SettingsRow } from '../store/settings.ts';
import { type DocumentArea, type Documents, readAll } from './areas.ts';
import { check, type Finding, isError, same } from './check.ts';
import { contactTags } from './house.ts';

/** A document in the place of the version that was read. */
export interface Put {
  version: number;
  document: unknown;
}
export type Puts = Partial<Record<DocumentArea, Put>>;
interface How {
  action: 'settings.changed' | 'settings.rolled_back';
  /** What the audit row says besides the difference. */
  more?: Record<string, unknown>;
}

/**
 * Puts documents, all of them or none: the documents, their revisions, an audit row each, and what follows from them.
 * A document that says what is there already is left alone. Returns what there is to say about the house as it is now.
 * Throws `version_conflict` with the area and who was faster, `invalid_input` with every error and its place.
 */
export async function save(c: HouseContext, puts: Puts, how: How = { action: 'settings.changed' }): Promise<Finding[]> {
  const { org, member } = c.get('me');
  const hub = c.get('hub');
  const areas = Object.keys(puts) as DocumentArea[];
  let written = 0;
  const found = await org.transaction(async (tx) => {
    await lockSettings(tx);
    const rows = await allSettings(tx);
    for (const area of areas) refuseStale(area, rows, puts[area]!.version);
    const before = readAll(rows);
    const after = { ...before, ...Object.fromEntries(areas.map((area) => [area, puts[area]!.document])) } as Documents;
    const findings = check(before, after, await houseRows(tx));
    refuseWrong(findings, areas);
    for (const area of areas) {
      if (same(before[area], after[area])) continue;
      written++;
      await putSettings(tx, area, puts[area]!.version, after[area], new Date(hub.now()), member.id);
      const changed = difference<object>(before[area], after[area]);
      await audit(tx, member.id, how.action, area, changed?.before, { ...changed?.after, ...how.more });
    }
    await follow(tx, before, after);
    return findings;
  });
  if (written) {
    hub.live.publish(org.id, [{ kind: 'changed', area: 'settings' }]);
    await resettle(hub, org, areas);
  }
  return found;
}

function refuseStale(area: DocumentArea, rows: readonly SettingsRow[], version: number): void {
  const row = rows.find((one) => one.area === area);
  if ((row?.version ?? 0) === version) return;
  throw new Refusal('version_conflict', undefined, {
    area,
    version: row?.version ?? 0,
    by: row?.updated_by ? { id: row.updated_by, name: row.author ?? '' } : null,
    at: row?.updated_at.toISOString() ?? null,
  });
}

/** Paths are within the request: `document.rules.3.when`, or `documents.hours.document.plans` where several are put. */
function refuseWrong(findings: readonly Finding[], areas: readonly DocumentArea[]): void {
  const errors = findings.filter(isError);
  if (!errors.length) return;
  throw new Refusal('invalid_input', undefined, { errors: errors.slice(0, 50).map((error) => fault(error, areas)) });
}

function fault(finding: Finding, areas: readonly DocumentArea[]) {
  const { level: _, path, ...told } = finding;
  const root = areas.length === 1 && areas[0] === finding.area ? 'document' : `documents.${finding.area}.document`;
  return { path: path ? `${root}.${path}` : root, message: finding.code, ...told };
}

/** What has to change because the documents did: a contact tag that is gone is on nobody any more. */
async function follow(tx: Org, before: Documents, after: Documents): Promise<void> {
  const kept = new Set(contactTags(after).map((tag) => tag.id));
  for (const { id } of contactTags(before)) if (!kept.has(id)) await forgetContactTag(tx, id);
}
