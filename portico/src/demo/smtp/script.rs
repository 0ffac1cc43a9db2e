//! How the server misbehaves. As it comes, it does not.

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::Duration;

/// What the server does instead of taking every mail.
#[derive(Clone, Debug, Default)]
pub struct Script {
    /// The port is closed, and what was open is cut.
    pub refuse_connections: bool,
    /// Connections are taken and nothing is ever said.
    pub hang: bool,
    /// How long the greeting takes.
    pub slow_banner: Option<Duration>,
    /// What the server greets with, instead of 220: `421 too busy`.
    pub greeting: Option<String>,
    /// What AUTH is answered with, instead of 235.
    pub auth: Option<String>,
    /// What RCPT is answered with for an address (in lower case), instead of 250: `550 5.1.1 no such mailbox`.
    pub recipients: HashMap<String, String>,
    /// How often such an answer is given, for an address; afterwards it is taken like any other. Absent: always.
    pub times: HashMap<String, usize>,
    /// What is taken for an address (in lower case) and sent back later, with the diagnosis: `550 5.1.1 no such mailbox`.
    pub returned: HashMap<String, String>,
    /// The maildir that mail which is sent back goes to.
    pub returns_to: Option<PathBuf>,
    /// What the message is answered with, instead of 250. It is not kept.
    pub message: Option<String>,
    /// So many messages are kept, and the connection dies instead of saying so.
    pub lose_replies: usize,
    /// The extensions offered after EHLO, beside AUTH, PIPELINING, 8BITMIME and SIZE.
    pub extensions: Vec<String>,
}

impl Script {
    /// Answers RCPT for an address with `answer`.
    pub fn answer(&mut self, address: &str, answer: &str) {
        self.recipients.insert(address.to_ascii_lowercase(), answer.to_owned());
    }

    /// Behaves again.
    pub fn heal(&mut self) {
        *self = Script::default();
    }
}
