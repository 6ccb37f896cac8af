import { z } from 'zod';
import type { Tools } from '../connector.ts';
import { Misconfigured } from '../errors.ts';
import type { Issued } from './oauth.ts';

/**
 * What a consent gave, as it lies in the account's vault: the refresh token with its end and how often it was renewed,
 * and beside it the newest access token, so that what was issued is safe before anybody uses it.
 */
const grantShape = z.object({ refresh: z.string().min(1), until: z.number(), renewals: z.int().nonnegative() });
export type Grant = z.infer<typeof grantShape>;
const accessShape = z.object({ token: z.string().min(1), until: z.number() });
export type Access = z.infer<typeof accessShape>;

const GRANT = 'refresh';
const ACCESS = 'access';
type Vaulted = Pick<Tools, 'vault'>;

/** For `Authorised.vault`. */
export function firstVault({ access, accessUntil, refresh = '', refreshUntil }: Issued): Record<string, string> {
  return {
    [ACCESS]: JSON.stringify({ token: access, until: accessUntil } satisfies Access),
    ...(refresh && { [GRANT]: JSON.stringify({ refresh, until: refreshUntil, renewals: 0 } satisfies Grant) }),
  };
}

/** Throws Misconfigured when there is none: the account must be scanned again. */
export async function grantOf(tools: Vaulted): Promise<Grant> {
  const grant = await read(tools, GRANT, grantShape);
  if (!grant) throw new Misconfigured('authorisation_ended', 'There is no authorisation of this account any more.');
  return grant;
}
export const accessOf = (tools: Vaulted): Promise<Access | undefined> => read(tools, ACCESS, accessShape);
export const putGrant = (tools: Vaulted, grant: Grant): Promise<void> => tools.vault.put(GRANT, JSON.stringify(grant));
export const putAccess = (tools: Vaulted, access: Access): Promise<void> =>
  tools.vault.put(ACCESS, JSON.stringify(access));
export const dropAccess = (tools: Vaulted): Promise<void> => tools.vault.remove(ACCESS);

async function read<T>(tools: Vaulted, key: string, shape: z.ZodType<T>): Promise<T | undefined> {
  const text = await tools.vault.get(key);
  if (text === undefined) return undefined;
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
