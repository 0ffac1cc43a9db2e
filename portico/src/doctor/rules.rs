//! From facts to a report: pure.

use serde::Serialize;

use crate::delivery::MailTold;

/// Everything the verdict depends on.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub typed: String,
    /// The organization whose verified domain was typed.
    pub routed_to: Option<String>,
    pub sso: bool,
    pub account: Option<AccountFacts>,
    /// How they fare at their organization's own sign-in, where they have one.
    pub federated: Option<Federated>,
    /// The latest mails to this person with their lives, newest first.
    pub mails: Vec<MailTold>,
    /// What the mail server of this person's address holds against our mail.
    pub refused_mail: Option<String>,
}

/// Somebody at the identity provider of their organization.
#[derive(Clone, Debug, Default)]
pub struct Federated {
    /// The connection.
    pub id: String,
    pub name: String,
    /// What was typed leads there.
    pub routed: bool,
    pub state: &'static str,
    /// What they are called there, and when they came from there last.
    pub linked: Option<(String, Option<String>)>,
    /// Whoever has no account gets one by coming from there.
    pub creates_accounts: bool,
    /// Why nobody gets in by it.
    pub broken: Option<String>,
    pub fails_for_many: bool,
    /// What went wrong for this person last.
    pub failure: Option<Failure>,
}

#[derive(Clone, Debug, Default)]
pub struct Failure {
    pub at: String,
    pub reference: String,
    pub cause: &'static str,
    pub detail: String,
}

#[derive(Clone, Debug, Default)]
pub struct AccountFacts {
    pub name: String,
    pub organization: String,
    pub disabled: bool,
    pub has_password: bool,
    /// Its address was changed, and the new one is not confirmed.
    pub unproved_address: bool,
    /// A question comes after a mailed link, and it has none.
    pub lacks_question: bool,
    /// What registering, or the next sign-in, still asks for, in its order.
    pub still_asked: Vec<&'static str>,
    pub locks: Vec<Lock>,
    /// Until when nobody may answer the account's security questions.
    pub questions_off: Option<String>,
    pub mfa_due: bool,
    pub has_authenticator: bool,
    pub sessions: usize,
    pub products: usize,
    /// Those among them that cannot be opened here today, each with the reason.
    pub closed_products: Vec<String>,
    pub helpers: Vec<String>,
}

/// A lock that holds, with the browsers it holds for and its end.
#[derive(Clone, Debug)]
pub struct Lock {
    /// For every browser the account is not known in; otherwise for one of those it is known in.
    pub strangers: bool,
    pub evidence: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Can,
    Cannot,
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Fine,
    Failing,
    /// Worth knowing; decides nothing.
    Note,
}

#[derive(Clone, Debug, Serialize)]
pub struct Step {
    pub name: &'static str,
    pub state: State,
    pub evidence: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct Report {
    pub verdict: Verdict,
    pub sentence: String,
    pub steps: Vec<Step>,
    /// What an agent may do about it, as commands.
    pub acts: Vec<String>,
    pub mails: Vec<MailTold>,
}

const LOCK: &str = "lock";

fn step(name: &'static str, state: State, evidence: impl Into<String>) -> Step {
    Step { name, state, evidence: evidence.into() }
}

pub fn report(facts: &Facts) -> Report {
    let mut steps = vec![routing(facts)];
    let mut acts = Vec::new();
    let (verdict, sentence) = match &facts.account {
        None => {
            steps.push(step("account", State::Failing, "No account has this email or user name."));
            let tries = "Ask for the address their organization gave them, or for their user name.";
            acts.push(tries.into());
            if let Some(there) = facts.federated.as_ref().filter(|there| there.creates_accounts) {
                let makes = format!("{} makes accounts: the first sign-in there makes this one.", there.name);
                steps.push(step("link", State::Note, makes));
            }
            (Verdict::Unknown, format!("There is no account {}.", facts.typed))
        }
        Some(account) => {
            let checks = checks(facts, account, &mut acts);
            let verdict = verdict(account, &checks);
            steps.extend(checks);
            verdict
        }
    };
    // Whoever gets no mail can still sign in: this decides nothing, and explains much.
    steps.extend(facts.refused_mail.iter().map(|told| step("mail server", State::Failing, told.clone())));
    steps.extend(facts.mails.iter().map(|mail| step("mail", State::Note, mail.sentence())));
    Report { verdict, sentence, steps, acts, mails: facts.mails.clone() }
}

/// What keeps the person out everywhere counts before a lock, which never holds for all browsers.
fn verdict(account: &AccountFacts, checks: &[Step]) -> (Verdict, String) {
    let failing = |lock: bool| checks.iter().find(|step| step.state == State::Failing && (step.name == LOCK) == lock);
    let name = &account.name;
    match (failing(false), failing(true)) {
        (Some(step), _) => (Verdict::Cannot, format!("{name} cannot sign in: {}", step.evidence)),
        (None, Some(step)) => (
            Verdict::Cannot,
            format!("{name} cannot sign in in a browser the account is not known in. {}", step.evidence),
        ),
        (None, None) if account.locks.is_empty() => (Verdict::Can, format!("{name} can sign in.")),
        (None, None) => (Verdict::Can, format!("{name} can sign in, but not in every browser.")),
    }
}

fn routing(facts: &Facts) -> Step {
    let led = facts.federated.as_ref().filter(|there| there.routed);
    if let (Some(organization), Some(there)) = (&facts.routed_to, led) {
        let evidence = format!("The address belongs to {organization} and leads to {} ({}).", there.name, there.id);
        return step("routing", State::Fine, evidence);
    }
    let evidence = match (&facts.routed_to, facts.sso) {
        (Some(organization), true) => format!("The address belongs to {organization}, which has its own sign-in."),
        (Some(organization), false) => format!("The address belongs to {organization}; the password page follows."),
        (None, _) => "No organization owns this domain (or it is a user name); the password page follows.".into(),
    };
    step("routing", State::Fine, evidence)
}

/// In the order in which the person meets them.
fn checks(facts: &Facts, account: &AccountFacts, acts: &mut Vec<String>) -> Vec<Step> {
    let mut checks = vec![step("account", State::Fine, format!("{}, {}", account.name, account.organization))];
    match facts.federated.as_ref().filter(|there| facts.sso || there.routed) {
        Some(there) => checks.extend(own_sign_in(there, acts)),
        None => {
            checks.push(password(facts, account, acts));
            // On trial, or switched off since.
            checks.extend(facts.federated.iter().flat_map(elsewhere));
        }
    }
    checks.push(registration(account));
    checks.extend(account.locks.iter().map(|lock| {
        let state = if lock.strangers { State::Failing } else { State::Note };
        step(LOCK, state, lock.evidence.clone())
    }));
    if !account.locks.is_empty() {
        acts.push(format!("portico account unlock {}", facts.typed));
    }
    if let Some(until) = &account.questions_off {
        let evidence = format!("Too many wrong answers to the security questions: these are off until {until}.");
        checks.push(step("questions", State::Note, evidence));
    }
    checks.extend(reset(facts, account, acts));
    if account.disabled {
        checks.push(step("standing", State::Failing, "The account is disabled."));
        acts.push(format!("portico account enable {}", facts.typed));
    }
    checks.push(match (account.mfa_due, account.has_authenticator) {
        (false, _) => step("second factor", State::Fine, "None is asked."),
        (true, true) => step("second factor", State::Fine, "The code of the authenticator app is asked."),
        (true, false) => step("second factor", State::Failing, "A second factor is required and none is set up."),
    });
    checks.extend(access(account));
    checks.push(step("sessions", State::Note, format!("{} browsers are signed in.", account.sessions)));
    checks
}

/// What there is behind the door. Whoever finds nothing there has signed in all the same.
fn access(account: &AccountFacts) -> Vec<Step> {
    if account.products == 0 {
        let ask = account.helpers.join("; ");
        return vec![step("access", State::Note, format!("No product yet: the portal names whom to ask ({ask})."))];
    }
    let open = account.products.saturating_sub(account.closed_products.len());
    let state = if open == 0 { State::Note } else { State::Fine };
    let mut steps = vec![step("access", state, format!("Opens {open} of {} products.", account.products))];
    steps.extend(account.closed_products.iter().map(|why| step("product", State::Note, why.clone())));
    steps
}

/// Whoever can sign in may still have forgotten the password; and then Forgot Password? must not be the advice.
fn reset(facts: &Facts, account: &AccountFacts, acts: &mut Vec<String>) -> Vec<Step> {
    let act = format!("portico account reset {}", facts.typed);
    let mut notes = Vec::new();
    // No link leads into an account that is closed: it is enabled first, and what helps then is told then.
    if account.disabled {
        return notes;
    }
    if account.unproved_address {
        let evidence = format!("It was changed and is not confirmed yet: no link goes there but what `{act}` sends.");
        notes.push(step("address", State::Note, evidence));
    }
    if account.lacks_question {
        let evidence = format!(
            "A security question comes after a mailed link, and the account has none: Forgot Password? brings no link, \
             `{act}` does."
        );
        notes.push(step("reset", State::Note, evidence));
    }
    if !notes.is_empty() && !acts.contains(&act) {
        acts.push(act);
    }
    notes
}

/// What is proved at their organization, in the place of a password.
fn own_sign_in(there: &Federated, acts: &mut Vec<String>) -> Vec<Step> {
    let mut steps = vec![match (&there.broken, there.state) {
        (Some(why), _) => step("first proof", State::Failing, format!("Nobody gets in through {}: {why}", there.name)),
        (None, "on") => step("first proof", State::Fine, format!("It is shown at {}.", there.name)),
        (None, state) => step("first proof", State::Note, format!("{} is not switched on ({state}).", there.name)),
    }];
    steps.extend(elsewhere(there));
    if there.broken.is_some() || there.fails_for_many {
        acts.push(format!("portico connection test {}", there.id));
    }
    if let Some(failure) = &there.failure {
        acts.push(format!("portico connection failures {} --reference {}", there.id, failure.reference));
    }
    steps
}

fn elsewhere(there: &Federated) -> Vec<Step> {
    let link = match &there.linked {
        Some((subject, Some(seen))) => format!("Linked as {subject}; came from there last {seen}."),
        Some((subject, None)) => format!("Linked as {subject}; has not come from there yet."),
        None => format!(
            "Not linked to anybody at {} yet: the first sign-in there does it, if the email is the same.",
            there.name
        ),
    };
    let mut steps = vec![step("link", State::Note, link)];
    if there.fails_for_many {
        steps.push(step("outage", State::Note, format!("{} is failing for several people right now.", there.name)));
    }
    steps.extend(there.failure.iter().map(|failure| {
        let Failure { at, reference, cause, detail } = failure;
        step("last failure", State::Note, format!("{at}, {cause}, reference {reference}: {detail}"))
    }));
    steps
}

fn registration(account: &AccountFacts) -> Step {
    match account.still_asked.as_slice() {
        [] => step("registration", State::Fine, "Nothing is missing."),
        asked => step("registration", State::Note, format!("Still to come at the next sign-in: {}.", asked.join(", "))),
    }
}

fn password(facts: &Facts, account: &AccountFacts, acts: &mut Vec<String>) -> Step {
    if facts.sso {
        return step("first proof", State::Failing, "The organization's own sign-in is not connected here yet.");
    }
    if account.has_password {
        return step("first proof", State::Fine, "A password is set.");
    }
    if account.disabled {
        let evidence =
            format!("No password is set. Once the account is enabled, `portico account reset {}` helps.", facts.typed);
        return step("first proof", State::Note, evidence);
    }
    acts.push(format!("portico account reset {}", facts.typed));
    step("first proof", State::Failing, "No password has been set yet.")
}
