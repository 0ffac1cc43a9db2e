//! Many at once. Each of these is decided in the database, so that two nodes are told the same as one.

use axum::http::{HeaderMap, Method};

use crate::stories;
use crate::support::steps::{LOCKED, NEW_PASSWORD, WRONG};
use crate::support::{Browser, PASSWORD, Page, TestApp, all_at_once, code_now};

const OMAR: &str = "omar@riverside.example";
const KIM: &str = "kim@northwind.example";

/// The password pages of as many browsers, shared out among the nodes.
async fn password_pages(nodes: &[TestApp], identifier: &str, count: usize) -> Vec<Page> {
    let mut pages = Vec::new();
    for number in 0..count {
        pages.push(nodes[number % nodes.len()].browser().name(identifier).await);
    }
    pages
}

fn try_all(pages: Vec<Page>, password: &'static str) -> Vec<impl Future<Output = Page> + Send + 'static> {
    pages.into_iter().map(|page| async move { page.try_password(password).await }).collect()
}

async fn a_hundred_wrong_passwords(app: &TestApp, nodes: &[TestApp]) {
    let pages = password_pages(nodes, OMAR, 100).await;
    let answers = all_at_once(try_all(pages, WRONG)).await;
    let verified = app.events("password.refused").await;
    assert_eq!(verified, 3, "as many as may fail are verified, and no more");
    assert_eq!(app.events("lockout.locked").await, 1);
    for answer in &answers {
        // Told that it is wrong, that it is locked, or to come back in a moment: nothing else.
        let calm = answer.problem().is_some() || (answer.status() == 503 && !answer.header("retry-after").is_empty());
        assert!(calm, "{}: {}", answer.status(), answer.text());
    }
    app.browser().try_password(OMAR, PASSWORD).await.complains(LOCKED);
    assert_eq!(app.events("password.verified").await, 0);
    app.mail_to(OMAR).await;
}

async fn twenty_right_passwords(app: &TestApp, nodes: &[TestApp]) {
    let pages = password_pages(nodes, OMAR, 20).await;
    for answer in all_at_once(try_all(pages, PASSWORD)).await {
        answer.is_the_portal_of("Omar Haddad");
    }
    assert_eq!(app.count("SELECT count(*) FROM sessions WHERE ended_at IS NULL", &[]).await, 20);
    assert_eq!(app.events("password.refused").await, 0);
}

async fn sixteen_uses_of_one_link(app: &TestApp, nodes: &[TestApp]) {
    let link = app.reset_link(OMAR).await;
    let mut forms = Vec::new();
    for number in 0..16 {
        forms.push(nodes[number % nodes.len()].browser().get(&link).await);
    }
    let passwords: Vec<_> = (0..16).map(|number| format!("{NEW_PASSWORD}-{number}")).collect();
    let racers = forms.into_iter().zip(passwords.clone());
    let racers = racers.map(|(form, password)| async move { form.choose_password(&password).await.heading() });
    let headings = all_at_once(racers).await;
    let won = headings.iter().filter(|heading| *heading == "Your password was successfully reset").count();
    let lost = headings.iter().filter(|heading| *heading == "This link has already been used").count();
    assert_eq!((won, lost), (1, 15), "{headings:?}");
    assert_eq!(app.events("password.reset").await, 1);
    app.mail_to(OMAR).await.shows("was changed");
    let mut opens = 0;
    for password in passwords {
        let page = app.browser().name(OMAR).await.try_password(&password).await;
        opens += usize::from(page.path() == "/");
        app.execute("DELETE FROM attempt_counters", &[]).await;
    }
    assert_eq!(opens, 1, "the winner's password is the one that counts");
    app.leaves_mail_behind();
}

async fn sixteen_posts_of_one_code(app: &TestApp, nodes: &[TestApp]) {
    let mut pages = Vec::new();
    for number in 0..16 {
        pages.push(nodes[number % nodes.len()].browser().try_password(KIM, PASSWORD).await);
    }
    let code = code_now(app);
    let racers = pages.into_iter().map(|page| {
        let code = code.clone();
        async move { page.enter_code(&code).await }
    });
    let answers = all_at_once(racers).await;
    let signed_in = answers.iter().filter(|page| page.path() == "/").count();
    assert_eq!(signed_in, 1, "one code, one sign-in");
    assert_eq!(app.events("second_factor.verified").await, 1);
    assert_eq!(app.count("SELECT count(*) FROM sessions", &[]).await, 1);
    // The others showed a code that had been used: the third of them locked.
    app.mail_to(KIM).await.shows("several wrong codes");
}

/// The dispatcher of a sign-in whose password has just been proved.
/// A sign-in that nothing is missing of: its owner was barred when the password was shown, and is so no more.
async fn ready_to_finish(app: &TestApp) -> (Browser, String) {
    let page = app.browser().name(OMAR).await;
    let bar = "UPDATE accounts SET disabled_at = $2 WHERE email = $1";
    app.execute(bar, &[&OMAR, &Some(1_i64)]).await;
    page.try_password(PASSWORD).await.is_headed("You cannot sign in with this account");
    app.execute(bar, &[&OMAR, &None::<i64>]).await;
    (page.browser().clone(), page.path().replace("/password", ""))
}

async fn many_finish_once(app: &TestApp, nodes: &[TestApp]) {
    let (browser, dispatcher) = ready_to_finish(app).await;
    let racers = (0..8).map(|number| {
        let browser = browser.on(&nodes[number % nodes.len()]);
        let dispatcher = dispatcher.clone();
        async move { browser.send(Method::GET, &dispatcher, &HeaderMap::new(), "").await }
    });
    for answer in all_at_once(racers).await {
        assert_eq!(answer.leads_to().as_deref(), Some("/"));
    }
    assert_eq!(app.count("SELECT count(*) FROM sessions", &[]).await, 1);
    assert_eq!(app.events("session.started").await, 1);
    browser.get("/").await.is_the_portal_of("Omar Haddad");
}

async fn resend_pressed_many_times(app: &TestApp, nodes: &[TestApp]) {
    let check = app.browser().ask_for_reset(OMAR).await;
    app.mail_to(OMAR).await;
    app.pass_seconds(60);
    let racers = (0..8).map(|number| {
        let browser = check.browser().on(&nodes[number % nodes.len()]);
        let path = format!("{}/resend", check.path());
        async move { browser.post(&path, &[]).await.heading() }
    });
    assert_eq!(all_at_once(racers).await, ["Check your mail"; 8]);
    app.mail_to(OMAR).await;
}

async fn ask_for_access_pressed_many_times(app: &TestApp, nodes: &[TestApp]) {
    let browser = app.browser();
    browser.sign_in("nora@riverside.example").await;
    let racers = (0..8).map(|number| {
        let browser = browser.on(&nodes[number % nodes.len()]);
        async move { browser.post("/access-requests", &[]).await.has("Your request was sent.") }
    });
    assert_eq!(all_at_once(racers).await, [true; 8]);
    assert_eq!(app.count("SELECT count(*) FROM access_requests", &[]).await, 1);
    app.mail_to("lucia@riverside.example").await;
    app.mail_to("dana@riverside.example").await;
}

stories! {
    async fn race_of_a_hundred_wrong_passwords_verifies_three(app: TestApp) {
        a_hundred_wrong_passwords(&app, std::slice::from_ref(&app)).await;
    }

    async fn race_of_a_hundred_wrong_passwords_on_two_nodes_verifies_three(app: TestApp) {
        let nodes = [app.clone(), app.second_node().await];
        a_hundred_wrong_passwords(&app, &nodes).await;
    }

    async fn race_of_a_hundred_wrong_passwords_of_nobody_verifies_three(app: TestApp) {
        let pages = password_pages(std::slice::from_ref(&app), "nobody@riverside.example", 100).await;
        all_at_once(try_all(pages, WRONG)).await;
        assert_eq!(app.events("password.refused").await, 3);
    }

    async fn race_of_wrong_passwords_at_the_cap_ends_at_the_cap(app: TestApp) {
        let other = app.second_node().await;
        let before = "INSERT INTO attempt_counters (id, subject, failures, total, window_started_at, updated_at)
                      VALUES ($1 || '/password/-', $1, 0, 98, $2, $2)";
        app.execute(before, &[&OMAR, &app.clock().now()]).await;
        let pages = password_pages(&[app.clone(), other], OMAR, 16).await;
        all_at_once(try_all(pages, WRONG)).await;
        assert_eq!(app.count("SELECT total FROM attempt_counters", &[]).await, 100);
        assert_eq!(app.events("password.refused").await, 2);
        app.pass_seconds(24 * 3_600);
        app.browser().try_password(OMAR, PASSWORD).await.complains(LOCKED);
        assert!(app.mails_to(OMAR).await.len() <= 1);
        app.reset_password(OMAR, NEW_PASSWORD).await;
        app.browser().try_password(OMAR, NEW_PASSWORD).await.is_the_portal_of("Omar Haddad");
    }

    async fn race_of_twenty_right_passwords_signs_all_in(app: TestApp) {
        twenty_right_passwords(&app, std::slice::from_ref(&app)).await;
    }

    async fn race_of_twenty_right_passwords_on_two_nodes_signs_all_in(app: TestApp) {
        let nodes = [app.clone(), app.second_node().await];
        twenty_right_passwords(&app, &nodes).await;
    }

    async fn race_for_one_link_has_one_winner(app: TestApp) {
        sixteen_uses_of_one_link(&app, std::slice::from_ref(&app)).await;
    }

    async fn race_for_one_link_on_two_nodes_has_one_winner(app: TestApp) {
        let nodes = [app.clone(), app.second_node().await];
        sixteen_uses_of_one_link(&app, &nodes).await;
    }

    async fn race_with_one_code_has_one_winner(app: TestApp) {
        sixteen_posts_of_one_code(&app, std::slice::from_ref(&app)).await;
    }

    async fn race_with_one_code_on_two_nodes_has_one_winner(app: TestApp) {
        let nodes = [app.clone(), app.second_node().await];
        sixteen_posts_of_one_code(&app, &nodes).await;
    }

    async fn race_of_dispatchers_finishes_a_sign_in_once(app: TestApp) {
        many_finish_once(&app, std::slice::from_ref(&app)).await;
    }

    async fn race_of_dispatchers_on_two_nodes_finishes_a_sign_in_once(app: TestApp) {
        let nodes = [app.clone(), app.second_node().await];
        many_finish_once(&app, &nodes).await;
    }

    async fn race_of_resends_sends_one_mail(app: TestApp) {
        let nodes = [app.clone(), app.second_node().await];
        resend_pressed_many_times(&app, &nodes).await;
    }

    async fn race_for_access_makes_one_request(app: TestApp) {
        let nodes = [app.clone(), app.second_node().await];
        ask_for_access_pressed_many_times(&app, &nodes).await;
    }

    async fn race_of_the_same_form_sent_many_times_signs_in_once(app: TestApp) {
        let page = app.browser().name(OMAR).await;
        let racers = vec![page; 8];
        for answer in all_at_once(try_all(racers, PASSWORD)).await {
            answer.is_the_portal_of("Omar Haddad");
        }
        assert_eq!(app.count("SELECT count(*) FROM sessions", &[]).await, 1);
    }

    async fn race_between_a_reset_and_a_sign_in_leaves_no_session_of_the_old_password(app: TestApp) {
        for round in 0..6 {
            let form = app.browser().get(&app.reset_link(OMAR).await).await;
            let password = if round == 0 { PASSWORD.to_owned() } else { format!("{NEW_PASSWORD}-{}", round - 1) };
            let page = app.browser().name(OMAR).await;
            let next = format!("{NEW_PASSWORD}-{round}");
            let both = [(form, next, true), (page.clone(), password, false)];
            let racers = both.map(|(page, password, resets)| async move {
                if resets { page.choose_password(&password).await } else { page.try_password(&password).await }
            });
            all_at_once(racers).await;
            page.browser().get("/").await.is_the_first_page();
            app.mail_to(OMAR).await.shows("was changed");
            app.pass_seconds(3_600);
        }
    }

    async fn race_of_sealers_chains_every_row_once(app: TestApp) {
        let nodes = [app.clone(), app.second_node().await];
        for _ in 0..4 {
            app.browser().sign_in(OMAR).await;
        }
        let racers = nodes.clone().map(|node| async move { node.seal_audit_if_free().await });
        all_at_once(racers).await;
        let sealed = app.count("SELECT count(DISTINCT sequence) FROM audit", &[]).await;
        assert_eq!(sealed, app.count("SELECT count(*) FROM audit", &[]).await);
    }
}
