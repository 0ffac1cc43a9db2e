//! A clock for the real program that stands until it is moved. The program knows nothing of it: libfaketime stands between
//! it and the system, and reads from a file what time it is.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use jiff::Timestamp;
use portico::platform::clock::Time;

use super::Deployment;

pub struct StandingClock(PathBuf);

impl StandingClock {
    /// One clock for all nodes of a deployment.
    pub fn at(deployment: &Deployment, time: Time) -> StandingClock {
        let clock = StandingClock(deployment.path("clock"));
        clock.set(time);
        clock
    }

    /// Whole seconds are kept.
    pub fn set(&self, time: Time) {
        let text = Timestamp::from_second(time.seconds()).unwrap().strftime("%Y-%m-%d %H:%M:%S\n").to_string();
        // Put there whole: a node may read at any moment.
        let draft = self.0.with_extension("draft");
        fs::write(&draft, text).unwrap();
        fs::rename(&draft, &self.0).unwrap();
    }

    /// Puts a program under this clock. How long something takes is measured as ever: only what time it is is told.
    pub fn rule<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        let library = env::var("PORTICO_TEST_CLOCK")
            .expect("PORTICO_TEST_CLOCK names no libfaketime: run ./test, which finds it");
        command
            .env("LD_PRELOAD", library)
            .env("FAKETIME_TIMESTAMP_FILE", &self.0)
            .env("FAKETIME_NO_CACHE", "1")
            .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
            .env("TZ", "UTC")
    }
}
