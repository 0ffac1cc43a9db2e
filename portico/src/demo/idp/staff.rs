//! Who works at Lakeshore, as its own directory has it.

use super::mood::Mood;

#[derive(Debug, PartialEq, Eq)]
pub struct Colleague {
    /// The name that stays when everything else about a person changes; Portico links accounts by it.
    pub sub: &'static str,
    pub email: &'static str,
    pub first_name: &'static str,
    pub last_name: &'static str,
    pub groups: &'static [&'static str],
    /// Words that say why the person is here.
    pub about: &'static str,
}

impl Colleague {
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}

pub const LEE: Colleague = Colleague {
    sub: "lakeshore-10482",
    email: "lee@lakeshore.example",
    first_name: "Lee",
    last_name: "Nakamura",
    groups: &["nursing"],
    about: "idp-about-lee",
};

pub const NOOR: Colleague = Colleague {
    sub: "lakeshore-11077",
    email: "noor@lakeshore.example",
    first_name: "Noor",
    last_name: "Rahimi",
    groups: &["nursing", "portico-administrators"],
    about: "idp-about-noor",
};

pub const INES: Colleague = Colleague {
    sub: "lakeshore-10733",
    email: "ines@lakeshore.example",
    first_name: "Ines",
    last_name: "Duarte",
    groups: &["surgery"],
    about: "idp-about-ines",
};

pub const VERA: Colleague = Colleague {
    sub: "lakeshore-10021",
    email: "vera@lakeshore.example",
    first_name: "Vera",
    last_name: "Holm",
    groups: &["direction"],
    about: "idp-about-vera",
};

pub const TOMAS: Colleague = Colleague {
    sub: "lakeshore-10022",
    email: "tomas@lakeshore.example",
    first_name: "Tomas",
    last_name: "Berg",
    groups: &["direction"],
    about: "idp-about-tomas",
};

pub const STAFF: [&Colleague; 5] = [&LEE, &INES, &NOOR, &VERA, &TOMAS];

/// Does not work here: whom an identity provider of bad faith would like to be.
pub const STRANGER: Colleague = Colleague {
    sub: "lakeshore-66613",
    email: "omar@riverside.example",
    first_name: "Omar",
    last_name: "Haddad",
    groups: &["portico-administrators"],
    about: "",
};

pub fn by_email(email: &str) -> Option<&'static Colleague> {
    STAFF.into_iter().find(|colleague| colleague.email.eq_ignore_ascii_case(email.trim()))
}

/// Who is said to have come when `person` has.
pub fn told(person: &'static Colleague, mood: Mood) -> &'static Colleague {
    match mood {
        Mood::Colleague if *person == VERA => &LEE,
        Mood::Colleague => &VERA,
        Mood::Stranger => &STRANGER,
        _ => person,
    }
}
