//! Strangers on loopback who answer as badly as they can.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rstest::rstest;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::*;

const JSON: Expects = Expects { types: &["application/json"], most: 64 * 1024 };
/// Long enough for every good answer of a busy machine.
const PLENTY: Duration = Duration::from_secs(30);
const LITTLE: Duration = Duration::from_millis(300);

/// Lets `each` answer everybody who comes, and says where.
async fn stranger<F, Done>(each: F) -> String
where
    F: Fn(TcpStream) -> Done + Send + 'static,
    Done: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/jwks", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(each(stream));
        }
    });
    url
}

/// The request's head, as far as it came in one piece.
async fn asked(stream: &mut TcpStream) -> String {
    let mut head = vec![0; 8 * 1024];
    let length = stream.read(&mut head).await.unwrap_or_default();
    String::from_utf8_lossy(&head[..length]).into_owned()
}

/// Answers with this text, and closes.
async fn answering(text: &'static str) -> String {
    stranger(async move |mut stream| {
        asked(&mut stream).await;
        let _ = stream.write_all(text.as_bytes()).await;
    })
    .await
}

fn to(name: &str) -> Place<'_> {
    Place { owner: "lakeshore", name }
}

fn way() -> Outgoing {
    Outgoing::new("http://127.0.0.1:1").unwrap()
}

async fn got(url: &str, budget: Duration) -> Result<Answer, Failed> {
    way().trip(to("the idp"), Reach::Public, budget)?.get(url, None, JSON).await
}

#[tokio::test]
async fn a_good_answer_is_what_was_asked_for() {
    let url = stranger(async |mut stream| {
        let head = asked(&mut stream).await;
        let told = [
            "GET /jwks HTTP/1.1\r\n",
            "accept: application/json\r\n",
            "authorization: Bearer t\r\n",
            "host: 127.0.0.1:",
        ];
        let good = told.iter().all(|line| head.contains(line)) && !head.contains("cookie");
        let (kind, body) = if good { ("Application/JSON; charset=utf-8", "{}") } else { ("text/plain", "") };
        let text = format!("HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        let _ = stream.write_all(text.as_bytes()).await;
    })
    .await;
    let trip = way().trip(to("the idp"), Reach::Public, PLENTY).unwrap();
    let answer = trip.get(&url, Some("Bearer t"), JSON).await.unwrap();
    assert_eq!((answer.status, answer.body.as_ref()), (200, b"{}".as_slice()));
}

#[tokio::test]
async fn a_form_is_posted_as_one() {
    let url = stranger(async |mut stream| {
        let head = asked(&mut stream).await;
        let told =
            ["POST /jwks HTTP/1.1\r\n", "content-type: application/x-www-form-urlencoded\r\n", "content-length: 3\r\n"];
        let status = if told.iter().all(|line| head.contains(line)) { "400" } else { "500" };
        let text = format!("HTTP/1.1 {status} X\r\ncontent-type: text/html\r\ncontent-length: 2\r\n\r\nno");
        let _ = stream.write_all(text.as_bytes()).await;
    })
    .await;
    let trip = way().trip(to("the idp"), Reach::Public, PLENTY).unwrap();
    // What is no good answer may be of any type: its status says enough.
    let answer = trip.post_form(&url, "a=b", None, JSON).await.unwrap();
    assert_eq!((answer.status, answer.body.as_ref()), (400, b"no".as_slice()));
}

#[rstest]
#[case("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 2\r\n\r\n{}", Failed::Type("text/html".into()))]
#[case("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}", Failed::Type("none".into()))]
#[case("HTTP/1.1 200 OK\r\ncontent-type: application/json+x\r\ncontent-length: 2\r\n\r\n{}", Failed::Type("application/json+x".into()))]
#[case("HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/inside\r\ncontent-length: 0\r\n\r\n", Failed::Redirects)]
#[case("HTTP/1.1 307 T\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n", Failed::Redirects)]
#[case(
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 104857600\r\n\r\n{",
    Failed::TooLarge(65_536)
)]
#[tokio::test]
async fn what_was_not_asked_for_is_not_taken(#[case] text: &'static str, #[case] expected: Failed) {
    let url = answering(text).await;
    assert_eq!(got(&url, PLENTY).await.unwrap_err(), expected);
}

#[rstest]
#[case("")]
#[case("HTTP/1.1 200 OK\r\ncontent-type: appl")]
#[case("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 20\r\n\r\n{\"keys\":")]
#[case("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nfffffffffffffffff\r\n")]
#[case("SSH-2.0-OpenSSH_9.6\r\n")]
#[tokio::test]
async fn an_answer_that_ends_early_or_is_none_is_none(#[case] text: &'static str) {
    let url = answering(text).await;
    assert!(matches!(got(&url, PLENTY).await, Err(Failed::Broken(_))), "{text:?}");
}

/// Goes on for as long as somebody reads, and counts how much that was.
async fn endless(head: &'static str, piece: &'static [u8]) -> (String, Arc<AtomicUsize>) {
    let sent = Arc::new(AtomicUsize::new(0));
    let counting = sent.clone();
    let url = stranger(move |mut stream| {
        let sent = counting.clone();
        async move {
            asked(&mut stream).await;
            let _ = stream.write_all(head.as_bytes()).await;
            while sent.load(Ordering::Relaxed) < 100 << 20 && stream.write_all(piece).await.is_ok() {
                sent.fetch_add(piece.len(), Ordering::Relaxed);
            }
        }
    })
    .await;
    (url, sent)
}

#[tokio::test]
async fn a_hundred_megabytes_are_left_where_they_are() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n";
    let (url, sent) = endless(head, &[b' '; 16 * 1024]).await;
    assert_eq!(got(&url, PLENTY).await.unwrap_err(), Failed::TooLarge(65_536));
    // What the buffers of two sockets hold is out of anybody's hands.
    assert!(sent.load(Ordering::Relaxed) < 20 << 20, "{} bytes were taken", sent.load(Ordering::Relaxed));
}

#[tokio::test]
async fn a_head_without_end_is_left_too() {
    let (url, sent) = endless("HTTP/1.1 200 OK\r\n", b"x-more: and more and more and more\r\n").await;
    assert!(matches!(got(&url, PLENTY).await, Err(Failed::Broken(_))));
    assert!(sent.load(Ordering::Relaxed) < 20 << 20);
}

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 60000\r\n\r\n{";

/// Keeps the line open after having said this, or says it byte by byte.
async fn hanging(text: &'static str, dribbles: bool) -> String {
    stranger(move |mut stream| async move {
        asked(&mut stream).await;
        let _ = stream.write_all(text.as_bytes()).await;
        let mut byte = [0];
        loop {
            // The other side never says more: this waits, and a timeout of it is the next drop.
            let waited = tokio::time::timeout(Duration::from_millis(20), stream.read(&mut byte)).await;
            let gone = match waited {
                Ok(read) => read.unwrap_or_default() == 0,
                Err(_) => dribbles && stream.write_all(b" ").await.is_err(),
            };
            if gone {
                return;
            }
        }
    })
    .await
}

#[rstest]
#[case::after_accepting("", false)]
#[case::in_the_head("HTTP/1.1 200", false)]
#[case::in_the_body(HEAD, false)]
#[case::dribbling(HEAD, true)]
#[tokio::test]
async fn who_hangs_costs_the_time_that_was_given_and_no_more(#[case] text: &'static str, #[case] dribbles: bool) {
    let url = hanging(text, dribbles).await;
    let begun = Instant::now();
    assert_eq!(got(&url, LITTLE).await.unwrap_err(), Failed::Late);
    assert!(begun.elapsed() >= LITTLE && begun.elapsed() < PLENTY);
}

#[tokio::test]
async fn all_requests_of_a_trip_share_its_time() {
    let (fast, slow) = (answering("HTTP/1.1 204 No\r\n\r\n").await, hanging("", false).await);
    let trip = way().trip(to("the idp"), Reach::Public, LITTLE).unwrap();
    let types = Expects { types: &[], ..JSON };
    assert_eq!(trip.get(&fast, None, types).await.unwrap().status, 204);
    assert_eq!(trip.get(&slow, None, types).await.unwrap_err(), Failed::Late);
    assert_eq!(trip.get(&fast, None, types).await.unwrap_err(), Failed::Late, "there is none left");
}

#[tokio::test]
async fn who_is_one_too_many_is_told_at_once_and_another_place_is_free() {
    let way = way();
    let trips: Vec<Trip> = (0..50).map(|_| way.trip(to("hangs"), Reach::Public, PLENTY).unwrap()).collect();
    assert_eq!(way.trip(to("hangs"), Reach::Public, PLENTY).err(), Some(Failed::Crowded));
    assert!(way.clone().trip(to("another"), Reach::Public, PLENTY).is_ok());
    drop(trips);
    assert!(way.trip(to("hangs"), Reach::Public, PLENTY).is_ok());
}

#[test]
fn one_source_has_half_of_the_seats_and_leaves_the_rest_to_others() {
    let way = way();
    let seats: Vec<Seat> = (0..25).map(|_| way.seat_of("192.0.2.1", "the idp").unwrap()).collect();
    assert_eq!(way.seat_of("192.0.2.1", "the idp").err(), Some(Failed::Crowded));
    assert!(way.seat_of("192.0.2.2", "the idp").is_ok() && way.seat_of("192.0.2.1", "another").is_ok());
    drop(seats);
    assert!(way.seat_of("192.0.2.1", "the idp").is_ok());
}

#[tokio::test]
async fn a_deployment_that_is_elsewhere_does_not_ask_this_machine() {
    let away = Outgoing::new("https://door.example").unwrap();
    let trip = away.trip(to("the idp"), Reach::Private, PLENTY).unwrap();
    let refused = |url: &'static str| trip.get(url, None, JSON);
    assert_eq!(refused("http://127.0.0.1:1/").await.unwrap_err(), Failed::Refused(Refused::Address));
    assert_eq!(refused("https://127.0.0.1:1/").await.unwrap_err(), Failed::Refused(Refused::Place));
    assert_eq!(refused("https://169.254.169.254/").await.unwrap_err(), Failed::Refused(Refused::Place));
    let public = away.trip(to("the idp"), Reach::Public, PLENTY).unwrap();
    let private = public.get("https://10.0.0.1/", None, JSON).await;
    assert_eq!(private.unwrap_err(), Failed::Refused(Refused::Private));
}
