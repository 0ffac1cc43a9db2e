use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::*;
use crate::platform::clock::Time;

/// Says all of it at once, as a pipelining client would, and reads until the server closes.
async fn converse(sink: &Sink, said: &str) -> String {
    let mut stream = TcpStream::connect(sink.address()).await.unwrap();
    stream.write_all(said.as_bytes()).await.unwrap();
    let mut heard = String::new();
    stream.read_to_string(&mut heard).await.unwrap();
    heard
}

fn codes(heard: &str) -> Vec<&str> {
    heard.lines().filter(|line| line.as_bytes()[3] == b' ').map(|line| &line[..3]).collect()
}

async fn sink() -> Sink {
    Sink::start(0, Clock::fake(Time::from_seconds(1_700_000_000))).await.unwrap()
}

#[tokio::test]
async fn a_pipelined_conversation_is_answered_in_order_and_the_mail_is_kept() {
    let sink = sink().await;
    let heard = converse(
        &sink,
        "EHLO here\r\nAUTH PLAIN AGEAYg==\r\nMAIL FROM:<a@example.org> BODY=8BITMIME\r\nRCPT TO:<b@example.org>\r\n\
         DATA\r\nSubject: =?utf-8?q?d=C3=A9j=C3=A0?=\r\nMessage-ID: <1@example.org>\r\n\r\nfirst\r\n..dotted\r\n.\r\n\
         NOOP\r\nRSET\r\nMAIL FROM:<>\r\nQUIT\r\n",
    )
    .await;
    let expected = ["220", "250", "235", "250", "250", "354", "250", "250", "250", "250", "221"];
    assert_eq!(codes(&heard), expected);
    let mail = sink.inbox().last_to("B@example.org").unwrap();
    assert_eq!((mail.id, mail.from.as_str()), (1, "a@example.org"));
    assert_eq!(mail.subject, "déjà");
    assert_eq!(mail.text.trim_end(), "first\r\n.dotted");
    assert_eq!(mail.message_id, "1@example.org");
    assert_eq!(mail.at, Time::from_seconds(1_700_000_000));
}

#[tokio::test]
async fn a_message_over_one_mebibyte_is_refused_and_the_conversation_goes_on() {
    let sink = sink().await;
    let line = format!("{}\r\n", "x".repeat(998));
    let said = format!(
        "EHLO here\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n{}.\r\nQUIT\r\n",
        line.repeat(1_100)
    );
    let heard = converse(&sink, &said).await;
    assert_eq!(codes(&heard), ["220", "250", "250", "250", "354", "552", "221"]);
    assert!(sink.inbox().is_empty());
}

#[tokio::test]
async fn commands_out_of_order_and_unknown_ones_are_refused() {
    let sink = sink().await;
    let heard =
        converse(&sink, "RCPT TO:<b@example.org>\r\nDATA\r\nMAIL TO:<b>\r\nVRFY b\r\nAUTH LOGIN\r\nQUIT\r\n").await;
    assert_eq!(codes(&heard), ["220", "503", "503", "501", "502", "504", "221"]);
}

#[tokio::test]
async fn a_script_closes_the_port_and_opens_it_again() {
    let sink = sink().await;
    sink.behave(|script| script.refuse_connections = true).await;
    assert!(TcpStream::connect(sink.address()).await.is_err());
    sink.behave(Script::heal).await;
    let heard = converse(&sink, "QUIT\r\n").await;
    assert_eq!(codes(&heard), ["220", "221"]);
}
