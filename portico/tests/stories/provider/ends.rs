//! What ends with a product, a client, a license: products are told, and nothing lives again when it comes back.

use std::time::Duration;

use axum::http::{HeaderMap, Method, header};
use portico::organizations;
use portico::platform::outgoing::Outgoing;
use portico::products::{self, By, Registry, Terms, Until};
use portico::provider::{NewClient, Provider};
use secrecy::ExposeSecret;
use store::Tx;

use super::logout::{Listener, deliver, listening, notices, told};
use crate::stories;
use crate::support::TestApp;
use crate::support::product::{self, Answer, Product, basic, program};

const OMAR: &str = "omar@riverside.example";
/// Bed Board as a file has it that does not name its client `bed-board` any more.
const WITHOUT_IT: &str = r#"
[[product]]
id = "bed-board"
name = "Bed Board"
description = "Who has room, right now"
home = "https://bed-board.example/start"

[[product.client]]
id = "bed-board-2"
redirect_uris = ["https://bed-board.example/two"]
"#;

/// Does something to Bed Board, as the commands do it; what it takes with it is not ended yet.
macro_rules! to_bed_board {
    ($app:expr, $act:expr) => {{
        let node = $app.app();
        let act = async |tx: &mut Tx| {
            let registry = Registry::read(tx).await?;
            $act(tx, By::command(node), registry.product("bed-board").unwrap()).await
        };
        node.db.write("story", act).await.unwrap()
    }};
}

async fn close(app: &TestApp) -> bool {
    let node = app.app();
    let close = async |tx: &mut Tx| {
        let (registry, riverside) = (Registry::read(tx).await?, organizations::by_slug(tx, "riverside").await?);
        let both = (registry.product("bed-board").unwrap(), &riverside.unwrap());
        products::close_to(tx, By::command(node), both).await
    };
    node.db.write("story", close).await.unwrap()
}

async fn open_again(app: &TestApp) {
    let node = app.app();
    let open = async |tx: &mut Tx| {
        let (registry, riverside) = (Registry::read(tx).await?, organizations::by_slug(tx, "riverside").await?);
        let both = (registry.product("bed-board").unwrap(), &riverside.unwrap());
        let terms = Terms { until: Some(Until::WithoutEnd), ..Terms::default() };
        products::open_to(tx, By::command(node), both, terms).await
    };
    node.db.write("story", open).await.unwrap().unwrap();
}

/// What a command does behind its write, and the nodes do in its place.
async fn end(app: &TestApp) {
    products::end_due(app.app()).await.unwrap();
}

/// Bed Board, and what it was given for omar: a refresh token that outlives his session.
async fn reached(app: &TestApp, listener: &Listener) -> (Product, Answer) {
    let bed = listening(app, "bed-board", listener).await;
    let browser = app.browser();
    browser.sign_in(OMAR).await;
    let code = bed.code(&browser, &[("scope", "openid offline_access")]).await;
    let tokens = bed.redeem(&code).await;
    tokens.is_good();
    (bed, tokens)
}

stories! {
    async fn a_retired_product_is_told_that_its_people_are_signed_out_and_nothing_lives_again(app: TestApp) {
        let mut listener = Listener::start(&[200]).await;
        let (bed, tokens) = reached(&app, &listener).await;
        assert!(to_bed_board!(app, products::retire));
        end(&app).await;
        bed.refresh(&tokens.text("refresh_token")).await.is_refused("invalid_client");
        deliver(&app).await;
        assert_eq!(told(&app, &bed, &listener.token().unwrap()).await["sub"], OMAR);
        assert!(to_bed_board!(app, products::restore));
        bed.refresh(&tokens.text("refresh_token")).await.is_refused("invalid_grant");
        bed.userinfo(&tokens.text("access_token")).await.is_refused("invalid_token");
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        bed.tokens(&browser).await;
        end(&app).await;
        deliver(&app).await;
        assert!(listener.token().is_none(), "what is new goes on");
    }

    async fn a_notice_that_waited_when_its_product_was_retired_is_sent(app: TestApp) {
        let mut listener = Listener::start(&[503, 200]).await;
        let bed = listening(&app, "bed-board", &listener).await;
        let browser = app.browser();
        let portal = browser.sign_in(OMAR).await;
        bed.tokens(&browser).await;
        portal.press("Sign out").await;
        deliver(&app).await;
        assert!(listener.token().is_some() && notices(&app, "waiting").await == 1);
        to_bed_board!(app, products::retire);
        end(&app).await;
        app.pass(Duration::from_secs(300));
        deliver(&app).await;
        told(&app, &bed, &listener.token().unwrap()).await;
        assert_eq!(notices(&app, "delivered").await, 1);
    }

    async fn a_client_that_a_file_leaves_out_is_told_and_comes_back_with_a_new_secret_and_nothing_else(app: TestApp) {
        let mut listener = Listener::start(&[200]).await;
        let (bed, tokens) = reached(&app, &listener).await;
        let node = app.app();
        let wanted = products::load(WITHOUT_IT, std::path::Path::new(".")).unwrap();
        let import = async |tx: &mut Tx| products::register(tx, By::command(node), &wanted).await;
        node.db.write("story", import).await.unwrap();
        end(&app).await;
        deliver(&app).await;
        assert_eq!(told(&app, &bed, &listener.token().unwrap()).await["sub"], OMAR);
        let enable = async |tx: &mut Tx| {
            let registry = Registry::read(tx).await?;
            let (_, client) = registry.client("bed-board").unwrap();
            products::enable_client(tx, By::command(node), client).await
        };
        let secret = node.db.write("story", enable).await.unwrap().unwrap();
        let refresh = tokens.text("refresh_token");
        bed.refresh(&refresh).await.is_refused("invalid_client");
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, basic("bed-board", secret.expose_secret()));
        let form = [("grant_type", "refresh_token"), ("refresh_token", refresh.as_str())];
        program(&app, Method::POST, "/oauth2/token", headers, &form).await.is_refused("invalid_grant");
    }

    async fn what_an_organization_was_given_at_a_client_ends_when_the_client_is_taken_from_it(app: TestApp) {
        let grants = product::of("bed-board").grants;
        let client = Product::register(&app, NewClient { grants, ..product::try_it() }).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let tokens = client.redeem(&client.code(&browser, &[("scope", "openid offline_access")]).await).await;
        tokens.is_good();
        let node = app.app();
        for organization in ["harbor", "riverside"] {
            let wanted = format!(
                r#"
[[client]]
id = "try-it"
profile = "oidc-basic"
organizations = ["{organization}"]
redirect_uris = ["http://127.0.0.1:9999/callback"]
"#
            );
            let wanted = products::load(&wanted, std::path::Path::new(".")).unwrap();
            let import = async |tx: &mut Tx| products::register(tx, By::command(node), &wanted).await;
            node.db.write("story", import).await.unwrap();
        }
        client.refresh(&tokens.text("refresh_token")).await.is_refused("invalid_grant");
    }

    async fn what_comes_back_before_it_was_ended_finds_nothing_of_before(app: TestApp) {
        let mut listener = Listener::start(&[200]).await;
        let (bed, tokens) = reached(&app, &listener).await;
        to_bed_board!(app, products::retire);
        to_bed_board!(app, products::restore);
        bed.refresh(&tokens.text("refresh_token")).await.is_refused("invalid_grant");
        deliver(&app).await;
        assert!(listener.token().is_some());
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let tokens = bed.tokens(&browser).await;
        app.pass_seconds(1);
        assert!(close(&app).await);
        open_again(&app).await;
        bed.refresh(&tokens.text("refresh_token")).await.is_refused("invalid_grant");
        deliver(&app).await;
        assert!(listener.token().is_some());
    }

    async fn a_closing_that_was_killed_half_way_is_ended_by_the_next_and_told_once(app: TestApp) {
        let mut listener = Listener::start(&[200]).await;
        let (bed, tokens) = reached(&app, &listener).await;
        // The command dies behind its write.
        assert!(close(&app).await);
        deliver(&app).await;
        assert!(listener.token().is_none());
        bed.refresh(&tokens.text("refresh_token")).await.is_refused("invalid_grant");
        assert!(!close(&app).await, "there is nothing left that could end");
        for _ in 0..2 {
            end(&app).await;
            deliver(&app).await;
        }
        assert!(listener.token().is_some() && listener.token().is_none(), "once");
        open_again(&app).await;
        bed.refresh(&tokens.text("refresh_token")).await.is_refused("invalid_grant");
    }

    async fn clock_a_license_that_comes_to_its_last_day_is_told_and_takes_its_tokens_with_it(app: TestApp) {
        let mut listener = Listener::start(&[200]).await;
        let (bed, tokens) = reached(&app, &listener).await;
        let last = app.clock().now() + Duration::from_secs(60);
        app.execute("UPDATE licenses SET valid_until = $1 WHERE product_id = 'bed-board'", &[&last]).await;
        end(&app).await;
        let tokens = bed.refresh(&tokens.text("refresh_token")).await;
        app.pass_seconds(60);
        bed.refresh(&tokens.is_good().text("refresh_token")).await.is_refused("invalid_grant");
        end(&app).await;
        deliver(&app).await;
        assert_eq!(told(&app, &bed, &listener.token().unwrap()).await["sub"], OMAR);
        open_again(&app).await;
        bed.refresh(&tokens.text("refresh_token")).await.is_refused("invalid_grant");
    }

    async fn a_license_that_ends_signs_nobody_out_of_another_organization(app: TestApp) {
        let mut listener = Listener::start(&[200]).await;
        let (bed, tokens) = reached(&app, &listener).await;
        let sql = "INSERT INTO licenses (id, organization_id, product_id, seats, valid_from, valid_until)
                   VALUES ('harbor/bed-board', 'harbor', 'bed-board', 5, 0, 1)";
        app.execute(sql, &[]).await;
        end(&app).await;
        deliver(&app).await;
        assert!(listener.token().is_none());
        bed.refresh(&tokens.text("refresh_token")).await.is_good();
    }

    async fn a_node_that_remembers_a_client_redeems_nothing_once_it_is_disabled(app: TestApp) {
        let remembers = Provider::new(Duration::from_secs(3_600), Outgoing::new("http://127.0.0.1").unwrap());
        let there = app.node_with(|parts| parts.provider = remembers).await;
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let (first, second) = (bed.code(&browser, &[]).await, bed.code(&browser, &[]).await);
        bed.on(&there).redeem(&first).await.is_good();
        to_bed_board!(app, products::retire);
        bed.on(&there).redeem(&second).await.is_refused("invalid_grant");
        end(&app).await;
        assert_eq!(app.count("SELECT count(*) FROM grants WHERE revoked_at IS NULL", &[]).await, 0);
    }

    async fn a_client_that_was_disabled_before_stays_so_when_its_product_comes_back(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let mut second = product::of("bed-board");
        second.id = "bed-board-2".into();
        Product::register(&app, second).await;
        let node = app.app();
        let disable = async |tx: &mut Tx| {
            let registry = Registry::read(tx).await?;
            products::disable_client(tx, By::command(node), registry.client("bed-board-2").unwrap().1).await
        };
        assert!(node.db.write("story", disable).await.unwrap());
        app.pass_seconds(1);
        to_bed_board!(app, products::retire);
        to_bed_board!(app, products::restore);
        bed.token(&[("grant_type", "client_credentials")]).await.is_good();
        let disabled = "SELECT count(*) FROM clients WHERE disabled_at IS NOT NULL AND id = 'bed-board-2'";
        assert_eq!(app.count(disabled, &[]).await, 1);
    }
}
