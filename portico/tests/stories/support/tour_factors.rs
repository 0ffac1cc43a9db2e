//! The pages of the tour that whoever has no second factor, or not at hand, meets.

use super::browser::Browser;
use super::tour::{MAX, Tour};
use super::world::{PASSWORD, shown_code};

impl Tour {
    /// Who has the app not at hand, or none yet.
    pub(super) async fn another_way(&mut self) {
        let browser = self.app.browser();
        let page = self.named(&browser, MAX).await;
        let set_up = self.password(&page, PASSWORD).await;
        let set_up = self.keep("set up a second step", set_up);
        self.keep("set up without a code", browser.post(set_up.path(), &[("code", "")]).await);
        self.keep("set up with a wrong code", browser.post(set_up.path(), &[("code", "1")]).await);
        let right = shown_code(&self.app, &set_up);
        let codes = browser.post(set_up.path(), &[("code", &right)]).await;
        let codes = self.keep("recovery codes", codes);
        browser.post(codes.path(), &[]).await;
        self.own_second_step(&browser).await;
        self.app
            .execute("UPDATE organizations SET mfa = 'offered', email_code = 'allowed' WHERE id = 'northwind'", &[])
            .await;
        let browser = self.app.browser();
        let page = self.named(&browser, MAX).await;
        let page = self.password(&page, PASSWORD).await;
        let way = |name: &str| page.path().replace("/code", name);
        self.keep("another way", browser.get(&way("/another-way")).await);
        let recovery = way("/recovery-code");
        self.keep("a recovery code", browser.get(&recovery).await);
        self.keep("no recovery code", browser.post(&recovery, &[("code", "")]).await);
        self.keep("a wrong recovery code", browser.post(&recovery, &[("code", "1")]).await);
        let send = way("/email-code/send");
        self.keep("a code by mail", browser.post(&send, &[]).await);
        self.keep("a code by mail, too soon", browser.post(&send, &[]).await);
        let email = way("/email-code");
        self.keep("no code by mail", browser.post(&email, &[("code", "")]).await);
        self.keep("a wrong code by mail", browser.post(&email, &[("code", "1")]).await);
        for _ in 0..4 {
            self.app.pass_seconds(60);
            browser.post(&send, &[]).await;
        }
        self.app.pass_seconds(60);
        self.keep("a code by mail, too often", browser.post(&send, &[]).await);
        self.keep("help with a lost phone", browser.post(&way("/another-way"), &[]).await);
        let due =
            "INSERT INTO factor_resets (id, organization_id, account_id, open_key, begun_by, reason, begun_at, due_at)
                   VALUES ('a', 'northwind', $1, $1, 'command', 'seen', 1, 1900000000000000)";
        self.app.execute(due, &[&MAX]).await;
        self.keep("a reset waits", browser.get(&way("/another-way")).await);
        self.app.execute("DELETE FROM factor_resets", &[]).await;
        self.app
            .execute("UPDATE organizations SET mfa = 'required', email_code = NULL WHERE id = 'northwind'", &[])
            .await;
        self.app.execute("DELETE FROM recovery_codes", &[]).await;
        self.app.execute("DELETE FROM recovery_code_sets", &[]).await;
        self.app.execute("DELETE FROM authenticators WHERE account_id = $1", &[&MAX]).await;
        self.app.all_mail().await;
    }

    /// My second step, of somebody who is signed in with one.
    async fn own_second_step(&mut self, browser: &Browser) {
        let here = "/account/second-factor";
        self.keep("my second step", browser.get(here).await);
        self.keep("my only second step", browser.post_own(&format!("{here}/remove"), &[]).await);
        self.keep("another app", browser.post_own(here, &[]).await);
        self.keep("new recovery codes", browser.post_own(&format!("{here}/recovery-codes"), &[]).await);
        let kept = browser.post_own(&format!("{here}/recovery-codes/kept"), &[]).await;
        self.keep("new recovery codes, kept", kept);
    }

    /// Lost second steps, for who looks after people.
    pub(super) async fn lost_factors(&mut self) {
        let browser = self.app.browser();
        let page = self.named(&browser, "dana@riverside.example").await;
        self.password(&page, PASSWORD).await;
        let here = "/account/lost-factors";
        let asked = "INSERT INTO factor_requests (account_id, organization_id, asked_at)
                     SELECT id, organization_id, $1 FROM accounts WHERE email = 'omar@riverside.example'";
        self.app.execute(asked, &[&self.app.clock().now()]).await;
        let due =
            "INSERT INTO factor_resets (id, organization_id, account_id, open_key, begun_by, reason, begun_at, due_at)
             SELECT 'b', organization_id, id, id, 'command', 'seen', 1, 1900000000000000 FROM accounts
             WHERE email = 'nora@riverside.example'";
        self.app.execute(due, &[]).await;
        self.keep("lost second steps", browser.get(here).await);
        self.keep("nobody to reset", browser.post_own(here, &[("identifier", "x"), ("reason", "seen")]).await);
        self.app.execute("DELETE FROM factor_resets", &[]).await;
        self.app.execute("DELETE FROM factor_requests", &[]).await;
        self.app.all_mail().await;
    }
}
