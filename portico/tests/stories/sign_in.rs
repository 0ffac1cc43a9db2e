//! Who comes in, and who does not.

use crate::stories;
use crate::support::steps::{WRONG, WRONG_PASSWORD};
use crate::support::{PASSWORD, code_now};

const OMAR: &str = "omar@riverside.example";

stories! {
    async fn one_address_cannot_begin_sign_ins_without_end(app: TestApp) {
        let node = app.node_with(|parts| parts.limits.sign_ins = 3).await;
        let browser = node.browser().at_address("2001:db8:1:2::1");
        for name in ["nobody-1", "nobody-2", "nobody-3"] {
            browser.name(name).await.is_the_password_page_of(name);
        }
        let neighbour = node.browser().at_address("2001:db8:1:2::2");
        let page = neighbour.name("nobody-4").await;
        assert_eq!(page.status(), 429);
        page.is_headed("That was a little too fast");
        assert_eq!(app.count("SELECT count(*) FROM sign_ins", &[]).await, 3);
        node.browser().at_address("2001:db8:1:3::1").name("nobody-4").await.is_the_password_page_of("nobody-4");
        app.pass_seconds(600);
        neighbour.name("nobody-4").await.is_the_password_page_of("nobody-4");
    }

    async fn omar_signs_in_and_sees_three_products_at_two_sites(app: TestApp) {
        let browser = app.browser();
        let first = browser.get("/").await;
        first.is_the_first_page().shows("Need help signing in?").shows("+1 555 0100").shows("help@portico.example");
        let password = first.fill("Email or username", OMAR).press("Next").await;
        password.is_the_password_page_of(OMAR).shows("Not you?").shows("Forgot Password?");
        let portal = password.fill("Password", PASSWORD).press("Sign In").await;
        portal.is_the_portal_of("Omar Haddad").is_headed("Your products");
        assert_eq!(portal.texts_of("h2.site"), ["East Clinic", "Main Campus"]);
        assert_eq!(portal.texts_of(".tile .name"), ["Tracer", "Bed Board", "Incident Desk"]);
        assert_eq!(app.events("session.started").await, 1);
    }

    async fn nothing_is_stored_before_somebody_is_named(app: TestApp) {
        for path in ["/", "/sign-in", "/account", "/recover", "/recover/user-name", "/help", "/sign-in/of-nobody"] {
            assert_eq!(app.browser().get(path).await.status(), 200, "{path}");
        }
        assert_eq!(app.count("SELECT count(*) FROM sign_ins", &[]).await, 0);
        assert_eq!(app.count("SELECT count(*) FROM recoveries", &[]).await, 0);
        assert_eq!(app.count("SELECT count(*) FROM rate_counters", &[]).await, 0);
    }

    async fn every_spelling_of_a_name_is_the_same_person(app: TestApp) {
        for typed in ["OMAR@Riverside.Example", "  omar@riverside.example ", "ｏｍａｒ@riverside.example"] {
            app.browser().try_password(typed, PASSWORD).await.is_the_portal_of("Omar Haddad");
        }
        app.browser().try_password(" Harbor-DISPATCH", PASSWORD).await.is_the_portal_of("Harbor Dispatch");
    }

    async fn a_wrong_password_is_told_and_the_name_stays(app: TestApp) {
        let page = app.browser().try_password(OMAR, WRONG).await;
        page.is_the_password_page_of(OMAR).complains(WRONG_PASSWORD);
        assert!(page.title().starts_with("Error: "), "{}", page.title());
        assert_eq!(page.value_of("Password"), "", "a password never comes back");
        page.try_password(PASSWORD).await.is_the_portal_of("Omar Haddad");
    }

    async fn what_can_be_nobodys_name_is_asked_for_again_as_typed(app: TestApp) {
        let first = app.browser().get("/").await;
        let again = first.clone().fill("Email or username", "omar@").press("Next").await;
        assert_eq!((again.value_of("Email or username"), again.status()), ("omar@".into(), 200));
        assert!(again.problem().is_some());
        let empty = first.fill("Email or username", "   ").press("Next").await;
        empty.complains("Please type your email or username.");
        assert!(empty.title().starts_with("Error: "));
        assert_eq!(app.count("SELECT count(*) FROM sign_ins", &[]).await, 0);
    }

    async fn an_empty_password_burns_no_attempt(app: TestApp) {
        let mut page = app.browser().name(OMAR).await;
        for _ in 0..4 {
            page = page.try_password("").await;
            page.is_the_password_page_of(OMAR).complains("Please type your password.");
        }
        assert_eq!(app.events("password.refused").await, 0);
        page.try_password(PASSWORD).await.is_the_portal_of("Omar Haddad");
    }

    async fn remember_me_fills_in_the_name_and_nothing_else(app: TestApp) {
        let browser = app.browser();
        let first = browser.get("/").await.fill("Email or username", OMAR).check("Remember me", true);
        first.press("Next").await.try_password(PASSWORD).await.press("Sign out").await;
        browser.close();
        let again = browser.get("/").await;
        assert_eq!(again.value_of("Email or username"), OMAR);
        assert!(again.is_checked("Remember me"));
        again.press("Next").await.is_the_password_page_of(OMAR);
        app.pass_seconds(180 * 24 * 3_600 + 1);
        assert_eq!(browser.get("/").await.value_of("Email or username"), "", "after half a year it is forgotten");
    }

    async fn not_you_forgets_the_remembered_name(app: TestApp) {
        let browser = app.browser();
        let first = browser.get("/").await.fill("Email or username", OMAR).check("Remember me", true);
        first.press("Next").await;
        let forgotten = browser.get("/").await.press("Not you?").await;
        assert_eq!(forgotten.value_of("Email or username"), "");
        assert_eq!(browser.get("/").await.value_of("Email or username"), "");
        assert_eq!(browser.cookie("remembered"), None);
    }

    async fn who_does_not_ask_to_be_remembered_is_not(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await.press("Sign out").await;
        browser.close();
        assert_eq!(browser.get("/").await.value_of("Email or username"), "");
        assert_eq!(browser.cookie("remembered"), None);
    }

    async fn not_you_begins_again_with_somebody_else(app: TestApp) {
        let browser = app.browser();
        let password = browser.name(OMAR).await;
        let who = password.click("Not you?").await;
        assert_eq!(who.value_of("Email or username"), OMAR);
        let dana = who.fill("Email or username", "dana@riverside.example").press("Next").await;
        dana.is_the_password_page_of("dana@riverside.example");
        dana.try_password(PASSWORD).await.is_the_portal_of("Dana Whitfield");
    }

    async fn choosing_somebody_else_gives_up_what_was_proved(app: TestApp) {
        let browser = app.browser();
        let code = browser.try_password("kim@northwind.example", PASSWORD).await;
        let who = code.click("Not you?").await;
        let ada = who.fill("Email or username", "ada@northwind.example").press("Next").await;
        ada.is_the_password_page_of("ada@northwind.example");
        let back = ada.click("Not you?").await.fill("Email or username", "kim@northwind.example").press("Next").await;
        back.is_the_password_page_of("kim@northwind.example");
        browser.get("/").await.is_the_first_page();
    }

    async fn a_mailbox_that_several_share_signs_nobody_in(app: TestApp) {
        app.browser().try_password("night@harbor.example", PASSWORD).await.complains(WRONG_PASSWORD);
        let page = app.browser().try_password("harbor-night", PASSWORD).await;
        page.press("Cancel").await.is_the_portal_of("Night Shift");
    }

    async fn somebody_without_a_password_gets_the_usual_refusal(app: TestApp) {
        for password in [PASSWORD, "ivan"] {
            let page = app.browser().try_password("ivan@riverside.example", password).await;
            page.is_the_password_page_of("ivan@riverside.example").complains(WRONG_PASSWORD);
        }
        assert_eq!(app.events("session.started").await, 0);
    }

    async fn a_domain_without_a_connection_leads_to_the_password_page_which_opens_nothing(app: TestApp) {
        // Its people's passwords are elsewhere, but no connection says where.
        for typed in ["lee@lakeshore.example", "nobody@lakeshore.example", "lee-castillo"] {
            let page = app.browser().name(typed).await;
            page.is_the_password_page_of(typed);
            page.try_password(PASSWORD).await.complains(WRONG_PASSWORD);
        }
        app.mail_to("lee@lakeshore.example").await.shows("You sign in through Lakeshore Hospital");
    }

    async fn somebody_whose_organization_signs_in_elsewhere_cannot_use_a_password_by_user_name(app: TestApp) {
        let page = app.browser().try_password("lee-castillo", PASSWORD).await;
        page.complains(WRONG_PASSWORD).lacks("Lakeshore");
        app.mail_to("lee@lakeshore.example").await.shows("You sign in through Lakeshore Hospital").link("Sign In");
        assert_eq!(app.events("session.started").await, 0);
    }

    async fn a_domain_nobody_has_verified_routes_nobody(app: TestApp) {
        let sql = "INSERT INTO organization_domains (domain, organization_id) VALUES ('upstream.example', 'lakeshore')";
        app.execute(sql, &[]).await;
        app.browser().name("omar@upstream.example").await.is_the_password_page_of("omar@upstream.example");
    }

    async fn an_account_switched_off_is_told_so_only_after_the_right_password(app: TestApp) {
        app.execute("UPDATE accounts SET disabled_at = 1 WHERE id = $1", &[&OMAR]).await;
        let browser = app.browser();
        let page = browser.try_password(OMAR, WRONG).await;
        page.complains(WRONG_PASSWORD);
        let refused = page.try_password(PASSWORD).await;
        refused.is_headed("You cannot sign in with this account");
        refused.shows("This account has been switched off").shows("Riverside service desk, extension 4711");
        browser.get("/").await.is_the_first_page();
        assert_eq!(app.count("SELECT count(*) FROM sessions", &[]).await, 0);
    }

    async fn who_must_have_a_second_factor_and_can_have_none_is_told_who_can_help(app: TestApp) {
        let browser = app.browser();
        app.execute("UPDATE accounts SET shared_at = 1 WHERE id = 'max@northwind.example'", &[]).await;
        let refused = browser.try_password("max@northwind.example", PASSWORD).await;
        refused.is_headed("You cannot sign in with this account").shows("Several people share it");
        browser.get("/").await.is_the_first_page();
        assert_eq!(app.count("SELECT count(*) FROM sessions", &[]).await, 0);
    }

    async fn a_product_may_ask_a_second_factor_of_whoever_can_open_it(app: TestApp) {
        app.execute("UPDATE products SET mfa = 'required' WHERE id = 'tracer'", &[]).await;
        let nora = app.browser().try_password("nora@riverside.example", PASSWORD).await;
        nora.is_the_portal_of("Nora Lindqvist");
        let refused = app.browser().try_password(OMAR, PASSWORD).await;
        refused.is_headed("Set up a second step");
        app.execute("UPDATE licenses SET valid_until = 1 WHERE product_id = 'tracer'", &[]).await;
        app.browser().try_password(OMAR, PASSWORD).await.is_the_portal_of("Omar Haddad");
    }

    async fn a_sign_in_ends_where_it_began_to_lead(app: TestApp) {
        let browser = app.browser();
        let first = browser.get("/account").await;
        first.is_the_first_page();
        let wrong = first.fill("Email or username", OMAR).press("Next").await.try_password(WRONG).await;
        let account = wrong.try_password(PASSWORD).await;
        assert_eq!(account.path(), "/account");
        account.is_headed("My account").shows(OMAR);
    }

    async fn choosing_somebody_else_keeps_the_destination(app: TestApp) {
        let browser = app.browser();
        let password = browser.get("/account").await.fill("Email or username", OMAR).press("Next").await;
        let who = password.click("Not you?").await.fill("Email or username", "dana@riverside.example");
        let account = who.press("Next").await.try_password(PASSWORD).await;
        account.is_headed("My account").shows("dana@riverside.example");
    }

    async fn a_new_sign_in_replaces_the_session_of_its_browser(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let first = browser.cookie("session").unwrap();
        let page = browser.get("/sign-in").await.fill("Email or username", "dana@riverside.example").press("Next").await;
        page.try_password(PASSWORD).await.is_the_portal_of("Dana Whitfield");
        let thief = app.browser();
        thief.plant_cookie("session", &first);
        thief.get("/").await.is_the_first_page();
        assert_eq!(app.count("SELECT count(*) FROM sessions WHERE ended_at IS NULL", &[]).await, 1);
    }

    async fn the_address_of_a_sign_in_opens_nothing_in_another_browser(app: TestApp) {
        let password = app.browser().name(OMAR).await;
        let other = app.browser();
        other.get("/sign-in").await;
        other.get(password.path()).await.is_the_first_page();
        let posted = other.post(password.path(), &[("password", PASSWORD)]).await;
        posted.is_the_first_page();
        other.get("/").await.is_the_first_page();
        assert_eq!(app.events("password.verified").await, 0);
    }

    async fn a_browser_that_keeps_no_cookies_is_told_so(app: TestApp) {
        let browser = app.browser();
        let answer = browser.get("/").await.fill("Email or username", OMAR).press_and_stay("Next").await;
        browser.forget_cookies();
        let page = browser.get(&answer.leads_to().unwrap()).await;
        page.is_the_first_page();
        assert!(page.problem().is_some_and(|problem| problem.contains("cookie")), "{}", page.text());
    }

    async fn a_password_kept_at_an_older_cost_is_renewed_and_ends_nothing(app: TestApp) {
        let here = app.browser();
        here.sign_in(OMAR).await;
        let cost = portico::password::Cost { m_kib: 32, t: 1, p: 1 };
        let dearer = app.node_with(|parts| {
            let options = portico::password::Options { cost, threads: 1, queue: 8, together: 1 };
            parts.hasher = portico::password::Hasher::start(&options, parts.entropy.clone()).unwrap();
        });
        let dearer = dearer.await;
        let before = app.password_of(OMAR).await;
        dearer.browser().sign_in(OMAR).await;
        let after = app.password_of(OMAR).await;
        assert!(before.contains("m=16") && after.contains("m=32"), "{before} {after}");
        here.get("/").await.is_the_portal_of("Omar Haddad");
        dearer.browser().sign_in(OMAR).await;
        assert_eq!(app.password_of(OMAR).await, after, "once is enough");
    }

    async fn kim_is_never_let_in_by_her_password_alone(app: TestApp) {
        let browser = app.browser();
        let code = browser.try_password("kim@northwind.example", PASSWORD).await;
        code.is_headed("One more step");
        browser.get("/").await.is_the_first_page();
        browser.get("/account").await.is_the_first_page();
        assert_eq!(browser.cookie("session"), None);
        code.enter_code(&code_now(&app)).await.is_the_portal_of("Kim Nakamura");
    }
}
