//! `sso` and `account secondary`, as an operator types them.

use super::Deployment;
use crate::support::Engine;
use crate::support::steps::NEW_PASSWORD;

const LEE: &str = "lee@lakeshore.example";
const SECOND: &str = "lee.castillo@mail.example";

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_suspends_looks_on_and_resumes() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    let node = deployment.start();
    let suspend = ["sso", "suspend", "lakeshore", "--reason", "Their page is out"];
    deployment.run(&["sso", "show", "lakeshore"]).await.exits(0).says("on").says("With a second mailbox");
    deployment.run(&["sso", "suspend", "riverside", "--reason", "why not"]).await.refuses(1, &["nothing to suspend"]);
    deployment
        .run(&["sso", "suspend", "nowhere", "--reason", "why not"])
        .await
        .refuses(1, &["no organization nowhere"]);
    deployment.run(&["sso", "suspend", "lakeshore", "--reason", "no"]).await.refuses(1, &["Say why"]);
    deployment.run(&["sso", "resume", "lakeshore"]).await.refuses(1, &["is not suspended"]);
    deployment.run(&["sso", "approve", "lakeshore"]).await.refuses(1, &["Nobody has asked for it"]);
    let asked = ["sso", "request", "lakeshore", "--by", LEE, "--reason", "Their page is out"];
    deployment.run(&asked).await.refuses(1, &["Only a License Owner"]);
    deployment.run(&suspend).await.exits(0).says("0 have a confirmed second mailbox").says("both mailboxes");
    deployment.run(&suspend).await.refuses(1, &["suspended already"]);
    deployment.mailbox.mail_to("root@portico.example").await;
    let shown = deployment.run(&["sso", "show", "lakeshore", "--json"]).await.exits(0).json();
    assert_eq!((shown["state"].as_str(), shown["mailboxes"].as_str()), (Some("suspended"), Some("both")), "{shown}");
    let doctor = deployment.run(&["doctor", LEE]).await;
    doctor.exits(1).says("Suspended since").says("no second mailbox counts").says("portico account reset");
    deployment.run(&["sso", "through", "lakeshore", "one"]).await.exits(2);
    deployment.run(&["sso", "through", "lakeshore", "secondary"]).await.exits(0).says("the second mailbox alone");
    deployment.run(&["account", "reset", LEE]).await.exits(0).says("is queued");
    let mail = deployment.mailbox.mail_to(LEE).await;
    let link = super::mailbox::link_in(&mail);
    let done = node.visitor().use_link(&link, NEW_PASSWORD).await.unwrap();
    assert_eq!(done.heading(), "Your password was successfully reset");
    deployment.mailbox.mail_to(LEE).await;
    let mut lee = node.visitor();
    assert_eq!(lee.sign_in(LEE, NEW_PASSWORD).await.unwrap().who().as_deref(), Some("Lee Castillo"));
    deployment.run(&["sso", "resume", "lakeshore"]).await.exits(0).says("is back");
    deployment.mailbox.mail_to("root@portico.example").await;
    assert_eq!(lee.get("/").await.unwrap().heading(), "Sign in");
    deployment.run(&["account", "reset", LEE]).await.refuses(1, &["It signs in at Lakeshore Hospital"]);
    node.stop().await;
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_mailbox_is_named_by_command_and_not_confirmed() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    let node = deployment.start();
    let secondary = |act: &'static str| vec!["account", "secondary", act, LEE];
    deployment.run(&secondary("show")).await.exits(0).says("has no second mailbox");
    deployment.run(&[secondary("set"), vec!["lee@"]].concat()).await.refuses(2, &["is no email address"]);
    deployment
        .run(&[secondary("set"), vec!["lee2@lakeshore.example"]].concat())
        .await
        .refuses(1, &["lies at the organization"]);
    deployment.run(&[secondary("set"), vec![SECOND]].concat()).await.exits(0).says("is queued");
    deployment.mailbox.mail_to(SECOND).await;
    deployment.run(&secondary("show")).await.exits(0).says("waits for its button");
    let shown = deployment.run(&[secondary("show"), vec!["--json"]].concat()).await.exits(0).json();
    assert_eq!(shown[0]["confirmed"].as_bool(), Some(false), "{shown}");
    deployment.run(&["doctor", LEE]).await.says("nobody has pressed the button");
    deployment.run(&secondary("remove")).await.exits(0).says("has no second mailbox any more");
    deployment.run(&secondary("remove")).await.exits(0).says("had none");
    node.stop().await;
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_says_who_they_are_since_when_nothing_is_believed_and_what_was_made_since() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    let suspend = ["sso", "suspend", "lakeshore", "--reason", "It was stolen", "--operator"];
    deployment.run(&[&suspend[..], &[LEE]].concat()).await.refuses(2, &["is no operator's account"]);
    let since = ["root@portico.example", "--distrust-since"];
    deployment.run(&[&suspend[..], &since, &["yesterday"]].concat()).await.exits(2);
    deployment.run(&[&suspend[..], &since, &["2026-11-25T22:00Z"]].concat()).await.exits(0).says("is suspended");
    let made = ["sso", "made", "lakeshore", "--since", "2026-11-25T22:00Z"];
    deployment.run(&made).await.exits(0).says("have made nothing since 2026-11-25T22:00:00Z");
    let undone = deployment.run(&[&made[..], &["--undo", "--json"]].concat()).await.exits(0).json();
    assert_eq!(
        (undone["undone"].as_bool(), undone["made"].as_array().map(Vec::len)),
        (Some(true), Some(0)),
        "{undone}"
    );
    deployment.run(&["sso", "resume", "lakeshore", "--operator", "root@portico.example"]).await.exits(0);
    deployment.finish().await;
}
