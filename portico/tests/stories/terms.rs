//! Terms accepted: which, when, and how they read.

use portico::terms::Terms;

use crate::stories;
use crate::support::PASSWORD;

const OMAR: &str = "omar@riverside.example";
const MIA: &str = "mia@riverside.example";
const HERE: &str = "/account/terms";

fn second() -> Terms {
    Terms::new("2", "Be kinder.\n\nTell nobody anything.")
}

fn path(terms: &Terms) -> String {
    format!("{HERE}/{}", data_encoding::HEXLOWER.encode(&terms.hash))
}

stories! {
    async fn what_was_accepted_can_be_read_after_a_new_version_has_come(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let page = browser.get("/account").await.click("Terms accepted").await;
        page.shows("Terms, version 1").shows("Today’s").shows("Accepted");
        page.click("Terms, version 1").await.shows("Be kind.").shows("Tell nobody your password.");
        app.pass_seconds(1);
        let later = app.node_with(|parts| parts.terms = Some(second())).await;
        let browser = later.browser();
        browser.try_password(OMAR, PASSWORD).await.press("Accept").await;
        let page = browser.get(HERE).await;
        assert_eq!(page.texts_of(".rows .name"), ["Terms, version 2", "Terms, version 1"]);
        page.click("Terms, version 1").await.shows("Be kind.").lacks("Be kinder.");
        page.click("Terms, version 2").await.shows("Be kinder.");
    }

    async fn a_text_that_is_kept_nowhere_says_so(app: TestApp) {
        app.execute("DELETE FROM terms_texts", &[]).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        // Today's is known all the same.
        browser.get(HERE).await.click("Terms, version 1").await.shows("Be kind.");
        let later = app.node_with(|parts| parts.terms = None).await;
        let page = browser.on(&later).get(HERE).await;
        page.shows("Terms, version 1").shows("Its text is not kept here").lacks("Today’s");
        assert!(!page.links().iter().any(|(_, to)| to.starts_with(&format!("{HERE}/"))));
        assert_eq!(browser.on(&later).get(&path(&crate::support::world::terms())).await.status(), 404);
    }

    async fn nobody_reads_what_only_others_have_accepted(app: TestApp) {
        let later = app.node_with(|parts| parts.terms = Some(second())).await;
        later.browser().try_password(OMAR, PASSWORD).await.press("Accept").await;
        let mia = app.browser();
        mia.sign_in(MIA).await;
        for address in [path(&second()), format!("{HERE}/1"), format!("{HERE}/%00")] {
            assert_eq!(mia.get(&address).await.status(), 404, "{address}");
        }
        app.execute("DELETE FROM terms_acceptances WHERE account_id = $1", &[&MIA]).await;
        mia.get(HERE).await.shows("You have not been asked to accept any terms.");
        app.browser().get(HERE).await.is_the_first_page();
    }
}
