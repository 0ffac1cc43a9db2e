//! The words that are part of the program: every feature in every language.

/// One language: its tag, and per feature its name and the text of its file.
pub type Source = (&'static str, &'static [(&'static str, &'static str)]);

macro_rules! language {
    ($lang:literal) => {
        language!($lang:
            "account"
            "continuity"
            "demo"
            "federation"
            "help"
            "idp"
            "invitations"
            "mail"
            "mfa"
            "notices"
            "own_data"
            "passkeys"
            "password"
            "portal"
            "provider"
            "questions"
            "recovery"
            "registration"
            "session"
            "sign_in"
            "support"
            "switcher"
            "web"
        )
    };
    ($lang:literal: $($feature:literal)+) => {
        ($lang, &[$(($feature, include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"), "/locales/", $lang, "/", $feature, ".ftl"
        )))),+])
    };
}

/// The first is the one to fall back to.
pub const LANGUAGES: &[Source] = &[language!("en"), language!("es"), language!("fr")];
