//! How long sessions live, how many there are, and whoever's they are ending them.

mod at_once;
mod document;
mod life;
mod own;

use crate::support::{Browser, TestApp};

const OMAR: &str = "omar@riverside.example";
const HERE: &str = "/account/sessions";

/// Sessions of an account that nobody has ended and that have not run out by age.
async fn living(app: &TestApp, account: &str) -> i64 {
    let sql = "SELECT count(*) FROM sessions WHERE account_id = $1 AND ended_at IS NULL AND expires_at > $2";
    app.count(sql, &[&account, &app.clock().now()]).await
}

/// How often a session ended for a reason, as the audit trail has it.
async fn ended_because(app: &TestApp, why: &str) -> i64 {
    let sql = "SELECT count(*) FROM audit WHERE event = 'session.ended' AND details LIKE '%' || $1 || '%'";
    app.count(sql, &[&format!("\"why\":\"{why}\"")]).await
}

async fn is_in(browser: &Browser) -> bool {
    browser.get("/").await.path() == "/"
}
