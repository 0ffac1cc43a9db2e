//! Every mail, in every state, can be met in the demo: by doing what its people and their administrators would do, and by letting time pass.
//!
//! A state of a mail is the set of messages it is made of. The samples of `tests/letters` have every one of them, and the demo has to show
//! a mail for each sample: a new state needs words, its words a sample, and the sample a way here.

use std::collections::BTreeSet;
use std::time::Duration;

use portico::audit::Actor;
use portico::federation;
use portico::invitations::{self, Invite};
use portico::organizations;
use portico::people::{self, Account, Email, Identifier};
use portico::{questions, recovery};
use store::Tx;

use crate::letters::{keyed_samples, words_of_mails};
use crate::support::steps::{NEW_PASSWORD, WRONG};
use crate::support::{ANSWERS, Engine, Mail, PASSWORD, Page, TestApp, tell_of_the_demo};

const DAY: Duration = Duration::from_secs(24 * 3_600);

/// What the demo cannot show, and why.
const NOT_HERE: [(&str, &str); 4] = [
    ("notices.disputed/address-to-nobody.json", "the demo has a support mailbox"),
    ("federation.moved/there-by-program.json", "no organization of the demo has a program"),
    ("federation.kept/kept.json", "no organization of the demo has a program"),
    ("notices.half_sign_in/elsewhere.json", "nobody of the demo has a second factor both there and here"),
];

const OMAR: &str = "omar@riverside.example";
pub const NORA: &str = "nora@riverside.example";
const MIA: &str = "mia@riverside.example";
pub const TESS: &str = "tess@riverside.example";
const ROSA: &str = "rosa@riverside.example";
const KIM: &str = "kim@northwind.example";
const NIGHT: &str = "night@harbor.example";
const ED: &str = "ed@harbor.example";
const ED_NAME: &str = "Harbor Emergency Department";
const PRACTICE: &str = "practice@oldmill.example";

type Keys = BTreeSet<String>;

/// The messages that a text, made of words that name themselves, is made of.
fn state_of(text: &str) -> Keys {
    let keys = text.split("[[").skip(1).filter_map(|part| Some(part.split_once("]]")?.0));
    keys.filter(|key| key.starts_with("mail-") || key.starts_with("notice-")).map(str::to_owned).collect()
}

/// What tells one state from another: not how each of a list fares, nor whether there is a support line.
fn told_apart(state: &Keys) -> Keys {
    state.iter().filter(|key| !key.starts_with("mail-help-short-") && *key != "mail-support").cloned().collect()
}

#[test]
fn every_word_of_a_mail_is_in_a_sample() {
    let sampled: Keys = keyed_samples().iter().flat_map(|(_, text)| state_of(text)).collect();
    let unsampled: Vec<_> = words_of_mails().into_iter().filter(|key| !sampled.contains(key)).collect();
    assert!(unsampled.is_empty(), "put a sample with it into portico/tests/letters: {unsampled:#?}");
}

mod every_mail_of_every_state_can_be_met_in_the_demo {
    use super::*;

    #[test]
    fn on_sqlite() {
        tell_of_the_demo(Engine::Sqlite, visit);
    }

    #[test]
    fn on_postgres() {
        tell_of_the_demo(Engine::Postgres, visit);
    }
}

async fn visit(app: TestApp) {
    app.leaves_mail_behind();
    let demo = Demo(app.clone());
    demo.corrected_addresses().await;
    demo.first_time().await;
    demo.resets().await;
    demo.links_of_administrators().await;
    demo.shared_account().await;
    demo.whom_to_ask().await;
    demo.elsewhere().await;
    demo.questions().await;
    demo.small_practice().await;
    demo.locks().await;
    demo.sign_ins().await;
    demo.requests().await;
    demo.help().await;
    demo.second_factors().await;
    demo.second_mailboxes().await;
    demo.suspension().await;
    demo.switched().await;
    demo.locked_for_good().await;
    demo.what_ends_with_time().await;
    let met: Vec<Keys> =
        app.all_mail().await.iter().map(|mail| state_of(&format!("{}{}", mail.subject, mail.html))).collect();
    let shown: BTreeSet<Keys> = met.iter().map(told_apart).collect();
    let words: Keys = met.into_iter().flatten().collect();
    let mut missing = Vec::new();
    for (name, text) in keyed_samples().into_iter().filter(|(name, _)| NOT_HERE.iter().all(|(not, _)| not != name)) {
        let state = state_of(&text);
        if !shown.contains(&told_apart(&state)) || !state.iter().all(|key| key == "mail-support" || words.contains(key))
        {
            let near = shown.iter().min_by_key(|one| one.symmetric_difference(&told_apart(&state)).count()).unwrap();
            let differs: Vec<_> = near.symmetric_difference(&told_apart(&state)).cloned().collect();
            missing.push(format!("{name}: the nearest mail differs in {differs:?}"));
        }
    }
    assert!(missing.is_empty(), "no way in the demo leads to {missing:#?}");
}

pub struct Demo(pub TestApp);

pub fn link(mail: &Mail, key: &str, label: &str) -> String {
    mail.link(&format!("[[{key}]]{label}"))
}

pub fn reset_link(mail: &Mail) -> String {
    link(mail, "mail-reset-button", "Reset Password")
}

fn not_me(mail: &Mail) -> String {
    link(mail, "notice-button", "It wasn’t me")
}

/// What a visitor does.
impl Demo {
    /// The newest mail to an address that has not been read.
    pub async fn mail(&self, address: &str) -> Mail {
        self.0.mails_to(address).await.pop().unwrap_or_else(|| panic!("no mail to {address}"))
    }

    /// The newest of them with a button to take something back.
    pub async fn notice(&self, address: &str) -> Mail {
        let mails = self.0.mails_to(address).await;
        let notice = mails.into_iter().rev().find(|mail| mail.html.contains("[[notice-button]]"));
        notice.unwrap_or_else(|| panic!("no notice to {address}"))
    }

    pub async fn ask(&self, who: &str) {
        self.0.browser().ask_for_reset(who).await;
        self.0.deliver_mail().await;
    }

    pub async fn help_me(&self, who: &str) {
        self.0.browser().post("/help/sign-in", &[("identifier", who)]).await.is_headed("Check your mail");
        self.0.deliver_mail().await;
    }

    async fn choose_password(&self, link: &str) -> Page {
        self.0.browser().get(link).await.choose_password(NEW_PASSWORD).await
    }

    pub async fn press_not_me(&self, mail: &Mail) {
        self.0.browser().get(&not_me(mail)).await.press("It wasn’t me").await;
        self.0.deliver_mail().await;
    }

    pub async fn guess(&self, who: &str) {
        let mut page = self.0.browser().name(who).await;
        for _ in 0..3 {
            page = page.try_password(WRONG).await;
        }
    }

    /// Signs in twice: the second browser is news.
    async fn told_of_a_new_browser(&self, who: &str, mailbox: &str) -> Mail {
        for _ in 0..2 {
            self.0.browser().sign_in(who).await;
        }
        self.notice(mailbox).await
    }
}

/// What an administrator does, by command.
impl Demo {
    pub async fn account(&self, who: &str) -> Account {
        let identifier = Identifier::parse(who).unwrap();
        let find = async |tx: &mut Tx| people::by_identifier(tx, &identifier).await;
        self.0.app().db.read("story.account", find).await.unwrap().unwrap()
    }

    async fn change_email(&self, who: &str, to: &str) {
        let (app, account, email) = (self.0.app(), self.account(who).await, Email::parse(to).unwrap());
        let change = async |tx: &mut Tx| people::change_email(tx, app, Actor::Command, &account, &email, to).await;
        assert_eq!(app.db.write("story.change_email", change).await.unwrap(), Ok(true));
    }

    async fn send_reset(&self, who: &str) {
        let (app, account) = (self.0.app(), self.account(who).await);
        let send = async |tx: &mut Tx| recovery::send_reset(tx, app, &account).await;
        assert!(app.db.write("story.reset", send).await.unwrap().is_ok());
    }

    async fn end_password(&self, who: &str) {
        let (app, account) = (self.0.app(), self.account(who).await);
        let end = async |tx: &mut Tx| invitations::make_temporary(tx, app, Actor::Command, &account).await;
        assert!(app.db.write("story.temporary", end).await.unwrap().is_ok());
    }

    async fn clear_questions(&self, who: &str) {
        let (app, account) = (self.0.app(), self.account(who).await);
        let clear = async |tx: &mut Tx| questions::clear(tx, app, &account).await;
        assert!(app.db.write("story.clear", clear).await.unwrap());
    }

    async fn disable(&self, who: &str) {
        let account = self.account(who).await;
        let disable = async |tx: &mut Tx| people::disable(tx, &account.id).await;
        assert!(self.0.app().db.write("story.disable", disable).await.unwrap());
    }

    async fn invite(&self, email: &str, organization: &str) {
        let parsed = Email::parse(email).unwrap();
        let (site, role) = (None, Some("surveyor"));
        let wanted = Invite { email: &parsed, shown: email, organization, product: "tracer", site, role };
        let app = self.0.app();
        let invite = async |tx: &mut Tx| invitations::invite(tx, app, Actor::Command, &wanted).await;
        app.db.write("story.invite", invite).await.unwrap().unwrap();
    }
}

/// The ways, in an order in which they do not stand in each other's.
impl Demo {
    async fn corrected_addresses(&self) {
        let told = self.notice("elena@riverside.example").await;
        self.press_not_me(&told).await;
        self.ask("elena.petrova@riverside.example").await;
        let page = self.0.browser().try_password("elena.petrova@riverside.example", PASSWORD).await;
        page.press("Send Verification Code").await;
        // An address that was changed and changed back is the account's, and not proved.
        let told = self.told_of_a_new_browser(MIA, MIA).await;
        self.change_email(MIA, "mia.lindqvist@riverside.example").await;
        self.change_email("mia.lindqvist@riverside.example", MIA).await;
        self.press_not_me(&told).await;
    }

    async fn first_time(&self) {
        self.ask("ivan@riverside.example").await;
        self.invite(OMAR, "riverside").await;
        self.invite("jo@bluebird.example", "riverside").await;
        self.end_password("dana@riverside.example").await;
    }

    async fn resets(&self) {
        self.0.mails_to(OMAR).await;
        self.ask(OMAR).await;
        let page = self.choose_password(&reset_link(&self.mail(OMAR).await)).await;
        page.is_headed("Your password was successfully reset");
        for who in [NORA, "er@riverside.example", "shifts@harbor.example", PRACTICE, "nobody@riverside.example"] {
            self.ask(who).await;
        }
        self.ask("lee@lakeshore.example").await;
        self.ask("sam@summit.example").await;
        for email in [OMAR, NIGHT, "er@riverside.example"] {
            self.0.browser().post("/recover/user-name", &[("email", email)]).await;
        }
    }

    async fn links_of_administrators(&self) {
        self.send_reset("harbor-night").await;
        self.send_reset("harbor-ed").await;
        self.choose_password(&reset_link(&self.mail(ED).await)).await.is_headed("Your password was successfully reset");
        self.send_reset("harbor-dispatch").await;
        // A link of one's own asks the question first, and what disputes it then leads to people.
        self.0.mails_to("harbor-dispatch@harbor.example").await;
        self.ask("harbor-dispatch").await;
        let mail = self.mail("harbor-dispatch@harbor.example").await;
        let page = self.0.browser().get(&reset_link(&mail)).await.answer_the_one().await;
        page.choose_password(NEW_PASSWORD).await.is_headed("Your password was successfully reset");
        self.press_not_me(&self.notice("harbor-dispatch@harbor.example").await).await;
    }

    async fn shared_account(&self) {
        self.ask("harbor-ed").await;
        self.0.mails_to(ED).await;
        for _ in 0..2 {
            self.0.browser().try_password("harbor-ed", NEW_PASSWORD).await.is_the_portal_of(ED_NAME);
        }
        self.press_not_me(&self.notice(ED).await).await;
        self.guess("harbor-ed").await;
        self.help_me("harbor-ed").await;
    }

    async fn whom_to_ask(&self) {
        self.ask("harbor-night").await;
        self.0.mails_to(NIGHT).await;
        self.guess("harbor-night").await;
        self.press_not_me(&self.notice(NIGHT).await).await;
        self.ask("paul@riverside.example").await;
        self.ask("mill-former").await;
        self.guess("lakeshore-desk").await;
        self.press_not_me(&self.notice("desk@lakeshore.example").await).await;
    }

    /// The secret of a connection, and the record that shows whose a domain is.
    async fn what_ends_with_time(&self) {
        let (app, ends) = (&self.0, self.0.clock().now() + DAY);
        app.execute("UPDATE oidc_connections SET secret_expires_at = $1", &[&ends]).await;
        let claim = "INSERT INTO domain_claims (organization_id, domain, challenge, claimed_at, verified_by, check_at)
                     SELECT organization_id, domain, 'gone', 0, 'dns', 0 FROM organization_domains
                     WHERE domain = 'riverside.example'";
        app.execute(claim, &[]).await;
        for _ in 0..3 {
            federation::warn_of_secrets(app.app()).await.unwrap();
            organizations::look_at_domains(app.app()).await.unwrap();
            app.pass(DAY + DAY / 24);
        }
    }

    async fn questions(&self) {
        let page = self.0.browser().ask_for_questions(ROSA).await;
        page.answer(ANSWERS).await.is_headed("Set Up Password");
        let mut page = self.0.browser().ask_for_questions(TESS).await;
        for _ in 0..3 {
            page = page.answer(["red", "tom", "rome"]).await;
        }
        let page = self.0.browser().try_password("harbor-late", PASSWORD).await;
        page.is_headed("Set up security questions").set_questions().await;
        self.clear_questions("lucia@riverside.example").await;
        self.clear_questions(TESS).await;
        let page = self.0.browser().try_password(TESS, PASSWORD).await;
        page.is_headed("Set up security questions").set_questions().await;
    }

    async fn small_practice(&self) {
        self.0.mails_to(PRACTICE).await;
        let told = self.told_of_a_new_browser("mill-desk", PRACTICE).await;
        self.disable("mill-desk").await;
        self.press_not_me(&told).await;
        self.0.mails_to(PRACTICE).await;
        self.change_email("mill-ward", "ward@oldmill.example").await;
        self.press_not_me(&self.notice(PRACTICE).await).await;
    }

    async fn locks(&self) {
        self.guess(OMAR).await;
        self.help_me(OMAR).await;
        let mut page = self.0.browser().try_password(KIM, PASSWORD).await;
        for _ in 0..3 {
            page = page.enter_code("000000").await;
        }
    }

    async fn requests(&self) {
        let nora = self.0.browser();
        nora.sign_in(NORA).await.press("Ask for access").await;
        let page = nora.get("/support?topic=product").await.choose("Be called back", None);
        let page = page.fill("Telephone", "+1 555 0123").fill("Best time to call", "after 16:00");
        page.press("Send").await.is_headed("We have it");
        let page = self.0.browser().sign_in("harbor-desk").await.click("Incident Desk").await;
        page.press("Ask for access").await;
        self.question(OMAR, "&topic=locked&reference=AB12-CD34").await;
        self.question(NORA, "&topic=sites").await;
    }

    /// From the first page to the Contact Form, with what was typed kept.
    async fn question(&self, who: &str, about: &str) {
        let page = self.0.browser().name(who).await.click("Need help signing in?").await.click("Contact Form").await;
        let page = page.browser().get(&format!("{}{about}", page.path())).await;
        let page = page.fill("Your name", "Somebody").fill("Your email", who).fill("Your message", "Please help.");
        page.press("Send").await.is_headed("We have it");
    }

    async fn help(&self) {
        self.0.pass_seconds(3_600);
        for who in ["lee@lakeshore.example", "paul@riverside.example", NORA, TESS, KIM] {
            self.help_me(who).await;
        }
        for who in
            ["harbor-desk", "desk@harbor.example", "harbor-night", "er@riverside.example", "shifts@harbor.example"]
        {
            self.help_me(who).await;
        }
        self.help_me("nobody@riverside.example").await;
    }

    /// The hundredth wrong password in a row is the last that anybody may type.
    async fn locked_for_good(&self) {
        for _ in 0..34 {
            self.guess(ROSA).await;
            self.0.pass_seconds(1_801);
        }
        self.help_me(ROSA).await;
    }
}
