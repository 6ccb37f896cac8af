import { type Kysely, sql } from 'kysely';

/**
 * Being paid in the conversation. Money is whole numbers of the smallest unit (fen). Every number of ours is in a row
 * before the platform hears of it; an order is one request for money, a trade one attempt of the platform's at it (by a
 * scanned code, or by a page inside the app), of which at most one is open.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table pay_merchants (
      organisation_id uuid not null references organisations (id),
      id uuid not null,
      name text not null,
      key text not null unique,
      sandbox boolean not null default false,
      mch_id text not null,
      config jsonb not null default '{}',
      secrets bytea,
      created_at timestamptz not null default now(),
      deleted_at timestamptz,
      primary key (organisation_id, id)
    );
    create unique index pay_merchants_mch on pay_merchants (organisation_id, mch_id) where deleted_at is null;

    create table pay_orders (
      organisation_id uuid not null,
      id uuid not null,
      merchant_id uuid not null,
      session_id uuid not null,
      asked_by uuid not null,
      token text not null unique,
      amount int not null check (amount > 0),
      currency text not null,
      description text not null,
      state text not null check (state in ('asked', 'paying', 'paid', 'closed', 'failed', 'refunding', 'refunded')),
      refunded int not null default 0 check (refunded >= 0 and refunded <= amount),
      trade_no text,
      transaction_id text,
      error_code text,
      error_text text,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      paid_at timestamptz,
      ended_at timestamptz,
      check_at timestamptz,
      checks int not null default 0,
      primary key (organisation_id, id),
      unique (organisation_id, merchant_id, transaction_id),
      foreign key (organisation_id, merchant_id) references pay_merchants (organisation_id, id),
      foreign key (organisation_id, session_id) references sessions (organisation_id, id)
    );
    create index pay_orders_session on pay_orders (organisation_id, session_id);
    create index pay_orders_check on pay_orders (check_at) where check_at is not null;

    create table pay_trades (
      organisation_id uuid not null,
      no text primary key,
      order_id uuid not null,
      kind text not null check (kind in ('native', 'jsapi')),
      openid text,
      state text not null default 'open' check (state in ('open', 'paid', 'closed')),
      code_url text,
      transaction_id text,
      created_at timestamptz not null,
      foreign key (organisation_id, order_id) references pay_orders (organisation_id, id)
    );
    create index pay_trades_order on pay_trades (organisation_id, order_id);

    create table pay_refunds (
      organisation_id uuid not null,
      id uuid not null,
      order_id uuid not null,
      no text not null unique,
      trade_no text not null,
      amount int not null check (amount > 0),
      reason text,
      asked_by uuid not null,
      state text not null check (state in ('asked', 'processing', 'done', 'failed', 'abnormal')),
      refund_id text,
      error_code text,
      error_text text,
      created_at timestamptz not null,
      ended_at timestamptz,
      check_at timestamptz,
      checks int not null default 0,
      primary key (organisation_id, id),
      foreign key (organisation_id, order_id) references pay_orders (organisation_id, id)
    );
    create index pay_refunds_order on pay_refunds (organisation_id, order_id);
    create index pay_refunds_check on pay_refunds (check_at) where check_at is not null;

    -- Signed by the platform, and yet not what we know of: kept for a person to look at.
    create table pay_strays (
      organisation_id uuid not null,
      id uuid not null,
      merchant_id uuid not null,
      why text not null,
      no text not null,
      told jsonb not null,
      at timestamptz not null,
      primary key (organisation_id, id),
      unique (organisation_id, merchant_id, no, why),
      foreign key (organisation_id, merchant_id) references pay_merchants (organisation_id, id)
    );

    alter table alerts drop constraint alerts_kind_check;
    alter table alerts add constraint alerts_kind_check
      check (kind in ('forbidden', 'sensitive', 'reminder', 'channel', 'parked', 'payment'));
  `.execute(db);
}
