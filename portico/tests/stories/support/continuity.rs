//! What happens while Lakeshore's own sign-in is out.

use portico::continuity::{self, By, Measures, Refused};
use portico::organizations;
use portico::password;
use portico::people::{self, Account, Email, Identifier, NewAccount};
use portico::platform::entropy::Secret;
use portico::platform::ids::{AccountId, OrganizationId};
use portico::terms;
use store::Tx;

use super::app::TestApp;
use super::browser::Browser;
use super::page::Page;
use super::queries;
use super::steps::NEW_PASSWORD;
use super::world::{self, PASSWORD};

pub const LEE: &str = "lee@lakeshore.example";
pub const LEE_ID: &str = "lee-castillo";
pub const SECOND: &str = "lee.castillo@mail.example";
/// License Owners, once they are made.
pub const VERA: &str = "vera@lakeshore.example";
pub const TOMAS: &str = "tomas@lakeshore.example";
pub const ROOT: &str = "root@portico.example";
pub const YES: &str = "Yes, Go On";

impl TestApp {
    /// Somebody more at Lakeshore, of this role if of any.
    pub async fn at_lakeshore(&self, email: &str, first: &str, role: Option<&str>) {
        let app = self.app();
        let id = AccountId::from(email);
        let phc = app.hasher.reserve().unwrap().hash(Secret::from(PASSWORD)).await.unwrap();
        let write = async |tx: &mut Tx| {
            let account = NewAccount {
                id: id.clone(),
                organization: OrganizationId::from("lakeshore"),
                email: Email::parse(email).unwrap(),
                email_shown: email.into(),
                user_name: None,
                first_name: first.into(),
                last_name: "Holm".into(),
                signs_in_by_email: true,
                shared: false,
            };
            assert!(people::insert(tx, &account).await?);
            people::set_password(tx, &id, &password::seal(&app.keys, &id, &phc)).await?;
            people::set_email_verified(tx, &id).await?;
            terms::accept(tx, &world::terms(), &id).await?;
            if let Some(role) = role {
                queries::administrator(tx, "lakeshore", &id, role).await?;
            }
            Ok::<_, store::Error>(())
        };
        app.db.write("story", write).await.unwrap();
    }

    pub async fn two_license_owners(&self) {
        self.at_lakeshore(VERA, "Vera", Some("license_owner")).await;
        self.at_lakeshore(TOMAS, "Tomas", Some("license_owner")).await;
    }

    /// A second mailbox that was confirmed an hour ago.
    pub async fn has_second_mailbox(&self, account: &str, address: &str) {
        let (_, domain) = address.split_once('@').unwrap();
        let sql =
            "INSERT INTO secondary_addresses (account_id, email, email_shown, domain, set_by, set_at, verified_at)
                   VALUES ($1, $2, $2, $3, 'person', $4, $4)";
        let at = self.clock().now().0 - 3_600_000_000;
        self.execute(sql, &[&account, &address, &domain, &at]).await;
    }

    /// Signs in as in the days before Lakeshore had a sign-in of its own.
    pub async fn signed_in_before_sso(&self, name: &str) -> Browser {
        self.has_sso(false).await;
        let browser = self.browser();
        browser.sign_in(name).await;
        self.has_sso(true).await;
        browser
    }

    /// The same in any language.
    pub async fn tour_signed_in_before_sso(&self, name: &str) -> Browser {
        self.has_sso(false).await;
        let browser = self.browser();
        let page = browser.post("/sign-in", &[("identifier", name)]).await;
        browser.post(page.path(), &[("password", PASSWORD)]).await;
        self.has_sso(true).await;
        browser
    }

    pub async fn has_sso(&self, on: bool) {
        let way = if on { "sso" } else { "password" };
        self.execute("UPDATE organizations SET sign_in = $1 WHERE id = 'lakeshore'", &[&way]).await;
        let state = if on { "on" } else { "off" };
        self.execute("UPDATE connections SET state = $1 WHERE organization_id = 'lakeshore'", &[&state]).await;
    }

    /// As an operator does by command.
    pub async fn suspend(&self) {
        self.try_suspend(false).await.unwrap();
        self.mail_to(ROOT).await.shows("Single sign-on of Lakeshore Hospital is suspended");
    }

    pub async fn try_suspend(&self, end_sessions: bool) -> Result<(), Refused> {
        self.try_suspend_with(Measures { end_sessions, ..Measures::default() }).await
    }

    pub async fn try_suspend_with(&self, measures: Measures) -> Result<(), Refused> {
        let app = self.app();
        let write = async |tx: &mut Tx| {
            let organization = organizations::by_slug(tx, "lakeshore").await?.unwrap();
            let admitted = continuity::admit(tx, By::command(), &organization).await?.unwrap();
            continuity::suspend(tx, app, &admitted, "Their page is out", measures).await
        };
        app.db.write("story.suspend", write).await.unwrap()
    }

    pub async fn resume(&self) {
        self.try_resume().await.unwrap();
        self.mail_to(ROOT).await.shows("Single sign-on of Lakeshore Hospital has resumed");
    }

    pub async fn try_resume(&self) -> Result<(), Refused> {
        let app = self.app();
        let write = async |tx: &mut Tx| {
            let organization = organizations::by_slug(tx, "lakeshore").await?.unwrap();
            let admitted = continuity::admit(tx, By::command(), &organization).await?.unwrap();
            continuity::resume(tx, app, &admitted).await
        };
        app.db.write("story.resume", write).await.unwrap()
    }

    /// The account as it stands.
    pub async fn account_of(&self, name: &str) -> Account {
        let named = Identifier::parse(name).unwrap();
        let find = async |tx: &mut Tx| people::by_identifier(tx, &named).await;
        self.app().db.read("story", find).await.unwrap().unwrap()
    }

    /// Asks for a reset, and takes both links out.
    pub async fn both_links(&self) -> [String; 2] {
        self.browser().ask_for_reset(LEE).await;
        [self.mail_to(LEE).await.link("Reset Password"), self.mail_to(SECOND).await.link("Reset Password")]
    }

    /// A whole reset through both mailboxes, in one browser; its two notices are read.
    pub async fn reset_through_both(&self) -> Browser {
        let [first, second] = self.both_links().await;
        let browser = self.browser();
        browser.get(&first).await.press(YES).await.is_headed("Now your other mailbox");
        let form = browser.get(&second).await.press(YES).await;
        form.choose_password(NEW_PASSWORD).await.is_headed("Your password was successfully reset");
        for mailbox in [LEE, SECOND] {
            self.mail_to(mailbox).await.shows("was changed");
        }
        browser
    }
}

impl Page {
    #[track_caller]
    pub fn asks_whether_this_mailbox_is_mine(&self, address: &str) -> &Page {
        self.is_headed("Is this your mailbox?").shows(address)
    }
}
