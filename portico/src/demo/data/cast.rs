//! Who is in the demo.

use super::person::{Person, Relocation, SOMEBODY, anywhere, at, relocation};
use crate::people::StaffRole;
use crate::questions::{self, Question};

/// Everybody's but the invited person's, who has none.
pub const PASSWORD: &str = "correct-horse-battery";

/// Everybody's three answers, in the order in which the questions are shown.
pub const ANSWERS: [(Question, &str); questions::COUNT] =
    [(Question::ChildhoodToy, "blue"), (Question::FirstPet, "rex"), (Question::ParentsMet, "paris")];

const BED_BOARD: &str = "bed-board";
const INCIDENT_DESK: &str = "incident-desk";
const TRACER: &str = "tracer";

/// One of several of a small practice that share a mailbox.
const MILL_DESK: Person = Person {
    organization: "oldmill",
    email: "practice@oldmill.example",
    user_name: Some("mill-desk"),
    by_email: false,
    first_name: "Mill",
    last_name: "Desk",
    about: "demo-about-mill-desk",
    ..SOMEBODY
};

pub const PEOPLE: &[Person] = &[
    Person {
        email: "omar@riverside.example",
        first_name: "Omar",
        last_name: "Haddad",
        about: "demo-about-omar",
        access: &[
            at("Main Campus", BED_BOARD, "editor"),
            at("East Clinic", BED_BOARD, "viewer"),
            at("Main Campus", INCIDENT_DESK, "reporter"),
            at("East Clinic", TRACER, "surveyor"),
        ],
        ..SOMEBODY
    },
    Person {
        email: "dana@riverside.example",
        first_name: "Dana",
        last_name: "Whitfield",
        about: "demo-about-dana",
        administers: Some("program_administrator"),
        access: &[anywhere(BED_BOARD, "editor"), anywhere(INCIDENT_DESK, "manager")],
        ..SOMEBODY
    },
    Person {
        email: "lucia@riverside.example",
        first_name: "Lucia",
        last_name: "Moretti",
        about: "demo-about-lucia",
        administers: Some("license_owner"),
        access: &[anywhere(BED_BOARD, "viewer"), anywhere(TRACER, "lead")],
        ..SOMEBODY
    },
    Person {
        email: "rosa@riverside.example",
        first_name: "Rosa",
        last_name: "Delgado",
        about: "demo-about-rosa",
        access: &[anywhere(BED_BOARD, "viewer")],
        ..SOMEBODY
    },
    Person {
        email: "nora@riverside.example",
        first_name: "Nora",
        last_name: "Okafor",
        about: "demo-about-nora",
        ..SOMEBODY
    },
    Person {
        email: "ivan@riverside.example",
        about: "demo-about-ivan",
        registered: false,
        questions: false,
        access: &[at("Main Campus", TRACER, "surveyor")],
        ..SOMEBODY
    },
    Person {
        email: "mia@riverside.example",
        first_name: "Mia",
        last_name: "Lindqvist",
        about: "demo-about-mia",
        access: &[anywhere(BED_BOARD, "editor"), anywhere(INCIDENT_DESK, "reporter"), anywhere(TRACER, "surveyor")],
        relocations: &[
            relocation(BED_BOARD, "moved", None),
            relocation(INCIDENT_DESK, "scheduled", Some(30)),
            relocation(TRACER, "legacy", None),
        ],
        ..SOMEBODY
    },
    Person {
        email: "tess@riverside.example",
        first_name: "Tess",
        last_name: "Abernathy",
        about: "demo-about-tess",
        access: &[anywhere(BED_BOARD, "viewer"), anywhere(INCIDENT_DESK, "reporter"), anywhere(TRACER, "surveyor")],
        relocations: &[
            Relocation { old_page: false, ..relocation(BED_BOARD, "legacy", None) },
            relocation(INCIDENT_DESK, "scheduled", Some(30)),
            relocation(TRACER, "legacy", None),
        ],
        ..SOMEBODY
    },
    Person {
        email: "paul@riverside.example",
        first_name: "Paul",
        last_name: "Keller",
        about: "demo-about-paul",
        disabled: true,
        access: &[anywhere(BED_BOARD, "viewer")],
        ..SOMEBODY
    },
    Person {
        email: "elena@riverside.example",
        moved_to: Some("elena.petrova@riverside.example"),
        first_name: "Elena",
        last_name: "Petrova",
        about: "demo-about-elena",
        access: &[at("East Clinic", BED_BOARD, "editor")],
        ..SOMEBODY
    },
    Person {
        email: "er@riverside.example",
        user_name: Some("er-front"),
        by_email: false,
        first_name: "Emergency",
        last_name: "Front Desk",
        about: "demo-about-er-front",
        access: &[at("Main Campus", BED_BOARD, "editor")],
        ..SOMEBODY
    },
    Person {
        email: "er@riverside.example",
        user_name: Some("er-back"),
        by_email: false,
        first_name: "Emergency",
        last_name: "Back Office",
        about: "demo-about-er-back",
        access: &[at("Main Campus", INCIDENT_DESK, "reporter")],
        ..SOMEBODY
    },
    Person {
        email: "er@riverside.example",
        user_name: Some("er-new"),
        by_email: false,
        about: "demo-about-er-new",
        registered: false,
        questions: false,
        access: &[at("Main Campus", BED_BOARD, "viewer")],
        ..SOMEBODY
    },
    Person {
        organization: "harbor",
        email: "harbor-dispatch@harbor.example",
        user_name: Some("harbor-dispatch"),
        first_name: "Harbor",
        last_name: "Dispatch",
        about: "demo-about-harbor-dispatch",
        access: &[anywhere(BED_BOARD, "editor"), anywhere(INCIDENT_DESK, "reporter")],
        ..SOMEBODY
    },
    Person {
        organization: "harbor",
        email: "night@harbor.example",
        user_name: Some("harbor-night"),
        first_name: "Harbor",
        last_name: "Night",
        about: "demo-about-harbor-night",
        questions: false,
        access: &[anywhere(BED_BOARD, "viewer")],
        ..SOMEBODY
    },
    Person {
        organization: "harbor",
        email: "chief@harbor.example",
        user_name: Some("harbor-chief"),
        first_name: "Grace",
        last_name: "Lindholm",
        about: "demo-about-harbor-chief",
        administers: Some("program_administrator"),
        access: &[anywhere(BED_BOARD, "editor")],
        ..SOMEBODY
    },
    Person {
        organization: "harbor",
        email: "ed@harbor.example",
        user_name: Some("harbor-ed"),
        first_name: "Harbor",
        last_name: "Emergency Department",
        about: "demo-about-harbor-ed",
        shared: true,
        access: &[anywhere(BED_BOARD, "viewer")],
        ..SOMEBODY
    },
    Person {
        organization: "harbor",
        email: "desk@harbor.example",
        user_name: Some("harbor-desk"),
        by_email: false,
        first_name: "Harbor",
        last_name: "Desk",
        about: "demo-about-harbor-desk",
        access: &[anywhere(INCIDENT_DESK, "reporter")],
        ..SOMEBODY
    },
    Person {
        organization: "harbor",
        email: "shifts@harbor.example",
        user_name: Some("harbor-early"),
        by_email: false,
        first_name: "Harbor",
        last_name: "Early Shift",
        about: "demo-about-harbor-early",
        access: &[anywhere(BED_BOARD, "viewer")],
        ..SOMEBODY
    },
    Person {
        organization: "harbor",
        email: "shifts@harbor.example",
        user_name: Some("harbor-late"),
        by_email: false,
        first_name: "Harbor",
        last_name: "Late Shift",
        about: "demo-about-harbor-late",
        questions: false,
        access: &[anywhere(BED_BOARD, "viewer")],
        ..SOMEBODY
    },
    Person {
        organization: "harbor",
        email: "jo@bluebird.example",
        first_name: "Jo",
        last_name: "Marsh",
        about: "demo-about-jo",
        access: &[anywhere(BED_BOARD, "viewer")],
        ..SOMEBODY
    },
    Person {
        organization: "lakeshore",
        email: "desk@lakeshore.example",
        user_name: Some("lakeshore-desk"),
        first_name: "Lakeshore",
        last_name: "Desk",
        about: "demo-about-lakeshore-desk",
        access: &[anywhere(BED_BOARD, "viewer")],
        ..SOMEBODY
    },
    Person {
        organization: "lakeshore",
        email: "lee@lakeshore.example",
        first_name: "Lee",
        last_name: "Nakamura",
        about: "demo-about-lee",
        second: Some("lee.nakamura@bluebird.example"),
        access: &[anywhere(BED_BOARD, "viewer"), anywhere(TRACER, "surveyor")],
        ..SOMEBODY
    },
    Person {
        organization: "lakeshore",
        email: "desk@lakeshore.example",
        user_name: Some("lakeshore-ward"),
        by_email: false,
        first_name: "Lakeshore",
        last_name: "Ward",
        about: "demo-about-lakeshore-ward",
        second: Some("lakeshore.ward@bluebird.example"),
        access: &[anywhere(BED_BOARD, "viewer")],
        ..SOMEBODY
    },
    Person {
        organization: "lakeshore",
        email: "vera@lakeshore.example",
        first_name: "Vera",
        last_name: "Holm",
        about: "demo-about-vera",
        second: Some("vera.holm@bluebird.example"),
        administers: Some("license_owner"),
        access: &[anywhere(BED_BOARD, "viewer")],
        ..SOMEBODY
    },
    Person {
        organization: "lakeshore",
        email: "tomas@lakeshore.example",
        first_name: "Tomas",
        last_name: "Berg",
        about: "demo-about-tomas",
        administers: Some("license_owner"),
        access: &[anywhere(BED_BOARD, "viewer")],
        ..SOMEBODY
    },
    Person {
        organization: "lakeshore",
        email: "ines@lakeshore.example",
        first_name: "Ines",
        last_name: "Duarte",
        about: "demo-about-ines",
        totp: Some("LEHPK3PXPJBSWY3DLEHPK3PXPJBSWY3D"),
        access: &[anywhere(TRACER, "lead")],
        ..SOMEBODY
    },
    Person {
        organization: "summit",
        email: "sam@summit.example",
        first_name: "Sam",
        last_name: "Brandt",
        about: "demo-about-sam",
        access: &[anywhere(INCIDENT_DESK, "reporter")],
        ..SOMEBODY
    },
    Person {
        organization: "northwind",
        email: "kim@northwind.example",
        first_name: "Kim",
        last_name: "Tran",
        about: "demo-about-kim",
        totp: Some("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"),
        access: &[anywhere(BED_BOARD, "editor"), anywhere(INCIDENT_DESK, "reporter")],
        ..SOMEBODY
    },
    Person {
        organization: "northwind",
        email: "max@northwind.example",
        first_name: "Max",
        last_name: "Ferreira",
        about: "demo-about-max",
        access: &[anywhere(BED_BOARD, "viewer")],
        ..SOMEBODY
    },
    MILL_DESK,
    Person { user_name: Some("mill-ward"), last_name: "Ward", about: "demo-about-mill-ward", ..MILL_DESK },
    Person {
        user_name: Some("mill-lab"),
        last_name: "Laboratory",
        about: "demo-about-mill-lab",
        questions: false,
        ..MILL_DESK
    },
    Person {
        user_name: Some("mill-night"),
        last_name: "Night",
        about: "demo-about-mill-night",
        questions: false,
        ..MILL_DESK
    },
    Person {
        email: "former@oldmill.example",
        user_name: Some("mill-former"),
        last_name: "Former",
        about: "demo-about-mill-former",
        disabled: true,
        ..MILL_DESK
    },
    Person {
        organization: "portico",
        email: "help@portico.example",
        first_name: "Hanna",
        last_name: "Vogel",
        about: "demo-about-help",
        totp: Some("KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"),
        staff: Some(StaffRole::Support),
        ..SOMEBODY
    },
    Person {
        organization: "portico",
        email: "root@portico.example",
        first_name: "Ruth",
        last_name: "Adeyemi",
        about: "demo-about-root",
        totp: Some("MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK"),
        staff: Some(StaffRole::Operator),
        ..SOMEBODY
    },
];
