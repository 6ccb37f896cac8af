import { describe, expect, it } from 'vitest';
import { fenOf, type Payment, Payments } from '../src/lib/payments.svelte.ts';

describe('fenOf', () => {
  it.each<[string, number | null]>([
    ['12.50', 1250],
    ['12.5', 1250],
    ['12', 1200],
    [' ¥ 0.01 ', 1],
    ['￥19.99', 1999],
    ['1。5', 150],
    ['1000000', 100_000_000],
    ['1000000.01', null],
    ['0', null],
    ['0.00', null],
    ['0.001', null],
    ['1,000', null],
    ['-1', null],
    ['1e3', null],
    ['', null],
    ['abc', null],
  ])('%j is %j fen', (text, fen) => {
    expect(fenOf(text)).toBe(fen);
  });

  it('takes every sum of two digits as it is written', () => {
    for (let fen = 1; fen <= 20_000; fen++) if (fenOf((fen / 100).toFixed(2)) !== fen) expect(fen).toBe('itself');
  });
});

describe('what became of payments', () => {
  const payment = (more: Partial<Payment>) => ({ id: 'p', sessionId: 's', state: 'paying', ...more }) as Payment;

  it('is read once for many cards, and again when the conversation tells of it', async () => {
    const asked: string[] = [];
    let state: Payment['state'] = 'paying';
    const payments = new Payments({
      get: async (path: string) => {
        asked.push(path);
        return { items: [payment({ state })] } as never;
      },
      post: async () => ({}) as never,
    });
    await Promise.all([payments.read('s'), payments.read('s')]);
    expect(asked).toEqual(['/sessions/s/payments']);
    const tell = (what: string) =>
      payments.hear({ type: 'event', sessionId: 's', event: { type: 'notice', data: { what } } } as never);
    state = 'paid';
    tell('reaction');
    tell('payment_paid');
    await new Promise((resolve) => setTimeout(resolve));
    expect(asked).toHaveLength(2);
    expect(payments.get('p')?.state).toBe('paid');
  });
});
