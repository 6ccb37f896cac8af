import { z } from 'zod';
import type { Kind } from './outbound.ts';

/** What `api_get_authorizer_info` says of an account (channels/wechat.md §12.5). Strict where we build on it. */
const some = z.preprocess(
  (value) => (value === '' || value === null ? undefined : value),
  z.string().optional().catch(undefined),
);
const numbered = z.looseObject({ id: z.coerce.number() }).optional().catch(undefined);
export const authorizerInfo = z.looseObject({
  authorizer_info: z.looseObject({
    nick_name: some,
    head_img: some,
    user_name: some,
    principal_name: some,
    service_type_info: numbered,
    verify_type_info: numbered,
    account_status: z.coerce.number().optional().catch(undefined),
    MiniProgramInfo: z.unknown().optional(),
  }),
  authorization_info: z.looseObject({
    authorizer_appid: some,
    authorizer_refresh_token: some,
    func_info: z
      .array(z.looseObject({ funcscope_category: z.looseObject({ id: z.coerce.number() }) }))
      .optional()
      .catch(undefined),
  }),
});
export type AuthorizerInfo = z.infer<typeof authorizerInfo>;

/** A mini-program has a part of its own; everything else is an official account. */
export const kindOf = ({ authorizer_info: { MiniProgramInfo } }: AuthorizerInfo): Kind =>
  MiniProgramInfo !== undefined && MiniProgramInfo !== null ? 'mini' : 'account';

export const grantedIn = ({ authorization_info: { func_info } }: AuthorizerInfo): number[] =>
  (func_info ?? []).map(({ funcscope_category: { id } }) => id);

/** The plain part of the account's config. */
export function factsOf(info: AuthorizerInfo): Record<string, string> {
  const { user_name, service_type_info, verify_type_info, account_status } = info.authorizer_info;
  const mini = kindOf(info) === 'mini';
  const facts: Record<string, string | undefined> = {
    ghId: user_name,
    kind: mini ? 'mini' : service_type_info?.id === 2 ? 'service' : 'subscription',
    verified: verify_type_info && (verify_type_info.id < 0 ? 'no' : 'yes'),
    status: account_status === undefined ? undefined : String(account_status),
    funcIds: grantedIn(info).join(',') || undefined,
  };
  return Object.fromEntries(Object.entries(facts).filter((entry): entry is [string, string] => !!entry[1]));
}
