//! The userinfo endpoint's answer (OpenID Connect Core section 5.3).

use serde_json::{Map, Value};

use super::members::Members;
use super::wrong::{Part, Wrong};

/// Its claims, if they are about the subject of the ID token: nothing else binds this answer to the person who came (section
/// 5.3.2).
///
/// # Errors
/// [`Wrong::OtherSubject`], [`Wrong::Status`], and what cannot be read. A signed or encrypted answer is none that was asked for.
pub fn read(status: u16, body: &[u8], sub: &str) -> Result<Map<String, Value>, Wrong> {
    if status != 200 {
        return Err(Wrong::Status(Part::Userinfo, status));
    }
    let members = Members::read(Part::Userinfo, body)?;
    match members.subject()? {
        subject if subject == sub => Ok(members.into_map()),
        _ => Err(Wrong::OtherSubject),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_is_about_the_one_who_came_or_is_nothing() {
        let body = br#"{"sub":"s","email":"lee@lakeside.example"}"#;
        assert_eq!(read(200, body, "s").unwrap()["email"], "lee@lakeside.example");
        assert_eq!(read(200, body, "S"), Err(Wrong::OtherSubject));
        assert_eq!(read(200, br#"{"email":"lee@lakeside.example"}"#, "s"), Err(Wrong::Missing(Part::Userinfo, "sub")));
        assert_eq!(read(200, br#"{"sub":"t","sub":"s"}"#, "s"), Err(Wrong::NotJson(Part::Userinfo)));
        assert_eq!(read(200, b"eyJhbGciOiJub25lIn0.e30.", "s"), Err(Wrong::NotJson(Part::Userinfo)));
        assert_eq!(read(401, body, "s"), Err(Wrong::Status(Part::Userinfo, 401)));
    }
}
