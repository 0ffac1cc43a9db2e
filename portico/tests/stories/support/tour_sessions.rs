//! The pages of the tour on which people see where they are signed in.

use super::browser::Browser;
use super::tour::{OMAR, Tour};
use super::world::PASSWORD;

const HERE: &str = "/account/sessions";

impl Tour {
    pub(super) async fn sessions(&mut self) {
        self.signed_in_at_one_more_place().await.post("/sign-out", &[]).await;
        let browser = self.signed_in_at_one_more_place().await;
        self.keep("devices and sessions", browser.get(HERE).await);
        for done in ["session", "others", "browser"] {
            self.keep(&format!("devices and sessions, {done} done"), browser.get(&format!("{HERE}?done={done}")).await);
        }
        for at_once in [1, 2] {
            let allow = "UPDATE organizations SET sessions_at_once = $1 WHERE id = 'riverside'";
            self.app.execute(allow, &[&at_once]).await;
            let browser = self.signed_in_at_one_more_place().await;
            self.keep(&format!("devices and sessions, {at_once} at a time"), browser.get(HERE).await);
        }
        let own = "UPDATE organizations SET sessions_at_once = NULL, session_idle_minutes = $1, session_hours = $2
                   WHERE id = 'riverside'";
        self.app.execute(own, &[&Some(5_i64), &Some(1_i64)]).await;
        let browser = self.signed_in_at_one_more_place().await;
        self.app.pass_seconds(299);
        self.keep("devices and sessions of few minutes", browser.get(HERE).await);
        self.app.execute(own, &[&None::<i64>, &None::<i64>]).await;
        self.app.pass_seconds(300);
        self.keep("devices and sessions, and a proof of a while ago", browser.get(HERE).await);
        self.app.all_mail().await;
    }

    async fn signed_in_at_one_more_place(&mut self) -> Browser {
        let browser = self.app.browser();
        let page = self.named(&browser, OMAR).await;
        self.password(&page, PASSWORD).await;
        browser
    }
}
