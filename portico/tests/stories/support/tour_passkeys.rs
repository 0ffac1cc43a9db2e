//! The pages of the tour on which people keep passkeys.

use super::passkey::Authenticator;
use super::tour::Tour;
use super::world::PASSWORD;

impl Tour {
    pub(super) async fn passkeys(&mut self) {
        const LUCIA: &str = "lucia@riverside.example";
        const HERE: &str = "/account/passkeys";
        let browser = self.app.browser();
        let page = self.named(&browser, LUCIA).await;
        self.password(&page, PASSWORD).await;
        let page = self.keep("no passkeys", browser.get(HERE).await);
        let mut phone = Authenticator::new(1);
        let page = phone.add(&page).await;
        self.keep("a passkey was added", page);
        for problem in ["refused", "taken", "most", "nameless"] {
            self.keep(&format!("a passkey, {problem}"), browser.get(&format!("{HERE}?problem={problem}")).await);
        }
        for done in ["renamed", "removed"] {
            self.keep(&format!("a passkey was {done}"), browser.get(&format!("{HERE}?done={done}")).await);
        }
        let stranger = self.app.browser();
        let page = self.named(&stranger, LUCIA).await;
        let page = self.password(&page, PASSWORD).await;
        let page = self.keep("a passkey as second factor", page);
        let refused = phone.answer(&page).with("signature", "AAAA").post(&stranger).await;
        self.keep("a passkey refused as second factor", refused);
        let page = stranger.get("/sign-in").await;
        let refused = phone.answer(&page).with("signature", "AAAA").post(&stranger).await;
        self.keep("a passkey refused", refused);
        self.app.pass_seconds(900);
        self.keep("passkeys, and a proof of a while ago", browser.get(HERE).await);
        self.app.mails_to(LUCIA).await;
    }
}
