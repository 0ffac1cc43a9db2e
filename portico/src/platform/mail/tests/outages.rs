//! Servers that refuse, dawdle, die and come back.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_message_and_a_mail_of_another_version() {
    let world = World::new().await;
    let id = world.queue(Some(ANN)).await;
    world.sink.behave(|script| script.message = Some("554 5.7.1 looks like spam".to_owned())).await;
    world.courier().deliver_due().await;
    assert_eq!(world.line(&id).await.state, State::Refused);
    world.sink.behave(Script::heal).await;
    let newer = world.queue(Some(ANN)).await;
    world.test.write("UPDATE outbox SET kind = 'test.newer' WHERE state = 'queued'").await;
    assert_eq!(world.courier().deliver_due().await, 0);
    assert_eq!(world.line(&newer).await.state, State::Deferred);
    assert!(world.sink.inbox().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_is_given_up_after_two_days() {
    let world = World::new().await;
    let id = world.queue(Some(ANN)).await;
    world.sink.behave(|script| script.answer(ANN, "451 4.7.1 greylisted")).await;
    world.test.clock.advance(48 * HOUR);
    world.courier().deliver_due().await;
    let line = world.line(&id).await;
    assert_eq!((line.state, line.smtp_code), (State::Refused, Some(451)));
    let recent = world.test.db.read("test", async |tx| recent_for(tx, Whose::Account(&world.ann)).await);
    let recent = recent.await.unwrap();
    assert_eq!((recent.len(), &recent[0].line), (1, &line));
    let to = world.test.db.read("test", async |tx| recent_for(tx, Whose::Recipient(ANN)).await);
    assert_eq!(to.await.unwrap(), recent);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_courier_is_woken_by_the_queue_and_stops_when_asked() {
    let world = World::new().await;
    let (stop, shutdown) = jobs::shutdown();
    let running = tokio::spawn(world.courier().run(shutdown));
    let id = world.queue(Some(ANN)).await;
    let delivered = async {
        while world.line(&id).await.state != State::HandedOver {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), delivered).await.unwrap();
    stop.request();
    tokio::time::timeout(Duration::from_secs(5), running).await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_greeting_is_waited_for() {
    let world = World::new().await;
    world.queue(Some(ANN)).await;
    let slow = Some(Duration::from_millis(100));
    world.sink.behave(|script| script.slow_banner = slow).await;
    assert_eq!(world.courier().deliver_due().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_connection_that_died_is_replaced_and_nobody_notices() {
    let world = World::new().await;
    let courier = world.courier();
    for cut in [false, false, true] {
        if cut {
            world.sink.behave(|script| script.refuse_connections = true).await;
            world.sink.behave(Script::heal).await;
        }
        let id = world.queue(Some(ANN)).await;
        assert_eq!(courier.deliver_due().await, 1);
        assert_eq!(world.line(&id).await.attempts, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_mails_wait_out_a_dead_server_together_and_then_go_each_once() {
    let world = World::new().await;
    world.sink.behave(|script| script.refuse_connections = true).await;
    for _ in 0..MANY {
        world.queue(Some(ANN)).await;
    }
    let (stop, shutdown) = jobs::shutdown();
    let running = tokio::spawn(world.courier().run(shutdown));
    let deferred = "UPDATE outbox SET attempts = attempts WHERE state = 'deferred'";
    while world.test.write(deferred).await == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    stop.request();
    running.await.unwrap();
    let tried = world.test.write("UPDATE outbox SET attempts = attempts WHERE attempts > 0").await;
    assert!(tried <= 4, "{tried} found out by themselves");
    world.sink.behave(Script::heal).await;
    world.test.clock.advance(HOUR);
    assert_eq!(world.courier().deliver_due().await, MANY);
    let mut ids: Vec<_> = world.sink.inbox().take().into_iter().map(|mail| mail.message_id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), MANY);
    let stale = "UPDATE one_time SET used_at = NULL WHERE expires_at < created_at + lifetime + 3600000000";
    assert_eq!(world.test.write(stale).await, 0, "every link has its whole hour left");
}
