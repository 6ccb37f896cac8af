import type { Payments, PayTools } from '../../connectors/pay/payments.ts';
import { config as shape, type WechatPayConfig } from '../../connectors/pay/wechatpay/config.ts';
import { wechatPay } from '../../connectors/pay/wechatpay/index.ts';
import { Refusal } from '../../core/refusal.ts';
import { openSecrets } from '../desk/connect.ts';
import type { Hub } from '../hub.ts';
import { sandboxesOf } from '../sandboxes.ts';
import type { Org } from '../store/org.ts';
import { listMerchants, type MerchantRow, merchantById } from '../store/pay-merchants.ts';

/** The stand-in's merchant; payers see it called so. */
export const DEMO_MERCHANT = '海纳演示 Haina Demo';

/** A merchant with its keys open and its way to the platform. */
export interface OpenMerchant {
  id: string;
  organisationId: string;
  name: string;
  key: string;
  sandbox: boolean;
  gone: boolean;
  config: WechatPayConfig;
  payments: Payments<WechatPayConfig>;
  tools: PayTools;
  /** Where the platform tells what happened; the merchant is in the path, for a query is not allowed. */
  notifyUrl: string;
}

/** A stand-in's merchant where no stand-in runs has nobody to talk to: undefined. */
export function openMerchant(hub: Hub, row: MerchantRow): OpenMerchant | undefined {
  const sandbox = row.sandbox ? sandboxesOf(hub).get('pay') : undefined;
  if (row.sandbox && !sandbox) return undefined;
  // A stand-in forgets with its process: this tells it again that the merchant is there.
  sandbox?.sandbox.account(DEMO_MERCHANT, '');
  return {
    id: row.id,
    organisationId: row.organisation_id,
    name: row.name,
    key: row.key,
    sandbox: row.sandbox,
    gone: row.deleted_at !== null,
    config: shape.parse({ ...row.config, ...openSecrets(hub, row) }),
    payments: wechatPay,
    tools: toolsOf(hub, row.id, sandbox?.hosts),
    notifyUrl: `${hub.publicUrl}/pay/wechat/notify/${row.key}`,
  };
}

/** What the platform is reached with; `hosts` are the stand-in's. */
export function toolsOf(hub: Hub, merchantId: string, hosts?: Readonly<Record<string, string>>): PayTools {
  return {
    fetch: hub.fetch,
    hosts: { ...wechatPay.hosts, ...hosts },
    now: hub.now,
    log: {
      info: (data, text) => hub.log.info({ ...data, merchantId }, text),
      warn: (data, text) => hub.log.warn({ ...data, merchantId }, text),
    },
  };
}

/** The merchant of an order. Throws Refusal `no_merchant` where it cannot be used. */
export async function merchantOf(hub: Hub, org: Org, id: string): Promise<OpenMerchant> {
  const row = await merchantById(org, id);
  const merchant = row && openMerchant(hub, row);
  if (!merchant) throw new Refusal('no_merchant');
  return merchant;
}

/** Whom new orders pay: the first there is. */
export async function firstMerchant(hub: Hub, org: Org): Promise<OpenMerchant | undefined> {
  for (const row of await listMerchants(org)) {
    const merchant = openMerchant(hub, row);
    if (merchant) return merchant;
  }
  return undefined;
}
