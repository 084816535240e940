create table if not exists products (
  id bigint generated always as identity primary key,
  sku text not null unique,
  title text not null,
  created_at timestamptz not null default now()
);
