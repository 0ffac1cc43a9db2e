//! What cannot be opened says so in a sentence that can be shown, and without the password.

use store::{Db, OpenError};

use crate::support::{Ground, count, set};

async fn refused(ground: &Ground, url: &str) -> OpenError {
    let error = Db::open(url, ground.options()).await.err().unwrap();
    let text = error.to_string();
    assert!(text.ends_with('.'), "{text}");
    assert!(!text.contains("hunter2"), "{text}");
    error
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_kind_of_address_is_refused() {
    let ground = Ground::sqlite().await;
    for url in ["", "mysql://u:hunter2@h/d", "/var/lib/portico.db"] {
        assert!(matches!(refused(&ground, url).await, OpenError::Address));
    }
    for url in ["sqlite:", "postgres://u:hunter2@h:port/d", "postgres://u:hunter2@h/d?color=red"] {
        let error = refused(&ground, url).await;
        assert!(matches!(error, OpenError::Malformed(_)), "{error:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_folder_and_a_file_that_is_no_database_are_told_apart() {
    let ground = Ground::sqlite().await;
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| format!("sqlite:{}", folder.path().join(name).display());

    let error = refused(&ground, &at("nowhere/p.db")).await;
    assert!(matches!(error, OpenError::FolderMissing(_)), "{error:?}");

    let letter = "Dear Sir or Madam, this is a letter and not a database. ".repeat(100);
    std::fs::write(folder.path().join("letter.db"), &letter).unwrap();
    let error = refused(&ground, &at("letter.db")).await;
    assert!(matches!(error, OpenError::NotADatabase(_)), "{error:?}");
    let after = std::fs::read_to_string(folder.path().join("letter.db")).unwrap();
    assert_eq!(after, letter, "it is left as it was");

    std::fs::create_dir(folder.path().join("folder.db")).unwrap();
    let error = refused(&ground, &at("folder.db")).await;
    assert!(matches!(error, OpenError::NotWritable(_)), "{error:?}");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_on_the_machine_can_read_the_file() {
    use std::os::unix::fs::PermissionsExt;

    let ground = Ground::sqlite().await;
    let db = ground.counters().await;
    set(&db, "a", 1).await;
    let path = ground.url.strip_prefix("sqlite:").unwrap();
    for path in [path.to_owned(), format!("{path}-wal")] {
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_is_there_after_reopening() {
    let ground = Ground::sqlite().await;
    let db = ground.counters().await;
    set(&db, "a", 5).await;
    drop(db);
    assert_eq!(count(&ground.open().await, "a").await, Some(5));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_cannot_be_reached_is_told_from_a_wrong_name() {
    let ground = Ground::postgres().await;
    // Taken and given back, so that nobody listens there.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = listener.local_addr().unwrap();
    drop(listener);
    let url = format!("postgres://u:hunter2@{nobody}/d");
    let error = refused(&ground, &url).await;
    assert!(matches!(error, OpenError::Unreachable(_)), "{error:?}");

    let (base, _) = ground.url.rsplit_once('/').unwrap();
    let error = refused(&ground, &format!("{base}/no_such_database")).await;
    assert!(matches!(error, OpenError::NoSuchDatabase), "{error:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_hosts_the_one_that_answers_is_used() {
    let ground = Ground::postgres().await;
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = listener.local_addr().unwrap();
    drop(listener);
    let at = ground.url.find('@').unwrap() + 1;
    let (user, rest) = ground.url.split_at(at);
    let url = format!("{user}{nobody},{rest}");
    let db = Db::open(&url, ground.options()).await.unwrap();
    assert_eq!(db.ping().await, Ok(()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_confirms_before_it_writes_is_refused() {
    let ground = Ground::postgres().await;
    let url = format!("{}&options=-c%20synchronous_commit%3Doff", ground.url);
    let error = refused(&ground, &url).await;
    assert!(matches!(error, OpenError::NotDurable), "{error:?}");
}
