import type { RawRequest } from '../../connectors/connector.ts';
import type { Hub } from '../hub.ts';
import { merchantByKey } from '../store/pay-merchants.ts';
import { orderById, refundByNo } from '../store/payments.ts';
import { type OpenMerchant, openMerchant } from './merchant.ts';
import { settleRefund } from './refund.ts';
import { learn, stray } from './settle.ts';

/** The merchant that an address names; undefined where there is none, or only a stand-in that does not run. */
export async function merchantNamed(hub: Hub, key: string): Promise<OpenMerchant | undefined> {
  const row = await merchantByKey(hub.db, key);
  return row && openMerchant(hub, row);
}

/**
 * One notification (17.6): verified and opened, then booked in one transaction, then answered. What is signed and yet
 * unknown is kept and told of, and still answered well: it would be the same the next time. Throws BadSignature and
 * BadRequest.
 */
export async function takeNotification(
  hub: Hub,
  merchant: OpenMerchant,
  request: Pick<RawRequest, 'headers' | 'body'>,
): Promise<void> {
  const told = merchant.payments.notification(request, merchant.config, hub.now());
  const org = hub.db.org(merchant.organisationId);
  if (told.kind === 'other')
    return hub.log.info({ what: told.what, merchantId: merchant.id }, 'a notification we have no use for');
  if (told.kind === 'trade') return await learn(hub, org, merchant, told.trade);
  const { refund, no, mchId } = told;
  const row = await refundByNo(org, refund.refundNo);
  const order = row && (await orderById(org, row.order_id));
  const why =
    !row || order?.merchant_id !== merchant.id || row.trade_no !== no
      ? 'unknown_refund'
      : mchId !== merchant.config.mchId
        ? 'wrong_merchant'
        : refund.amount !== undefined && refund.amount !== row.amount
          ? 'wrong_amount'
          : undefined;
  if (!row || why)
    return await stray(hub, org, merchant, {
      why: why ?? 'unknown_refund',
      no: refund.refundNo,
      told: refund,
      ...(order && { sessionId: order.session_id }),
    });
  await settleRefund(hub, org, row, refund, new Date(hub.now() + 60_000));
}
