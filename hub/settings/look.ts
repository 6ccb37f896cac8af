import { Refusal } from '../../core/refusal.ts';
import { houseRows } from '../store/house-rows.ts';
import type { Org } from '../store/org.ts';
import { allSettings } from '../store/settings.ts';
import { DOCUMENT_AREAS, type DocumentArea, readAll } from './areas.ts';
import { check, type Finding } from './check.ts';

/** One area as it is now. `version` 0 and nobody: what stands there are the defaults. */
export interface Shown {
  area: DocumentArea;
  version: number;
  document: unknown;
  updatedAt: string | null;
  by: { id: string; name: string } | null;
  findings: Finding[];
}

/** All areas as they are now, with what there is to say about each. */
export async function look(org: Org): Promise<Shown[]> {
  const rows = await allSettings(org);
  const documents = readAll(rows);
  const found = check(documents, documents, await houseRows(org));
  return DOCUMENT_AREAS.map((area) => {
    const row = rows.find((one) => one.area === area);
    return {
      area,
      version: row?.version ?? 0,
      document: documents[area],
      updatedAt: row?.updated_at.toISOString() ?? null,
      by: row?.updated_by ? { id: row.updated_by, name: row.author ?? '' } : null,
      findings: found.filter((finding) => finding.area === area),
    };
  });
}

export async function lookAt(org: Org, area: DocumentArea): Promise<Shown> {
  const shown = (await look(org)).find((one) => one.area === area);
  if (!shown) throw new Refusal('not_found');
  return shown;
}
