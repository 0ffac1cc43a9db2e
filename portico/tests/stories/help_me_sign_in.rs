//! **Help me sign in**: the page says the same to everybody; the mailbox on file gets the answer.

use portico::people::{self, Identifier};
use portico::platform::ids::AccountId;
use portico::recovery;
use store::Tx;

use crate::stories;
use crate::support::first_time::{IRIS, STEPS};
use crate::support::steps::NEW_PASSWORD;
use crate::support::stranger::{assert_alike, seen};
use crate::support::{Mail, Page, TestApp};

const HEADING: &str = "Check your mail";
const OMAR: &str = "omar@riverside.example";

async fn ask(app: &TestApp, name: &str) -> Page {
    let help = app.browser().get("/sign-in").await.click("Need help signing in?").await;
    let asking = help.click("Help me sign in").await;
    let check = asking.fill("Email or username", name).press("Help me sign in").await;
    check.is_headed(HEADING).clone()
}

/// The answer that one mailbox gets.
async fn answer(app: &TestApp, name: &str, mailbox: &str) -> Mail {
    ask(app, name).await;
    let mail = app.mail_to(mailbox).await;
    assert_eq!(mail.subject, "What keeps you from signing in");
    mail
}

/// What `portico account reset` does.
async fn reset_by_an_administrator(app: &TestApp, account: &str) {
    let id = AccountId::from(account);
    let send = async |tx: &mut Tx| {
        let account = people::by_id(tx, &id).await?.unwrap();
        recovery::send_reset(tx, app.app(), &account).await
    };
    app.app().db.write("story.reset", send).await.unwrap().unwrap();
}

stories! {
    async fn who_is_locked_learns_until_when_and_opens_it_with_one_button(app: TestApp) {
        app.lock(OMAR).await;
        app.mail_to(OMAR).await.shows("locked");
        let mail = answer(&app, OMAR, OMAR).await;
        mail.shows("The account omar@riverside.example is locked until 2026-11-21 04:30 CST");
        let browser = app.browser();
        let form = browser.get(&mail.link("Reset Password")).await;
        form.choose_password(NEW_PASSWORD).await.is_headed("Your password was successfully reset");
        app.mail_to(OMAR).await.shows("was changed");
        browser.try_password(OMAR, NEW_PASSWORD).await.is_the_portal_of("Omar Haddad");
    }

    async fn whose_organization_has_its_own_page_is_sent_there(app: TestApp) {
        let mail = answer(&app, "lee@lakeshore.example", "lee@lakeshore.example").await;
        mail.shows("You sign in to Portico through Lakeshore Hospital").shows("Lakeshore IT, it@lakeshore.example");
        mail.link("Sign In");
    }

    async fn who_has_no_product_learns_whom_to_ask_by_name(app: TestApp) {
        let mail = answer(&app, "nora@riverside.example", "nora@riverside.example").await;
        mail.shows("nobody has given you a product yet");
        mail.shows("Lucia Moreno, lucia@riverside.example").shows("Dana Whitfield, dana@riverside.example");
    }

    async fn who_is_switched_off_learns_whom_to_ask_and_gets_no_button(app: TestApp) {
        app.execute("UPDATE accounts SET disabled_at = 1 WHERE id = $1", &[&OMAR]).await;
        let mail = answer(&app, OMAR, OMAR).await;
        mail.shows("has been switched off").shows("Dana Whitfield, dana@riverside.example").lacks("Reset Password");
    }

    async fn who_needs_a_second_step_and_can_have_none_is_told_so(app: TestApp) {
        app.execute("UPDATE accounts SET shared_at = 1 WHERE id = 'max@northwind.example'", &[]).await;
        let mail = answer(&app, "max@northwind.example", "max@northwind.example").await;
        mail.shows("must sign in with a second step").shows("contact your Program Administrator");
    }

    async fn whose_products_have_not_moved_is_sent_to_the_old_ones(app: TestApp) {
        let mia = "mia@riverside.example";
        app.execute("DELETE FROM access WHERE account_id = $1 AND product_id = 'bed-board'", &[&mia]).await;
        let mail = answer(&app, mia, mia).await;
        mail.shows("none of your products has moved here yet").shows("Tracer: https://old.tracer.example/");
        mail.shows("Incident Desk: https://old.incident-desk.example/ until 2026-12-01");
        assert!(mail.html.contains("Sign in at "), "{}", mail.html);
    }

    async fn whose_license_has_ended_learns_who_can_renew_it(app: TestApp) {
        app.execute("UPDATE licenses SET valid_until = 1", &[]).await;
        answer(&app, OMAR, OMAR).await.shows("license for your products has ended").shows("Lucia Moreno");
    }

    async fn who_has_no_questions_is_not_sent_to_forgot_password_but_to_people(app: TestApp) {
        app.execute("INSERT INTO access (id, organization_id, account_id, product_id, created_at)
                     VALUES ('night', 'harbor', 'harbor-night', 'tracer', 1)", &[]).await;
        app.execute("UPDATE licenses SET organization_id = 'harbor' WHERE product_id = 'tracer'", &[]).await;
        let mail = answer(&app, "harbor-night", "night@harbor.example").await;
        mail.shows("We found nothing that keeps you out").shows("an administrator can send you a link");
        mail.shows("Hugo Brandt, hugo@harbor.example").lacks("on the page that asks for it");
        let report = portico::doctor::examine(app.app(), &Identifier::parse("harbor-night").unwrap()).await.unwrap();
        assert_eq!(report.acts, ["portico account reset harbor-night"]);
        let registration = report.steps.iter().find(|step| step.name == "registration").unwrap();
        assert!(registration.evidence.contains("security questions"), "{}", registration.evidence);
        // And it is true.
        reset_by_an_administrator(&app, "harbor-night").await;
        let mail = app.mail_to("night@harbor.example").await;
        mail.shows("An administrator has sent you this link").lacks("Somebody, probably you").link("Reset Password");
    }

    async fn who_typed_the_mailbox_learns_the_user_name(app: TestApp) {
        let mailbox = "harbor-dispatch@harbor.example";
        let mail = answer(&app, mailbox, mailbox).await;
        mail.shows("Your username is harbor-dispatch.");
        mail.link("Sign In");
    }

    async fn several_user_names_at_one_mailbox_are_told_each_with_its_state(app: TestApp) {
        app.lock("harbor-relief").await;
        app.mail_to("night@harbor.example").await;
        let mail = answer(&app, "night@harbor.example", "night@harbor.example").await;
        mail.shows("Several usernames belong to night@harbor.example");
        mail.shows("harbor-night: Nobody has given it a product yet.").shows("harbor-relief: It is locked for a while.");
    }

    async fn a_shared_account_that_is_locked_gets_no_link(app: TestApp) {
        app.lock("harbor-ed").await;
        app.mail_to("ed@harbor.example").await;
        let mail = answer(&app, "harbor-ed", "ed@harbor.example").await;
        mail.shows("No link by mail can open it.").shows("Hugo Brandt").lacks("Reset Password");
    }

    async fn whose_codes_are_locked_learns_whom_to_ask_and_gets_no_link(app: TestApp) {
        let kim = "kim@northwind.example";
        let page = app.browser().try_password(kim, crate::support::PASSWORD).await;
        for _ in 0..3 {
            page.enter_code("000000").await;
        }
        app.mails_to(kim).await;
        let mail = answer(&app, kim, kim).await;
        mail.shows("is locked until").shows("contact your Program Administrator").lacks("Reset Password");
    }

    async fn whom_nothing_keeps_out_is_told_so(app: TestApp) {
        let mail = answer(&app, OMAR, OMAR).await;
        mail.shows("We found nothing that keeps you out.").shows("press “Forgot Password?”").lacks("authenticator");
        let kim = "kim@northwind.example";
        app.execute("INSERT INTO access (id, organization_id, account_id, product_id, created_at)
                     VALUES ('kim', 'northwind', 'kim@northwind.example', 'tracer', 1)", &[]).await;
        app.execute("UPDATE licenses SET organization_id = 'northwind' WHERE product_id = 'tracer'", &[]).await;
        answer(&app, kim, kim).await.shows("the code from your authenticator app");
    }

    async fn who_has_no_password_yet_gets_the_way_to_the_first_one(app: TestApp) {
        ask(&app, "ivan@riverside.example").await;
        let link = app.mail_to("ivan@riverside.example").await.first_link();
        assert!(link.starts_with("/recover/link/") || link.starts_with("/invitation/"), "{link}");
    }

    async fn whose_invitation_has_run_out_gets_it_renewed(app: TestApp) {
        app.invite_iris().await;
        app.pass_seconds(15 * 60 + 1);
        ask(&app, IRIS).await;
        let mail = app.mail_to(IRIS).await;
        app.browser().try_password(IRIS, &mail.temporary_password()).await.is_headed(STEPS[0]);
    }

    async fn an_address_nobody_has_is_told_so_by_mail_only(app: TestApp) {
        ask(&app, "omax@riverside.example").await.lacks("no account");
        app.mail_to("omax@riverside.example").await.shows("There is no account here with this address");
    }

    async fn a_user_name_reaches_the_mailbox_on_file_and_one_of_nobody_reaches_none(app: TestApp) {
        let mail = answer(&app, "harbor-night", "night@harbor.example").await;
        mail.shows("nobody has given you a product yet");
        ask(&app, "harbor-nihgt").await;
        app.deliver_mail().await;
        let dropped = "SELECT count(*) FROM outbox WHERE recipient IS NULL AND state = 'dropped'";
        assert_eq!(app.count(dropped, &[]).await, 1, "a row of its own, never sent");
    }

    async fn what_can_be_nobodys_name_is_asked_for_again_with_the_way_kept(app: TestApp) {
        let help = app.browser().get("/account").await.click("Need help signing in?").await;
        let asking = help.click("Help me sign in").await;
        let again = asking.fill("Email or username", "a@").press("Help me sign in").await;
        assert!(again.problem().is_some() && again.value_of("Email or username") == "a@", "{}", again.text());
        let check = again.fill("Email or username", OMAR).press("Help me sign in").await;
        let back = check.is_headed(HEADING).click("Back to sign-in").await;
        let account = back.press("Next").await.try_password(crate::support::PASSWORD).await;
        assert_eq!(account.path(), "/account", "the destination is kept");
        app.mail_to(OMAR).await;
        assert_eq!(app.events("help.requested").await, 1);
    }

    async fn the_answer_can_be_sent_again_and_says_what_is_true_then(app: TestApp) {
        let check = ask(&app, OMAR).await;
        app.mail_to(OMAR).await.shows("We found nothing");
        app.lock(OMAR).await;
        app.mail_to(OMAR).await;
        app.pass_seconds(60);
        check.browser().reload().await.press("Resend").await.is_headed(HEADING);
        app.mail_to(OMAR).await.shows("is locked until");
    }

    async fn asking_for_help_shares_the_caps_of_mails_asked_for(app: TestApp) {
        for _ in 0..4 {
            ask(&app, OMAR).await;
            app.browser().ask_for_reset(OMAR).await;
        }
        assert_eq!(app.mails_to(OMAR).await.len(), 6, "six an hour, of whatever kind");
        let node = app.node_with(|parts| parts.limits.mails_per_address = 1).await;
        let browser = node.browser();
        let form = browser.get("/help/sign-in").await.fill("Email or username", "nora@riverside.example");
        form.press("Help me sign in").await.is_headed(HEADING);
        assert_eq!(form.press("Help me sign in").await.status(), 429);
        app.mail_to("nora@riverside.example").await;
    }

    async fn stranger_cannot_tell_who_is_known_by_asking_for_help(app: TestApp) {
        app.lock("nora@riverside.example").await;
        app.all_mail().await;
        let pairs = [
            [OMAR, "omax@riverside.example"],
            ["nora@riverside.example", "nori@riverside.example"],
            ["lee@lakeshore.example", "leo@lakeshore.example"],
            ["ivan@riverside.example", "ivax@riverside.example"],
            ["max@northwind.example", "mix@northwind.example"],
            ["harbor-night", "harbor-nihgt"],
        ];
        let tables = [
            "SELECT count(*) FROM audit",
            "SELECT count(*) FROM outbox",
            "SELECT count(*) FROM rate_counters",
            "SELECT count(*) FROM recoveries",
        ];
        // The rows that all share come with somebody else.
        ask(&app, "olga@riverside.example").await;
        for names in pairs {
            let (mut walks, mut grown) = (Vec::new(), Vec::new());
            for name in names {
                let mut before = Vec::new();
                for table in tables {
                    before.push(app.count(table, &[]).await);
                }
                let form = app.browser().get("/help/sign-in").await.fill("Email or username", name);
                let mut walk = vec![seen(&form, name)];
                walk.push(seen(&form.press_and_stay("Help me sign in").await, name));
                let mut after = Vec::new();
                for (table, before) in tables.into_iter().zip(before) {
                    after.push(app.count(table, &[]).await - before);
                }
                grown.push(after);
                let check = form.press("Help me sign in").await;
                walk.push(seen(&check, name));
                app.deliver_mail().await;
                walk.push(seen(&check.browser().reload().await, name));
                walks.push(walk);
            }
            assert_alike(&walks[0], &walks[1]);
            assert_eq!(grown[0], grown[1], "{names:?}: {tables:?}");
        }
        let count = async |name: &str| app.mails_to(name).await.len();
        assert_eq!(count(OMAR).await, count("omax@riverside.example").await, "every typed address gets as many mails");
        app.leaves_mail_behind();
    }
}
