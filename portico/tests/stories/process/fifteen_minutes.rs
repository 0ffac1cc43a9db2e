//! The fifteen minutes of a temporary password, by the clock of the real program: on every node and after a restart.

use std::sync::Arc;
use std::time::Duration;

use portico::demo::Mail;
use portico::platform::clock::{Clock, Time};
use rstest::rstest;

use super::{Deployment, Node, StandingClock, until};
use crate::support::Engine;
use crate::support::steps::WRONG_PASSWORD;

const IRIS: &str = "iris@riverside.example";
const SECOND: Duration = Duration::from_secs(1);
const LIFE: Duration = Duration::from_secs(15 * 60);
const FIRST_STEP: &str = "What is your name?";

fn temporary_password(mail: &Mail) -> String {
    let found = mail.text.lines().find_map(|line| line.strip_prefix("Temporary password: "));
    found.unwrap_or_else(|| panic!("no temporary password in:\n{}", mail.text)).to_owned()
}

async fn renewed(deployment: &Deployment) -> Arc<Mail> {
    let newest = || deployment.mailbox.last_to(IRIS).filter(|mail| mail.subject == "Continue your registration");
    until("a fresh mail for Iris", async || newest()).await
}

/// She comes in with it, at every node.
async fn opens(nodes: &[Node], password: &str) {
    for node in nodes {
        let seen = node.visitor().sign_in(IRIS, password).await.unwrap();
        assert_eq!(seen.heading(), FIRST_STEP, "{}", seen.problem());
    }
}

/// It is no more than any wrong password, at every node. They are too few to be locked.
async fn opens_nothing(nodes: &[Node], password: &str) {
    for node in nodes {
        assert_eq!(node.visitor().sign_in(IRIS, password).await.unwrap().problem(), WRONG_PASSWORD);
    }
}

#[rstest]
#[case::of_one_node_on_sqlite(Engine::Sqlite, 1)]
#[case::of_two_nodes_on_postgres(Engine::Postgres, 2)]
#[tokio::test(flavor = "multi_thread")]
async fn clock_of_the_program_lets_a_temporary_password_in_at_14_59_and_not_at_15_01(
    #[case] engine: Engine,
    #[case] count: usize,
) {
    let deployment = Deployment::new(engine).await;
    // After all that has happened so far, and far enough to be no other clock's time.
    let handed_over = Time::from_seconds((Clock::system().now() + 40 * LIFE).seconds());
    let clock = StandingClock::at(&deployment, handed_over);
    let mut nodes: Vec<_> = (0..count).map(|_| deployment.start_by(&clock)).collect();
    let to = ["--organization", "riverside", "--product", "tracer"];
    deployment.run(&[&["account", "invite", IRIS], &to[..]].concat()).await.exits(0);
    let mail = deployment.mailbox.mail_to(IRIS).await;
    let temporary = temporary_password(&mail);
    let at = "SELECT MAX(expires_at) - 900000000 FROM one_time";
    assert_eq!(deployment.count(at, &[]).await, handed_over.0, "the program goes by another clock");

    clock.set(handed_over + LIFE - SECOND);
    opens(&nodes, &temporary).await;
    nodes[0].kill();
    nodes[0] = deployment.start_by(&clock);
    opens(&nodes, &temporary).await;

    clock.set(handed_over + LIFE + SECOND);
    opens_nothing(&nodes, &temporary).await;
    // Nobody is stranded, whichever node is asked.
    let last = nodes.last().unwrap();
    last.visitor().ask_for_reset(IRIS).await.unwrap();
    let fresh = temporary_password(&*renewed(&deployment).await);
    assert_ne!(fresh, temporary);
    opens(&nodes, &fresh).await;
    for node in nodes.drain(..) {
        node.stop().await;
    }
    // And what has run out stays so over a restart.
    let nodes = [deployment.start_by(&clock)];
    opens_nothing(&nodes, &temporary).await;
    opens(&nodes, &fresh).await;
    let [node] = nodes;
    node.stop().await;
    deployment.finish().await;
}
