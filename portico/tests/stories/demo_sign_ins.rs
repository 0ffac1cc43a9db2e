//! What the demo shows of sign-ins that are not as always; see `demo_mail`.

use std::time::Duration;

use portico::sign_in;

use crate::demo_mail::{Demo, NORA};
use crate::support::PASSWORD;
use crate::support::steps::WRONG;

const HALF_AN_HOUR: Duration = Duration::from_secs(1_800);

impl Demo {
    /// From elsewhere, after failures, half-way, and from one address for many names.
    pub async fn sign_ins(&self) {
        let (home, work) = ("198.51.100.7", "192.0.2.9");
        let known = self.0.browser();
        known.clone().at_address(home).sign_in(NORA).await;
        known.clone().at_address(work).sign_in(NORA).await;
        self.0.browser().at_address("203.0.113.9").sign_in(NORA).await;
        self.guess(NORA).await;
        known.clone().at_address(home).sign_in(NORA).await;
        self.guess(NORA).await;
        self.0.browser().try_password("help@portico.example", PASSWORD).await.is_headed("One more step");
        self.0.pass(HALF_AN_HOUR);
        self.0.browser().at_address(work).sign_in(NORA).await;
        sign_in::tell_half(self.0.app()).await.unwrap();
        let strict = self.0.node_with(|parts| parts.limits.names = 2).await;
        for number in 0..2 {
            strict.browser().at_address(home).try_password(&format!("nobody-{number}"), WRONG).await;
        }
    }
}
