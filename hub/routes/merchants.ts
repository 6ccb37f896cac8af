import { z } from '@hono/zod-openapi';
import { config, fields } from '../../connectors/pay/wechatpay/config.ts';
import { Refusal } from '../../core/refusal.ts';
import { change } from '../change.ts';
import { closeConfig, newKey } from '../desk/connect.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import { addDemoMerchant } from '../pay/demo.ts';
import { openMerchant } from '../pay/merchant.ts';
import { wrong } from '../problem.ts';
import { sandboxesOf } from '../sandboxes.ts';
import { CheckResult, Field } from '../shapes/channels.ts';
import { Merchant, MerchantPatch, NewMerchant } from '../shapes/pay.ts';
import { showFields, showPoint } from '../show/channel.ts';
import { showMerchant } from '../show/payment.ts';
import type { Org } from '../store/org.ts';
import { addMerchant, listMerchants, type MerchantRow, merchantById, patchMerchant } from '../store/pay-merchants.ts';
import { body, byId, done, house, json, route } from './route.ts';

const tags = ['Payments'];
const list = z.object({ items: z.array(Merchant), fields: z.array(Field), sandbox: z.boolean() });

/** Who is paid: a merchant of WeChat Pay with its keys. The first is the one that new payments go to. */
export function merchants(hub: Hub) {
  const there = async (org: Org, id: string): Promise<MerchantRow> => {
    const row = await merchantById(org, id);
    if (!row || row.deleted_at) throw new Refusal('not_found');
    return row;
  };
  const mchOf = (kept: { config: Record<string, string> }) => kept.config.mchId!;
  async function refuseDoubles(org: Org, id: string, mchId: string) {
    if ((await listMerchants(org)).some((one) => one.id !== id && one.mch_id === mchId))
      throw new Refusal('already_connected');
  }
  /** Wrong keys are refused at the door: a payer must not be the first to learn of them. */
  async function tryKeys(row: MerchantRow): Promise<void> {
    const merchant = openMerchant(hub, row);
    if (!merchant) throw new Refusal('no_merchant');
    const bad = (await merchant.payments.check(merchant.config, merchant.tools)).find((point) => !point.ok);
    // An outage says nothing of the keys.
    if (bad && bad.code !== 'unreachable')
      throw new Refusal('platform_refused', bad.what.en, { point: showPoint(bad) });
  }

  return house()
    .openapi(
      route('admin', {
        method: 'get',
        path: '/pay-merchants',
        tags,
        summary: 'Merchants that can be paid, and the form for a new one',
        responses: { 200: json(list, 'Merchants') },
      }),
      async (c) => {
        const items = (await listMerchants(c.get('me').org)).map((row) => showMerchant(hub, row));
        return c.json({ items, fields: showFields(fields), sandbox: sandboxesOf(hub).has('pay') }, 200);
      },
    )
    .openapi(
      route(
        'admin',
        {
          method: 'post',
          path: '/pay-merchants',
          tags,
          summary: 'Add a merchant; its keys are tried first',
          request: { body: body(NewMerchant) },
          responses: { 201: json(Merchant, 'The merchant') },
        },
        { refuses: ['already_connected', 'platform_refused'] },
      ),
      async (c) => {
        const { name, config: given } = c.req.valid('json');
        const { org } = c.get('me');
        const id = newId();
        const kept = closeConfig(hub, { fields, config }, id, given);
        const row = { id, name, key: newKey(), mch_id: mchOf(kept), ...kept };
        await refuseDoubles(org, id, row.mch_id);
        await tryKeys({ ...row, organisation_id: org.id, sandbox: false, created_at: new Date(), deleted_at: null });
        await change(c, 'settings', async (tx) => {
          await addMerchant(tx, row);
          return { action: 'pay_merchant.created', subject: id, after: { name, mchId: row.mch_id } };
        });
        return c.json(showMerchant(hub, await there(org, id)), 201);
      },
    )
    .openapi(
      route(
        'admin',
        {
          method: 'post',
          path: '/pay-merchants/demo',
          tags,
          summary: 'The stand-in’s merchant; only where the sandbox is on',
          responses: { 201: json(Merchant, 'The merchant') },
        },
        { refuses: ['already_connected', 'invalid_input'] },
      ),
      async (c) => {
        const { org } = c.get('me');
        if (!sandboxesOf(hub).has('pay')) throw wrong('sandbox', 'no sandbox');
        let id = '';
        await change(c, 'settings', async (tx) => {
          id = await addDemoMerchant(hub, tx);
          return { action: 'pay_merchant.created', subject: id, after: { sandbox: true } };
        });
        return c.json(showMerchant(hub, await there(org, id)), 201);
      },
    )
    .openapi(
      route(
        'admin',
        {
          method: 'patch',
          path: '/pay-merchants/{id}',
          tags,
          summary: 'Change a merchant; secrets that are not named stay',
          request: { params: byId, body: body(MerchantPatch) },
          responses: { 200: json(Merchant, 'The merchant') },
        },
        { refuses: ['already_connected', 'platform_refused'] },
      ),
      async (c) => {
        const { id } = c.req.valid('param');
        const { name, config: given } = c.req.valid('json');
        const { org } = c.get('me');
        const before = await there(org, id);
        const kept = given && closeConfig(hub, { fields, config }, id, given, before);
        if (kept) {
          // Orders that are under way are the merchant's they were made for.
          if (mchOf(kept) !== before.mch_id) throw wrong('config.mchId', 'cannot change');
          await tryKeys({ ...before, ...kept });
        }
        await change(c, 'settings', async (tx) => {
          await patchMerchant(tx, id, { ...(name && { name }), ...kept });
          return {
            action: kept ? 'pay_merchant.credentials_changed' : 'pay_merchant.changed',
            subject: id,
            before: { name: before.name },
            after: { name: name ?? before.name },
          };
        });
        return c.json(showMerchant(hub, await there(org, id)), 200);
      },
    )
    .openapi(
      route('admin', {
        method: 'post',
        path: '/pay-merchants/{id}/check',
        tags,
        summary: 'Try the keys with a call that changes nothing',
        request: { params: byId },
        responses: { 200: json(CheckResult, 'Points') },
      }),
      async (c) => {
        const merchant = openMerchant(hub, await there(c.get('me').org, c.req.valid('param').id));
        if (!merchant) throw new Refusal('not_found');
        const points = await merchant.payments.check(merchant.config, merchant.tools);
        return c.json({ points: points.map(showPoint) }, 200);
      },
    )
    .openapi(
      route('admin', {
        method: 'delete',
        path: '/pay-merchants/{id}',
        tags,
        summary: 'Take a merchant away; what was asked for with it still comes to its end',
        request: { params: byId },
        responses: { 204: done },
      }),
      async (c) => {
        const { id } = c.req.valid('param');
        await change(c, 'settings', async (tx) => {
          const before = await there(tx, id);
          await patchMerchant(tx, id, { deleted_at: new Date(hub.now()) });
          return { action: 'pay_merchant.deleted', subject: id, before: { name: before.name, mchId: before.mch_id } };
        });
        return c.body(null, 204);
      },
    );
}
