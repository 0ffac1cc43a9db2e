//! Lakeshore's people in the demo, from outside and on both engines: out to the hospital's own sign-in, and back.

use super::Visitor;
use super::samples::{Town, submit, until_headed};
use super::visitor::Seen;
use crate::on_both_engines;
use crate::support::PASSWORD;

const LEE: &str = "lee@lakeshore.example";
const NOOR: &str = "noor@lakeshore.example";
const DOOR: u16 = 0;
const BED: u16 = 1;
const TRACER: u16 = 3;
const HOSPITAL: u16 = 4;

/// Names somebody at Portico, which leads to the hospital, and shows the hospital who it is.
async fn sign_in(visitor: &mut Visitor, address: &str, name: &str) -> Seen {
    let first = visitor.get(address).await.unwrap();
    let entrance = submit(visitor, &first, &[("identifier", name)]).await;
    assert_eq!(entrance.heading(), "Staff entrance");
    assert!(entrance.answer.body.contains(&format!("value=\"{name}\"")), "typed once");
    submit(visitor, &entrance, &[("email", name), ("password", PASSWORD)]).await
}

async fn misbehaves(town: &Town, mood: &str) {
    let mut desk = town.node.visitor();
    desk.get(&town.at(HOSPITAL, "/")).await.unwrap();
    let answer = desk.post_and_stay("/mood", &[("mood", mood)]).await.unwrap();
    assert_eq!(answer.status, 303);
}

on_both_engines! {
    lee_types_an_email_here_and_the_rest_at_the_hospital => there_and_back,
    signing_out_on_one_side_signs_out_on_the_other => out_of_both,
    noor_has_no_account_here_until_the_hospital_may_make_one => an_account_as_she_comes,
    a_hospital_that_misbehaves_is_told_of_in_words => misbehaving,
}

async fn there_and_back(town: Town) {
    let mut lee = town.node.visitor();
    let ward = town.at(BED, "/wards/icu");
    let seen = sign_in(&mut lee, &ward, LEE).await;
    assert_eq!((seen.heading().as_str(), seen.path.as_str()), ("Intensive care", "/wards/icu"));
    let trail = lee.get(&town.at(TRACER, "/trails/set-h-04")).await.unwrap();
    assert_eq!(trail.heading(), "Instrument set H-04");
    town.close().await;
}

async fn out_of_both(town: Town) {
    let ward = town.at(BED, "/wards/icu");
    let mut lee = town.node.visitor();
    sign_in(&mut lee, &ward, LEE).await;
    let kept = lee.clone();
    lee.get(&town.at(HOSPITAL, "/")).await.unwrap();
    let out = lee.post("/sign-out", &[]).await.unwrap();
    assert_eq!(out.heading(), "You have left Lakeshore");
    until_headed(&kept, &ward, "Sign in").await;

    let mut lee = town.node.visitor();
    sign_in(&mut lee, &town.at(DOOR, "/"), LEE).await;
    let here = lee.get(&town.at(HOSPITAL, "/")).await.unwrap();
    assert!(here.answer.body.contains("Lee Nakamura, lee@lakeshore.example"));
    lee.get(&town.at(DOOR, "/")).await.unwrap();
    lee.post("/sign-out", &[]).await.unwrap();
    let gone = lee.get(&town.at(HOSPITAL, "/")).await.unwrap();
    assert!(gone.answer.body.contains("Nobody."), "{}", gone.answer.body);
    town.close().await;
}

async fn an_account_as_she_comes(town: Town) {
    let door = town.at(DOOR, "/");
    let mut noor = town.node.visitor();
    assert_eq!(sign_in(&mut noor, &door, NOOR).await.heading(), "You have no account here yet");
    town.node.visitor().post("/demo/lakeshore", &[("create", "yes")]).await.unwrap();
    let mut noor = town.node.visitor();
    let seen = sign_in(&mut noor, &door, NOOR).await;
    assert_eq!(seen.heading(), "Terms", "what everybody new accepts");
    assert_eq!(submit(&mut noor, &seen, &[]).await.who().as_deref(), Some("Noor Rahimi"));
    town.close().await;
}

async fn misbehaving(town: Town) {
    let door = town.at(DOOR, "/");
    for (mood, heading) in [
        ("says-no", "Lakeshore Hospital did not let you in"),
        ("colleague", "That is somebody else"),
        ("stranger", "That email address cannot be used here"),
        ("clock", "Two clocks disagree"),
        ("unknown-key", "We could not check the answer"),
        ("other-issuer", "The answer did not fit"),
        ("down", "Lakeshore Hospital does not answer"),
    ] {
        misbehaves(&town, mood).await;
        let mut lee = town.node.visitor();
        assert_eq!(sign_in(&mut lee, &door, LEE).await.heading(), heading, "{mood}");
        misbehaves(&town, "well").await;
    }
    town.close().await;
}
