//! What the demo shows of sign-ins that are not as always; see `demo_mail`.

use std::time::Duration;

use portico::{sign_in, sources};
use store::{Error, Tx};

use crate::demo_mail::{Demo, NORA};
use crate::support::PASSWORD;

const HALF_AN_HOUR: Duration = Duration::from_secs(1_800);

impl Demo {
    /// From elsewhere, after failures, half-way, and from one address for many names.
    pub async fn sign_ins(&self) {
        let (home, work) = ("198.51.100.7", "192.0.2.9");
        let (app, known) = (self.0.app(), self.0.browser());
        for address in [home, work] {
            known.clone().at_address(address).sign_in(NORA).await.press("Sign out").await;
        }
        self.0.browser().at_address("203.0.113.9").sign_in(NORA).await;
        self.guess(NORA).await;
        known.clone().at_address(home).sign_in(NORA).await;
        self.guess(NORA).await;
        self.0.browser().try_password("help@portico.example", PASSWORD).await.is_headed("One more step");
        self.0.pass(HALF_AN_HOUR);
        self.0.browser().at_address(work).sign_in(NORA).await;
        sign_in::tell_half(app).await.unwrap();
        // As many as it takes: two hundred forms would say no more.
        let spray = async |tx: &mut Tx| {
            for number in 0..app.limits.names {
                sources::failed(tx, app, home.parse().unwrap(), &format!("nobody-{number}")).await?;
            }
            Ok::<_, Error>(())
        };
        app.db.write("story.spray", spray).await.unwrap();
    }
}
