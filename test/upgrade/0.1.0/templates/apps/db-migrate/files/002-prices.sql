create table if not exists prices (
  product_id bigint not null references products (id) on delete cascade,
  currency char(3) not null,
  cents integer not null check (cents >= 0),
  valid_from date not null default current_date,
  primary key (product_id, currency, valid_from)
);
create index if not exists prices_by_date on prices (valid_from);
