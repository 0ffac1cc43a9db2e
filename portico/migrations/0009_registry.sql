-- Where a product can be asked to begin a sign-in by itself (OpenID Connect Core section 4); NULL: it does at every page.
ALTER TABLE products ADD COLUMN initiate_login_uri TEXT;
-- The page for somebody who has asked for none; NULL: `url`.
ALTER TABLE products ADD COLUMN default_view TEXT;
-- It opens from other products' menus, and is not on the portal.
ALTER TABLE products ADD COLUMN menu_only_at BIGINT;
-- Nobody opens it any more. It is kept: what was done with it refers to it.
ALTER TABLE products ADD COLUMN retired_at BIGINT;

-- Pictures that were decoded and encoded anew: square, opaque, PNG.
CREATE TABLE logos (
    -- SHA-256 of the bytes, in hexadecimal: its address.
    id TEXT PRIMARY KEY,
    bytes BLOB NOT NULL,
    -- SHA-256 of the file it was made of: the same file again is no change.
    source TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
-- NULL: there is none, and an initial stands for it.
ALTER TABLE products ADD COLUMN logo_id TEXT REFERENCES logos (id);

-- The page that opens a product at one site, where that is another one than everywhere else.
CREATE TABLE product_views (
    product_id TEXT NOT NULL REFERENCES products (id),
    site_id TEXT NOT NULL REFERENCES sites (id),
    url TEXT NOT NULL,
    PRIMARY KEY (product_id, site_id)
);

-- Written at most once an hour.
ALTER TABLE client_secrets ADD COLUMN last_used_at BIGINT;
