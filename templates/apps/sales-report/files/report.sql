copy (
  select distinct on (p.sku, r.currency) p.sku, p.title, r.currency, r.cents
  from products p
  join prices r on r.product_id = p.id
  where r.valid_from <= current_date
  order by p.sku, r.currency, r.valid_from desc
) to stdout with (format csv, header);
