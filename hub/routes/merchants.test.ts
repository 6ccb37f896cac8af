import { expect, test } from 'vitest';
import { paySandbox } from '../../connectors/pay/sandbox.ts';
import { payDesk } from '../test/pay.ts';
import { told } from '../test/people.ts';

test('a merchant shows no secret, and its keys are tried', async () => {
  const desk = await payDesk();
  const { items, fields, sandbox } = (await told(desk.admin.ask('GET', '/pay-merchants'))).body;
  expect(sandbox).toBe(true);
  expect(items).toMatchObject([{ sandbox: true, config: { privateKey: true, apiV3Key: true, appSecret: true } }]);
  expect(fields.map((one: { key: string }) => one.key)).toContain('certificates');
  const { points } = (await told(desk.admin.ask('POST', `/pay-merchants/${desk.merchant.id}/check`))).body;
  expect(points).toMatchObject([{ ok: true, code: 'keys' }]);
  expect((await told(desk.admin.ask('POST', '/pay-merchants/demo'))).body.code).toBe('already_connected');
});

test('wrong keys are refused, and those that were right stay', async () => {
  const desk = await payDesk();
  const other = paySandbox({ url: 'http://x.invalid', fetch, now: Date.now, seed: 'other' }).account('Other', '');
  const patch = async (config: object) =>
    await told(desk.admin.ask('PATCH', `/pay-merchants/${desk.merchant.id}`, { config }));
  expect((await patch({ privateKey: other.privateKey })).body).toMatchObject({
    code: 'platform_refused',
    point: { code: 'SIGN_ERROR' },
  });
  expect((await patch({ apiV3Key: 'short' })).body).toMatchObject({
    code: 'invalid_input',
    errors: [{ path: 'config.apiV3Key' }],
  });
  expect((await patch({ privateKey: 'nonsense' })).body).toMatchObject({
    code: 'invalid_input',
    errors: [{ path: 'config.privateKey' }],
  });
  expect((await patch({ mchId: '1900000001' })).body).toMatchObject({
    errors: [{ path: 'config.mchId', message: 'cannot change' }],
  });
  expect((await desk.ask()).status).toBe(201);
  expect((await told(desk.admin.ask('PATCH', `/pay-merchants/${desk.merchant.id}`, { name: 'Shop' }))).body.name).toBe(
    'Shop',
  );
});

test('without a merchant nothing is asked for; what was asked for still comes to its end', async () => {
  const desk = await payDesk();
  const { id } = (await desk.ask()).body;
  expect((await desk.admin.ask('DELETE', `/pay-merchants/${desk.merchant.id}`)).status).toBe(204);
  expect((await told(desk.supervisor.ask('GET', '/payments/rights'))).body.ask).toBe(false);
  expect((await desk.ask()).body.code).toBe('no_merchant');
  desk.sandbox.pay(await desk.no(id));
  expect((await desk.becomes(id, 'paid')).state).toBe('paid');
});

test('keys are never in what is kept in the open, nor in the trail of changes', async () => {
  const desk = await payDesk();
  const row = await desk.org.select('pay_merchants').selectAll().executeTakeFirstOrThrow();
  const trail = JSON.stringify(await desk.org.select('audit').selectAll().execute());
  const keys = desk.sandbox.account('海纳演示 Haina Demo', '');
  for (const secret of [keys.privateKey.slice(100, 160), keys.apiV3Key, keys.appSecret!]) {
    expect(JSON.stringify(row.config)).not.toContain(secret);
    expect(row.secrets!.toString('latin1')).not.toContain(secret);
    expect(trail).not.toContain(secret);
  }
});
