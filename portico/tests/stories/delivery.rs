//! A mail's life line: on "Check your mail" for whoever typed the address, and whole for the help desk.

use std::fs;
use std::time::Duration;

use portico::delivery::{self, MailTold, Watch};
use portico::doctor::{self, Report};
use portico::people::Identifier;
use portico::platform::mail::Maildir;
use tempfile::TempDir;

use crate::stories;
use crate::support::steps::{NEW_PASSWORD, WRONG};
use crate::support::stranger::{assert_alike, seen};
use crate::support::{Mail, Page, TestApp, all_at_once};

const OMAR: &str = "omar@riverside.example";
const NOBODY: &str = "omax@riverside.example";
const SENT_BACK: &str = "The mail server of riverside.example sent it back.";
const TURNED_AWAY: &str = "The mail server of riverside.example has turned away several of our mails lately.";

/// The folder that the operator's mail server puts returned mail into.
struct Folder(TempDir, Maildir);

impl Folder {
    fn new() -> Folder {
        let folder = tempfile::tempdir().unwrap();
        for name in ["new", "cur", "tmp"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        assert_eq!(Maildir::fault(folder.path()), None);
        let maildir = Maildir::new(folder.path().to_owned());
        Folder(folder, maildir)
    }

    fn maildir(&self) -> Maildir {
        self.1.clone()
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.0.path().join("new").join(name), bytes).unwrap();
    }

    async fn collect(&self, app: &TestApp) {
        delivery::collect_bounces(app.app(), &self.maildir()).await.unwrap();
    }

    fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.0.path().join(folder)).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }
}

/// A delivery report on a mail, as a mail server writes it.
fn report(mail: &Mail, to: &str, action: &str, diagnostic: &str) -> String {
    let status = diagnostic.split(' ').nth(1).unwrap();
    let id = mail.message_id.trim_matches(['<', '>']);
    format!(
        "From: MAILER-DAEMON@mx.example\nTo: bounces@portico.example\nSubject: Undelivered\nMIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\n\n--b\nContent-Type: text/plain\n\nSorry.\n\
         --b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n\
         Final-Recipient: rfc822; {to}\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {diagnostic}\n\n\
         --b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{id}>\nSubject: x\n\n--b--\n"
    )
}

const NO_MAILBOX: &str = "550 5.1.1 no such user";

async fn examined(app: &TestApp, typed: &str) -> Report {
    doctor::examine(app.app(), &Identifier::parse(typed).unwrap()).await.unwrap()
}

/// The latest mail of somebody, as the doctor tells it.
async fn told(app: &TestApp, typed: &str) -> MailTold {
    examined(app, typed).await.mails.remove(0)
}

/// Two strangers ask, for somebody and for nobody, and look again after whatever `happens` to their mails.
async fn both_ask(app: &TestApp) -> [Page; 2] {
    [app.browser().ask_for_reset(OMAR).await, app.browser().ask_for_reset(NOBODY).await]
}

/// Reloads both pages, and shows that they are alike.
async fn alike(pages: &[Page; 2]) -> Page {
    let [known, unknown] = [pages[0].browser().reload().await, pages[1].browser().reload().await];
    assert_alike(&[seen(&known, OMAR)], &[seen(&unknown, NOBODY)]);
    known
}

async fn turn_away(app: &TestApp, people: &[&str], answer: &str) {
    for person in people {
        app.mail_server(|server| server.answer(person, answer)).await;
        app.browser().ask_for_reset(person).await;
    }
    app.deliver_mail().await;
}

stories! {
    async fn stranger_cannot_tell_from_a_mail_that_came_back_who_is_known(app: TestApp) {
        let folder = Folder::new();
        let pages = both_ask(&app).await;
        let mails = [app.mail_to(OMAR).await, app.mail_to(NOBODY).await];
        alike(&pages).await.shows("Our mail server has taken it, for riverside.example");
        folder.put("1", report(&mails[0], OMAR, "failed", NO_MAILBOX));
        folder.put("2", report(&mails[1], NOBODY, "failed", NO_MAILBOX));
        folder.collect(&app).await;
        alike(&pages).await.shows(SENT_BACK).shows("Please check the address for a typing mistake");
        let line = pages[0].browser().get(&format!("{}/delivery", pages[0].path())).await;
        let line: serde_json::Value = serde_json::from_str(line.body()).unwrap();
        assert_eq!((line["state"].as_str(), line["done"].as_bool()), (Some("bounced"), Some(true)));
        assert_eq!(app.events("mail.bounced").await, 2);
    }

    async fn stranger_cannot_tell_from_a_refusal_who_is_known(app: TestApp) {
        for address in [OMAR, NOBODY] {
            app.mail_server(|server| server.answer(address, "550 5.1.1 no such mailbox")).await;
        }
        let pages = both_ask(&app).await;
        app.deliver_mail().await;
        alike(&pages).await.shows("Our mail server refused it (550).").lacks("no such mailbox");
    }

    async fn stranger_cannot_tell_from_greylisting_who_is_known(app: TestApp) {
        for address in [OMAR, NOBODY] {
            app.mail_server(|server| server.answer(address, "450 4.7.1 greylisted")).await;
        }
        let pages = both_ask(&app).await;
        app.deliver_mail().await;
        let page = alike(&pages).await;
        page.shows("asked us to come back later (450)").shows("We try again at");
        app.pass_seconds(5);
        app.deliver_mail().await;
        app.mail_server(|server| server.heal()).await;
        app.pass_seconds(15);
        app.mail_to(OMAR).await;
        app.mail_to(NOBODY).await;
        alike(&pages).await.shows("Our mail server has taken it");
        let mail = told(&app, OMAR).await;
        let states: Vec<_> = mail.events.iter().map(|event| (event.state, event.code, event.times)).collect();
        assert_eq!(states, [("deferred", Some(450), 2), ("handed_over", Some(250), 1)]);
    }

    async fn a_typed_user_name_shows_no_delivery_line_whatever_happens(app: TestApp) {
        let folder = Folder::new();
        let known = app.browser().ask_for_reset("anna-riverside").await;
        let unknown = app.browser().ask_for_reset("anna-riverxide").await;
        let mail = app.mail_to("anna@riverside.example").await;
        folder.put("1", report(&mail, "anna@riverside.example", "failed", NO_MAILBOX));
        folder.collect(&app).await;
        assert_eq!(told(&app, "anna-riverside").await.state, "bounced");
        let [known, unknown] = [known.browser().reload().await, unknown.browser().reload().await];
        known.lacks("sent it back").lacks("has taken it");
        assert_alike(&[seen(&known, "anna-riverside")], &[seen(&unknown, "anna-riverxide")]);
        assert_eq!(known.browser().get(&format!("{}/delivery", known.path())).await.status(), 404);
        for (answer, state) in [("550 5.1.1 no such mailbox", "refused"), ("450 4.2.0 greylisted", "deferred")] {
            app.pass_seconds(60);
            app.mail_server(|server| server.answer("anna@riverside.example", answer)).await;
            let known = app.browser().ask_for_reset("anna-riverside").await;
            let unknown = app.browser().ask_for_reset("anna-riverxide").await;
            app.deliver_mail().await;
            assert_eq!(told(&app, "anna-riverside").await.state, state);
            let [known, unknown] = [known.browser().reload().await, unknown.browser().reload().await];
            known.lacks("refused it").lacks("come back later").lacks("On its way");
            assert_alike(&[seen(&known, "anna-riverside")], &[seen(&unknown, "anna-riverxide")]);
            assert_eq!(known.browser().get(&format!("{}/delivery", known.path())).await.status(), 404);
        }
        app.leaves_mail_behind();
    }

    async fn the_help_desk_sees_the_whole_life(app: TestApp) {
        let folder = Folder::new();
        let link = app.reset_link(OMAR).await;
        app.pass_seconds(60);
        app.browser().get(&link).await.choose_password(NEW_PASSWORD).await;
        let notice = app.mail_to(OMAR).await;
        app.pass_seconds(60);
        folder.put("1", report(&notice, OMAR, "delayed", "451 4.4.1 timed out"));
        folder.collect(&app).await;
        app.pass_seconds(1);
        folder.put("2", report(&notice, OMAR, "failed", "552 5.2.2 mailbox full"));
        folder.collect(&app).await;
        let report = examined(&app, OMAR).await;
        let [changed, reset] = report.mails.as_slice() else { panic!("two mails") };
        assert_eq!((changed.kind.as_str(), changed.state), ("notices.password_changed", "bounced"));
        let said: Vec<_> = changed.events.iter().map(|event| (event.state, event.reply.as_str())).collect();
        assert_eq!(said[1..], [("delayed", "451 4.4.1 timed out"), ("bounced", "552 5.2.2 mailbox full")]);
        assert_eq!(reset.link_used_at.as_deref(), Some("2026-11-21T10:01:00Z"));
        assert_eq!(changed.link_used_at, None);
        let line = report.steps.iter().find(|step| step.evidence.contains("sent back")).unwrap();
        assert!(line.evidence.contains("sent back 04:02 CST: 552 5.2.2 mailbox full"), "{}", line.evidence);
        // The page of whoever asked knows nothing of a link used: that would tell a stranger whose it is.
        assert_eq!(examined(&app, "nobody@riverside.example").await.mails.len(), 0);
    }

    async fn a_link_that_was_only_looked_at_is_not_told_as_used(app: TestApp) {
        let link = app.reset_link(OMAR).await;
        app.browser().get(&link).await.is_headed("Set Up Password");
        assert_eq!(told(&app, OMAR).await.link_used_at, None);
    }

    async fn an_address_nobody_has_is_told_too(app: TestApp) {
        app.browser().ask_for_reset(NOBODY).await;
        app.mail_to(NOBODY).await;
        let mail = told(&app, NOBODY).await;
        assert_eq!((mail.kind.as_str(), mail.state), ("recovery.no_account", "handed_over"));
    }

    async fn a_report_is_believed_once_and_only_about_a_mail_that_was_handed_over(app: TestApp) {
        let folder = Folder::new();
        app.browser().ask_for_reset(OMAR).await;
        let mail = app.mail_to(OMAR).await;
        let forged = report(&mail, OMAR, "failed", NO_MAILBOX);
        folder.put("foreign", forged.replace("@portico.example>", "@evil.example>"));
        folder.put("guessed", forged.replace(&mail.message_id[..8], "01234567"));
        folder.collect(&app).await;
        assert_eq!(told(&app, OMAR).await.state, "handed_over");
        for name in ["1", "2", "3"] {
            folder.put(name, &forged);
            folder.collect(&app).await;
        }
        assert_eq!(app.events("mail.bounced").await, 1);
        assert_eq!(told(&app, OMAR).await.events.len(), 2);
        // A mail that waits cannot come back.
        app.mail_server(|server| server.refuse_connections = true).await;
        app.browser().ask_for_reset("dana@riverside.example").await;
        app.deliver_mail().await;
        app.execute("UPDATE outbox SET id = '01920000-0000-7000-8000-00000000abcd' WHERE recipient LIKE 'dana%'", &[]).await;
        let waiting = Mail { message_id: "01920000-0000-7000-8000-00000000abcd@portico.example".into(), ..mail };
        folder.put("4", report(&waiting, "dana@riverside.example", "failed", NO_MAILBOX));
        folder.collect(&app).await;
        assert_eq!(app.events("mail.bounced").await, 1);
        app.leaves_mail_behind();
    }

    async fn a_report_that_is_faster_than_its_courier_waits_for_him(app: TestApp) {
        let folder = Folder::new();
        app.browser().ask_for_reset(OMAR).await;
        let mail = app.mail_to(OMAR).await;
        let until = app.clock().now().0 + 60_000_000;
        app.execute("UPDATE outbox SET state = 'queued', lease = 'x', leased_until = $1", &[&until]).await;
        folder.put("1", report(&mail, OMAR, "failed", NO_MAILBOX));
        folder.collect(&app).await;
        assert_eq!(folder.names("new"), ["1"]);
        app.execute("UPDATE outbox SET state = 'handed_over', lease = NULL, leased_until = NULL", &[]).await;
        folder.collect(&app).await;
        assert_eq!(told(&app, OMAR).await.state, "bounced");
        assert!(folder.names("new").is_empty());
    }

    async fn whatever_lies_in_the_folder_is_put_away_and_upsets_nobody(app: TestApp) {
        let folder = Folder::new();
        app.browser().ask_for_reset(OMAR).await;
        let mail = app.mail_to(OMAR).await;
        folder.put("empty", "");
        folder.put("garbage", [0xff, 0x00, 0xfe].repeat(100_000));
        folder.put("boundaries", "Content-Type: multipart/report; boundary=a\n\n".to_owned() + &"--a\n".repeat(50_000));
        folder.put("headers", "A: b\n".repeat(50_000));
        folder.put("zlast", report(&mail, OMAR, "failed", NO_MAILBOX));
        let secret = folder.0.path().join("secret");
        fs::write(&secret, report(&mail, OMAR, "failed", NO_MAILBOX)).unwrap();
        std::os::unix::fs::symlink(&secret, folder.0.path().join("new").join("link")).unwrap();
        fs::create_dir(folder.0.path().join("new").join("folder")).unwrap();
        folder.collect(&app).await;
        assert_eq!(told(&app, OMAR).await.state, "bounced");
        let mut left = folder.names("new");
        left.sort();
        assert_eq!(left, ["folder", "link"], "what is no plain file is left alone");
        assert_eq!(folder.names("cur").len(), 5);
        assert!(folder.names("cur").iter().all(|name| name.ends_with(":2,S")));
    }

    async fn fifty_files_that_cannot_be_put_away_keep_no_report_waiting(app: TestApp) {
        let folder = Folder::new();
        app.browser().ask_for_reset(OMAR).await;
        let mail = app.mail_to(OMAR).await;
        let sent_back = report(&mail, OMAR, "failed", NO_MAILBOX);
        for number in 0..60 {
            folder.put(&format!("a{number}"), "no report");
            fs::create_dir(folder.0.path().join("cur").join(format!("a{number}:2,S"))).unwrap();
        }
        let mut odd = std::ffi::OsString::from("zlast-");
        odd.push(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(&[0xff]));
        fs::write(folder.0.path().join("new").join(odd), sent_back).unwrap();
        folder.collect(&app).await;
        folder.collect(&app).await;
        assert_eq!(told(&app, OMAR).await.state, "bounced", "whatever its name looks like");
        assert_eq!(folder.names("new").len(), 60);
    }

    async fn race_for_one_report_on_two_nodes_bounces_once(app: TestApp) {
        let folder = Folder::new();
        app.browser().ask_for_reset(OMAR).await;
        let mail = app.mail_to(OMAR).await;
        let other = app.second_node().await;
        folder.put("1", report(&mail, OMAR, "failed", NO_MAILBOX));
        let racers = (0..8).map(|number| {
            let (node, maildir) = (if number % 2 == 0 { app.clone() } else { other.clone() }, folder.maildir());
            // Whoever finds the file gone when putting it away is told so, and looks again later.
            async move { delivery::collect_bounces(node.app(), &maildir).await.is_ok() }
        });
        assert!(all_at_once(racers).await.contains(&true));
        assert_eq!(app.events("mail.bounced").await, 1);
        assert!(folder.names("new").is_empty());
    }

    async fn an_organization_whose_mail_server_refuses_us_alarms_and_everybody_there_is_told(app: TestApp) {
        let people = [OMAR, "dana@riverside.example", "nora@riverside.example"];
        let mut watch = Watch::default();
        turn_away(&app, &people[..2], "550 5.7.1 we take nothing from you").await;
        assert!(watch.look(app.app()).await.unwrap().is_empty(), "two may be chance");
        turn_away(&app, &people[2..], "550 5.7.1 we take nothing from you").await;
        assert_eq!(watch.look(app.app()).await.unwrap(), ["riverside.example"]);
        let server = examined(&app, OMAR).await.steps.into_iter().find(|step| step.name == "mail server").unwrap();
        assert!(server.evidence.contains("has turned away mail to 3 people"), "{}", server.evidence);
        let pages = both_ask(&app).await;
        alike(&pages).await.shows(TURNED_AWAY).shows("portico.example");
        app.browser().ask_for_reset("kim@northwind.example").await.lacks("turned away");
        app.mail_server(|server| server.heal()).await;
        app.mails_to(OMAR).await;
        app.mails_to(NOBODY).await;
        app.mails_to("kim@northwind.example").await;
        app.pass(Duration::from_secs(24 * 3_600 + 1));
        assert!(watch.look(app.app()).await.unwrap().is_empty(), "a day later it is over");
    }

    async fn addresses_that_do_not_exist_alarm_nobody(app: TestApp) {
        let made_up: Vec<String> = (0..6).map(|number| format!("nobody{number}@riverside.example")).collect();
        let made_up: Vec<&str> = made_up.iter().map(String::as_str).collect();
        turn_away(&app, &made_up, "550 5.1.1 no such mailbox").await;
        assert!(Watch::default().look(app.app()).await.unwrap().is_empty());
        app.browser().ask_for_reset(OMAR).await.lacks("turned away");
        app.mail_to(OMAR).await;
    }

    async fn a_domain_that_is_no_organizations_alarms_nobody(app: TestApp) {
        let people = ["a@elsewhere.example", "b@elsewhere.example", "c@elsewhere.example"];
        turn_away(&app, &people, "554 5.7.1 no").await;
        assert!(Watch::default().look(app.app()).await.unwrap().is_empty());
    }

    async fn the_lives_of_forgotten_mails_are_forgotten(app: TestApp) {
        app.browser().ask_for_reset(OMAR).await;
        app.mail_to(OMAR).await;
        assert_eq!(app.count("SELECT count(*) FROM mail_events", &[]).await, 1);
        app.pass(Duration::from_secs(91 * 24 * 3_600));
        while portico::serve::forget_once(app.app()).await.unwrap() == portico::platform::jobs::Turn::Again {}
        portico::serve::forget_once(app.app()).await.unwrap();
        assert_eq!(app.count("SELECT count(*) FROM outbox", &[]).await, 0);
        assert_eq!(app.count("SELECT count(*) FROM mail_events", &[]).await, 0);
    }

    async fn stranger_cannot_tell_by_what_is_written_whose_password_lives_elsewhere(app: TestApp) {
        let mut rows = Vec::new();
        for name in ["lee-castillo", "nobody-knows", "anna-riverside"] {
            let before = app.count("SELECT count(*) FROM outbox", &[]).await;
            app.browser().try_password(name, WRONG).await;
            let first = app.count("SELECT count(*) FROM outbox", &[]).await;
            app.browser().try_password(name, WRONG).await;
            rows.push((first - before, app.count("SELECT count(*) FROM outbox", &[]).await - first));
        }
        assert_eq!(rows, [(1, 0); 3]);
        app.mail_to("lee@lakeshore.example").await.shows("Lakeshore Hospital");
    }

    async fn guessing_on_during_a_lock_is_in_the_trail_once_a_minute_for_anybody(app: TestApp) {
        for name in [OMAR, NOBODY] {
            let before = app.events("attempt.refused").await;
            let page = app.lock(name).await;
            for _ in 0..5 {
                page.try_password(WRONG).await;
                app.browser().try_password(name, WRONG).await;
            }
            assert_eq!(app.events("attempt.refused").await - before, 1, "{name}");
            app.pass_seconds(60);
            page.try_password(WRONG).await;
            assert_eq!(app.events("attempt.refused").await - before, 2, "{name}");
        }
        app.mail_to(OMAR).await;
    }
}
