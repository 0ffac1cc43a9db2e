use serde::{Deserialize, Serialize};

use crate::platform::mail::{Block, Desk, Letter, Letters, Message};

pub fn register(letters: Letters) -> Letters {
    letters.with::<AccessRequestLetter>()
}

/// To whoever can grant access. Carries nothing the requester wrote.
#[derive(Serialize, Deserialize)]
pub struct AccessRequestLetter {
    pub name: String,
    pub email: String,
    pub product: Option<String>,
}

impl Letter for AccessRequestLetter {
    const KIND: &'static str = "portal.access_request";

    fn compose(&self, desk: &Desk) -> Message {
        let facts = [("name", self.name.as_str()), ("product", self.product.as_deref().unwrap_or_default())];
        let subject = if self.product.is_some() { "mail-access-subject-product" } else { "mail-access-subject" };
        let product = self.product.clone().unwrap_or_else(|| desk.t("mail-access-any"));
        Message {
            subject: desk.with(subject, &facts),
            preview: desk.t("mail-access-preview"),
            blocks: vec![
                Block::Text(desk.t("mail-access-lead")),
                Block::Facts(vec![
                    (desk.t("mail-access-name"), self.name.clone()),
                    (desk.t("mail-access-email"), self.email.clone()),
                    (desk.t("mail-access-product"), product),
                ]),
                Block::Text(desk.t("mail-access-next")),
                Block::Button { label: desk.t("mail-access-button"), url: desk.page("/sign-in") },
            ],
        }
    }
}
