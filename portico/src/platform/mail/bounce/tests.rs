use std::fs::{self, File};
use std::io;
use std::path::Path;

use proptest::prelude::*;
use rstest::rstest;

use super::maildir::Maildir;
use super::report::read;

const ID: &str = "01920000-0000-7000-8000-00000000abcd";
const ANN: &str = "ann@riverside.example";

/// A report as Postfix writes it.
fn report(action: &str, status: &str, diagnostic: &str, returned: &str) -> String {
    format!(
        "From: MAILER-DAEMON@relay.example (Mail Delivery System)\r\nTo: bounces@door.example\r\n\
         Subject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"B\"\r\n\r\n\
         --B\r\nContent-Type: text/plain\r\n\r\nI'm sorry to have to inform you.\r\n\r\n\
         --B\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; relay.example\r\nArrival-Date: Sat, 21 Nov 2026 10:00:00 +0000\r\n\r\n\
         Final-Recipient: rfc822; {ANN}\r\nOriginal-Recipient: rfc822;{ANN}\r\nAction: {action}\r\nStatus: {status}\r\n\
         Remote-MTA: dns; mx.riverside.example\r\nDiagnostic-Code: smtp; {diagnostic}\r\n\r\n\
         --B\r\n{returned}\r\n--B--\r\n"
    )
}

fn whole_mail() -> String {
    format!(
        "Content-Type: message/rfc822\r\n\r\nMessage-ID: <{ID}@door.example>\r\nSubject: Reset your password\r\n\r\nBody"
    )
}

fn headers_only() -> String {
    format!("Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{ID}@door.example>\r\nSubject: x\r\n")
}

#[rstest]
#[case::the_whole_mail_came_back(whole_mail())]
#[case::only_its_headers_did(headers_only())]
fn a_report_names_our_mail_and_what_failed(#[case] returned: String) {
    let raw = report("failed", "5.1.1", "550 5.1.1 <ann@riverside.example>:\r\n    no such user", &returned);
    let report = read(raw.as_bytes(), "door.example").unwrap();
    assert_eq!(report.mails, [ID]);
    let outcome = report.outcome_for(&ANN.to_uppercase()).unwrap();
    assert!(outcome.failed);
    assert_eq!((outcome.status.as_str(), outcome.code), ("5.1.1", Some(550)));
    assert_eq!(outcome.text(), "550 5.1.1 <ann@riverside.example>: no such user");
}

#[test]
fn a_delay_is_no_failure_and_a_success_is_nothing() {
    let delayed = report("delayed", "4.4.1", "451 4.4.1 timed out", &headers_only());
    assert!(!read(delayed.as_bytes(), "door.example").unwrap().outcome_for(ANN).unwrap().failed);
    let delivered = report("delivered", "2.0.0", "250 ok", &headers_only());
    assert_eq!(read(delivered.as_bytes(), "door.example"), None);
}

#[test]
fn a_mail_that_was_forwarded_comes_back_from_somewhere_else() {
    let raw = report("failed", "5.2.2", "552 full", &headers_only());
    assert!(read(raw.as_bytes(), "door.example").unwrap().outcome_for("list@harbor.example").is_some());
    let two = raw.replace(
        "Final-Recipient: rfc822",
        "Final-Recipient: rfc822; bob@riverside.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\nFinal-Recipient: rfc822",
    );
    let two = read(two.as_bytes(), "door.example").unwrap();
    assert_eq!(two.outcome_for("list@harbor.example"), None, "nobody knows which one is meant");
    assert_eq!(two.outcome_for(ANN).unwrap().status, "5.2.2");
}

#[rstest]
#[case::somebody_elses_mail(headers_only().replace("door.example", "elsewhere.example"))]
#[case::no_id_of_ours(headers_only().replace(ID, "../../etc/passwd"))]
#[case::no_mail_at_all("Content-Type: text/plain\r\n\r\nnothing".to_owned())]
fn a_report_on_nothing_of_ours_is_none(#[case] returned: String) {
    let raw = report("failed", "5.1.1", "550 no", &returned);
    assert_eq!(read(raw.as_bytes(), "door.example"), None);
}

#[test]
fn what_a_stranger_writes_is_cut_and_holds_no_control_characters() {
    let long = format!("550 \u{1b}[31m{}", "x".repeat(10_000));
    let raw = report("failed", "5.0.0", &long, &headers_only());
    let text = read(raw.as_bytes(), "door.example").unwrap().outcome_for(ANN).unwrap().text();
    assert!(text.chars().count() < 320 && !text.contains('\u{1b}'), "{text}");
}

#[test]
fn an_answer_by_a_person_on_holiday_is_no_report() {
    let raw =
        format!("From: ann@riverside.example\r\nIn-Reply-To: <{ID}@door.example>\r\nSubject: Away\r\n\r\nI am away.");
    assert_eq!(read(raw.as_bytes(), "door.example"), None);
}

/// Whoever runs the tests may be allowed to read everything.
fn refuses_some(path: &Path) -> io::Result<File> {
    let locked = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("locked"));
    if locked { Err(io::ErrorKind::PermissionDenied.into()) } else { File::open(path) }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn maildir() -> (tempfile::TempDir, Maildir) {
    let folder = tempfile::tempdir().unwrap();
    for name in ["new", "cur", "tmp"] {
        fs::create_dir(folder.path().join(name)).unwrap();
    }
    let maildir = Maildir::new(folder.path().to_owned()).opening(refuses_some);
    (folder, maildir)
}

fn read_all(maildir: &Maildir, at_most: usize) -> Vec<Vec<u8>> {
    let arrivals = maildir.arrivals(at_most).unwrap();
    arrivals.iter().for_each(|arrival| maildir.put_away(arrival));
    arrivals.into_iter().map(|arrival| arrival.bytes).collect()
}

#[test]
fn files_that_cannot_be_read_are_set_aside_and_keep_nobody_waiting() {
    let (folder, maildir) = maildir();
    let new = folder.path().join("new");
    for number in 0..60 {
        fs::write(new.join(format!("locked-{number:02}")), "x").unwrap();
    }
    fs::write(new.join("z1"), "one").unwrap();
    fs::write(new.join("z2"), "two").unwrap();
    assert_eq!(read_all(&maildir, 1), [b"one"]);
    assert_eq!(read_all(&maildir, 1), [b"two"]);
    assert!(names(&new).is_empty() && names(&folder.path().join("unreadable")).len() == 60);
    assert_eq!(names(&folder.path().join("cur")), ["z1:2,S", "z2:2,S"]);
}

#[test]
fn what_can_neither_be_read_nor_moved_is_passed_over_until_it_can_be_moved() {
    let (folder, maildir) = maildir();
    let new = folder.path().join("new");
    // Where it should go, something else is in its way.
    fs::write(folder.path().join("unreadable"), "").unwrap();
    fs::create_dir(folder.path().join("cur").join("a:2,S")).unwrap();
    for name in ["locked", "a", "b"] {
        fs::write(new.join(name), name).unwrap();
    }
    assert_eq!(read_all(&maildir, 1), [b"a"]);
    assert_eq!(read_all(&maildir, 1), [b"b"]);
    assert_eq!(names(&new), ["a", "locked"]);
    assert!(read_all(&maildir, 1).is_empty(), "what was read is not read again");
    fs::remove_file(folder.path().join("unreadable")).unwrap();
    fs::remove_dir(folder.path().join("cur").join("a:2,S")).unwrap();
    assert!(read_all(&maildir, 1).is_empty());
    assert!(names(&new).is_empty() && names(&folder.path().join("cur")) == ["a:2,S", "b:2,S"]);
    fs::write(new.join("a"), "again").unwrap();
    assert_eq!(read_all(&maildir, 1), [b"again"], "another mail may come under the name of one that is gone");
}

proptest! {
    #[test]
    fn nothing_a_stranger_sends_upsets_us(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = read(&bytes, "door.example");
    }

    #[test]
    fn nor_a_report_that_was_tampered_with(at in 0usize..900, with in any::<u8>(), cut in 0usize..1_200) {
        let mut raw = report("failed", "5.1.1", "550 no", &whole_mail()).into_bytes();
        if let Some(byte) = raw.get_mut(at) {
            *byte = with;
        }
        raw.truncate(cut);
        let _ = read(&raw, "door.example");
    }
}
