//! The sample products of the demo, from outside and on both engines: relying parties by a library that is not ours.

use std::collections::BTreeMap;

use scraper::{Html, Selector};
use serde_json::Value;
use tempfile::TempDir;

use super::demo::demo_on;
use super::visitor::Seen;
use super::{Node, Visitor, postgres, until};
use crate::support::{Engine, PASSWORD};

const OMAR: &str = "omar@riverside.example";
const NORA: &str = "nora@riverside.example";
const BED: u16 = 1;
const DESK: u16 = 2;
const TRACER: u16 = 3;

/// A demo, and a browser that walks between its ports.
struct Town {
    node: Node,
    _folder: TempDir,
    database: Option<String>,
}

impl Town {
    async fn open(engine: Engine) -> Town {
        let folder = TempDir::new().unwrap();
        let database = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(postgres::create().await),
        };
        let url = database.as_ref().map(|(url, _)| url.as_str());
        let node = demo_on(&folder.path().join("demo"), folder.path(), url).await;
        Town { node, _folder: folder, database: database.map(|(_, name)| name) }
    }

    fn at(&self, product: u16, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.node.address.port() + product)
    }

    async fn close(self) {
        self.node.stop().await;
        if let Some(name) = self.database {
            postgres::drop_database(&name).await;
        }
    }

    /// Signs in wherever a product has sent the browser: the page it ends at.
    async fn sign_in_at(&self, visitor: &mut Visitor, address: &str, name: &str) -> Seen {
        let first = visitor.get(address).await.unwrap();
        assert!(first.path.starts_with("/sign-in"), "{}", first.path);
        let password = submit(visitor, &first, &[("identifier", name)]).await;
        submit(visitor, &password, &[("password", PASSWORD)]).await
    }
}

/// Fills the form of a page's main part, with what it carries.
async fn submit(visitor: &mut Visitor, page: &Seen, typed: &[(&str, &str)]) -> Seen {
    let (action, mut fields) = {
        let document = Html::parse_document(&page.answer.body);
        let form = document.select(&Selector::parse("main form").unwrap()).next().expect("a form");
        let hidden = Selector::parse("input[type=hidden]").unwrap();
        let attribute = |input: &scraper::ElementRef<'_>, name| input.value().attr(name).unwrap_or_default().to_owned();
        let carried = form.select(&hidden).map(|input| (attribute(&input, "name"), attribute(&input, "value")));
        let carried: BTreeMap<String, String> = carried.collect();
        (form.value().attr("action").expect("an action").to_owned(), carried)
    };
    fields.extend(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    visitor.post(&action, &fields).await.unwrap()
}

fn parameter(address: &str, name: &str) -> String {
    let (_, query) = address.split_once('?').expect("a query");
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs.find(|(known, _)| known == name).expect("that parameter").1.into_owned()
}

/// What the page hands to the menu's element.
fn menu(page: &Seen) -> Value {
    let document = Html::parse_document(&page.answer.body);
    let element = document.select(&Selector::parse("portico-switcher").unwrap()).next().expect("a menu");
    serde_json::from_str(element.value().attr("list").unwrap()).unwrap()
}

fn way_to(page: &Seen, product: &str) -> String {
    let list = menu(page);
    let item = list["products"].as_array().unwrap().iter().find(|item| item["slug"] == product).unwrap().clone();
    item["url"].as_str().unwrap().to_owned()
}

/// Looks at an address until it shows this heading.
async fn until_headed(visitor: &Visitor, address: &str, heading: &str) {
    until(&format!("{address} shows {heading}"), async || {
        let seen = visitor.clone().get(address).await.ok()?;
        (seen.heading() == heading).then_some(())
    })
    .await;
}

macro_rules! on_both_engines {
    ($($name:ident => $story:ident),+ $(,)?) => {$(
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() {
                $story(Town::open(Engine::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgres() {
                $story(Town::open(Engine::Postgres).await).await;
            }
        }
    )+};
}

on_both_engines! {
    omar_goes_from_a_bookmark_to_another_product_and_out_of_both => from_one_to_the_next_and_out,
    whoever_has_lost_the_session_of_a_product_signs_out_at_the_front_door_all_the_same => lost_session,
    whatever_ends_access_or_session_ends_it_at_the_product => what_ends_it,
}

async fn from_one_to_the_next_and_out(town: Town) {
    let mut omar = town.node.visitor();
    let bookmark = town.at(BED, "/wards/3-west");
    let ward = town.sign_in_at(&mut omar, &bookmark, OMAR).await;
    assert_eq!((ward.heading().as_str(), ward.path.as_str()), ("3 West, surgery", "/wards/3-west"));
    for known in ["Omar Haddad", "Riverside Health", "Main Campus", "editor", "East Clinic", "viewer"] {
        assert!(ward.answer.body.contains(known), "{known}");
    }
    // Each product takes ID tokens of another algorithm.
    let desk = omar.get(&way_to(&ward, "incident-desk")).await.unwrap();
    assert_eq!(desk.heading(), "Incident Desk");
    let tracer = omar.get(&town.at(TRACER, "/trails/set-h-04")).await.unwrap();
    assert_eq!(tracer.heading(), "Instrument set H-04");
    let kept = omar.clone();
    omar.get(&town.at(DESK, "/")).await.unwrap();
    let out = omar.post("/sign-out", &[]).await.unwrap();
    assert_eq!((out.heading().as_str(), out.path.as_str()), ("You are signed out", "/signed-out"));
    // Even a browser that has kept every cookie.
    for product in [BED, TRACER] {
        until_headed(&kept, &town.at(product, "/"), "Sign in").await;
    }
    town.close().await;
}

async fn lost_session(town: Town) {
    let mut omar = town.node.visitor();
    town.sign_in_at(&mut omar, &town.at(BED, "/wards/icu"), OMAR).await;
    // As when the product was started anew.
    omar.forget("bed-board");
    let asked = omar.post("/sign-out", &[]).await.unwrap();
    assert_eq!(asked.heading(), "Do you want to sign out?");
    let out = submit(&mut omar, &asked, &[]).await;
    assert_eq!(out.heading(), "You are signed out");
    assert!(omar.get(&town.at(BED, "/wards/icu")).await.unwrap().path.starts_with("/sign-in"), "at Portico, too");
    town.close().await;
}

async fn what_ends_it(town: Town) {
    let mut omar = town.node.visitor();
    let page = town.at(BED, "/wards/icu");
    assert_eq!(town.sign_in_at(&mut omar, &page, OMAR).await.heading(), "Intensive care");

    let mut nora = town.node.visitor();
    let refused = town.sign_in_at(&mut nora, &page, NORA).await;
    assert_eq!(refused.heading(), "You cannot open Bed Board");

    town.node.visitor().post("/demo/access", &[]).await.unwrap();
    until_headed(&omar, &page, "You cannot open Bed Board").await;
    town.node.visitor().post("/demo/access", &[("give", "yes")]).await.unwrap();
    until_headed(&omar, &page, "Intensive care").await;
    omar.get(&page).await.unwrap();

    // The access token has run out, and the refresh token gets the next: nobody notices.
    town.node.visitor().post_and_stay("/demo/clock", &[("seconds", "600")]).await.unwrap();
    assert_eq!(omar.get(&page).await.unwrap().heading(), "Intensive care");
    town.node.visitor().post_and_stay("/demo/clock", &[("seconds", "2592000")]).await.unwrap();
    assert_eq!(omar.get(&page).await.unwrap().heading(), "Sign in");
    town.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_that_is_asked_to_begin_a_sign_in_leads_to_its_own_pages_only() {
    let town = Town::open(Engine::Sqlite).await;
    let home = town.at(BED, "");
    for (wanted, path) in [
        (format!("{home}/wards/icu"), "/wards/icu"),
        (format!("{home}/"), "/"),
        ("http://evil.example/wards/icu".to_owned(), "/"),
        ("//evil.example".to_owned(), "/"),
        (format!("{home}.evil.example/wards/icu"), "/"),
        (format!("{home}@evil.example/wards/icu"), "/"),
        (format!("{home}//evil.example"), "/"),
        (format!("{home}/\\evil.example"), "/"),
        (format!("{home}/\t/evil.example"), "/"),
        (format!("{home}/wards/icu?x=1"), "/"),
    ] {
        let query: String = form_urlencoded::byte_serialize(wanted.as_bytes()).collect();
        let mut omar = town.node.visitor();
        let there = town.sign_in_at(&mut omar, &format!("{home}/sign-in?target_link_uri={query}"), OMAR).await;
        assert_eq!((there.path.as_str(), there.answer.status), (path, 200), "{wanted}");
    }
    let hinted = format!("{home}/sign-in?login_hint={NORA}");
    assert!(town.node.visitor().get(&hinted).await.unwrap().answer.body.contains(NORA));
    town.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_takes_no_answer_and_no_logout_token_that_is_not_its_own() {
    let town = Town::open(Engine::Sqlite).await;
    let mut omar = town.node.visitor();
    let page = town.at(BED, "/wards/icu");
    town.sign_in_at(&mut omar, &page, OMAR).await;

    for (asked, heading) in [
        ("/callback", "This sign-in is over"),
        ("/callback?code=x&state=y", "This sign-in is over"),
        ("/sign-in?iss=https://evil.example", "You could not be signed in"),
        ("/wards/nowhere", "There is no such page"),
        ("/nothing", "There is no such page"),
    ] {
        let seen = town.node.visitor().get(&town.at(BED, asked)).await.unwrap();
        assert_eq!(seen.heading(), heading, "{asked}");
        assert!(seen.answer.status >= 400 && seen.answer.body.contains("href=\"/\""), "{asked}: and a way on");
    }
    // The right state, and the answer of another issuer's.
    let mut begun = town.node.visitor();
    let way = begun.get_and_stay(&page).await.unwrap().header("location").unwrap().to_owned();
    let state = parameter(&way, "state");
    let answer = format!("/callback?code=x&state={state}&iss=https://evil.example");
    assert_eq!(begun.get(&town.at(BED, &answer)).await.unwrap().heading(), "You could not be signed in");

    // An ID token is signed by the same keys, for the same product, about the same session.
    let mut leaving = omar.clone();
    let way = leaving.post_and_stay("/sign-out", &[]).await.unwrap().header("location").unwrap().to_owned();
    let id_token = parameter(&way, "id_token_hint");
    // Portico's session goes on, so that the product's begins anew under the same name.
    assert_eq!(omar.get(&page).await.unwrap().heading(), "Intensive care");
    for token in ["", "nonsense", "eyJhbGciOiJub25lIn0.e30.", &id_token] {
        let mut portico = Visitor::new(town.node.address);
        portico.get(&town.at(BED, "/signed-out")).await.unwrap();
        let answer = portico.post_and_stay("/backchannel-logout", &[("logout_token", token)]).await.unwrap();
        assert_eq!(answer.status, 400, "{token}");
    }
    assert_eq!(omar.get(&page).await.unwrap().heading(), "Intensive care");
    let seen = omar.get(&town.at(BED, "/")).await.unwrap();
    let policy = seen.answer.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"), "{policy}");
    let told = format!("{:?}{}", seen.answer.headers, seen.answer.body);
    assert!(!["portico_at_", "portico_rt_", "eyJ"].iter().any(|token| told.contains(token)), "tokens stay behind");
    town.close().await;
}
