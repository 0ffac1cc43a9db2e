//! Values, the clock, statements, and futures that may travel between threads.

use std::sync::atomic::Ordering;

use store::{Column, Db, Engine, Error, Param, Tx, Value};

use crate::support::{Ground, NOON, count, set};

on_both_engines!(
    every_kind_of_value_comes_back_as_it_went_in,
    a_value_of_another_kind_is_an_error_and_not_a_guess,
    the_clock_stands_still_in_a_transaction,
    a_wrong_number_of_parameters_is_an_error,
    numbered_parameters_may_be_used_twice_and_in_any_order,
    rows_touched_are_counted,
    an_unsynced_write_is_whole_seen_by_all_and_kept_over_a_reopening,
    returning_gives_the_rows_written,
    a_statement_that_cannot_work_does_not_prepare,
    a_read_cannot_write,
    a_failed_statement_ends_its_transaction_even_if_ignored,
    futures_are_send_with_whatever_handlers_capture,
    the_database_answers_a_ping,
);

async fn every_kind_of_value_comes_back_as_it_went_in(ground: Ground) {
    let db = ground.counters().await;
    let seal = vec![0_u8, 255, 39];
    let note = String::from("it's $1 – ж");
    let none: Option<&str> = None;
    let kept: Result<(), Error> = db
        .write("test.values", async |tx| {
            tx.execute(
                "INSERT INTO counters (name, count, seal, note) VALUES ($1, $2, $3, $4), ($5, $6, $7, $8)",
                &[&"full", &i64::MIN, &seal, &note, &"empty", &i64::MAX, &Value::Null, &none],
            )
            .await?;
            Ok(())
        })
        .await;
    kept.unwrap();
    let rows: Result<_, Error> = db
        .read("test.values", async |tx| tx.all("SELECT name, count, seal, note FROM counters ORDER BY name", &[]).await)
        .await;
    let rows = rows.unwrap();
    assert_eq!(rows[0].get::<i64>(1), Ok(i64::MAX));
    assert_eq!(rows[0].get::<Option<Vec<u8>>>(2), Ok(None));
    assert_eq!(rows[0].get::<Option<String>>(3), Ok(None));
    assert_eq!(rows[1].get::<String>(0), Ok("full".to_owned()));
    assert_eq!(rows[1].get::<Option<i64>>(1), Ok(Some(i64::MIN)));
    assert_eq!(rows[1].get::<Vec<u8>>(2), Ok(seal));
    assert_eq!(rows[1].get::<String>(3), Ok(note));
}

async fn a_value_of_another_kind_is_an_error_and_not_a_guess(ground: Ground) {
    let db = ground.counters().await;
    set(&db, "one", 1).await;
    let row: Result<_, Error> =
        db.read("test.kinds", async |tx| tx.first("SELECT name, count, note FROM counters", &[]).await).await;
    let row = row.unwrap().unwrap();
    for (index, error) in [
        (0, row.get::<i64>(0).unwrap_err()),
        (1, row.get::<String>(1).unwrap_err()),
        (2, row.get::<String>(2).unwrap_err()),
        (3, row.get::<String>(3).unwrap_err()),
    ] {
        assert!(matches!(error, Error::Column { index: at, .. } if at == index));
    }
    // Neither does a text get into a column of integers.
    let wrong: Result<u64, Error> = db
        .write("test.kinds", async |tx| {
            tx.execute("INSERT INTO counters (name, count) VALUES ($1, $2)", &[&"two", &"2x"]).await
        })
        .await;
    assert!(matches!(wrong, Err(Error::Statement { .. })), "{wrong:?}");
}

async fn the_clock_stands_still_in_a_transaction(ground: Ground) {
    let db = ground.counters().await;
    let clock = &ground.clock;
    let seen: Result<(i64, i64), Error> = db
        .write("test.clock", async |tx| {
            let before = tx.now();
            clock.fetch_add(1, Ordering::SeqCst);
            Ok((before, tx.now()))
        })
        .await;
    assert_eq!(seen, Ok((NOON, NOON)));
}

async fn a_wrong_number_of_parameters_is_an_error(ground: Ground) {
    let db = ground.counters().await;
    for given in [&[] as &[&dyn Param], &[&"a", &"b"]] {
        let read: Result<_, Error> = db
            .read("test.parameters", async |tx| tx.all("SELECT count FROM counters WHERE name = $1", given).await)
            .await;
        assert!(matches!(read.err(), Some(Error::Statement { .. })));
    }
}

async fn numbered_parameters_may_be_used_twice_and_in_any_order(ground: Ground) {
    let db = ground.counters().await;
    let done: Result<u64, Error> = db
        .write("test.parameters", async |tx| {
            tx.execute("INSERT INTO counters (note, count, name) VALUES ($2, $1, $2)", &[&7_i64, &"seven"]).await
        })
        .await;
    assert_eq!(done, Ok(1));
    assert_eq!(count(&db, "seven").await, Some(7));
}

async fn rows_touched_are_counted(ground: Ground) {
    let db = ground.counters().await;
    for name in ["a", "b", "c"] {
        set(&db, name, 0).await;
    }
    let touched: Result<_, Error> = db
        .write("test.touched", async |tx| {
            let some = tx.execute("UPDATE counters SET count = 1 WHERE name <> $1", &[&"a"]).await?;
            let none = tx.execute("DELETE FROM counters WHERE name = $1", &[&"z"]).await?;
            let kept =
                tx.execute("INSERT INTO counters (name, count) VALUES ($1, 9) ON CONFLICT DO NOTHING", &[&"a"]).await?;
            Ok((some, none, kept))
        })
        .await;
    assert_eq!(touched, Ok((2, 0, 0)));
}

async fn an_unsynced_write_is_whole_seen_by_all_and_kept_over_a_reopening(ground: Ground) {
    let (db, elsewhere) = (ground.counters().await, ground.open().await);
    let insert = "INSERT INTO counters (name, count) VALUES ($1, 7)";
    let refused: Result<(), Error> = db
        .write_unsynced("test.refused", async |tx| {
            tx.execute(insert, &[&"refused"]).await?;
            Err(Error::column("as the test wants it"))
        })
        .await;
    assert!(refused.is_err());
    let kept: Result<u64, Error> =
        db.write_unsynced("test.kept", async |tx| tx.execute(insert, &[&"kept"]).await).await;
    assert_eq!(kept, Ok(1));
    assert_eq!(count(&elsewhere, "kept").await, Some(7));
    // What follows is synced again.
    let (before, after) = (how_commits_are_synced(&db, false).await, how_commits_are_synced(&db, true).await);
    assert!(matches!((before.as_str(), after.as_str()), ("1", "2") | ("off", "on")), "{before} {after}");
    set(&db, "after", 1).await;
    drop((db, elsewhere));
    let again = ground.open().await;
    assert_eq!(count(&again, "kept").await, Some(7));
    assert_eq!(count(&again, "after").await, Some(1));
    assert_eq!(count(&again, "refused").await, None);
}

/// What the engine itself says in such a write.
async fn how_commits_are_synced(db: &Db, synced: bool) -> String {
    let sql = match db.engine() {
        Engine::Sqlite => "SELECT CAST(synchronous AS TEXT) FROM pragma_synchronous",
        Engine::Postgres => "SELECT current_setting('synchronous_commit')",
    };
    let ask = async |tx: &mut Tx| tx.first(sql, &[]).await?.unwrap().get::<String>(0);
    let said: Result<String, Error> =
        if synced { db.write("test.how", ask).await } else { db.write_unsynced("test.how", ask).await };
    said.unwrap()
}

async fn returning_gives_the_rows_written(ground: Ground) {
    let db = ground.counters().await;
    set(&db, "a", 41).await;
    let new: Result<i64, Error> = db
        .write("test.returning", async |tx| {
            let row = tx.first("UPDATE counters SET count = count + 1 RETURNING count", &[]).await?;
            row.unwrap().get(0)
        })
        .await;
    assert_eq!(new, Ok(42));
    assert_eq!(count(&db, "a").await, Some(42));
}

async fn a_statement_that_cannot_work_does_not_prepare(ground: Ground) {
    let db = ground.counters().await;
    assert_eq!(db.prepare("SELECT count FROM counters WHERE name = $1").await, Ok(()));
    assert_eq!(db.prepare("DELETE FROM counters").await, Ok(()));
    assert!(db.prepare("SELECT color FROM counters").await.is_err());
    assert!(db.prepare("SELEC count FROM counters").await.is_err());
}

async fn a_read_cannot_write(ground: Ground) {
    let db = ground.counters().await;
    let done: Result<u64, Error> = db
        .read("test.sly", async |tx| tx.execute("INSERT INTO counters (name, count) VALUES ('a', 1)", &[]).await)
        .await;
    assert!(done.is_err());
    assert_eq!(count(&db, "a").await, None);
}

async fn a_failed_statement_ends_its_transaction_even_if_ignored(ground: Ground) {
    let db = ground.counters().await;
    let insert = "INSERT INTO counters (name, count) VALUES ($1, 1)";
    let done: Result<(), Error> = db
        .write("test.ignored", async |tx| {
            tx.execute(insert, &[&"a"]).await?;
            let _ = tx.execute(insert, &[&"a"]).await;
            let _ = tx.execute(insert, &[&"b"]).await;
            Ok(())
        })
        .await;
    assert!(matches!(done, Err(Error::Statement { .. })), "{done:?}");
    assert_eq!(count(&db, "a").await, None);
    assert_eq!(count(&db, "b").await, None);
}

async fn the_database_answers_a_ping(ground: Ground) {
    assert_eq!(ground.open().await.ping().await, Ok(()));
}

#[derive(Debug, PartialEq)]
struct Name(String);

impl Param for Name {
    fn value(&self) -> Value<'_> {
        Value::Text(&self.0)
    }
}

impl Column for Name {
    fn read(value: Value<'_>) -> Result<Self, Error> {
        String::read(value).map(Self)
    }
}

#[derive(Debug, PartialEq)]
enum Refusal {
    Store(Error),
    Taken,
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Store(error)
    }
}

struct Flow<'a> {
    db: &'a Db,
    prefix: &'a str,
}

impl Flow<'_> {
    async fn take(&self, name: &Name, notes: &[String]) -> Result<Vec<Name>, Refusal> {
        self.db
            .write("test.flow", async |tx| {
                let full = Name(format!("{}{}", self.prefix, name.0));
                if !insert(tx, &full, notes.first()).await? {
                    return Err(Refusal::Taken);
                }
                for note in notes {
                    let each: Vec<&dyn Param> = vec![note, &full];
                    tx.execute("UPDATE counters SET note = $1 WHERE name = $2", &each).await?;
                }
                let rows = tx.all("SELECT name FROM counters", &[]).await?;
                Ok(rows.iter().map(|row| row.get(0)).collect::<Result<_, _>>()?)
            })
            .await
    }
}

async fn insert(tx: &mut Tx, name: &Name, note: Option<&String>) -> Result<bool, Error> {
    let sql = "INSERT INTO counters (name, count, note) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING";
    Ok(tx.execute(sql, &[name, &note]).await? == 1)
}

async fn insert_any<P: Param>(db: &Db, note: &P) -> Result<u64, Error> {
    db.write("test.generic", async |tx| tx.execute("UPDATE counters SET note = $1", &[note]).await).await
}

async fn handler(db: Db, name: Name, notes: Vec<String>) -> Result<Vec<Name>, Refusal> {
    let flow = Flow { db: &db, prefix: "p-" };
    let borrowed: &str = &notes[0];
    insert_any(&db, &borrowed).await?;
    let first = flow.take(&name, &notes).await?;
    assert_eq!(flow.take(&name, &notes).await, Err(Refusal::Taken));
    let found: Vec<Name> = db
        .read("test.handler", async |tx| {
            let rows = tx.all("SELECT name FROM counters WHERE note = $1", &[&borrowed]).await?;
            rows.iter().map(|row| row.get(0)).collect()
        })
        .await
        .map_err(Refusal::Store)?;
    assert_eq!(found, first);
    Ok(found)
}

/// Spawned, as a server spawns its handlers: it is the compiler that tests here.
async fn futures_are_send_with_whatever_handlers_capture(ground: Ground) {
    let db = ground.counters().await;
    let task = tokio::spawn(handler(db, Name("x".to_owned()), vec!["n".to_owned()]));
    assert_eq!(task.await.unwrap().unwrap(), [Name("p-x".to_owned())]);
}
