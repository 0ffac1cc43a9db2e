//! What people do so often that it has a name.

use super::app::TestApp;
use super::browser::Browser;
use super::page::Page;
use super::world::{self, ANSWERS, PASSWORD};

pub const WRONG: &str = "not-my-password";
pub const WRONG_PASSWORD: &str = "Invalid email and/or password.";
pub const LOCKED: &str = "The username or password is incorrect. Your account has been temporarily locked due to \
     repeated failed login attempts. Use the Forgot Password link to reset your password and unlock your account.";
pub const NEW_PASSWORD: &str = "tangerine-lantern-ferry";

impl Page {
    pub async fn try_password(&self, password: &str) -> Page {
        self.clone().fill("Password", password).press("Sign In").await
    }

    pub async fn enter_code(&self, code: &str) -> Page {
        self.clone().fill("Enter code", code).press("Verify").await
    }

    pub async fn choose_password(&self, password: &str) -> Page {
        self.clone().fill("New Password", password).fill("Verify Password", password).press("Submit").await
    }

    #[track_caller]
    pub fn is_the_portal_of(&self, name: &str) -> &Page {
        assert_eq!(self.path(), "/", "{}:\n{}", self.path(), self.text());
        assert_eq!(self.texts_of("nav .who"), [name], "{}", self.text());
        self
    }

    #[track_caller]
    pub fn is_the_password_page_of(&self, identifier: &str) -> &Page {
        self.is_headed("Enter your password");
        assert_eq!(self.texts_of(".who-line span"), [identifier]);
        self
    }

    #[track_caller]
    pub fn is_the_first_page(&self) -> &Page {
        assert!(self.path().starts_with("/sign-in"), "{}", self.path());
        self.is_headed("Sign in")
    }
}

impl Page {
    /// Takes the way by mail, of as many as are offered: the address typed last decides.
    pub async fn by_mail(&self) -> Page {
        let mut page = self.clone();
        if !page.offers_questions() {
            let only = page.texts_of("form button").iter().any(|button| button == "Reset via Email");
            page = page.press(if only { "Reset via Email" } else { "Continue" }).await;
        }
        if page.offers_questions() {
            page = page.check("Send email instructions", true).press("Continue").await;
        }
        page
    }

    pub fn offers_questions(&self) -> bool {
        self.texts_of("label").iter().any(|label| label == "Answer security questions")
    }

    /// Answers the one question of the Password Challenge.
    pub async fn answer_the_one(&self) -> Page {
        let question = self.is_headed("Password Challenge").texts_of("#question").concat();
        let known = [("stuffed animal", 0), ("first pet", 1), ("parents meet", 2)];
        let (_, index) = known.iter().find(|(words, _)| question.contains(words)).unwrap();
        self.clone().fill("Answer", ANSWERS[*index]).press("Submit").await
    }

    /// Answers what is asked, in order.
    pub async fn answer(&self, answers: [&str; 3]) -> Page {
        let questions = self.texts_of("form label");
        let mut page = self.clone();
        for (question, answer) in questions.iter().zip(answers) {
            page = page.fill(question, answer);
        }
        page.press("Continue").await
    }
}

impl Browser {
    /// Says who it is, on the first page.
    pub async fn name(&self, identifier: &str) -> Page {
        self.get("/").await.fill("Email or username", identifier).press("Next").await
    }

    pub async fn try_password(&self, identifier: &str, password: &str) -> Page {
        self.name(identifier).await.try_password(password).await
    }

    pub async fn sign_in(&self, identifier: &str) -> Page {
        let page = self.try_password(identifier, PASSWORD).await;
        assert_eq!(page.path(), "/", "{identifier} did not get in:\n{}", page.text());
        page
    }

    /// The same for somebody who has an authenticator app.
    pub async fn sign_in_with_code(&self, identifier: &str) -> Page {
        let code = world::code_now(self.node());
        let page = self.try_password(identifier, PASSWORD).await.enter_code(&code).await;
        assert_eq!(page.path(), "/", "{identifier} did not get in:\n{}", page.text());
        page
    }

    /// The security questions of a name, asked from the first page on.
    pub async fn ask_for_questions(&self, identifier: &str) -> Page {
        let page = self.name(identifier).await.click("Forgot Password?").await;
        page.press("Continue").await.is_headed("Answer your security questions").clone()
    }

    /// Asks for a new password: the page that says to check one's mail.
    pub async fn ask_for_reset(&self, identifier: &str) -> Page {
        let page = self.get("/recover").await.fill("Email or username", identifier).by_mail().await;
        page.is_headed("Check your mail").clone()
    }
}

impl TestApp {
    /// Three wrong passwords from a browser nobody knows. Answers the page that says so.
    pub async fn lock(&self, identifier: &str) -> Page {
        let stranger = self.browser();
        let mut page = stranger.name(identifier).await;
        for _ in 0..3 {
            page = page.try_password(WRONG).await;
        }
        page.complains(LOCKED);
        page
    }

    /// The link of a reset asked for in a browser of its own.
    pub async fn reset_link(&self, address: &str) -> String {
        self.browser().ask_for_reset(address).await;
        self.mail_to(address).await.link("Reset Password")
    }

    /// A whole reset, in a browser of its own.
    pub async fn reset_password(&self, address: &str, password: &str) -> Browser {
        let browser = self.reset_password_and_keep_the_mail(address, password).await;
        self.mail_to(address).await.shows("was changed");
        browser
    }

    /// The same; the mail that tells of it is still to be read.
    pub async fn reset_password_and_keep_the_mail(&self, address: &str, password: &str) -> Browser {
        let link = self.reset_link(address).await;
        let browser = self.browser();
        let done = browser.get(&link).await.choose_password(password).await;
        done.is_headed("Your password was successfully reset");
        browser
    }
}
