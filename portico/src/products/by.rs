//! Who registers, and with what.

use crate::app::App;
use crate::audit::Actor;
use crate::platform::entropy::Entropy;
use crate::platform::keys::Keys;

/// Whose act it is, as the audit trail tells it, and what ids and secrets are made with.
#[derive(Clone, Copy)]
pub struct By<'a> {
    pub actor: Actor<'a>,
    pub entropy: &'a Entropy,
    pub keys: &'a Keys,
}

impl<'a> By<'a> {
    /// Whoever may run commands on the machine.
    pub fn command(app: &'a App) -> By<'a> {
        By { actor: Actor::Command, entropy: &app.entropy, keys: &app.keys }
    }
}
