//! How the tables of the file are written down: once, with their words, from which the structs and the reference page are made.

/// A table as the reference page shows it.
pub struct Table {
    /// As it stands in the file.
    pub name: &'static str,
    pub about: &'static str,
    pub keys: &'static [Key],
}

pub struct Key {
    pub name: &'static str,
    pub about: &'static str,
    pub kind: &'static str,
    /// What holds where the key is left out, in words; `required` means that it may not be.
    pub default: &'static str,
}

/// What may stand behind a key.
pub trait Written: Default {
    const KIND: &'static str;

    fn is_absent(&self) -> bool;
}

impl Written for String {
    const KIND: &'static str = "text";

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<T: Written> Written for Option<T> {
    const KIND: &'static str = T::KIND;

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl Written for bool {
    const KIND: &'static str = "`true` or `false`";

    fn is_absent(&self) -> bool {
        !self
    }
}

impl Written for Vec<String> {
    const KIND: &'static str = "list of texts";

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

/// `Name "[[table]]" { key: Type, "what holds without it"; }` with a doc comment on each. Unknown keys are errors.
macro_rules! tables {
    ($(
        $(#[doc = $about:literal])+
        $name:ident $table:literal {
            $($(#[doc = $doc:literal])+ $field:ident: $type:ty, $default:literal;)+
            $(tables { $($inner:ident: $element:ty = $key:literal,)+ })?
        }
    )+) => {
        $(
            $(#[doc = $about])+
            #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
            #[serde(default, deny_unknown_fields)]
            pub struct $name {
                $($(#[doc = $doc])+
                #[serde(skip_serializing_if = "Written::is_absent")]
                pub $field: $type,)+
                $($(#[serde(rename = $key, skip_serializing_if = "Vec::is_empty")]
                pub $inner: Vec<$element>,)+)?
            }
        )+

        /// Everything that can be written.
        pub const TABLES: &[Table] = &[$(Table {
            name: $table,
            about: concat!($($about, "\n"),+),
            keys: &[$(Key {
                name: stringify!($field),
                about: concat!($($doc, "\n"),+),
                kind: <$type as Written>::KIND,
                default: $default,
            }),+],
        }),+];
    };
}

pub(super) use tables;
