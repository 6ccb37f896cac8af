import { references } from '../../core/settings/walk.ts';
import { DOCUMENT_AREAS, type DocumentArea, schemaOf } from '../settings/areas.ts';
import { type Client, type Fault, Refused } from './client.ts';
import type { House } from './house.ts';
import type { Plan } from './plan.ts';
import type { Said, Wanted } from './resolve.ts';

interface Finding extends Fault {
  level: 'error' | 'warning';
  area: DocumentArea;
  code: string;
}

/** Asks the hub what it would say to the whole file, without changing anything. */
export async function judge(
  client: Client,
  house: House,
  { file, fresh }: Wanted,
  plan: Plan,
): Promise<{ errors: Said[]; warnings: Said[] }> {
  const documents = Object.fromEntries(
    DOCUMENT_AREAS.filter((area) => file[area]).map((area) => [area, file[area] as object]),
  );
  const groups = (file.groups ?? []).map(({ name, plan: planId }) => ({
    id: fresh.get(name) ?? house.groups.find((group) => group.name === name)!.id,
    name,
    planId,
  }));
  const goes = droppedInUse(house, { ...documents }, plan);
  try {
    const { findings } = await client.call<{ findings: Finding[] }>('POST', '/settings/check', { documents, groups });
    const said = (level: Finding['level']) =>
      findings.filter((finding) => finding.level === level && finding.area in documents).map(placed);
    return { errors: [...said('error'), ...goes], warnings: said('warning') };
  } catch (error) {
    if (!(error instanceof Refused) || !error.errors.length) throw error;
    const errors = error.errors.map(({ path, ...fault }) => ({
      code: fault.message,
      ...fault,
      path: path.replace(/^documents\./, '').split('.'),
    }));
    return { errors: [...errors, ...goes], warnings: [] };
  }
}

const placed = ({ area, path, code, params, where }: Finding): Said => ({
  path: [area, ...(path ? path.split('.') : [])],
  code,
  params: { ...params, ...(where?.length && { where: where.map(spelt).join(', ') }) },
});

const spelt = (use: unknown): string => {
  const { area, path, entry, kind, name, count } = use as Record<string, string | number | null>;
  if (area) return `${area}.${path}${entry ? ` (${entry})` : ''}`;
  return `${kind} ${name ?? count}`;
};

/** Groups that shall go though a document will still name them. */
function droppedInUse(house: House, documents: Record<string, object>, plan: Plan): Said[] {
  return plan.groups.drop.flatMap(({ id, name }) => {
    const where = DOCUMENT_AREAS.flatMap((area) =>
      references(schemaOf(area), documents[area] ?? house.documents[area].document)
        .filter((one) => one.id === id)
        .map((one) => `${area}.${one.path.join('.')}`),
    );
    return where.length
      ? [{ path: ['groups'], code: 'in_use', params: { kind: 'group', name, where: where.join(', ') } }]
      : [];
  });
}
