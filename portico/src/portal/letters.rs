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
        let name = [("name", self.name.as_str())];
        let mut facts = vec![(desk.t("mail-access-who"), self.name.clone()), (desk.t("mail-access-email"), self.email.clone())];
        if let Some(product) = &self.product {
            facts.push((desk.t("mail-access-product"), product.clone()));
        }
        Message {
            subject: desk.with("mail-access-subject", &name),
            preview: desk.with("mail-access-text", &name),
            blocks: vec![
                Block::Text(desk.with("mail-access-text", &name)),
                Block::Facts(facts),
                Block::Text(desk.t("mail-access-next")),
                Block::Small(desk.t("mail-access-why")),
            ],
        }
    }
}
