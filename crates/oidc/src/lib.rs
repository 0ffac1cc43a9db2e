//! OAuth 2 and OpenID Connect without I/O: messages in, decisions and messages out.

pub mod jose;
