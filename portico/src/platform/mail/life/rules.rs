//! Pure: whose fault a refusal is.

use crate::platform::spelled::spelled;

/// What a mail server finds fault with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// This one mailbox: there is none, or it takes nothing now. Anybody can cause that with a typing mistake.
    Mailbox,
    /// Us: whoever writes to that server next will fare no better.
    Server,
}

spelled!(Fault { Mailbox = "mailbox", Server = "server" });

/// By the enhanced status at the beginning of the reply (RFC 3463), else by the code.
pub fn fault_of(code: u16, reply: &str) -> Fault {
    match enhanced(reply) {
        Some((1 | 2, _)) => Fault::Mailbox,
        // 7.1 is what several servers say of a mailbox they do not know, or of a sender they do not want: with 550, unclear.
        Some(_) => Fault::Server,
        None if matches!(code, 450 | 550 | 551 | 552 | 553) => Fault::Mailbox,
        None => Fault::Server,
    }
}

/// Subject and detail of `x.y.z` at the beginning of a text.
fn enhanced(reply: &str) -> Option<(u16, u16)> {
    let status = reply.split_whitespace().next()?;
    let mut parts = status.split('.');
    let class: u16 = parts.next()?.parse().ok()?;
    let (subject, detail) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    (matches!(class, 2 | 4 | 5) && parts.next().is_none()).then_some((subject, detail))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(550, "5.1.1 no such mailbox", Fault::Mailbox)]
    #[case(552, "5.2.2 mailbox full", Fault::Mailbox)]
    #[case(550, "5.7.1 blocked by policy", Fault::Server)]
    #[case(451, "4.7.1 greylisted, come back later", Fault::Server)]
    #[case(550, "no such user here", Fault::Mailbox)]
    #[case(554, "your host is listed", Fault::Server)]
    #[case(554, "5.7.1.2 odd", Fault::Server)]
    #[case(450, "come back later", Fault::Mailbox)]
    fn a_refusal_is_of_one_mailbox_or_of_us(#[case] code: u16, #[case] reply: &str, #[case] expected: Fault) {
        assert_eq!(fault_of(code, reply), expected);
    }
}
