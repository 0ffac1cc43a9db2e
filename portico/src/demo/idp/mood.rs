//! How the identity provider behaves: as it should, or as one that has trouble, so that a visitor sees what people are told then.

use tokio::sync::watch;

/// Ten minutes: further than anybody's clock may differ.
const OFF: i64 = 600;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    #[default]
    Well,
    /// Takes what programs ask, and never answers.
    Hangs,
    /// Answers programs that it is down.
    Down,
    /// Turns everybody away.
    SaysNo,
    /// Says that another colleague has come.
    Colleague,
    /// Says that somebody of another organization has come.
    Stranger,
    /// Its clock is ten minutes ahead.
    Clock,
    /// Signs with a key that it has not published.
    UnknownKey,
    /// Answers in the name of another identity provider.
    OtherIssuer,
}

impl Mood {
    pub const ALL: [Mood; 9] = [
        Mood::Well,
        Mood::SaysNo,
        Mood::Colleague,
        Mood::Stranger,
        Mood::Clock,
        Mood::UnknownKey,
        Mood::OtherIssuer,
        Mood::Down,
        Mood::Hangs,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Mood::Well => "well",
            Mood::Hangs => "hangs",
            Mood::Down => "down",
            Mood::SaysNo => "says-no",
            Mood::Colleague => "colleague",
            Mood::Stranger => "stranger",
            Mood::Clock => "clock",
            Mood::UnknownKey => "unknown-key",
            Mood::OtherIssuer => "other-issuer",
        }
    }

    pub fn of_name(name: &str) -> Option<Mood> {
        Mood::ALL.into_iter().find(|mood| mood.name() == name)
    }

    /// Seconds.
    pub fn clock_is_off_by(self) -> i64 {
        if self == Mood::Clock { OFF } else { 0 }
    }
}

/// The mood of the moment.
pub struct Moods(watch::Sender<Mood>);

impl Default for Moods {
    fn default() -> Moods {
        Moods(watch::Sender::new(Mood::default()))
    }
}

impl Moods {
    pub fn now(&self) -> Mood {
        *self.0.borrow()
    }

    pub fn set(&self, mood: Mood) {
        self.0.send_replace(mood);
    }

    /// As long as it hangs.
    pub async fn until_it_answers(&self) {
        // An error would mean that there is no house any more, and so nobody who waits.
        let _ = self.0.subscribe().wait_for(|mood| *mood != Mood::Hangs).await;
    }
}
