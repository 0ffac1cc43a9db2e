//! The mails about what people change of themselves, as they are met in the demo; see `demo_mail`.

use crate::demo_mail::{Demo, NORA, TESS};
use crate::support::{Browser, Page};

const LUCIA: &str = "lucia@riverside.example";

impl Demo {
    /// In a browser of somebody with a second mailbox, who has just signed in.
    pub async fn own_pages(&self, omar: &Browser) {
        omar.get("/account/download").await.press("Download").await;
        for name in ["omar-haddad", "haddad-omar"] {
            omar.get("/account/user-name").await.fill("Username", name).press("Save").await.is_headed("My account");
        }
        omar.get("/account/user-name").await.press("Remove It").await.is_headed("My account");
        wants(omar, "omar.haddad@free.example").await.press("Keep the Present Address").await.is_headed("My account");
        let tess = self.0.browser();
        tess.sign_in(TESS).await;
        tess.get("/account/questions").await.press("Remove Them").await.is_headed("My account");
        let lucia = self.0.browser();
        lucia.sign_in(LUCIA).await;
        wants(&lucia, NORA).await.press("Keep the Present Address").await;
        self.0.pass_seconds(60);
        let free = "lucia@free.example";
        let page = wants(&lucia, free).await;
        let mail = self.mail(free).await;
        let (_, code) = mail.text.split_once("[[web-colon]]: ").unwrap();
        page.fill("Verification code", &code[..8]).press("Verify").await.is_headed("My account");
    }

    /// Somebody whose organization has its own sign-in.
    pub async fn downloaded_elsewhere(&self, vera: &Browser) {
        vera.get("/account/download").await.press("Download").await;
    }
}

async fn wants(browser: &Browser, address: &str) -> Page {
    browser.get("/account/email").await.fill("New email address", address).press("Send Verification Code").await
}
