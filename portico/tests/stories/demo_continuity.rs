//! The mails of continuity in the demo: second mailboxes, and Lakeshore's single sign-on suspended.

use portico::audit::Actor;
use portico::continuity::{self, By, Measures};
use portico::federation::{self, DomainWish};
use portico::organizations::{self, Continuity};
use portico::people::Email;
use portico::platform::ids::ConnectionId;
use store::Tx;

use crate::demo_mail::{Demo, link, reset_link};
use crate::support::idp::{Idp, person};
use crate::support::steps::NEW_PASSWORD;

const OMAR: &str = "omar@riverside.example";
const NORA: &str = "nora@riverside.example";
const LEE: &str = "lee@lakeshore.example";
const LEES: &str = "lee.nakamura@bluebird.example";

impl Demo {
    pub async fn elsewhere(&self) {
        let idp = Idp::start(&self.0).await;
        idp.connect(&self.0, "a-connection", "lakeshore", "lakeshore.example").await;
        let browser = self.0.browser();
        let away = browser.name(LEE).await;
        browser.get(&idp.answer(&away, person("lee-there", LEE))).await;
        // One more than there may be on a day.
        self.0
            .execute(
                "UPDATE connections SET creates_accounts_at = 1, accounts_a_day = 0 WHERE id = 'a-connection'",
                &[],
            )
            .await;
        let browser = self.0.browser();
        let away = browser.name("noor@lakeshore.example").await;
        browser.get(&idp.answer(&away, person("noor-there", "noor@lakeshore.example"))).await;
    }

    pub async fn second_mailboxes(&self) {
        let omars = "omar@bluebird.example";
        let omar = self.0.browser();
        omar.try_password(OMAR, NEW_PASSWORD).await;
        omar.get("/account/secondary-email").await.fill("Email", omars).press("Send the Mail").await;
        let button = link(&self.mail(omars).await, "mail-second-button", "This Is My Mailbox");
        self.0.browser().get(&button).await.press("This Is My Mailbox").await;
        self.own_pages(&omar).await;
        self.0.pass_seconds(60);
        let page = omar.get("/account/secondary-email").await;
        page.fill("Email", "omar.haddad@bluebird.example").press("Send the Mail").await.press("Remove It").await;
        let (app, account, address) = (self.0.app(), self.account(NORA).await, "nora@bluebird.example");
        let email = Email::parse(address).unwrap();
        let name = async |tx: &mut Tx| continuity::name(tx, app, By::command(), &account, &email, address).await;
        app.db.write("story.second", name).await.unwrap().unwrap();
    }

    pub async fn suspension(&self) {
        let (app, here) = (self.0.app(), "/account/sso/lakeshore");
        // In the days before Lakeshore had its own sign-in.
        self.0.execute("UPDATE organizations SET sign_in = 'password' WHERE slug = 'lakeshore'", &[]).await;
        self.0.execute("UPDATE connections SET state = 'off'", &[]).await;
        let [vera, tomas] = [self.0.browser(), self.0.browser()];
        vera.sign_in("vera@lakeshore.example").await;
        tomas.sign_in("tomas@lakeshore.example").await;
        self.0.execute("UPDATE organizations SET sign_in = 'sso' WHERE slug = 'lakeshore'", &[]).await;
        self.0.execute("UPDATE connections SET state = 'on'", &[]).await;
        self.downloaded_elsewhere(&vera).await;
        vera.get(here).await.fill("Reason", "Their page is out").press("Ask to Suspend").await;
        tomas.get(here).await.press("Approve and Suspend").await;
        for who in [LEE, "lakeshore-desk", "desk@lakeshore.example"] {
            self.ask(who).await;
        }
        let (first, second) = (self.mail(LEE).await, self.mail(LEES).await);
        let lee = self.0.browser();
        lee.get(&reset_link(&first)).await.press("Yes, Go On").await;
        lee.get(&reset_link(&second)).await.press("Yes, Go On").await.choose_password(NEW_PASSWORD).await;
        self.0.execute("UPDATE organizations SET continuity = 'secondary' WHERE slug = 'lakeshore'", &[]).await;
        self.press_not_me(&self.notice(LEE).await).await;
        vera.get(here).await.press("Resume Single Sign-On").await;
        for through in [Continuity::Both, Continuity::Secondary] {
            let act = async |tx: &mut Tx| {
                let organization = organizations::by_slug(tx, "lakeshore").await?.unwrap();
                let admitted = continuity::admit(tx, By::command(), &organization).await?.unwrap();
                continuity::set_policy(tx, app, &admitted, through).await?.unwrap();
                let organization = organizations::by_slug(tx, "lakeshore").await?.unwrap();
                let admitted = continuity::admit(tx, By::command(), &organization).await?.unwrap();
                let measures = Measures { end_sessions: through == Continuity::Secondary, ..Measures::default() };
                continuity::suspend(tx, app, &admitted, "Their page is out", measures).await
            };
            app.db.write("story.suspend", act).await.unwrap().unwrap();
            self.ask("lakeshore-ward").await;
            let act = async |tx: &mut Tx| {
                let organization = organizations::by_slug(tx, "lakeshore").await?.unwrap();
                let admitted = continuity::admit(tx, By::command(), &organization).await?.unwrap();
                continuity::resume(tx, app, &admitted).await
            };
            app.db.write("story.resume", act).await.unwrap().unwrap();
            self.0.pass_seconds(1);
        }
    }

    /// Off for good, and on again.
    pub async fn switched(&self) {
        let app = self.0.app();
        let read = async |tx: &mut Tx| federation::connection(tx, &ConnectionId::from("a-connection")).await;
        let connection = app.db.read("story", read).await.unwrap().unwrap();
        let off = async |tx: &mut Tx| federation::turn_off(tx, app, Actor::Command, (&connection, None)).await;
        app.db.write("story", off).await.unwrap();
        let all = &DomainWish::All;
        let on = async |tx: &mut Tx| federation::turn_on(tx, app, Actor::Command, (&connection, all)).await;
        app.db.write("story", on).await.unwrap();
    }
}
