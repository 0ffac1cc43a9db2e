//! The first time: from the mail to the portal.

use std::time::Duration;

use portico::terms::Terms;

use crate::stories;
use crate::support::PASSWORD;
use crate::support::first_time::{IRIS, NAME, STEPS};
use crate::support::steps::{LOCKED, NEW_PASSWORD, WRONG, WRONG_PASSWORD};

const OMAR: &str = "omar@riverside.example";
const LIFE: Duration = Duration::from_secs(15 * 60);
const SECOND: Duration = Duration::from_secs(1);

stories! {
    async fn an_invited_person_registers_page_by_page_and_lands_in_the_portal(app: TestApp) {
        let mail = app.invite_iris().await;
        assert_eq!(mail.subject, "Tracer Access");
        mail.shows("Riverside Health has given you access to Tracer.");
        let mut page = app.browser().follow(&mail).await;
        for heading in STEPS {
            page.is_headed(heading);
            assert_eq!(app.events("session.started").await, 0, "a session before {heading}");
            page = app.take(&page).await;
        }
        page.is_the_portal_of(NAME).shows("Tracer");
        for event in ["account.invited", "account.named", "questions.changed", "password.changed", "email.verified",
            "terms.accepted", "session.started"] {
            assert_eq!(app.events(event).await, 1, "{event}");
        }
        let kept = "SELECT count(*) FROM terms_acceptances WHERE version = '1' AND length(hash) = 32
                    AND accepted_at = (SELECT max(accepted_at) FROM terms_acceptances)";
        assert!(app.count(kept, &[]).await > 0);
        let lacking = "SELECT count(*) FROM invitations WHERE accepted_at IS NULL";
        assert_eq!(app.count(lacking, &[]).await, 0);
        app.browser().try_password(IRIS, NEW_PASSWORD).await.is_the_portal_of(NAME);
    }

    async fn the_temporary_password_is_typed_at_the_front_door_however_it_is_written(app: TestApp) {
        let typed = app.invite_iris().await.temporary_password();
        for spelled in [typed.clone(), typed.to_uppercase(), typed.replace('-', " "), typed.replace('-', "")] {
            app.browser().try_password(IRIS, &spelled).await.is_headed(STEPS[0]);
        }
        assert_eq!(app.events("temporary_password.verified").await, 4);
    }

    async fn whoever_leaves_at_a_step_goes_on_with_it_in_another_browser(app: TestApp) {
        let mail = app.invite_iris().await;
        for (number, heading) in STEPS.iter().enumerate() {
            // Until she has her own password it is the temporary one, and then no more.
            let password = if number < 3 { mail.temporary_password() } else { NEW_PASSWORD.to_owned() };
            let browser = app.browser();
            let page = browser.try_password(IRIS, &password).await;
            page.is_headed(heading);
            app.take(&page).await;
            browser.close();
        }
        app.browser().try_password(IRIS, NEW_PASSWORD).await.is_the_portal_of(NAME);
    }

    async fn two_tabs_of_one_registration_are_one_registration(app: TestApp) {
        let (page, mail) = app.iris_before(0).await;
        let other = page.browser().try_password(IRIS, &mail.temporary_password()).await;
        let stale = other.is_headed(STEPS[0]).clone();
        app.take(&page).await.is_headed(STEPS[1]);
        // The name is given, whichever tab it was in, and is given once.
        stale.give_name("Eve", "Other").await.is_headed(STEPS[1]);
        assert_eq!(app.events("account.named").await, 1);
        assert_eq!(app.count("SELECT count(*) FROM accounts WHERE first_name = 'Iris'", &[]).await, 1);
    }

    async fn back_button_into_a_step_that_is_done_leads_on(app: TestApp) {
        let (page, _) = app.iris_before(0).await;
        let next = app.take(&page).await;
        let back = page.browser().get(page.path()).await;
        assert_eq!(back.heading(), next.heading());
    }

    async fn a_form_of_a_later_step_does_nothing(app: TestApp) {
        let (page, mail) = app.iris_before(0).await;
        let base = page.path().trim_end_matches("/name").to_owned();
        let forms: [(&str, &[(&str, &str)]); 7] = [
            ("questions", &[("question_1", "first-pet"), ("answer_1", "Zwiebelchen"), ("question_2", "parents-met"),
                ("answer_2", "Castrop-Rauxel"), ("question_3", "first-dish"), ("answer_3", "Hasenpfeffer")]),
            ("questions/later", &[]),
            ("new-password", &[("password", NEW_PASSWORD), ("again", NEW_PASSWORD)]),
            ("verify-email/send", &[]),
            ("verify-email", &[("code", "12345678")]),
            ("terms", &[("version", "1")]),
            ("password", &[("password", WRONG)]),
        ];
        for (path, fields) in forms {
            let answer = page.browser().post(&format!("{base}/{path}"), fields).await;
            answer.is_headed(STEPS[0]);
        }
        app.browser().try_password(IRIS, NEW_PASSWORD).await.complains(WRONG_PASSWORD);
        app.browser().try_password(IRIS, &mail.temporary_password()).await.is_headed(STEPS[0]);
        for event in ["questions.changed", "password.changed", "email.verified", "terms.accepted", "session.started"] {
            assert_eq!(app.events(event).await, 0, "{event}");
        }
    }

    async fn clock_a_temporary_password_works_until_14_59_and_not_at_15_01_on_any_node_nor_after_a_restart(app: TestApp) {
        let typed = app.invite_iris().await.temporary_password();
        let other = app.second_node().await;
        app.pass(LIFE - SECOND);
        app.browser().try_password(IRIS, &typed).await.is_headed(STEPS[0]);
        other.browser().try_password(IRIS, &typed).await.is_headed(STEPS[0]);
        // One that has just been started knows as much as the others: nothing is in a node's memory.
        app.second_node().await.browser().try_password(IRIS, &typed).await.is_headed(STEPS[0]);
        app.pass(2 * SECOND);
        for node in [other, app.second_node().await] {
            node.browser().try_password(IRIS, &typed).await.complains(WRONG_PASSWORD);
        }
    }

    async fn clock_whoever_began_in_time_has_the_time_of_a_proof_to_finish(app: TestApp) {
        let mail = app.invite_iris().await;
        app.pass(LIFE - SECOND);
        let mut page = app.browser().try_password(IRIS, &mail.temporary_password()).await;
        app.pass(2 * SECOND);
        for _ in 0..3 {
            page = app.take(&page).await;
        }
        page.is_headed(STEPS[3]);
    }

    async fn a_temporary_password_replaced_on_the_way_is_told_and_the_newer_one_goes_on(app: TestApp) {
        let (page, _) = app.iris_before(2).await;
        app.pass(LIFE + SECOND);
        app.browser().ask_for_reset(IRIS).await;
        let newer = app.mail_to(IRIS).await.temporary_password();
        let told = page.choose_password(NEW_PASSWORD).await;
        told.complains("That temporary password has been replaced since. Please type the one of our latest mail.");
        told.try_password(&newer).await.is_headed(STEPS[2]).choose_password(NEW_PASSWORD).await.is_headed(STEPS[3]);
    }

    async fn whoever_comes_late_gets_a_fresh_one_from_forgot_password(app: TestApp) {
        let late = app.invite_iris().await.temporary_password();
        app.pass(LIFE + SECOND);
        app.browser().ask_for_reset(IRIS).await;
        let mail = app.mail_to(IRIS).await;
        assert_eq!(mail.subject, "Continue your registration");
        assert_ne!(mail.temporary_password(), late);
        app.browser().try_password(IRIS, &late).await.complains(WRONG_PASSWORD);
        app.browser().try_password(IRIS, &mail.temporary_password()).await.is_headed(STEPS[0]);
    }

    async fn the_mails_own_link_offers_a_fresh_one_to_the_same_mailbox(app: TestApp) {
        let mail = app.invite_iris().await;
        app.pass(LIFE + SECOND);
        let over = app.browser().get(&mail.link("Begin")).await;
        over.is_headed("This mail’s time is over").shows(IRIS);
        over.press("Send a Fresh Mail").await.is_headed("Check your mail");
        let fresh = app.mail_to(IRIS).await;
        let page = app.browser().get(&fresh.link("Continue")).await.is_headed("Welcome").clone();
        page.try_password(&fresh.temporary_password()).await.is_headed(STEPS[0]);
    }

    async fn a_stranger_who_asks_takes_nothing_away(app: TestApp) {
        let mail = app.invite_iris().await;
        app.browser().ask_for_reset(IRIS).await;
        let again = app.mail_to(IRIS).await;
        assert_eq!(again.temporary_password(), mail.temporary_password(), "what counts is sent once more");
        app.browser().try_password(IRIS, &mail.temporary_password()).await.is_headed(STEPS[0]);
    }

    async fn a_newer_invitation_voids_the_older_one(app: TestApp) {
        let older = app.invite_iris().await;
        let newer = app.invite_iris().await;
        app.browser().try_password(IRIS, &older.temporary_password()).await.complains(WRONG_PASSWORD);
        app.browser().get(&older.link("Begin")).await.is_headed("This mail’s time is over");
        app.browser().follow(&newer).await.is_headed(STEPS[0]);
        assert_eq!(app.count("SELECT count(*) FROM invitations WHERE voided_at IS NULL", &[]).await, 1);
    }

    async fn it_works_once_and_is_used_up_by_the_password_and_not_before(app: TestApp) {
        let (page, mail) = app.iris_before(2).await;
        app.browser().try_password(IRIS, &mail.temporary_password()).await.is_headed(STEPS[2]);
        app.take(&page).await.is_headed(STEPS[3]);
        app.browser().try_password(IRIS, &mail.temporary_password()).await.complains(WRONG_PASSWORD);
        app.browser().get(&mail.link("Begin")).await.is_the_first_page();
    }

    async fn a_browser_that_was_ahead_is_asked_for_the_new_password(app: TestApp) {
        let (page, mail) = app.iris_before(2).await;
        let behind = app.browser().try_password(IRIS, &mail.temporary_password()).await;
        app.take(&page).await;
        behind.choose_password("another-lantern-ferry").await.is_the_password_page_of(IRIS);
        app.browser().try_password(IRIS, NEW_PASSWORD).await.is_headed(STEPS[3]);
    }

    async fn the_temporary_password_cannot_be_chosen(app: TestApp) {
        let (page, mail) = app.iris_before(2).await;
        for spelled in [mail.temporary_password(), mail.temporary_password().replace('-', "").to_uppercase()] {
            let refused = page.choose_password(&spelled).await;
            assert!(refused.problem().unwrap().starts_with("That is the temporary password"), "{}", refused.text());
        }
        page.choose_password("riverside").await.is_headed("Set Up Password");
        assert_eq!(app.events("password.changed").await, 0);
    }

    async fn a_temporary_password_counts_for_its_account_address_and_organization_only(app: TestApp) {
        let typed = app.invite_iris().await.temporary_password();
        app.invite("ivan@riverside.example", "riverside").await.unwrap();
        let his = app.mail_to("ivan@riverside.example").await.temporary_password();
        app.browser().try_password(IRIS, &his).await.complains(WRONG_PASSWORD);
        app.browser().try_password(OMAR, &typed).await.complains(WRONG_PASSWORD);
        let changes = [
            ("UPDATE accounts SET organization_id = 'harbor' WHERE email = $1",
             "UPDATE accounts SET organization_id = 'riverside' WHERE email = $1"),
            ("UPDATE accounts SET email_shown = 'other@riverside.example' WHERE email = $1",
             "UPDATE accounts SET email_shown = email WHERE email = $1"),
        ];
        for (change, back) in changes {
            assert_eq!(app.execute(change, &[&IRIS]).await, 1);
            app.browser().try_password(IRIS, &typed).await.complains(WRONG_PASSWORD);
            app.execute(back, &[&IRIS]).await;
            app.execute("DELETE FROM attempt_counters", &[]).await;
        }
        app.browser().try_password(IRIS, &typed).await.is_headed(STEPS[0]);
    }

    async fn five_wrong_ones_burn_it(app: TestApp) {
        let typed = app.invite_iris().await.temporary_password();
        let wrong = typed.chars().rev().collect::<String>();
        for _ in 0..5 {
            app.browser().try_password(IRIS, &wrong).await.complains(WRONG_PASSWORD);
            app.execute("DELETE FROM attempt_counters", &[]).await;
        }
        app.browser().try_password(IRIS, &typed).await.complains(WRONG_PASSWORD);
        app.browser().ask_for_reset(IRIS).await;
        let fresh = app.mail_to(IRIS).await.temporary_password();
        app.browser().try_password(IRIS, &fresh).await.is_headed(STEPS[0]);
    }

    async fn what_is_no_temporary_password_burns_none(app: TestApp) {
        let typed = app.invite_iris().await.temporary_password();
        for _ in 0..6 {
            app.browser().try_password(IRIS, WRONG).await;
            app.execute("DELETE FROM attempt_counters", &[]).await;
        }
        app.browser().try_password(IRIS, &typed).await.is_headed(STEPS[0]);
    }

    async fn a_strangers_guesses_keep_nobody_out_who_has_the_mail(app: TestApp) {
        let mail = app.invite_iris().await;
        app.lock(IRIS).await;
        app.mail_to(IRIS).await;
        app.browser().try_password(IRIS, &mail.temporary_password()).await.complains(LOCKED);
        let browser = app.browser();
        let page = browser.get(&mail.link("Begin")).await;
        // Again in the moment between the link and the form.
        app.lock(IRIS).await;
        let page = page.try_password(&mail.temporary_password()).await;
        page.is_headed(STEPS[0]);
        app.lock(IRIS).await;
        app.take(&page).await.is_headed(STEPS[1]);
    }

    async fn an_address_that_has_an_account_gets_access_and_nothing_else(app: TestApp) {
        let before = app.password_of(OMAR).await;
        app.invite(OMAR, "riverside").await.unwrap();
        let mail = app.mail_to(OMAR).await;
        assert_eq!(mail.subject, "Tracer Access");
        mail.lacks("emporary").lacks("/invitation");
        assert_eq!(app.password_of(OMAR).await, before);
        assert_eq!(app.count("SELECT count(*) FROM invitations", &[]).await, 0);
        app.browser().sign_in(OMAR).await;
        let access = "SELECT count(*) FROM access WHERE account_id = $1";
        let there = app.count(access, &[&OMAR]).await;
        app.invite(OMAR, "riverside").await.unwrap();
        assert_eq!(app.count(access, &[&OMAR]).await, there, "the same access is given once");
        app.mail_to(OMAR).await;
    }

    async fn people_of_an_organization_with_its_own_sign_in_get_no_temporary_password(app: TestApp) {
        app.execute("INSERT INTO licenses (id, organization_id, product_id, seats, valid_from)
                     VALUES ('l', 'lakeshore', 'tracer', 5, 0)", &[]).await;
        app.invite("lena@lakeshore.example", "lakeshore").await.unwrap();
        app.mail_to("lena@lakeshore.example").await.lacks("emporary");
        assert_eq!(app.count("SELECT count(*) FROM one_time", &[]).await, 0);
    }

    async fn nobody_is_invited_to_what_there_is_not(app: TestApp) {
        use portico::invitations::Refused;
        assert_eq!(app.invite(IRIS, "nowhere").await, Err(Refused::Organization));
        assert_eq!(app.invite(IRIS, "harbor").await, Err(Refused::License));
        assert_eq!(app.count("SELECT count(*) FROM outbox", &[]).await, 0);
    }

    async fn nobody_is_invited_at_an_address_of_another_organization(app: TestApp) {
        use portico::invitations::Refused;
        // With an account there, and with none: the answer does not tell which.
        for theirs in ["hugo@harbor.example", "new@harbor.example", "NEW@Harbor.EXAMPLE", "lena@lakeshore.example"] {
            let refused = app.invite(theirs, "riverside").await.unwrap_err();
            assert!(matches!(refused, Refused::Domain(_)), "{theirs}: {refused}");
            let told = refused.to_string();
            assert!(told.contains("Use an address of another domain.") && told.contains("invited for their"), "{told}");
        }
        assert_eq!(app.count("SELECT count(*) FROM outbox", &[]).await, 0);
        assert_eq!(app.count("SELECT count(*) FROM accounts WHERE email = 'new@harbor.example'", &[]).await, 0);
        // A domain that nobody has verified is nobody's.
        app.invite("new@elsewhere.example", "riverside").await.unwrap();
        app.mail_to("new@elsewhere.example").await;
    }

    async fn what_another_organization_gives_opens_nothing_and_only_the_owner_is_told(app: TestApp) {
        app.execute("DELETE FROM organization_domains WHERE organization_id = 'harbor'", &[]).await;
        let before = app.browser().sign_in("hugo@harbor.example").await.text();
        app.invite("hugo@harbor.example", "riverside").await.unwrap();
        let mail = app.mail_to("hugo@harbor.example").await;
        assert_eq!(mail.subject, "Tracer Access");
        mail.shows("belongs to another organization").shows("Riverside Health").lacks("find it there");
        // Nor does what their product asks of its people shut out this one.
        app.execute("UPDATE products SET mfa = 'required' WHERE id = 'tracer'", &[]).await;
        let after = app.browser().sign_in("hugo@harbor.example").await;
        assert_eq!(after.lacks("Tracer").text(), before);
        app.told_of_new_browsers("hugo@harbor.example").await;
    }

    async fn whose_domain_became_another_organizations_is_still_given_access_by_its_own(app: TestApp) {
        let insert = "INSERT INTO organization_domains (domain, organization_id, verified_at) VALUES ($1, $2, $3)";
        app.invite("new@elsewhere.example", "riverside").await.unwrap();
        app.mail_to("new@elsewhere.example").await;
        app.execute(insert, &[&"elsewhere.example", &"harbor", &1_i64]).await;
        app.invite("new@elsewhere.example", "riverside").await.unwrap();
        app.mail_to("new@elsewhere.example").await.shows("Tracer");
    }

    async fn new_terms_are_put_before_everybody_once(app: TestApp) {
        let node = app.node_with(|parts| parts.terms = Some(Terms::new("2", "Be kinder."))).await;
        let page = node.browser().try_password(OMAR, PASSWORD).await;
        let accepted = page.is_headed("Terms").shows("Be kinder.").press("Accept").await;
        accepted.is_the_portal_of("Omar Haddad");
        node.browser().sign_in(OMAR).await;
        // A page of the older text accepts nothing newer.
        let third = app.node_with(|parts| parts.terms = Some(Terms::new("3", "Be kindest."))).await;
        let page = node.browser().on(&third).try_password(OMAR, PASSWORD).await;
        let old = page.browser().post(page.path(), &[("version", "2")]).await;
        old.is_headed("Terms");
        assert_eq!(app.events("terms.accepted").await, 1);
        app.leaves_mail_behind();
    }

    async fn a_password_that_an_administrator_ends_is_replaced_by_its_owner(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        app.make_temporary(OMAR).await.unwrap();
        browser.get("/").await.is_the_first_page();
        app.browser().try_password(OMAR, PASSWORD).await.complains(WRONG_PASSWORD);
        let mail = app.mail_to(OMAR).await;
        assert_eq!(mail.subject, "Your temporary password");
        let page = app.browser().try_password(OMAR, &mail.temporary_password()).await;
        // Nothing but the password is missing.
        page.choose_password(NEW_PASSWORD).await.is_the_portal_of("Omar Haddad");
        assert!(app.mails_to(OMAR).await.iter().any(|mail| mail.subject == "Your password was changed"));
        for (other, way_out) in [("harbor-ed", "portico account reset"), ("lee-castillo", "Ask Lakeshore IT")] {
            let refused = app.make_temporary(other).await.unwrap_err().to_string();
            assert!(refused.contains(way_out), "{refused}");
        }
        app.leaves_mail_behind();
    }

    async fn missing_questions_are_put_off_for_this_sign_in_only(app: TestApp) {
        for _ in 0..2 {
            let page = app.browser().try_password("harbor-night", PASSWORD).await;
            page.is_headed(STEPS[1]).press("Cancel").await.is_the_portal_of("Night Shift");
        }
        app.browser().try_password("hugo@harbor.example", PASSWORD).await.is_the_portal_of("Hugo Brandt");
        app.leaves_mail_behind();
    }

    async fn questions_set_at_a_sign_in_keep_it_and_end_the_other_sessions(app: TestApp) {
        let other = app.browser();
        other.try_password("harbor-night", PASSWORD).await.press("Cancel").await.is_the_portal_of("Night Shift");
        let page = app.browser().try_password("harbor-night", PASSWORD).await;
        let wrong = page.clone().fill("Answer 1", "x").press("Submit").await;
        wrong.complains("That answer is too short. Please use at least 3 letters or digits.");
        page.set_questions().await.is_the_portal_of("Night Shift");
        other.get("/").await.is_the_first_page();
        let told = app.mails_to("night@harbor.example").await;
        assert_eq!(told.iter().filter(|mail| mail.text.contains("ecurity questions")).count(), 1, "{told:?}");
        app.browser().try_password("harbor-night", PASSWORD).await.is_the_portal_of("Night Shift");
        app.leaves_mail_behind();
    }
}
