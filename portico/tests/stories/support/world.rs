//! Whom the stories are about. The same people as in the demo, made through the features where these can make them.

use portico::mfa;
use portico::people::{self, Email, NewAccount, StaffRole, UserName};
use portico::platform::clock::{Clock, Time};
use portico::platform::entropy::Secret;
use portico::platform::ids::{AccountId, OrganizationId};
use portico::questions::{self, Chosen, Question};
use portico::terms::{self, Terms};
use portico::{app::App, password};
use store::{Error, Tx};

use super::app::TestApp;
use super::ground::{Engine, Ground};
use super::queries;

pub const PUBLIC_URL: &str = "https://login.portico.example";
pub const SENDER: &str = "Portico <no-reply@portico.example>";
/// Everybody's.
pub const PASSWORD: &str = "correct-horse-battery";
/// Everybody’s who has a password, but for harbor-night; in the order in which the questions are shown.
pub const ANSWERS: [&str; 3] = ["blue", "rex", "paris"];
/// The authenticator's secret of whoever has one.
pub const TOTP: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
/// A Saturday morning.
pub const START: Time = Time::from_seconds(1_795_255_200);
const DAY: i64 = 24 * 3_600 * 1_000_000;

/// What everybody who has a password has accepted.
pub fn terms() -> Terms {
    Terms::new("1", "Be kind.\n\nTell nobody your password.")
}

/// What the authenticator app shows at an instant.
pub fn code_at(now: Time) -> String {
    let secret = mfa::parse_secret(TOTP).unwrap();
    mfa::code_at(&secret, now.seconds().div_euclid(mfa::PERIOD_SECONDS))
}

/// What the authenticator app shows now.
pub fn code_now(app: &TestApp) -> String {
    code_at(app.clock().now())
}

/// What an app shows now that was told the key on this page.
pub fn shown_code(app: &TestApp, page: &super::Page) -> String {
    let secret = mfa::parse_secret(&page.texts_of("#key").concat()).unwrap();
    mfa::code_at(&secret, app.clock().now().seconds().div_euclid(mfa::PERIOD_SECONDS))
}

struct Customer {
    slug: &'static str,
    name: &'static str,
    preset: &'static str,
    sign_in: &'static str,
    recovery: &'static str,
    mfa: Option<&'static str>,
    time_zone: &'static str,
    contact: Option<&'static str>,
}

const CUSTOMERS: [Customer; 5] = [
    Customer {
        slug: "riverside",
        name: "Riverside Health",
        preset: "classic",
        sign_in: "password",
        recovery: "questions_or_email",
        mfa: None,
        time_zone: "America/Chicago",
        contact: Some("Riverside service desk, extension 4711"),
    },
    Customer {
        slug: "harbor",
        name: "Harbor County EMS",
        preset: "classic",
        sign_in: "password",
        recovery: "email_then_question",
        mfa: None,
        time_zone: "America/New_York",
        contact: None,
    },
    Customer {
        slug: "lakeshore",
        name: "Lakeshore Hospital",
        preset: "classic",
        sign_in: "sso",
        recovery: "email",
        mfa: None,
        time_zone: "America/Chicago",
        contact: Some("Lakeshore IT, it@lakeshore.example"),
    },
    Customer {
        slug: "northwind",
        name: "Northwind Clinics",
        preset: "modern",
        sign_in: "password",
        recovery: "email",
        mfa: Some("required"),
        time_zone: "Europe/Paris",
        contact: None,
    },
    Customer {
        slug: "portico",
        name: "Portico itself",
        preset: "modern",
        sign_in: "password",
        recovery: "email",
        mfa: None,
        time_zone: "UTC",
        contact: None,
    },
];

/// Organization, first name, last name, address, user name, what else there is to say.
type Person = (&'static str, &'static str, &'static str, &'static str, Option<&'static str>, What);

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Plain,
    ProgramAdministrator,
    LicenseOwner,
    WithAuthenticator,
    Operator,
    Shared,
    /// Other people's mail goes to the same address; only the user name signs in.
    SharedMailbox,
    /// The same, and no questions have been set.
    WithoutQuestions,
    NoPassword,
}

const PEOPLE: [Person; 17] = [
    ("riverside", "Omar", "Haddad", "omar@riverside.example", None, What::Plain),
    ("riverside", "Dana", "Whitfield", "dana@riverside.example", None, What::ProgramAdministrator),
    ("riverside", "Lucia", "Moreno", "lucia@riverside.example", None, What::LicenseOwner),
    ("riverside", "Nora", "Lindqvist", "nora@riverside.example", None, What::Plain),
    ("riverside", "Mia", "Tanaka", "mia@riverside.example", None, What::Plain),
    ("riverside", "Ivan", "Petrov", "ivan@riverside.example", None, What::NoPassword),
    ("harbor", "Harbor", "Dispatch", "harbor-dispatch@harbor.example", Some("harbor-dispatch"), What::SharedMailbox),
    ("harbor", "Night", "Shift", "night@harbor.example", Some("harbor-night"), What::WithoutQuestions),
    ("harbor", "Night", "Relief", "night@harbor.example", Some("harbor-relief"), What::SharedMailbox),
    ("harbor", "Emergency", "Department", "ed@harbor.example", Some("harbor-ed"), What::Shared),
    ("harbor", "Hugo", "Brandt", "hugo@harbor.example", None, What::ProgramAdministrator),
    ("lakeshore", "Lee", "Castillo", "lee@lakeshore.example", Some("lee-castillo"), What::Plain),
    ("northwind", "Kim", "Nakamura", "kim@northwind.example", None, What::WithAuthenticator),
    ("northwind", "Max", "Vogel", "max@northwind.example", None, What::Plain),
    ("northwind", "Ada", "Brandt", "ada@northwind.example", None, What::WithAuthenticator),
    ("portico", "Root", "Operator", "root@portico.example", None, What::Operator),
    // Of the same length as others, for those who compare.
    ("riverside", "Anna", "Olsen", "anna@riverside.example", Some("anna-riverside"), What::Plain),
];

/// Slug, name, line.
const PRODUCTS: [(&str, &str, &str); 4] = [
    ("bed-board", "Bed Board", "Who has room, right now"),
    ("incident-desk", "Incident Desk", "Run the day something happens"),
    ("tracer", "Tracer", "Walk the ward, find what is missing"),
    ("night-log", "Night Log", "What the next shift must know"),
];

impl TestApp {
    /// With everybody and everything in its database.
    pub async fn start(engine: Engine) -> TestApp {
        let clock = Clock::fake(START);
        let ground = Ground::new(engine, &clock, "world", async |draft| {
            let node = TestApp::node(TestApp::around(draft, clock.clone()).await, |_| ()).await;
            populate(node.app()).await;
        });
        TestApp::node(TestApp::around(ground.await, clock.clone()).await, |_| ()).await
    }
}

/// Writes everybody and everything, once.
pub async fn populate(app: &App) {
    let slot = app.hasher.reserve().unwrap();
    let phc = slot.hash(Secret::from(PASSWORD)).await.unwrap();
    let [toy, pet, town] = ANSWERS;
    let asked = [(Question::ChildhoodToy, toy), (Question::FirstPet, pet), (Question::ParentsMet, town)];
    let answers = questions::hash(&app.keys, &app.hasher, &Chosen::seeded(asked)).await.unwrap();
    let written: Result<(), Error> = app
        .db
        .write("stories.populate", async |tx: &mut Tx| {
            for customer in &CUSTOMERS {
                organization(tx, customer).await?;
            }
            for (slug, name, line) in PRODUCTS {
                let url = format!("https://{slug}.example/start");
                queries::product(tx, slug, name, line, &url).await?;
                queries::license(tx, "riverside", slug, tx.now() - 100 * DAY, None).await?;
            }
            for person in PEOPLE {
                let id = account(tx, app, person, &phc).await?;
                if !matches!(person.5, What::NoPassword | What::WithoutQuestions) {
                    questions::put(tx, &app.keys, &id, &answers).await?;
                }
            }
            access(tx).await
        })
        .await;
    written.unwrap();
}

async fn organization(tx: &mut Tx, customer: &Customer) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO organizations (id, slug, name, preset, sign_in, recovery, mfa, time_zone, contact, created_at)
         VALUES ($1, $1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &[
            &customer.slug,
            &customer.name,
            &customer.preset,
            &customer.sign_in,
            &customer.recovery,
            &customer.mfa,
            &customer.time_zone,
            &customer.contact,
            &now,
        ],
    )
    .await?;
    queries::domain(tx, customer.slug, &format!("{}.example", customer.slug), true).await
}

async fn account(tx: &mut Tx, app: &App, person: Person, phc: &str) -> Result<AccountId, Error> {
    let (organization, first_name, last_name, email, user_name, what) = person;
    // Named by what stands before the @ or by the user name, so that a story can say whom it means.
    let id = AccountId::from(user_name.unwrap_or(email));
    let account = NewAccount {
        id: id.clone(),
        organization: OrganizationId::from(organization),
        email: Email::parse(email).unwrap(),
        email_shown: email.into(),
        user_name: user_name.map(|name| UserName::parse(name).unwrap()),
        first_name: first_name.into(),
        last_name: last_name.into(),
        signs_in_by_email: !matches!(what, What::SharedMailbox | What::WithoutQuestions),
        shared: what == What::Shared,
    };
    assert!(people::insert(tx, &account).await?, "{email} is there already");
    if what != What::NoPassword {
        people::set_password(tx, &id, &password::seal(&app.keys, &id, phc)).await?;
        people::set_email_verified(tx, &id).await?;
        terms::accept(tx, &self::terms(), &id).await?;
    }
    match what {
        What::ProgramAdministrator => queries::administrator(tx, organization, &id, "program_administrator").await?,
        What::LicenseOwner => queries::administrator(tx, organization, &id, "license_owner").await?,
        What::Operator => people::set_staff(tx, &id, StaffRole::Operator).await?,
        _ => {}
    }
    if matches!(what, What::WithAuthenticator | What::Operator) {
        let secret = mfa::parse_secret(TOTP).unwrap();
        mfa::add_authenticator(tx, &app.entropy, &app.keys, &id, &secret).await?;
    }
    Ok(id)
}

async fn access(tx: &mut Tx) -> Result<(), Error> {
    queries::site(tx, "riverside", "main-campus", "Main Campus").await?;
    queries::site(tx, "riverside", "east-clinic", "East Clinic").await?;
    let omar = "omar@riverside.example";
    queries::access(tx, omar, "bed-board", Some("main-campus")).await?;
    queries::access(tx, omar, "incident-desk", Some("main-campus")).await?;
    queries::access(tx, omar, "tracer", Some("east-clinic")).await?;
    let mia = "mia@riverside.example";
    for product in ["bed-board", "incident-desk", "tracer"] {
        queries::access(tx, mia, product, None).await?;
    }
    let in_ten_days = tx.now() + 10 * DAY;
    queries::product_move(tx, mia, "incident-desk", "scheduled", Some(in_ten_days)).await?;
    queries::product_move(tx, mia, "tracer", "legacy", None).await?;
    queries::access(tx, "anna-riverside", "night-log", None).await
}
