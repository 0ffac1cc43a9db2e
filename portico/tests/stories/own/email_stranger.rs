//! Nobody finds out by asking for an address who has an account.

use portico::platform::ids::AccountId;
use portico::platform::one_time::{self, Purpose};
use secrecy::ExposeSecret;
use store::Tx;

use super::{NEW, OMAR, STALE, ask, prove, signed_in, type_code};
use crate::stories;
use crate::support::{Page, TestApp};

const NORA: &str = "nora@riverside.example";
/// Two accounts share it, and neither signs in with it.
const NIGHT: &str = "night@harbor.example";

/// A page without what is sealed in it, and without the address.
fn plain(page: &Page, address: &str) -> String {
    let sealed = page.attributes("input[type=hidden]", "value");
    sealed.iter().fold(page.body().to_owned(), |body, value| body.replace(value, "…")).replace(address, "ADDRESS")
}

/// The code of omar's change, which was in no mail.
async fn code_of_change(app: &TestApp) -> String {
    let read = async |tx: &mut Tx| one_time::open_of(tx, Purpose::ChangeEmail, &AccountId::from(OMAR)).await;
    let open = app.app().db.read("story.code", read).await.unwrap().unwrap();
    one_time::code(&app.app().keys, &open.id).expose_secret().to_owned()
}

async fn rows(app: &TestApp) -> [i64; 4] {
    [
        app.count("SELECT count(*) FROM one_time", &[]).await,
        app.count("SELECT count(*) FROM outbox", &[]).await,
        app.count("SELECT count(*) FROM email_changes", &[]).await,
        app.count("SELECT count(*) FROM audit", &[]).await,
    ]
}

stories! {
    async fn stranger_cannot_tell_an_address_that_is_somebodys(app: TestApp) {
        let mut told = Vec::new();
        for address in [NORA, "free@riverside.example"] {
            let browser = signed_in(&app, OMAR).await;
            let before = rows(&app).await;
            let page = ask(&browser, address).await;
            let after = rows(&app).await;
            let more: Vec<i64> = after.iter().zip(before).map(|(after, before)| after - before).collect();
            let status = page.status();
            let unsent = type_code(&page, "00000000").await.problem();
            app.mail_to(OMAR).await;
            app.mails_to(address).await;
            let sent = type_code(&page, "00000000").await.problem();
            app.pass_seconds(600);
            let late = type_code(&prove(&browser, "/account/email").await, "00000000").await.problem();
            told.push((plain(&page, address), more, (status, unsent, sent, late)));
            browser.get("/account/email").await.press("Keep the Present Address").await;
            app.pass_seconds(61);
        }
        let [(taken, taken_rows, taken_status), (free, free_rows, free_status)] = told.try_into().ok().unwrap();
        let without_times = |text: &str| {
            text.lines().filter(|line| !line.contains("<time") && !line.contains("data-wait")).collect::<Vec<_>>().join("\n")
        };
        assert_eq!(without_times(&taken), without_times(&free));
        assert_eq!((taken_rows[1..3].to_vec(), taken_status), (free_rows[1..3].to_vec(), free_status));
        assert_eq!(taken_rows[0], free_rows[0]);
        app.leaves_mail_behind();
    }

    async fn its_owner_is_told_by_mail_and_nothing_is_theirs_to_lose(app: TestApp) {
        let browser = signed_in(&app, OMAR).await;
        let page = ask(&browser, "Nora@riverside.example").await;
        page.shows("We have sent an 8-digit code to");
        let mail = app.mail_to(NORA).await;
        assert_eq!(mail.subject, "Somebody wanted to use your email address");
        mail.shows("nothing was changed").lacks("omar").lacks("Omar").lacks("/recover/");
        app.mail_to(OMAR).await;
        // Were somebody to guess even the code that was never mailed, nothing would come of it.
        let code = code_of_change(&app).await;
        let page = type_code(&page, &code).await;
        page.complains("That address cannot be used for this account. Please type another one, or ask your administrator.");
        app.browser().sign_in(NORA).await;
        app.browser().sign_in(OMAR).await;
        assert_eq!(app.events("email.changed").await, 0);
    }

    async fn an_address_that_became_somebodys_meanwhile_is_refused_at_the_end(app: TestApp) {
        let browser = signed_in(&app, OMAR).await;
        let page = ask(&browser, NEW).await;
        app.mail_to(OMAR).await;
        let code = app.mail_to(NEW).await.code();
        app.execute("UPDATE accounts SET email = $1, email_shown = $1 WHERE id = $2", &[&NEW, &NORA]).await;
        type_code(&page, &code).await.complains(
            "That address cannot be used for this account. Please type another one, or ask your administrator.");
        assert_eq!(app.count("SELECT count(*) FROM accounts WHERE email = $1", &[&NEW]).await, 1);
    }

    async fn a_mailbox_that_several_share_is_somebodys_too(app: TestApp) {
        let hugo = "hugo@harbor.example";
        let browser = signed_in(&app, hugo).await;
        ask(&browser, NIGHT).await.shows("We have sent an 8-digit code to");
        app.mail_to(NIGHT).await.shows("nothing was changed");
        app.mail_to(hugo).await;
    }

    async fn a_form_from_nowhere_asks_for_nothing(app: TestApp) {
        let browser = signed_in(&app, OMAR).await;
        for shown in ["", "not-sealed-by-us"] {
            browser.post("/account/email", &[("email", NEW), ("shown", shown)]).await.complains(STALE);
        }
        assert_eq!(app.count("SELECT count(*) FROM email_changes", &[]).await, 0);
        app.pass_seconds(300);
        browser.post("/account/email", &[("email", NEW)]).await.is_the_first_page();
        let page = browser.get("/account/email").await.press("Next").await.try_password(crate::support::PASSWORD).await;
        page.is_headed("Change your email address");
        browser.get("/account").await.shows(OMAR);
    }
}
