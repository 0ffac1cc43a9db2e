//! The walk along the whole trail.

use store::{Db, Error};

use super::chain::{Fault, Verdict, Walk};
use super::queries;
use crate::platform::keys::Keys;

const PAGE: i64 = 1_000;

/// Reads the trail from its first row and says whether it is what was written.
///
/// # Errors
/// When the database says no; that is no verdict.
pub async fn verify(db: &Db, keys: &Keys) -> Result<Verdict, Error> {
    // In one snapshot: the sealer may be at work, and must not look like somebody who adds rows.
    let (head, (highest, unsealed)) = db
        .read("audit.extent", async |tx| {
            let head = queries::head(tx).await?;
            Ok::<_, Error>((head, queries::extent(tx).await?))
        })
        .await?;
    let Some(head) = head else {
        return Ok(match highest {
            0 => Verdict::Verified { rows: 0, unsealed },
            _ => Verdict::Broken { sequence: 1, what: Fault::Head },
        });
    };
    let mut walk = Walk::new();
    loop {
        let after = walk.sequence();
        let page = db.read("audit.page", async |tx| queries::sealed(tx, after, highest, PAGE).await).await?;
        if page.is_empty() {
            return Ok(walk.finish(&head, unsealed));
        }
        for sealed in &page {
            if let Err(broken) = walk.step(keys, sealed) {
                return Ok(broken);
            }
        }
    }
}
