//! Closed sets of words as the database, the configuration and the mails spell them.

/// A word that this version doesn't know: refused rather than guessed at.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is not a word this version knows")]
pub struct UnknownWord(pub String);

/// Reads a stored word; an unknown one (a newer version's) fails the statement instead of being taken for something.
pub fn parse<T: std::str::FromStr<Err = UnknownWord>>(word: &str) -> Result<T, store::Error> {
    word.parse().map_err(|unknown: UnknownWord| {
        tracing::error!(%unknown, "the database was written by a newer version");
        store::Error::column("a word this version does not know")
    })
}

/// Gives an enum `as_str` and `FromStr` by one table.
macro_rules! spelled {
    ($name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $name {
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::platform::spelled::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($word => Ok($name::$variant),)+
                    other => Err(crate::platform::spelled::UnknownWord(other.into())),
                }
            }
        }
    };
}

pub(crate) use spelled;
