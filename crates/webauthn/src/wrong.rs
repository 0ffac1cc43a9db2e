//! Why an answer is not believed. For logs and the audit trail; the person in front of the browser is told one thing for all.

use thiserror::Error;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Wrong {
    #[error("the client data is no JSON of the kind that is expected")]
    ClientData,
    #[error("it is the answer of another ceremony")]
    Type,
    #[error("it answers another challenge")]
    Challenge,
    #[error("it was given at another origin")]
    Origin,
    #[error("it was given inside of another site's page")]
    CrossOrigin,
    #[error("the attestation object cannot be read")]
    Attestation,
    #[error("the authenticator data cannot be read")]
    AuthenticatorData,
    #[error("it is for another relying party")]
    RelyingParty,
    #[error("nobody was there")]
    UserPresent,
    #[error("whoever was there was not verified")]
    UserVerified,
    #[error("it is backed up, and says that it cannot be")]
    Backup,
    #[error("the key is damaged, or of a kind that is not known here")]
    Key,
    #[error("the signature does not fit")]
    Signature,
}
