//! How the sections of the configuration are written down: once, with their words, from which the structs, the reading,
//! the list of known keys and the reference page are made.

/// A section as the reference page shows it.
pub struct Section {
    pub about: &'static str,
    pub fields: &'static [Field],
}

/// A key, for the reference page and for telling the known from the unknown.
pub struct Field {
    pub key: &'static str,
    pub about: &'static str,
    pub kind: &'static str,
    /// As written below: a literal, `required` or `none`.
    pub default: &'static str,
    /// May also be given as `<key>_file`.
    pub secret: bool,
}

/// `Name "prefix." { key: Type = default, }` with a doc comment on each. The default is a literal as in TOML; `required`
/// means that there is none; `none` that the key may be absent.
macro_rules! sections {
    (@read $reader:ident, $key:expr, $type:ty, required) => { $reader.required::<$type>($key) };
    (@read $reader:ident, $key:expr, $type:ty, none) => { $reader.optional::<$type>($key) };
    (@read $reader:ident, $key:expr, $type:ty, $default:literal) => { $reader.or::<$type>($key, $default.into()) };
    ($(
        $(#[doc = $about:literal])+
        $name:ident $prefix:literal {$(
            $(#[doc = $doc:literal])+
            $field:ident: $type:ty = $default:tt,
        )+}
    )+) => {
        $(
            $(#[doc = $about])+
            #[derive(Clone, Debug)]
            pub struct $name {$(
                $(#[doc = $doc])+
                pub $field: $type,
            )+}

            impl $name {
                pub(super) fn read(reader: &mut Reader) -> Option<$name> {
                    // All are read before the first that is missing ends it: a person wants to hear of everything at once.
                    $(let $field = sections!(@read reader, concat!($prefix, stringify!($field)), $type, $default);)+
                    Some($name { $($field: $field?),+ })
                }
            }
        )+

        /// Everything that can be configured.
        pub const SECTIONS: &[Section] = &[$(Section {
            about: concat!($($about, "\n"),+),
            fields: &[$(Field {
                key: concat!($prefix, stringify!($field)),
                about: concat!($($doc, "\n"),+),
                kind: <$type as Setting>::KIND,
                default: stringify!($default),
                secret: <$type as Setting>::SECRET,
            }),+],
        }),+];
    };
}

pub(super) use sections;
