//! What the pages tell, out of the running configuration.

use store::Tx;

use crate::app::App;
use crate::invitations;
use crate::organizations::{self, Organization, Policy, Recovery, SignInWay};
use crate::people::Identifier;
use crate::platform::clock::micros;
use crate::platform::web::Error;
use crate::sign_in;

/// The numbers and ways that hold for whoever typed what was typed.
#[derive(Clone, Debug)]
pub struct Facts {
    pub tries: i64,
    pub lock_minutes: i64,
    pub link_minutes: i64,
    /// The least characters of a password without a second factor.
    pub floor: usize,
    /// The first button asks for the mail.
    pub mail_first: bool,
    /// Questions may be answered instead of a mail read.
    pub questions: bool,
    /// The mailed link asks a question first.
    pub question_after_link: bool,
    /// Signs in on the organization's own page.
    pub sso: bool,
    /// What the organization tells anybody about whom to ask.
    pub contact: Option<String>,
    pub url: String,
    pub sender: String,
    /// What a mail filter has to let in.
    pub sender_domains: String,
}

impl Facts {
    pub async fn of(app: &App, identifier: Option<&str>) -> Result<Facts, Error> {
        let typed = identifier.and_then(Identifier::parse);
        let (organization, ways) = app
            .db
            .read("help.facts", async |tx: &mut Tx| {
                let organization = match typed.as_ref().and_then(Identifier::email) {
                    Some(email) => organizations::by_domain(tx, email.domain()).await?,
                    None => None,
                };
                Ok::<_, store::Error>((organization, organizations::ways_in_use(tx).await?))
            })
            .await?;
        let ways = match &organization {
            Some(organization) => vec![(organization.policy.recovery, organization.sign_in)],
            None => ways,
        };
        Ok(Facts::new(app, organization, &ways))
    }

    fn new(app: &App, organization: Option<Organization>, ways: &[(Recovery, SignInWay)]) -> Facts {
        let contact = organization.as_ref().and_then(|organization| organization.contact.clone());
        let policy = organization.map_or_else(|| Policy::preset(app.preset), |organization| organization.policy);
        let minutes = |length| micros(length) / 60_000_000;
        Facts {
            tries: policy.lock.failures,
            lock_minutes: minutes(policy.lock.length),
            link_minutes: minutes(policy.reset_link),
            floor: policy.password_floor(false),
            mail_first: ways.iter().any(|(recovery, _)| *recovery == Recovery::Email),
            questions: ways.iter().any(|(recovery, _)| *recovery == Recovery::QuestionsOrEmail),
            question_after_link: ways.iter().any(|(recovery, _)| *recovery == Recovery::EmailThenQuestion),
            sso: ways.iter().any(|(_, sign_in)| *sign_in == SignInWay::Sso),
            contact,
            url: app.public_url.clone(),
            sender: app.sender.clone(),
            sender_domains: app.sender_domains().join(", "),
        }
    }

    /// The arguments that any message of a help page may ask for.
    pub fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![
            ("tries", self.tries.to_string()),
            ("minutes", self.lock_minutes.to_string()),
            ("link_minutes", self.link_minutes.to_string()),
            ("floor", self.floor.to_string()),
            ("temporary_minutes", (micros(invitations::LIVES) / 60_000_000).to_string()),
            ("code_minutes", (micros(sign_in::CODE_LIVES) / 60_000_000).to_string()),
            ("code_seconds", sign_in::CODE_RESENT_AFTER.as_secs().to_string()),
            ("codes", sign_in::CODES_AN_HOUR.to_string()),
            // Of a mail's subject, which names the product.
            ("product", "…".to_owned()),
            ("url", self.url.clone()),
            ("sender", self.sender.clone()),
            ("domain", self.sender_domains.clone()),
        ]
    }
}
