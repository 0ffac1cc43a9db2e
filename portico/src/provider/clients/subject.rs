//! Who an account is for a client (OpenID Connect Core section 8).

use data_encoding::BASE64URL_NOPAD;

use crate::platform::ids::AccountId;
use crate::platform::keys::Keys;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubjectType {
    /// The account's own id, the same everywhere.
    Public,
    /// Another one for each sector, so that products of different houses cannot compare notes.
    Pairwise { sector: String },
}

impl SubjectType {
    pub fn name(&self) -> &'static str {
        match self {
            SubjectType::Public => "public",
            SubjectType::Pairwise { .. } => "pairwise",
        }
    }

    pub fn sector(&self) -> &str {
        match self {
            SubjectType::Public => "",
            SubjectType::Pairwise { sector } => sector,
        }
    }

    pub fn read(name: &str, sector: String) -> Result<SubjectType, store::Error> {
        match name {
            "public" => Ok(SubjectType::Public),
            "pairwise" => Ok(SubjectType::Pairwise { sector }),
            _ => Err(store::Error::column("a subject type this version does not know")),
        }
    }

    /// The `sub`. A pairwise one is a MAC: nobody without the key finds the account, or one sector's from another's.
    pub fn of(&self, keys: &Keys, account: &AccountId) -> String {
        match self {
            SubjectType::Public => account.as_str().to_owned(),
            SubjectType::Pairwise { sector } => {
                BASE64URL_NOPAD.encode(&keys.mac("pairwise", format!("{sector}/{account}").as_bytes()))
            }
        }
    }
}
