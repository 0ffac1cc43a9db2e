//! From facts to a report: pure.

use serde::Serialize;

use crate::delivery::MailTold;

/// Everything the verdict depends on.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub typed: String,
    /// The organization whose verified domain was typed.
    pub routed_to: Option<String>,
    /// The person's password is elsewhere, or would be.
    pub sso: bool,
    /// Where they are sent to show who they are, if anywhere.
    pub elsewhere: Option<Elsewhere>,
    /// Since when the own sign-in of the person's organization is suspended.
    pub suspended: Option<String>,
    pub account: Option<AccountFacts>,
    /// The latest mails to this person with their lives, newest first.
    pub mails: Vec<MailTold>,
    /// What the mail server of this person's address holds against our mail.
    pub refused_mail: Option<String>,
    /// Addresses from which sign-in has to wait at this moment, each with what is told of it.
    pub slowed: Vec<(String, String)>,
    /// How many more there are.
    pub more_slowed: i64,
}

/// An organization's own sign-in, as far as one person is concerned.
#[derive(Clone, Debug, Default)]
pub struct Elsewhere {
    /// The connection.
    pub id: String,
    pub name: String,
    /// Why nobody gets in by it, as far as that is seen without asking there.
    pub broken: Option<String>,
    /// What they have to type to be sent there.
    pub email: String,
    /// They have come by it before.
    pub linked: bool,
    pub fails_for_many: bool,
    /// What went wrong on the way lately, newest first.
    pub failures: Vec<String>,
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
    pub has_passkey: bool,
    /// Where a second factor is required and missing, it is set up on the way in.
    pub may_set_up: bool,
    /// Not used yet.
    pub recovery_codes: i64,
    /// When the second factor is taken away: a reset waits.
    pub factor_goes: Option<String>,
    pub sessions: usize,
    pub products: usize,
    /// Those among them that cannot be opened here today, each with the reason.
    pub closed_products: Vec<String>,
    pub helpers: Vec<String>,
    pub second: Second,
    /// While single sign-on is suspended the second mailbox is the only one asked.
    pub second_alone: bool,
}

/// How a person's second mailbox stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Second {
    #[default]
    None,
    /// Named, and nobody has confirmed it.
    Waiting(String),
    /// Confirmed, with since when; too late or at a domain of the organization's where single sign-on is suspended.
    Confirmed { address: String, since: String, counts: bool },
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
    // Where the person sits nobody knows here: it is told of every one, and is for whoever asks them to judge.
    steps.extend(facts.slowed.iter().map(|(_, told)| step("address", State::Note, told.clone())));
    acts.extend(facts.slowed.iter().map(|(address, _)| format!("portico address release {address}")));
    if facts.more_slowed > 0 {
        steps.push(step("address", State::Note, format!("Slowed as well: {} more.", facts.more_slowed)));
        acts.push("portico address list".to_owned());
    }
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
    let evidence = match (&facts.routed_to, &facts.elsewhere) {
        (Some(organization), _) if facts.suspended.is_some() => {
            format!("The address belongs to {organization}, whose own sign-in is suspended; the password page follows.")
        }
        (Some(organization), Some(elsewhere)) => {
            format!("The address belongs to {organization}, and leads to its own sign-in, {}.", elsewhere.name)
        }
        (Some(organization), None) => format!("The address belongs to {organization}; the password page follows."),
        (None, _) => "No organization owns this domain (or it is a user name); the password page follows.".into(),
    };
    step("routing", State::Fine, evidence)
}

/// In the order in which the person meets them.
fn checks(facts: &Facts, account: &AccountFacts, acts: &mut Vec<String>) -> Vec<Step> {
    let mut checks = vec![step("account", State::Fine, format!("{}, {}", account.name, account.organization))];
    checks.extend(suspension(facts));
    checks.push(password(facts, account, acts));
    checks.extend(second(facts, account));
    let failures = facts.elsewhere.iter().flat_map(|elsewhere| &elsewhere.failures);
    checks.extend(failures.map(|failure| step("sign-in elsewhere", State::Note, failure.clone())));
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
    checks.push(second_factor(facts, account, acts));
    checks.extend(account.factor_goes.as_ref().map(|until| {
        let evidence = format!("A reset of it waits until {until}; whoever was told of it can stop it.");
        step("second factor", State::Note, evidence)
    }));
    checks.extend(access(account));
    checks.push(step("sessions", State::Note, format!("{} browsers are signed in.", account.sessions)));
    checks
}

fn second_factor(facts: &Facts, account: &AccountFacts, acts: &mut Vec<String>) -> Step {
    let name = "second factor";
    match (account.mfa_due, account.has_authenticator || account.has_passkey) {
        (false, _) => step(name, State::Fine, "None is asked."),
        (true, true) => {
            if account.factor_goes.is_none() {
                let lost = format!("portico account factor reset {} --reason …", facts.typed);
                acts.push(format!("{lost}, if phone and recovery codes are lost"));
            }
            let left = match account.recovery_codes {
                0 => "no recovery code is left".to_owned(),
                1 => "1 recovery code is left".to_owned(),
                left => format!("{left} recovery codes are left"),
            };
            let asked = match (account.has_authenticator, account.has_passkey) {
                (true, true) => "The code of the authenticator app or a passkey is asked",
                (true, false) => "The code of the authenticator app is asked",
                _ => "A passkey is asked",
            };
            step(name, State::Fine, format!("{asked}; {left}."))
        }
        (true, false) if account.may_set_up => {
            step(name, State::Note, "One is required and none is set up: the next sign-in leads to it.")
        }
        (true, false) => step(
            name,
            State::Failing,
            "One is required, and several people share the account, so that none can be set up.",
        ),
    }
}

fn suspension(facts: &Facts) -> Option<Step> {
    let since = facts.suspended.as_ref()?;
    let evidence = format!(
        "Suspended since {since}: people set a password here, which ends with the suspension (`portico sso resume`)."
    );
    Some(step("single sign-on", State::Note, evidence))
}

/// Worth a line where the organization has its own sign-in: it is what helps when that is out.
fn second(facts: &Facts, account: &AccountFacts) -> Option<Step> {
    if !facts.sso && facts.suspended.is_none() {
        return None;
    }
    let set = format!("`portico account secondary set {} ADDRESS` mails one its button", facts.typed);
    let evidence = match &account.second {
        Second::None => format!("None is confirmed: {set}. It counts from the suspension after that."),
        Second::Waiting(address) => {
            format!("{address} was named, and nobody has pressed the button in the mail there.")
        }
        Second::Confirmed { address, since, counts: true } => format!("{address} is confirmed since {since}."),
        Second::Confirmed { address, since, .. } if facts.suspended.is_some() => format!(
            "{address} is confirmed since {since}, and counts for nothing now: it was too late for this suspension, or lies at              the organization."
        ),
        Second::Confirmed { address, since, .. } => format!("{address} is confirmed since {since}."),
    };
    Some(step("second mailbox", State::Note, evidence))
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

fn proof_elsewhere(facts: &Facts, elsewhere: &Elsewhere, acts: &mut Vec<String>) -> Step {
    let Elsewhere { id, name, email, linked, fails_for_many, .. } = elsewhere;
    if !elsewhere.failures.is_empty() {
        acts.push(format!("portico connection failures {id}"));
    }
    if *fails_for_many || elsewhere.broken.is_some() {
        acts.push(format!("portico connection test {id}"));
    }
    if let Some(why) = &elsewhere.broken {
        return step("first proof", State::Failing, format!("Nobody gets in through {name}: {why}"));
    }
    if *fails_for_many {
        return step("first proof", State::Failing, format!("{name} fails for several people right now."));
    }
    if facts.routed_to.is_none() {
        acts.push(format!(
            "Ask them to type {email}: a user name leads to the password page, which opens nothing for them."
        ));
    }
    let evidence = match linked {
        true => format!("{name} says who they are; they have come by it before."),
        false => format!("{name} says who they are. The first time, the account is connected by its address."),
    };
    step("first proof", State::Fine, evidence)
}

fn registration(account: &AccountFacts) -> Step {
    match account.still_asked.as_slice() {
        [] => step("registration", State::Fine, "Nothing is missing."),
        asked => step("registration", State::Note, format!("Still to come at the next sign-in: {}.", asked.join(", "))),
    }
}

fn password(facts: &Facts, account: &AccountFacts, acts: &mut Vec<String>) -> Step {
    match &facts.elsewhere {
        Some(elsewhere) if facts.sso || facts.routed_to.is_some() => return proof_elsewhere(facts, elsewhere, acts),
        None if facts.sso => {
            let evidence = "The password is elsewhere, and no connection leads there from this person's address: only the link \
                            by which one is tried does.";
            return step("first proof", State::Failing, evidence);
        }
        _ => {}
    }
    if let (Some(_), false, false) = (&facts.suspended, account.has_password, account.disabled) {
        let Second::Confirmed { counts: true, .. } = &account.second else {
            acts.push(format!("portico account reset {}", facts.typed));
            let evidence = "No password was set since single sign-on was suspended, and no second mailbox counts: Forgot \
                            Password? brings no link. Make sure who it is before you send one.";
            return step("first proof", State::Failing, evidence);
        };
        let through = if account.second_alone { "the second mailbox" } else { "both mailboxes" };
        let evidence = format!(
            "No password was set since single sign-on was suspended: Forgot Password? helps, through {through}."
        );
        return step("first proof", State::Failing, evidence);
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
