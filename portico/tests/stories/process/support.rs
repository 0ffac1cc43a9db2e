//! What people sent with the Contact Form, on the command line.

use super::Deployment;
use crate::support::Engine;

#[tokio::test(flavor = "multi_thread")]
async fn requests_that_wait_for_an_answer_are_listed_with_every_line_marked_as_theirs() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    deployment.run(&["support", "list"]).await.exits(0).says("Nobody waits for an answer.");
    let insert =
        "INSERT INTO support_requests (id, form, browser, number, kind, topic, name, email, message, created_at,
                                                answered_at)
                  VALUES ($1, $1, x'00', $2, 'question', 'locked', 'Omar Haddad', 'omar@riverside.example', $3, 1, $4)";
    let message = "It says locked.\nNumber  EVIL-0000";
    let waiting: Option<i64> = None;
    deployment.execute(insert, &[&"a", &"AAAA-2222", &message, &waiting]).await;
    deployment.execute(insert, &[&"b", &"BBBB-3333", &message, &Some(2_i64)]).await;
    let listed = deployment.run(&["support", "list"]).await;
    listed.exits(0).says("AAAA-2222").says("  > It says locked.").says("  > Number  EVIL-0000");
    assert!(!listed.stdout.contains("BBBB-3333"), "{}", listed.stdout);
    let json = deployment.run(&["support", "list", "--json"]).await.exits(0).json();
    assert_eq!(json[0]["message"].as_str(), Some(message), "{json}");
    assert_eq!(json.as_array().map(Vec::len), Some(1), "{json}");
    deployment.finish().await;
}
