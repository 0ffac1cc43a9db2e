//! The whole state space, walked.
//!
//! This file is long because a world, what happens in it and what must hold of it are read together.

use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::time::Duration;

use super::Destination;
use super::facts::{Lacks, Method, Named, Proof, SignIn, Standing, Stepped};
use super::rules::{PROOF_LIVES, Reason, Step, next_step};
use crate::platform::clock::Time;
use crate::platform::ids::{ConnectionId, OneTimeId, SessionId, SignInId};

const NOW: Time = Time(1_800_000_000_000_000);
/// Of the account's credentials today, and once.
const EPOCH: i64 = 2;
const OLD: i64 = 1;

/// The people of the walk: whom a name can lead to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Who {
    Nobody,
    /// Of an organization that lets questions wait.
    PasswordOnly,
    /// By their own wish, so that a code by mail may stand in.
    WithAuthenticator,
    MustHaveAuthenticator,
    WithPasskey,
    /// Several people, of whom none can set one up for all.
    SharedMustHaveSecond,
    /// Of an organization with an identity provider of its own: by an address of its domain, or by a user name.
    Sso,
    SsoByUserName,
    /// The same, of whom a second factor is asked, which their organization may have seen.
    SsoMustHaveSecond,
    /// Of an organization whose people have passwords here, by the link that tries its identity provider.
    Trying,
}

const EVERYBODY: [Who; 10] = [
    Who::Nobody,
    Who::PasswordOnly,
    Who::WithAuthenticator,
    Who::MustHaveAuthenticator,
    Who::WithPasskey,
    Who::SharedMustHaveSecond,
    Who::Sso,
    Who::SsoByUserName,
    Who::SsoMustHaveSecond,
    Who::Trying,
];

impl Who {
    /// Has no password here.
    fn is_of_sso(self) -> bool {
        matches!(self, Who::Sso | Who::SsoByUserName | Who::SsoMustHaveSecond)
    }

    fn must_have_second(self) -> bool {
        matches!(self, Who::MustHaveAuthenticator | Who::SharedMustHaveSecond | Who::SsoMustHaveSecond)
    }

    fn is_sent_away(self) -> bool {
        matches!(self, Who::Sso | Who::SsoMustHaveSecond | Who::Trying)
    }
}

/// A proof, or a temporary password: of today's credentials, or of older ones.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Made {
    Today,
    Before,
}

/// Everything that decides, small enough to be walked whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct World {
    named: Option<Who>,
    /// To the organization's identity provider, when that person was named.
    routed: bool,
    first: Option<(Made, Method)>,
    second: Option<(Made, Method)>,
    /// An app is to be set up next: the old one is lost, or given up.
    lost: bool,
    /// The session this one adds a second factor to, and whether it lives.
    stepped: Option<bool>,
    put_off: bool,
    /// The account as it is now, whatever the sign-in saw.
    lacks: Need,
    /// A second factor was set up, or taken away, since; `None`: it is as it was.
    factor: Option<bool>,
    /// Its recovery codes are still to be kept.
    codes: bool,
    /// The temporary password that is out.
    temporary: Option<Made>,
    disabled: bool,
    /// The organization's single sign-on is suspended.
    suspended: bool,
    /// What was said there holds no more: signed out there, unlinked, switched off.
    taken_back: bool,
    /// Proofs are older than they may be.
    aged: bool,
    sessions: u8,
    finished: bool,
}

/// One number. Field by field it would be most of what a walk costs: millions of ways are looked up.
impl Hash for World {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let proof =
            |proof: Option<(Made, Method)>| proof.map_or(0, |(made, method)| 1 + 2 * (method as u64) + made as u64);
        let maybe = |flag: Option<bool>| flag.map_or(0, |flag| 1 + u64::from(flag));
        let Need { name, questions, password, email, terms } = self.lacks;
        let flags = [
            self.routed,
            self.lost,
            self.put_off,
            self.codes,
            self.disabled,
            self.suspended,
            self.taken_back,
            self.aged,
            self.finished,
            name,
            questions,
            password,
            email,
            terms,
        ];
        let named = self.named.map_or(0, |who| 1 + who as u64);
        let temporary = self.temporary.map_or(0, |made| 1 + made as u64);
        let told = [named, proof(self.first), proof(self.second), maybe(self.stepped), maybe(self.factor), temporary];
        let flags = flags.into_iter().fold(0, |number, flag| (number << 1) | u64::from(flag));
        state.write_u64(told.into_iter().fold(flags, |number, one| (number << 5) | one));
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Need {
    name: bool,
    questions: bool,
    password: bool,
    email: bool,
    terms: bool,
}

const NOTHING: Need = Need { name: false, questions: false, password: false, email: false, terms: false };
const EVERYTHING: Need = Need { name: true, questions: true, password: true, email: true, terms: true };

const START: World = World {
    named: None,
    routed: false,
    first: None,
    second: None,
    lost: false,
    stepped: None,
    put_off: false,
    lacks: NOTHING,
    factor: None,
    codes: false,
    temporary: None,
    disabled: false,
    suspended: false,
    taken_back: false,
    aged: false,
    sessions: 0,
    finished: false,
};
/// Invited a moment ago.
const INVITED: World = World { lacks: EVERYTHING, temporary: Some(Made::Today), ..START };

/// Signed in without a second factor, and on the way to show one.
fn stepping_up() -> impl Iterator<Item = World> {
    let of =
        |named, method| World { named: Some(named), first: Some((Made::Today, method)), stepped: Some(true), ..START };
    [
        of(Who::PasswordOnly, Method::Password),
        of(Who::WithAuthenticator, Method::Password),
        of(Who::SharedMustHaveSecond, Method::Password),
        of(Who::Sso, Method::Federated),
    ]
    .into_iter()
}

/// Signed in with everything, and wanting to set an app up in the place of what there is, or beside it.
fn setting_up() -> impl Iterator<Item = World> {
    let today = |method| Some((Made::Today, method));
    let wish = World { stepped: Some(true), lost: true, ..START };
    let with_app = World { named: Some(Who::WithAuthenticator), first: today(Method::Password), ..wish };
    [
        World { second: today(Method::Otp), ..with_app },
        World { second: today(Method::RecoveryCode), ..with_app },
        World { named: Some(Who::WithPasskey), first: today(Method::SyncedPasskey), ..wish },
        World { named: Some(Who::PasswordOnly), first: today(Method::Password), ..wish },
    ]
    .into_iter()
}

/// What anybody may do at any time, from any of many tabs, due or not; and what happens outside of this sign-in.
#[derive(Clone, Copy, Debug)]
enum Act {
    Name(Who),
    RightPassword,
    WrongPassword,
    TemporaryPassword,
    ComeBack,
    ComeBackWithSecond,
    /// From the first page: a sign-in that begins with it, whoever this one named.
    Passkey,
    RightCode,
    RecoveryCode,
    RecoveryCodeForLostApp,
    MailedCode,
    WrongCode,
    GiveName,
    SetQuestions,
    PutOffQuestions,
    SetPassword,
    VerifyEmail,
    AcceptTerms,
    SetUpFactor,
    KeepCodes,
    Dispatch,
    NameElsewhere,
    QuestionsElsewhere,
    PasswordElsewhere,
    EmailElsewhere,
    TermsElsewhere,
    NewTerms,
    QuestionsRequired,
    PasswordTakenAway,
    FactorTakenAway,
    SignOutElsewhere,
    AskAgain,
    CredentialsChange,
    Disable,
    Enable,
    Suspend,
    Resume,
    TakeBackThere,
    TimePasses,
}

const ACTS: [Act; 38] = [
    Act::RightPassword,
    Act::WrongPassword,
    Act::TemporaryPassword,
    Act::ComeBack,
    Act::ComeBackWithSecond,
    Act::Passkey,
    Act::RightCode,
    Act::RecoveryCode,
    Act::RecoveryCodeForLostApp,
    Act::MailedCode,
    Act::WrongCode,
    Act::GiveName,
    Act::SetQuestions,
    Act::PutOffQuestions,
    Act::SetPassword,
    Act::VerifyEmail,
    Act::AcceptTerms,
    Act::SetUpFactor,
    Act::KeepCodes,
    Act::Dispatch,
    Act::NameElsewhere,
    Act::QuestionsElsewhere,
    Act::PasswordElsewhere,
    Act::EmailElsewhere,
    Act::TermsElsewhere,
    Act::NewTerms,
    Act::QuestionsRequired,
    Act::PasswordTakenAway,
    Act::FactorTakenAway,
    Act::SignOutElsewhere,
    Act::AskAgain,
    Act::CredentialsChange,
    Act::Disable,
    Act::Enable,
    Act::Suspend,
    Act::Resume,
    Act::TakeBackThere,
    Act::TimePasses,
];

fn acts() -> impl Iterator<Item = Act> {
    EVERYBODY.map(Act::Name).into_iter().chain(ACTS)
}

fn epoch_of(made: Made) -> i64 {
    if made == Made::Today { EPOCH } else { OLD }
}

fn step(world: &World) -> Step {
    let at = if world.aged { Time(NOW.0 - 1) - PROOF_LIVES } else { NOW };
    let sign_in = SignIn {
        id: SignInId::from("a"),
        destination: Destination::Portal,
        named: world.named.map(|_| Named {
            identifier: "x".into(),
            subject: "x".into(),
            connection: world.routed.then(|| ConnectionId::from("c")),
            opted_in: None,
            organization: None,
        }),
        refusal: None,
        first: world.first.map(|(made, method)| Proof { method, epoch: epoch_of(made), at }),
        first_secret: world
            .first
            .filter(|(_, method)| *method == Method::TemporaryPassword)
            .map(|_| OneTimeId::from("t")),
        second: world.second.map(|(made, method)| Proof { method, epoch: epoch_of(made), at }),
        stepped: world.stepped.map(|alive| Stepped {
            session: SessionId::from("s"),
            alive,
            methods: String::new(),
            authenticated_at: NOW,
            proved_at: None,
        }),
        sets_up_app: world.lost,
        second_code: None,
        email_code: None,
        questions_put_off: world.put_off,
        finished_at: world.finished.then_some(NOW),
    };
    next_step(&sign_in, standing(world).as_ref(), NOW)
}

fn standing(world: &World) -> Option<Standing> {
    let who = world.named.filter(|who| *who != Who::Nobody)?;
    Some(Standing {
        epoch: EPOCH,
        disabled: world.disabled,
        elsewhere: elsewhere(world),
        suspended: world.suspended,
        holds_there: !world.taken_back,
        mfa_due: has_factor(world) || who.must_have_second(),
        has_factor: has_factor(world),
        may_set_up: who != Who::SharedMustHaveSecond,
        mail_may_stand_in: has_factor(world) && !who.must_have_second(),
        takes_passkeys: !elsewhere(world) && !world.suspended,
        lacks: Lacks {
            name: world.lacks.name,
            questions: world.lacks.questions,
            questions_can_wait: who == Who::PasswordOnly,
            password: world.lacks.password,
            verified_email: world.lacks.email,
            terms: world.lacks.terms,
            recovery_codes: world.codes,
        },
    })
}

fn has_factor(world: &World) -> bool {
    world.factor.unwrap_or(world.named == Some(Who::WithAuthenticator)) || has_passkey(world)
}

/// Whether nothing that is typed here proves who it is.
fn elsewhere(world: &World) -> bool {
    world.named.is_some_and(Who::is_of_sso) && !world.suspended
}

/// Beside an organization's own sign-in, working or not, there are none.
fn has_passkey(world: &World) -> bool {
    world.named == Some(Who::WithPasskey) && !world.suspended && world.factor != Some(false)
}

/// The credentials change: whatever was proved or mailed before is of older ones.
fn changed(world: World) -> World {
    World {
        first: world.first.map(|(_, method)| (Made::Before, method)),
        second: world.second.map(|(_, method)| (Made::Before, method)),
        temporary: world.temporary.map(|_| Made::Before),
        ..world
    }
}

/// Somebody is named: whatever was proved before is somebody else's.
fn named(world: World, who: Who) -> World {
    let routed = who.is_sent_away() && !world.suspended;
    // What happened to somebody else's factor is their story.
    let (factor, codes) = if world.named == Some(who) { (world.factor, world.codes) } else { (None, false) };
    let fresh = World { first: None, second: None, put_off: false, aged: false, taken_back: false, ..world };
    World { named: Some(who), routed, lost: false, stepped: None, factor, codes, ..fresh }
}

/// The flows' writes, with their conditions: a form counts only while its page is due.
// Long because it is one table: what each act makes of a world whose step is `due`.
fn makes(world: World, due: Step, act: Act) -> World {
    let lacks = world.lacks;
    match act {
        Act::Name(who) if !world.finished => named(world, who),
        Act::RightPassword if takes_password(&world, due) && !lacks.password => World {
            first: Some((Made::Today, Method::Password)),
            stepped: None,
            aged: false,
            taken_back: false,
            ..world
        },
        Act::TemporaryPassword if takes_password(&world, due) && world.temporary == Some(Made::Today) => World {
            first: Some((Made::Today, Method::TemporaryPassword)),
            stepped: None,
            aged: false,
            taken_back: false,
            ..world
        },
        Act::ComeBack | Act::ComeBackWithSecond if due == Step::Sso && !world.suspended => {
            let shown = Some((Made::Today, Method::FederatedMfa));
            let second = if matches!(act, Act::ComeBackWithSecond) { shown } else { world.second };
            let first = Some((Made::Today, Method::Federated));
            World { first, second, stepped: None, aged: false, taken_back: false, ..world }
        }
        Act::Passkey if !world.finished && !world.suspended => begun_with_passkey(world),
        Act::RightCode if due == Step::SecondFactor => shown(world, Method::Otp, false),
        Act::RecoveryCode if due == Step::SecondFactor => shown(world, Method::RecoveryCode, false),
        Act::RecoveryCodeForLostApp if due == Step::SecondFactor => shown(world, Method::RecoveryCode, true),
        Act::MailedCode if due == Step::SecondFactor && mail_may_stand_in(&world) => {
            shown(world, Method::EmailCode, false)
        }
        // Its own proofs are stamped anew, and the code that showed the new factor is one of them.
        Act::SetUpFactor if due == Step::EnrollMfa => {
            let second = Some((Made::Today, Method::Otp));
            let set_up = World { factor: Some(true), codes: true, lost: false, ..world };
            World { first: world.first, second, ..changed(set_up) }
        }
        Act::KeepCodes if due == Step::RecoveryCodes => World { codes: false, ..world },
        Act::GiveName if due == Step::Name => World { lacks: Need { name: false, ..lacks }, ..world },
        // Its own proofs are stamped anew; while there is no password, nothing changes that they would be worth.
        Act::SetQuestions if due == Step::SecurityQuestions => {
            let temporary = if lacks.password { world.temporary } else { changed(world).temporary };
            World { lacks: Need { questions: false, ..lacks }, temporary, ..world }
        }
        Act::PutOffQuestions if due == Step::SecurityQuestions && world.named == Some(Who::PasswordOnly) => {
            World { put_off: true, ..world }
        }
        Act::SetPassword if due == Step::NewPassword && world.temporary == Some(Made::Today) => {
            let first = Some((Made::Today, Method::Password));
            World { lacks: Need { password: false, ..lacks }, temporary: None, first, ..world }
        }
        Act::VerifyEmail if due == Step::VerifyEmail => World { lacks: Need { email: false, ..lacks }, ..world },
        Act::AcceptTerms if due == Step::Terms => World { lacks: Need { terms: false, ..lacks }, ..world },
        Act::Dispatch if due == Step::Finish => World { sessions: world.sessions + 1, finished: true, ..world },
        Act::NameElsewhere => World { lacks: Need { name: false, ..lacks }, ..world },
        Act::QuestionsElsewhere if lacks.password => World { lacks: Need { questions: false, ..lacks }, ..world },
        Act::QuestionsElsewhere => changed(World { lacks: Need { questions: false, ..lacks }, ..world }),
        Act::PasswordElsewhere => changed(World { lacks: Need { password: false, ..lacks }, temporary: None, ..world }),
        Act::EmailElsewhere => World { lacks: Need { email: false, ..lacks }, ..world },
        Act::TermsElsewhere => World { lacks: Need { terms: false, ..lacks }, ..world },
        Act::NewTerms => World { lacks: Need { terms: true, ..lacks }, ..world },
        Act::QuestionsRequired => World { lacks: Need { questions: true, ..lacks }, ..world },
        Act::PasswordTakenAway => {
            let taken = changed(World { lacks: Need { password: true, ..lacks }, ..world });
            World { temporary: Some(Made::Today), ..taken }
        }
        Act::FactorTakenAway if has_factor(&world) => changed(World { factor: Some(false), codes: false, ..world }),
        Act::SignOutElsewhere if world.stepped == Some(true) => World { stepped: Some(false), ..world },
        // What still counts is sent once more; else a fresh one.
        Act::AskAgain if lacks.password => World { temporary: Some(Made::Today), ..world },
        Act::CredentialsChange => changed(world),
        Act::Disable => World { disabled: true, ..changed(world) },
        Act::Enable => World { disabled: false, ..world },
        Act::Suspend => World { suspended: true, ..world },
        Act::Resume => World { suspended: false, ..world },
        Act::TakeBackThere if world.first.is_some_and(|(_, method)| method == Method::Federated) => {
            World { taken_back: true, ..world }
        }
        Act::TimePasses => World { aged: true, ..world },
        _ => world,
    }
}

fn after(world: World, act: Act) -> World {
    makes(world, step(&world), act)
}

fn shown(world: World, method: Method, lost: bool) -> World {
    World { second: Some((Made::Today, method)), lost, ..world }
}

/// Where nothing but their own wish asks for a second factor.
fn mail_may_stand_in(world: &World) -> bool {
    let mailed = matches!(world.first, Some((_, Method::TemporaryPassword)));
    has_factor(world) && world.stepped.is_none() && !mailed && !world.named.is_some_and(Who::must_have_second)
}

/// Another sign-in of the same browser, whatever this one has come to.
fn begun_with_passkey(world: World) -> World {
    let named = named(world, Who::WithPasskey);
    let first = has_passkey(&named).then_some((Made::Today, Method::SyncedPasskey));
    if first.is_some() { World { first, ..named } } else { world }
}

fn takes_password(world: &World, due: Step) -> bool {
    due == Step::Password && world.named != Some(Who::Nobody) && !elsewhere(world)
}

/// A world, its step, and what each act makes of it.
struct Visited {
    world: World,
    due: Step,
    ways: Vec<(Act, World)>,
}

fn every_world() -> Vec<Visited> {
    let mut worlds = Vec::new();
    let mut queue: Vec<World> = [START, INVITED].into_iter().chain(stepping_up()).chain(setting_up()).collect();
    let mut seen: HashSet<World> = queue.iter().copied().collect();
    while let Some(world) = queue.pop() {
        let due = step(&world);
        let ways: Vec<_> = acts().map(|act| (act, makes(world, due, act))).filter(|(_, next)| *next != world).collect();
        // What happens around it afterwards is nothing to a sign-in that is finished.
        if !world.finished {
            queue.extend(ways.iter().map(|(_, next)| *next).filter(|next| seen.insert(*next)));
        }
        worlds.push(Visited { world, due, ways });
    }
    worlds
}

#[test]
fn no_session_before_everything_is_there_under_todays_credentials() {
    for Visited { world, ways, .. } in every_world() {
        for (act, next) in ways {
            if next.sessions == world.sessions {
                continue;
            }
            assert!(matches!(act, Act::Dispatch), "{act:?} made a session in {world:?}");
            assert!(!world.disabled && !world.aged && !world.taken_back, "{world:?}");
            assert!(!matches!(world.named, Some(Who::Nobody | Who::SharedMustHaveSecond) | None), "{world:?}");
            let strong = matches!(world.second, Some((Made::Today, Method::Otp | Method::RecoveryCode)));
            let replaces = world.lost && strong;
            let by_mail = matches!(world.second, Some((_, Method::EmailCode)));
            assert!(world.stepped != Some(false) && (!world.codes || by_mail) && !replaces, "{world:?}");
            // Never by a temporary password, and by one of one's own only where none of the organization's is asked.
            let federated = elsewhere(&world) || world.routed;
            let passkey = world.first == Some((Made::Today, Method::SyncedPasskey));
            assert!(!passkey || has_passkey(&world), "{world:?}");
            let wanted = if federated { Method::Federated } else { Method::Password };
            assert!(passkey || world.first == Some((Made::Today, wanted)), "{world:?}");
            let strict = world.stepped.is_some() || world.named.is_some_and(Who::must_have_second);
            match world.second {
                // A passkey is both factors, whoever asks for them.
                _ if passkey => {}
                Some((Made::Today, Method::EmailCode)) => assert!(!strict, "{world:?}"),
                Some((Made::Today, _)) => {}
                _ => assert!(!strict && !has_factor(&world), "{world:?}"),
            }
            let put_off = world.put_off && world.named == Some(Who::PasswordOnly);
            let questions = world.lacks.questions && !put_off && !federated;
            let password = world.lacks.password && !federated && !passkey;
            assert_eq!(Need { questions, password, ..world.lacks }, NOTHING, "{world:?}");
        }
    }
}

#[test]
fn a_sign_in_never_gives_two_sessions() {
    assert!(every_world().iter().all(|visited| visited.world.sessions <= 1));
}

#[test]
fn stale_forms_change_nothing() {
    for Visited { world, due, ways } in every_world() {
        for (act, next) in ways {
            let page = match act {
                Act::RightPassword | Act::WrongPassword | Act::TemporaryPassword => Step::Password,
                Act::ComeBack | Act::ComeBackWithSecond => Step::Sso,
                Act::RightCode | Act::RecoveryCode | Act::RecoveryCodeForLostApp => Step::SecondFactor,
                Act::MailedCode | Act::WrongCode => Step::SecondFactor,
                Act::SetUpFactor => Step::EnrollMfa,
                Act::KeepCodes => Step::RecoveryCodes,
                Act::GiveName => Step::Name,
                Act::SetQuestions | Act::PutOffQuestions => Step::SecurityQuestions,
                Act::SetPassword => Step::NewPassword,
                Act::VerifyEmail => Step::VerifyEmail,
                Act::AcceptTerms => Step::Terms,
                _ => continue,
            };
            assert_eq!(due, page, "{act:?} was not due in {world:?} and made {next:?}");
        }
    }
}

#[test]
fn from_everywhere_a_person_who_can_sign_in_still_can() {
    let worlds = every_world();
    let places: HashMap<World, usize> = worlds.iter().enumerate().map(|(at, visited)| (visited.world, at)).collect();
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); worlds.len()];
    for (at, visited) in worlds.iter().enumerate() {
        // What is made of one that is finished was not walked, unless it is reached otherwise.
        let nexts = visited.ways.iter().filter_map(|(_, next)| places.get(next));
        nexts.for_each(|next| before[*next].push(at));
    }
    // Backwards from the worlds where it ended well.
    let mut good: Vec<bool> = worlds.iter().map(|visited| visited.world.finished).collect();
    let mut queue: Vec<usize> = (0..worlds.len()).filter(|at| good[*at]).collect();
    while let Some(at) = queue.pop() {
        for earlier in &before[at] {
            if !std::mem::replace(&mut good[*earlier], true) {
                queue.push(*earlier);
            }
        }
    }
    let lost = worlds.iter().zip(&good).find(|(_, good)| !**good).map(|(visited, _)| visited.world);
    assert!(lost.is_none(), "a dead end: {lost:?}");
    assert!(worlds.len() > 3_000, "only {} worlds were walked", worlds.len());
}

/// By one's own acts alone, from the mail on: what others may do meanwhile is not needed.
#[test]
fn whoever_is_invited_meets_every_page_once_in_its_order() {
    let mut world = World { named: Some(Who::PasswordOnly), ..INVITED };
    let way = [
        (Step::Password, Act::TemporaryPassword),
        (Step::Name, Act::GiveName),
        (Step::SecurityQuestions, Act::SetQuestions),
        (Step::NewPassword, Act::SetPassword),
        (Step::VerifyEmail, Act::VerifyEmail),
        (Step::Terms, Act::AcceptTerms),
        (Step::Finish, Act::Dispatch),
    ];
    for (due, act) in way {
        assert_eq!(step(&world), due);
        world = after(world, act);
    }
    assert_eq!((step(&world), world.sessions), (Step::Finished, 1));
}

#[test]
fn a_stranger_sees_the_same_steps_whether_the_name_is_known() {
    for who in [
        Who::Nobody,
        Who::PasswordOnly,
        Who::WithAuthenticator,
        Who::MustHaveAuthenticator,
        Who::SharedMustHaveSecond,
        Who::WithPasskey,
    ] {
        for start in [START, INVITED] {
            for disabled in [false, true] {
                let world = World { named: Some(who), disabled, ..start };
                assert_eq!(step(&world), Step::Password, "{who:?}");
            }
        }
    }
}

#[test]
fn the_barred_learn_it_only_after_their_proof() {
    let world = World {
        named: Some(Who::PasswordOnly),
        first: Some((Made::Today, Method::Password)),
        disabled: true,
        ..INVITED
    };
    assert_eq!(step(&world), Step::Refused(Reason::Disabled));
}

#[test]
fn questions_wait_where_the_policy_lets_them_and_nowhere_else() {
    let lacks = Need { questions: true, ..NOTHING };
    let first = Some((Made::Today, Method::Password));
    let second = Some((Made::Today, Method::Otp));
    let proved = World { first, second, put_off: true, lacks, ..START };
    assert_eq!(step(&World { named: Some(Who::PasswordOnly), ..proved }), Step::Finish);
    assert_eq!(step(&World { named: Some(Who::WithAuthenticator), ..proved }), Step::SecurityQuestions);
}

#[test]
fn a_proof_ends_to_the_microsecond() {
    let first = Some((Made::Today, Method::Password));
    let mut world = World { named: Some(Who::PasswordOnly), first, ..START };
    assert_eq!(step(&world), Step::Finish);
    world.aged = true;
    assert_eq!(step(&world), Step::Password);
    assert_eq!(PROOF_LIVES, Duration::from_secs(1_800));
}

/// By one's own acts alone, in the order in which the pages come.
#[test]
fn whoever_must_have_a_second_factor_and_has_none_sets_one_up_and_keeps_its_codes() {
    let mut world = World { named: Some(Who::MustHaveAuthenticator), ..START };
    let way = [
        (Step::Password, Act::RightPassword),
        (Step::EnrollMfa, Act::SetUpFactor),
        (Step::RecoveryCodes, Act::KeepCodes),
        (Step::Finish, Act::Dispatch),
    ];
    for (due, act) in way {
        assert_eq!(step(&world), due);
        world = after(world, act);
    }
    assert_eq!((step(&world), world.sessions), (Step::Finished, 1));
}

#[test]
fn a_session_without_a_second_factor_is_asked_for_that_alone() {
    let steps: Vec<Step> = stepping_up().map(|world| step(&world)).collect();
    let refused = Step::Refused(Reason::NoFactor);
    assert_eq!(steps, [Step::EnrollMfa, Step::SecondFactor, refused, Step::EnrollMfa]);
    for world in stepping_up() {
        let after = step(&after(world, Act::SignOutElsewhere));
        assert!(matches!(after, Step::Password | Step::Sso), "{after:?}");
    }
}

/// By one's own acts alone.
#[test]
fn whoever_wants_another_app_sets_it_up_keeps_the_codes_and_is_not_asked_for_the_old_one() {
    for start in setting_up() {
        let mut world = start;
        let way =
            [(Step::EnrollMfa, Act::SetUpFactor), (Step::RecoveryCodes, Act::KeepCodes), (Step::Finish, Act::Dispatch)];
        for (due, act) in way {
            assert_eq!(step(&world), due, "{start:?}");
            world = after(world, act);
        }
        assert_eq!((step(&world), world.sessions), (Step::Finished, 1));
    }
}
