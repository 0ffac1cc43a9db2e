//! The `claims` parameter (OpenID Connect Core section 5.5): single claims, by name.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use thiserror::Error;

use crate::jose;

const MAX_LENGTH: usize = 4096;
const MAX_CLAIMS: usize = 50;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the parameter `claims` is not what section 5.5 describes, or is too long")]
pub struct BadClaims;

/// How a claim is wanted. The default is: if it is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub essential: bool,
    /// Values that are asked for, in order of preference; empty: any.
    pub values: Vec<String>,
}

/// The claims asked for, for each of the two places where claims are given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimsRequest {
    pub userinfo: BTreeMap<String, Wanted>,
    pub id_token: BTreeMap<String, Wanted>,
}

impl ClaimsRequest {
    /// # Errors
    /// [`BadClaims`] when it is no such object. Members that nobody knows are passed over.
    pub fn parse(text: &str) -> Result<ClaimsRequest, BadClaims> {
        if text.len() > MAX_LENGTH {
            return Err(BadClaims);
        }
        let members = jose::object(text.as_bytes()).map_err(|_| BadClaims)?;
        Ok(ClaimsRequest { userinfo: place(&members, "userinfo")?, id_token: place(&members, "id_token")? })
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.userinfo.is_empty() && self.id_token.is_empty()
    }
}

fn place(members: &Map<String, Value>, name: &str) -> Result<BTreeMap<String, Wanted>, BadClaims> {
    match members.get(name) {
        None | Some(Value::Null) => Ok(BTreeMap::new()),
        Some(Value::Object(claims)) if claims.len() <= MAX_CLAIMS => {
            claims.iter().map(|(name, wanted)| Ok((name.clone(), wanted_of(wanted)?))).collect()
        }
        Some(_) => Err(BadClaims),
    }
}

fn wanted_of(value: &Value) -> Result<Wanted, BadClaims> {
    let members = match value {
        Value::Null => return Ok(Wanted::default()),
        Value::Object(members) => members,
        _ => return Err(BadClaims),
    };
    let essential = match members.get("essential") {
        None => false,
        Some(Value::Bool(essential)) => *essential,
        Some(_) => return Err(BadClaims),
    };
    let one = members.get("value").into_iter();
    let many = match members.get("values") {
        None => [].as_slice(),
        Some(Value::Array(values)) => values,
        Some(_) => return Err(BadClaims),
    };
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    Ok(Wanted { essential, values: one.chain(many).map(text).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_specification_is_read() {
        let text = r#"{"userinfo":{"given_name":{"essential":true},"nickname":null,"http://example.info/claims/groups":null},
            "id_token":{"auth_time":{"essential":true},"acr":{"values":["urn:mace:incommon:iap:silver"]},"sub":{"value":"x"}},
            "other":7}"#;
        let claims = ClaimsRequest::parse(text).unwrap();
        assert!(claims.userinfo["given_name"].essential && !claims.userinfo["nickname"].essential);
        assert_eq!(claims.id_token["acr"].values, ["urn:mace:incommon:iap:silver"]);
        assert_eq!(claims.id_token["sub"].values, ["x"]);
    }

    #[test]
    fn what_is_no_such_object_is_refused() {
        for bad in [
            "",
            "[]",
            "{\"userinfo\":7}",
            "{\"userinfo\":{\"name\":7}}",
            "{\"id_token\":{\"a\":{\"essential\":1}}}",
            "{\"id_token\":{\"a\":null,\"a\":null}}",
        ] {
            assert_eq!(ClaimsRequest::parse(bad), Err(BadClaims), "{bad}");
        }
        assert!(ClaimsRequest::parse(&format!("{{\"x\":\"{}\"}}", "y".repeat(5000))).is_err());
    }
}
