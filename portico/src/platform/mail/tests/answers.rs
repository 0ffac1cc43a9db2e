//! Mails that answer whoever has typed a name.

use super::*;

/// With a temporary password for whom there is one, as it is for the invited.
#[derive(Serialize, Deserialize)]
pub(super) struct AnswerLetter {
    temporary: Option<OneTimeId>,
}

impl Letter for AnswerLetter {
    const KIND: &'static str = "test.answer";
    const ANSWERS: bool = true;

    fn compose(&self, desk: &Desk) -> Message {
        let said = self.temporary.as_ref().map_or_else(|| "Nothing".to_owned(), |id| desk.temporary_password(id));
        Message { subject: "Answer".to_owned(), preview: "To you".to_owned(), blocks: vec![Block::Text(said)] }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn stranger_cannot_tell_by_the_work_of_a_hand_over_whether_a_mail_has_a_temporary_password() {
    let world = World::new().await;
    let (_, temporary) = world.queue_with(Some(ANN), "Reset your password").await;
    assert_eq!(world.courier().deliver_due().await, 1);
    assert_eq!(world.hashed.load(Ordering::SeqCst), 0, "nobody has asked for it by typing a name");
    for (times, temporary) in (1..).zip([Some(temporary), None]) {
        let letter = AnswerLetter { temporary };
        let queue = async |tx: &mut Tx| {
            let post = Post { to: Some(ANN), letter: &letter, account: Some(&world.ann), language: "en" };
            queue(tx, &world.office, post).await
        };
        world.test.db.write("test", queue).await.unwrap();
        assert_eq!(world.courier().deliver_due().await, 1);
        assert_eq!(world.hashed.load(Ordering::SeqCst), times);
    }
}
