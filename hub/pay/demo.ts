import { config, fields } from '../../connectors/pay/wechatpay/config.ts';
import { Refusal } from '../../core/refusal.ts';
import { closeConfig, newKey } from '../desk/connect.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import { sandboxesOf } from '../sandboxes.ts';
import type { Org } from '../store/org.ts';
import { addMerchant, listMerchants } from '../store/pay-merchants.ts';
import { DEMO_MERCHANT } from './merchant.ts';

/** The stand-in's merchant, with keys that talk to the stand-in alone. Gives its id. Throws Refusal `already_connected`. */
export async function addDemoMerchant(hub: Hub, org: Org): Promise<string> {
  const stand = sandboxesOf(hub).get('pay');
  if (!stand) throw new Refusal('no_merchant');
  const id = newId();
  const kept = closeConfig(
    hub,
    { fields, config },
    id,
    stand.sandbox.account(DEMO_MERCHANT, '') as Record<string, string>,
  );
  const mch_id = kept.config.mchId!;
  if ((await listMerchants(org)).some((one) => one.mch_id === mch_id)) throw new Refusal('already_connected');
  await addMerchant(org, { id, name: DEMO_MERCHANT, key: newKey(), mch_id, sandbox: true, ...kept });
  return id;
}
