//! The one writer, and its group commit.
//!
//! A sync of the disk takes milliseconds, a transaction microseconds. So transactions that queue up form a group: the
//! first one begins, each later one runs in a savepoint of its own, the last one commits, and only then is anybody answered.
//!
//! ```text
//! queue ──> BEGIN IMMEDIATE ──> closure ──┬─ somebody waits, group small and young: leave the group to the next in the queue,
//!             (no open group)             │    who runs between SAVEPOINT and RELEASE or ROLLBACK TO
//!                                         └─ else COMMIT, answer everybody in the group
//! ```
//!
//! - Only a BEGIN that finds another process writing and a COMMIT that syncs wait. The first tells the runtime so; the second is
//!   done by a thread that does nothing else ([`super::commits`]), with the desk in its hands. What is between them takes
//!   microseconds; a thread for each member would cost more, in time and in memory.
//! - Whoever is to be synced takes a place and lets others go on once before its turn. Of those who became ready in the same moment
//!   each then has a place, and the first leaves its group open for them: one sync is for all.
//! - A group is synced or it is not, from its BEGIN on. Who needs no sync may join a synced group; who needs one commits a
//!   group that is not, and begins another.
//! - Every member waits for the commit, also one that read or was refused: it may have seen what another member wrote,
//!   and that is not true before it is committed.
//! - A COMMIT that fails fails the whole group. A member that fails is alone in that.
//! - Where the disk fails a COMMIT, nothing is written any more until the program starts anew: see [`super::health`].
//! - An open group always has somebody who will commit it: see [`Place`].

use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

use super::commits::Commits;
use super::health::Health;
use super::open::Location;
use super::session::{Session, explain};
use super::{closed, lend, run, take_back};
use crate::db::{Clock, Durability};
use crate::work::verdict;
use crate::{Error, OpenError, Work};

/// Beyond this, the first member waits longer than the commit saves the others.
const GROUP_MEMBERS: usize = 64;
const GROUP_AGE: Duration = Duration::from_millis(5);

pub(super) struct Writer {
    /// Whoever holds it is writing; the others queue in order of arrival.
    desk: Arc<Mutex<Desk>>,
    waiting: AtomicUsize,
    group_open: Arc<AtomicBool>,
    commits: Commits,
}

pub(super) struct Desk {
    location: Arc<Location>,
    health: Arc<Health>,
    /// Absent after a failure that left the connection in doubt; the next transaction opens a new one.
    session: Option<Session>,
    members: Vec<oneshot::Sender<Result<(), Error>>>,
    group_open: Arc<AtomicBool>,
    since: Instant,
    /// What the connection's commits are.
    durability: Durability,
}

/// Whether a group goes on, or ends with whoever has just run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    Others,
    Commit,
}

/// What a member leaves the desk with: its own answer, and where it will hear of the commit.
type Served<T, E> = (thread::Result<Result<T, E>>, oneshot::Receiver<Result<(), Error>>);

impl Writer {
    pub(super) fn new(location: Arc<Location>, health: Arc<Health>, session: Session) -> Result<Self, OpenError> {
        let group_open = Arc::new(AtomicBool::new(false));
        let desk = Desk {
            location,
            health,
            session: Some(session),
            members: Vec::new(),
            group_open: Arc::clone(&group_open),
            since: Instant::now(),
            durability: Durability::Synced,
        };
        Ok(Self {
            desk: Arc::new(Mutex::new(desk)),
            waiting: AtomicUsize::new(0),
            group_open,
            commits: Commits::start()?,
        })
    }

    pub(super) async fn write<T, E, F>(
        self: &Arc<Self>,
        durability: Durability,
        clock: &Clock,
        work: &mut F,
    ) -> Result<T, E>
    where
        E: From<Error>,
        F: for<'t> Work<'t, T, E>,
    {
        let place = Place::take(self);
        if durability == Durability::Synced {
            // Place taken, so that whoever is ahead leaves the group open.
            tokio::task::yield_now().await;
        }
        let mut desk = Arc::clone(&self.desk).lock_owned().await;
        place.reached();
        let ((answer, committed), then) = self.serve(&mut desk, durability, clock, work)?;
        match then {
            Then::Others => drop(desk),
            Then::Commit => self.commit(desk),
        }
        let answer = answer.unwrap_or_else(|panic| resume_unwind(panic));
        match committed.await {
            Ok(committed) => committed?,
            // The group was dropped with its connection, at the end of the runtime.
            Err(_) => return Err(closed().into()),
        }
        answer
    }

    /// One member, and whether it is the last one. Nothing in here can be cancelled.
    fn serve<T, E, F>(
        &self,
        desk: &mut Desk,
        durability: Durability,
        clock: &Clock,
        work: &mut F,
    ) -> Result<(Served<T, E>, Then), Error>
    where
        E: From<Error>,
        F: for<'t> Work<'t, T, E>,
    {
        let now = clock();
        if desk.is_open() && durability > desk.durability {
            // Of a group without a sync, so it does not wait.
            desk.commit();
        }
        let (session, member) = desk.begin(durability)?;
        let mut tx = lend(session, now);
        let answer = run::once(work, &mut tx);
        let (session, failed) = take_back(tx);
        let answer = answer.map(|answer| verdict(answer, failed.clone()));
        let (told, committed) = oneshot::channel();
        desk.members.push(told);
        let keep = matches!(answer, Ok(Ok(_)));
        let mut then = Then::Others;
        match session {
            Some(session) if !session.in_transaction() => {
                // A full disk makes SQLite undo everything by itself, the group's earlier members too.
                desk.session = Some(session);
                desk.answer(&Err(failed.unwrap_or_else(closed)));
            }
            Some(session) => match member.close(&session, keep) {
                Ok(()) if session.in_transaction() => {
                    desk.session = Some(session);
                    then = self.then(desk);
                }
                Ok(()) => {
                    desk.session = Some(session);
                    desk.answer(&Ok(()));
                }
                Err(error) => desk.lose(&error),
            },
            None => desk.lose(&closed()),
        }
        Ok(((answer, committed), then))
    }

    fn then(&self, desk: &Desk) -> Then {
        // Read after group_open was set: whoever leaves the queue now sees the group, or is not counted here any more.
        let nobody_waits = self.waiting.load(Ordering::SeqCst) == 0;
        let enough = desk.members.len() >= GROUP_MEMBERS || desk.since.elapsed() >= GROUP_AGE;
        if nobody_waits || enough { Then::Commit } else { Then::Others }
    }

    /// The desk comes free once it is done.
    fn commit(&self, mut desk: OwnedMutexGuard<Desk>) {
        match desk.durability {
            Durability::Unsynced => desk.commit(),
            Durability::Synced => self.commits.hand_over(desk),
        }
    }

    async fn commit_open_group(self: Arc<Self>) {
        let desk = Arc::clone(&self.desk).lock_owned().await;
        if desk.is_open() {
            self.commit(desk);
        }
    }
}

impl Desk {
    fn is_open(&self) -> bool {
        self.group_open.load(Ordering::SeqCst)
    }

    /// A session inside a group: a new one, or an open one and a new savepoint.
    fn begin(&mut self, durability: Durability) -> Result<(Session, Member), Error> {
        self.health.is_sound()?;
        let session = match self.session.take() {
            Some(session) => session,
            None => {
                // Whatever group the lost connection had is rolled back; nobody may be told otherwise.
                self.lose(&closed());
                self.durability = Durability::Synced;
                let opened = self.location.writer();
                opened.map_err(|e| explain(&e, "open the writer"))?
            }
        };
        if !self.is_open() {
            if let Err(error) = begin_group(&session, &mut self.durability, durability) {
                self.session = Some(session);
                return Err(error);
            }
            self.since = Instant::now();
            self.group_open.store(true, Ordering::SeqCst);
            return Ok((session, Member::First));
        }
        match session.control("SAVEPOINT member") {
            Ok(()) => Ok((session, Member::Later)),
            Err(error) => {
                self.lose(&error);
                Err(error)
            }
        }
    }

    pub(super) fn commit(&mut self) {
        let Some(session) = self.session.take() else {
            return;
        };
        match session.control("COMMIT") {
            Ok(()) => {
                self.session = Some(session);
                self.answer(&Ok(()));
            }
            // It may or may not have reached the disk, and the next start would find out.
            Err(Error::Unavailable(why)) => {
                self.health.fails(&why);
                self.lose(&Error::OutcomeUnknown);
            }
            Err(error) => {
                if session.control("ROLLBACK").is_ok() {
                    self.session = Some(session);
                }
                self.answer(&Err(error));
            }
        }
    }

    /// The group cannot go on. Its connection is closed, which rolls back whatever of it was left.
    fn lose(&mut self, error: &Error) {
        self.session = None;
        self.answer(&Err(error.clone()));
    }

    fn answer(&mut self, outcome: &Result<(), Error>) {
        self.group_open.store(false, Ordering::SeqCst);
        for member in self.members.drain(..) {
            // A member that no longer listens was cancelled while it waited; its transaction stands like the others.
            let _ = member.send(outcome.clone());
        }
    }
}

/// A member's place in its group, which says how it is undone.
enum Member {
    /// Nobody was there before it: without it there is no group.
    First,
    Later,
}

impl Member {
    fn close(&self, session: &Session, keep: bool) -> Result<(), Error> {
        match (self, keep) {
            (Member::First, true) => Ok(()),
            (Member::First, false) => session.control("ROLLBACK"),
            (Member::Later, true) => session.control("RELEASE member"),
            (Member::Later, false) => {
                session.control("ROLLBACK TO member")?;
                session.control("RELEASE member")
            }
        }
    }
}

/// Begins a group that is synced as `wanted`, and keeps in `current` how the connection commits.
fn begin_group(session: &Session, current: &mut Durability, wanted: Durability) -> Result<(), Error> {
    if *current != wanted {
        session.set_durability(wanted)?;
        *current = wanted;
    }
    let begin = || session.control("BEGIN IMMEDIATE");
    match session.impatiently(begin) {
        // Another process (a command of the operator's) is writing, and is waited for where the runtime knows of it.
        Err(Error::Contended) => run::blocking(begin),
        begun => begun,
    }
}

/// A place in the queue, or on the way to it. While one is taken, a group may be left open for it.
struct Place<'a> {
    writer: &'a Arc<Writer>,
    reached: bool,
}

impl<'a> Place<'a> {
    fn take(writer: &'a Arc<Writer>) -> Self {
        writer.waiting.fetch_add(1, Ordering::SeqCst);
        Self { writer, reached: false }
    }

    /// The desk is ours, and so is an open group.
    fn reached(mut self) {
        self.reached = true;
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let others = self.writer.waiting.fetch_sub(1, Ordering::SeqCst) - 1;
        // Cancelled in the queue, and perhaps a group was left open for this very place.
        let abandoned = !self.reached && others == 0;
        if abandoned && self.writer.group_open.load(Ordering::SeqCst) {
            // Without a runtime the program is ending; the group was never acknowledged and is rolled back.
            if let Ok(runtime) = tokio::runtime::Handle::try_current() {
                runtime.spawn(Arc::clone(self.writer).commit_open_group());
            }
        }
    }
}
