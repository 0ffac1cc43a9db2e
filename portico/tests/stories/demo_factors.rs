//! The mails about second factors, as they are met in the demo.

use std::time::Duration;

use portico::audit::{Actor, Entry, Event};
use portico::mfa;
use portico::notices::Cause;
use portico::people::{self, Identifier};
use store::Tx;

use crate::demo_mail::Demo;
use crate::support::passkey::Authenticator;
use crate::support::world::shown_code;
use crate::support::{Browser, PASSWORD, Page};

const KIM: &str = "kim@northwind.example";
const MAX: &str = "max@northwind.example";
const NORA: &str = "nora@riverside.example";
const LUCIA: &str = "lucia@riverside.example";

impl Demo {
    pub async fn second_factors(&self) {
        let app = &self.0;
        let codes = self.set_up(&app.browser(), MAX).await;
        let recovery = self.ways(MAX).await.click("Use a recovery code").await;
        let recovery = recovery.check("I have lost my phone: let me set up another app next", true);
        let page = recovery.fill("Recovery code", &codes[0]).press("Verify").await;
        self.confirm(&page).await;
        self.ways(MAX).await.press("Ask for help").await;
        self.policy("mfa = 'offered', email_code = 'allowed'", "northwind").await;
        self.ways(MAX).await.press("Mail me a code").await;
        app.deliver_mail().await;
        self.policy("mfa = 'required', email_code = NULL", "northwind").await;
        self.policy("mfa = 'required'", "riverside").await;
        let noras = app.browser();
        self.set_up(&noras, NORA).await;
        self.ways(NORA).await.press("Ask for help").await;
        self.policy("mfa = NULL", "riverside").await;
        self.own(&noras).await;
        self.policy("mfa = 'required'", "harbor").await;
        self.help_me("harbor-ed").await;
        self.policy("mfa = NULL", "harbor").await;
        self.lost().await;
        self.lapsed().await;
        self.passkeys().await;
    }

    /// One that is added, and removed.
    async fn passkeys(&self) {
        let browser = self.0.browser();
        browser.sign_in(LUCIA).await;
        let page = Authenticator::new(1).add(&browser.get("/account/passkeys").await).await;
        page.press("Remove").await.shows("The passkey was removed.");
    }

    /// My account, of somebody who is signed in with an app; and an administrator's page.
    async fn own(&self, browser: &Browser) {
        browser.post_own("/account/second-factor/recovery-codes", &[]).await;
        let lucia = self.0.browser();
        lucia.sign_in(LUCIA).await;
        lucia.post_own("/account/lost-factors", &[("identifier", NORA), ("reason", "seen at the desk")]).await;
        browser.post_own("/account/second-factor/remove", &[]).await;
        self.0.deliver_mail().await;
    }

    /// A reset that is stopped, and one that is done.
    async fn lost(&self) {
        let app = &self.0;
        self.reset(MAX, false).await;
        self.reset(MAX, true).await;
        self.reset(MAX, false).await;
        app.pass(Duration::from_secs(24 * 3_600));
        mfa::end_due_resets(app.app()).await.unwrap();
        self.ask(MAX).await;
        app.deliver_mail().await;
        let mails = app.mails_to(MAX).await;
        let gone = mails.into_iter().find(|mail| mail.html.contains("[[notice-factor-removed-lead]]")).unwrap();
        self.press_not_me(&gone).await;
    }

    /// Resets that are not done, because what they stood on when they were begun is gone.
    async fn lapsed(&self) {
        let kim = self.account(KIM).await.id;
        let elsewhere = self.account(NORA).await;
        let (nora, riverside) = (elsewhere.id, elsewhere.organization.id);
        for (change, back) in [
            (
                "authenticators SET confirmed_at = NULL WHERE account_id",
                "authenticators SET confirmed_at = 1 WHERE account_id",
            ),
            ("accounts SET disabled_at = 1 WHERE id", "accounts SET disabled_at = NULL WHERE id"),
            (
                "accounts SET email_changed_at = 9000000000000000 WHERE id",
                "accounts SET email_changed_at = NULL WHERE id",
            ),
            (&*format!("factor_resets SET organization_id = '{riverside}' WHERE account_id"), ""),
            (&*format!("factor_resets SET begun_by = 'account:{nora}' WHERE account_id"), ""),
        ] {
            self.reset(KIM, false).await;
            let update = |what: &str| format!("UPDATE {what} = '{kim}'").leak();
            self.0.execute(update(change), &[]).await;
            self.0.pass(Duration::from_secs(24 * 3_600));
            mfa::end_due_resets(self.0.app()).await.unwrap();
            if !back.is_empty() {
                self.0.execute(update(back), &[]).await;
            }
        }
        self.0.deliver_mail().await;
    }

    async fn reset(&self, who: &str, stop: bool) {
        let app = self.0.app();
        let named = Identifier::parse(who).unwrap();
        let act = async |tx: &mut Tx| {
            let account = people::by_identifier(tx, &named).await?.unwrap();
            let cause = Cause::command(app);
            if stop {
                let entry = Entry::of(Event::FactorResetStopped, &account);
                return mfa::stop_reset(tx, &cause, entry, &account).await.map(drop);
            }
            mfa::begin_reset(tx, &cause, Actor::Command, &account, mfa::MadeSure { reason: "seen", of_address: false })
                .await
                .map(drop)
        };
        app.db.write("story.reset", act).await.map_err(|error: store::Error| error.to_string()).unwrap();
    }

    async fn ways(&self, who: &str) -> Page {
        self.0.browser().try_password(who, PASSWORD).await.click("Another way").await
    }

    async fn set_up(&self, browser: &Browser, who: &str) -> Vec<String> {
        let page = browser.try_password(who, PASSWORD).await;
        self.confirm(page.is_headed("Set up a second step")).await
    }

    async fn confirm(&self, page: &Page) -> Vec<String> {
        let codes = page.enter_code(&shown_code(&self.0, page)).await;
        codes.is_headed("Keep your recovery codes").press("I have kept them").await;
        codes.texts_of("#codes code")
    }

    async fn policy(&self, change: &'static str, slug: &'static str) {
        let sql = format!("UPDATE organizations SET {change} WHERE slug = '{slug}'");
        self.0.execute(sql.leak(), &[]).await;
    }
}
