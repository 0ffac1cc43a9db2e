//! The whole state space, walked.

use std::collections::{HashMap, HashSet, VecDeque};
use std::time::Duration;

use super::Destination;
use super::facts::{Method, Named, Proof, SignIn, Standing};
use super::rules::{PROOF_LIVES, Reason, Step, next_step};
use crate::organizations::SignInWay;
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, SignInId};

const NOW: Time = Time(1_800_000_000_000_000);

/// The people of the walk: whom a name can lead to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Who {
    Nobody,
    PasswordOnly,
    WithAuthenticator,
    MustHaveAuthenticator,
    Sso,
}

const EVERYBODY: [Who; 5] =
    [Who::Nobody, Who::PasswordOnly, Who::WithAuthenticator, Who::MustHaveAuthenticator, Who::Sso];

/// Everything that decides, small enough to be walked whole.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
struct World {
    named: Option<Who>,
    /// Epoch of the proof, if there is one.
    first: Option<i64>,
    second: Option<i64>,
    /// The account as it is now, whatever the sign-in saw.
    epoch: i64,
    disabled: bool,
    /// Proofs are older than they may be.
    aged: bool,
    sessions: u8,
    finished: bool,
}

const START: World = World {
    named: None,
    first: None,
    second: None,
    epoch: 1,
    disabled: false,
    aged: false,
    sessions: 0,
    finished: false,
};

/// What anybody may do at any time, from any of many tabs, due or not.
#[derive(Clone, Copy, Debug)]
enum Act {
    Name(Who),
    RightPassword,
    WrongPassword,
    RightCode,
    WrongCode,
    Dispatch,
    CredentialsChange,
    Disable,
    Enable,
    TimePasses,
}

fn acts() -> Vec<Act> {
    let names = EVERYBODY.map(Act::Name);
    let others = [
        Act::RightPassword,
        Act::WrongPassword,
        Act::RightCode,
        Act::WrongCode,
        Act::Dispatch,
        Act::CredentialsChange,
        Act::Disable,
        Act::Enable,
        Act::TimePasses,
    ];
    names.into_iter().chain(others).collect()
}

fn step(world: &World) -> Step {
    let at = if world.aged { Time(NOW.0 - 1) - PROOF_LIVES } else { NOW };
    let proof = |epoch: Option<i64>| epoch.map(|epoch| Proof { method: Method::Password, epoch, at });
    let sign_in = SignIn {
        id: SignInId::from("a"),
        destination: Destination::Portal,
        named: world.named.map(|who| Named {
            identifier: "x".into(),
            subject: "x".into(),
            account: (who != Who::Nobody).then(|| AccountId::from("x")),
            route: if who == Who::Sso { SignInWay::Sso } else { SignInWay::Password },
            organization: None,
        }),
        refusal: None,
        first: proof(world.first),
        second: proof(world.second),
        finished_at: world.finished.then_some(NOW),
    };
    next_step(&sign_in, standing(world).as_ref(), NOW)
}

fn standing(world: &World) -> Option<Standing> {
    let who = world.named.filter(|who| *who != Who::Nobody)?;
    Some(Standing {
        epoch: world.epoch,
        disabled: world.disabled,
        mfa_due: matches!(who, Who::WithAuthenticator | Who::MustHaveAuthenticator),
        has_authenticator: who == Who::WithAuthenticator,
    })
}

/// The flows' writes, with their conditions: a form counts only while its page is due.
fn after(world: World, act: Act) -> World {
    match act {
        Act::Name(who) if !world.finished => {
            World { named: Some(who), first: None, second: None, aged: false, ..world }
        }
        Act::RightPassword if step(&world) == Step::Password && world.named != Some(Who::Nobody) => {
            World { first: Some(world.epoch), aged: false, ..world }
        }
        Act::RightCode if step(&world) == Step::SecondFactor => World { second: Some(world.epoch), ..world },
        Act::Dispatch if step(&world) == Step::Finish => {
            World { sessions: world.sessions + 1, finished: true, ..world }
        }
        Act::CredentialsChange if world.epoch < 3 => World { epoch: world.epoch + 1, ..world },
        Act::Disable => World { disabled: true, epoch: (world.epoch + 1).min(3), ..world },
        Act::Enable => World { disabled: false, ..world },
        Act::TimePasses => World { aged: true, ..world },
        _ => world,
    }
}

fn every_world() -> HashMap<World, Vec<(Act, World)>> {
    let mut seen = HashMap::new();
    let mut queue = VecDeque::from([START]);
    while let Some(world) = queue.pop_front() {
        if seen.contains_key(&world) {
            continue;
        }
        let next: Vec<_> = acts().into_iter().map(|act| (act, after(world, act))).collect();
        queue.extend(next.iter().map(|(_, world)| *world));
        seen.insert(world, next);
    }
    seen
}

#[test]
fn no_session_without_every_proof_under_todays_credentials() {
    for (world, ways) in every_world() {
        for (act, next) in ways {
            if next.sessions == world.sessions {
                continue;
            }
            assert!(matches!(act, Act::Dispatch), "{act:?} made a session in {world:?}");
            assert!(!world.disabled && !world.aged && world.first == Some(world.epoch), "{world:?}");
            assert!(
                !matches!(world.named, Some(Who::Nobody | Who::Sso | Who::MustHaveAuthenticator) | None),
                "{world:?}"
            );
            assert!(world.named != Some(Who::WithAuthenticator) || world.second == Some(world.epoch), "{world:?}");
        }
    }
}

#[test]
fn a_sign_in_never_gives_two_sessions() {
    assert!(every_world().keys().all(|world| world.sessions <= 1));
}

#[test]
fn stale_forms_change_nothing() {
    for (world, ways) in every_world() {
        for (act, next) in ways {
            let due = match act {
                Act::RightPassword | Act::WrongPassword => step(&world) == Step::Password,
                Act::RightCode | Act::WrongCode => step(&world) == Step::SecondFactor,
                _ => continue,
            };
            assert!(due || next == world, "{act:?} was not due in {world:?} and made {next:?}");
        }
    }
}

#[test]
fn from_everywhere_a_person_who_can_sign_in_still_can() {
    let worlds = every_world();
    // Backwards from the worlds where it ended well.
    let mut good: HashSet<World> = worlds.keys().filter(|world| world.finished).copied().collect();
    loop {
        let before = good.len();
        for (world, ways) in &worlds {
            if ways.iter().any(|(_, next)| good.contains(next)) {
                good.insert(*world);
            }
        }
        if good.len() == before {
            break;
        }
    }
    assert_eq!(good.len(), worlds.len(), "there are dead ends");
}

#[test]
fn a_stranger_sees_the_same_steps_whether_the_name_is_known() {
    for who in [Who::Nobody, Who::PasswordOnly, Who::WithAuthenticator, Who::MustHaveAuthenticator] {
        for disabled in [false, true] {
            let world = World { named: Some(who), disabled, ..START };
            assert_eq!(step(&world), Step::Password, "{who:?}");
        }
    }
}

#[test]
fn the_barred_learn_it_only_after_their_proof() {
    let world = World { named: Some(Who::PasswordOnly), first: Some(1), disabled: true, ..START };
    assert_eq!(step(&world), Step::Refused(Reason::Disabled));
}

#[test]
fn a_proof_ends_to_the_microsecond() {
    let mut world = World { named: Some(Who::PasswordOnly), first: Some(1), ..START };
    assert_eq!(step(&world), Step::Finish);
    world.aged = true;
    assert_eq!(step(&world), Step::Password);
    assert_eq!(PROOF_LIVES, Duration::from_secs(1_800));
}
