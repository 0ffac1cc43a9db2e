//! Which mail answers a request. Every typed address gets exactly one; an unknown user name gets the row of one.

use store::{Error, Tx};

use super::letters::{
    NoAccountLetter, PasswordElsewhereLetter, ResetLetter, SentBy, UnableLetter, UserNamesLetter, Way,
};
use super::mailboxes;
use super::queries::{self, Kind, Recovery};
use super::rules::MAILS_WINDOW;
use crate::app::App;
use crate::help_me_sign_in;
use crate::invitations;
use crate::organizations;
use crate::people::{self, Account, Email, Identifier, OutOfReach};
use crate::platform::clock::{Time, micros};
use crate::platform::i18n::UNSAID;
use crate::platform::ids::{AccountId, OneTimeId, OutboxId, RecoveryId};
use crate::platform::limits::{self, Within};
use crate::platform::mail::{self, Letter, Post};
use crate::platform::one_time::{self, Issue, Purpose, Validity};
use crate::platform::web::{self, Browser, Visit, address};
use crate::questions;
use crate::sign_in::Destination;

/// Queues the one mail that answers a request, within the caps; `None` when a cap holds it back (which shows nowhere).
/// `language` is that of whoever asks.
pub async fn send(
    tx: &mut Tx,
    app: &App,
    kind: Kind,
    identifier: &Identifier,
    language: Option<&str>,
) -> Result<Option<OutboxId>, Error> {
    let per_mailbox = app.limits.mails_per_mailbox;
    let typed = app.limit_key("mails_per_mailbox", identifier.as_str());
    if !limits::count(tx, &typed, MAILS_WINDOW, per_mailbox).await?.is_within() {
        return Ok(None);
    }
    let overall = app.limit_key("mails_overall", "");
    if !limits::count(tx, &overall, MAILS_WINDOW, app.limits.mails_overall).await?.is_within() {
        tracing::warn!("as many mails have been asked for as `limits.mails_overall` allows in an hour");
        return Ok(None);
    }
    let accounts = match identifier {
        Identifier::Email(email) => at_mailbox(tx, email).await?,
        Identifier::UserName(_) => people::by_identifier(tx, identifier).await?.into_iter().collect(),
    };
    let accounts = proved_first(accounts).into_iter().map(|account| account.or_reads(language)).collect::<Vec<_>>();
    let nobody = Reader { account: None, language: language.unwrap_or(UNSAID) };
    // However many user names one mailbox has: those who type them share its count.
    let mailbox = app.limit_key("mails_to_mailbox", &mailbox_of(app, identifier, accounts.first()));
    let room = limits::count(tx, &mailbox, MAILS_WINDOW, per_mailbox).await?.is_within();
    let to = match (identifier, accounts.first()) {
        (Identifier::Email(email), _) => Some(email.as_str()),
        // As if nobody had this name. That the count of its mailbox is full would tell whose it is.
        (Identifier::UserName(_), _) if !room => {
            let letter = NoAccountLetter { address: identifier.as_str().into() };
            return queue(tx, app, None, nobody, &letter).await.map(Some);
        }
        (Identifier::UserName(_), Some(account)) => Some(account.email.as_str()),
        // Nobody has this name: the row is written all the same, for its timing, and never sent.
        (Identifier::UserName(_), None) => None,
    };
    let queued = match (kind, accounts.first()) {
        (_, None) => queue(tx, app, to, nobody, &NoAccountLetter { address: identifier.as_str().into() }).await?,
        // Nobody knows who reads there: no user names, nobody who can help, and nothing of how the account stands.
        (_, Some(first)) if first.has_unproved_address() => unable(tx, app, to, first).await?,
        (Kind::UserName, Some(first)) => {
            let names = accounts.iter().filter_map(|account| account.user_name.clone()).collect();
            let letter = UserNamesLetter { address: identifier.as_str().into(), names };
            queue(tx, app, to, Reader::of(first), &letter).await?
        }
        (Kind::Help, Some(first)) => match help_me_sign_in::answer(tx, app, to, identifier, &accounts).await? {
            Some(answer) => answer,
            // What is missing is a first password.
            None => reset(tx, app, Purpose::ResetPassword, to, first, &accounts).await?,
        },
        (Kind::Password, Some(first)) => reset(tx, app, Purpose::ResetPassword, to, first, &accounts).await?,
    };
    Ok(Some(queued))
}

/// Those whose mailbox is proved to be theirs; only where there are none, the others, who are told to confirm it.
fn proved_first(mut accounts: Vec<Account>) -> Vec<Account> {
    if accounts.iter().any(|account| !account.has_unproved_address()) {
        accounts.retain(|account| !account.has_unproved_address());
    }
    accounts
}

/// Counts a mail asked for from an address; too many from there are refused, and nothing of the write stays.
pub async fn count_source(tx: &mut Tx, visit: &Visit) -> Result<(), web::Error> {
    let source = visit.app.limit_key("mails_per_address", &address::prefix(visit.address));
    match limits::count(tx, &source, MAILS_WINDOW, visit.app.limits.mails_per_address).await? {
        Within::Limit => Ok(()),
        Within::Exceeded { retry_after } => Err(web::Error::TooMany { retry_after }),
    }
}

/// Where the mail will go, or what stands for it where nobody has the name.
fn mailbox_of(app: &App, identifier: &Identifier, account: Option<&Account>) -> String {
    match (identifier, account) {
        (Identifier::Email(email), _) => email.as_str().to_owned(),
        (Identifier::UserName(_), Some(account)) => {
            Email::parse(&account.email).map_or_else(|| account.email.clone(), |email| email.as_str().to_owned())
        }
        (Identifier::UserName(_), None) => app.pseudo_id(identifier),
    }
}

/// Starts a reset for one account, as an administrator may: the mail goes to the mailbox on file. No question is asked
/// for it, or whoever has none could not be helped. Where no link would lead to a password, nothing is sent.
pub async fn send_reset(tx: &mut Tx, app: &App, account: &Account) -> Result<Result<OutboxId, OutOfReach>, Error> {
    if let Err(out_of_reach) = account.takes_new_password() {
        return Ok(Err(out_of_reach));
    }
    let accounts = std::slice::from_ref(account);
    reset(tx, app, Purpose::AdministratorsReset, Some(&account.email), account, accounts).await.map(Ok)
}

/// Starts a recovery that nobody typed a name for, in this browser: a notice's button. Its mail goes to the account's address,
/// and nowhere else.
pub async fn begin(tx: &mut Tx, visit: &Visit, browser: &Browser, account: &Account) -> Result<RecoveryId, Error> {
    let app = &visit.app;
    let account = &account.clone().or_reads(visit.reads);
    let to = account.email.as_str();
    let outbox = reset(tx, app, Purpose::ResetPassword, Some(to), account, std::slice::from_ref(account)).await?;
    let recovery = Recovery {
        id: RecoveryId::generate(&app.entropy),
        kind: Kind::Password,
        identifier: to.to_owned(),
        language: visit.reads.map(str::to_owned),
        sign_in: None,
        destination: Destination::default(),
        due: false,
        outbox: Some(outbox),
        sent_at: Time(tx.now()),
        sends: 1,
        way: super::rules::Way::Email,
        grant: None,
    };
    queries::insert(tx, &browser.hash, &recovery).await?;
    Ok(recovery.id)
}

/// Whoever types a user name and a password of an account that signs in elsewhere gets the usual refusal,
/// and the mailbox on file, once a day, the way that works (security.md C17). For any other name, known or not, the row of
/// a mail that is never sent is written as often: a stranger can take the time of either.
pub async fn tell_where_to_sign_in(
    tx: &mut Tx,
    app: &App,
    account: Option<&Account>,
    subject: &str,
) -> Result<(), Error> {
    let key = app.limit_key("sign_in_elsewhere", subject);
    if !limits::count(tx, &key, 24 * MAILS_WINDOW, 1).await?.is_within() {
        return Ok(());
    }
    let elsewhere = account.filter(|account| account.signs_in_elsewhere());
    match elsewhere {
        Some(account) => unable(tx, app, Some(&account.email), account).await.map(drop),
        None => queue(tx, app, None, Reader::NOBODY, &NoAccountLetter { address: String::new() }).await.map(drop),
    }
}

/// What a notice comes to where nobody has confirmed yet that the account's address is its owner's.
pub async fn tell_to_confirm(tx: &mut Tx, app: &App, account: &Account) -> Result<(), Error> {
    unable(tx, app, Some(&account.email), account).await.map(drop)
}

/// A reset link for an account under its credentials of `epoch`, to go to `to` with the mail of that id.
pub async fn issue_link(
    tx: &mut Tx,
    app: &App,
    account: &Account,
    epoch: i64,
    to: &str,
    mail: &OutboxId,
) -> Result<OneTimeId, Error> {
    issue(tx, app, Purpose::ResetPassword, account, epoch, to, mail).await
}

pub(super) async fn issue(
    tx: &mut Tx,
    app: &App,
    purpose: Purpose,
    account: &Account,
    epoch: i64,
    to: &str,
    mail: &OutboxId,
) -> Result<OneTimeId, Error> {
    let issue = Issue {
        purpose,
        account: &account.id,
        credentials_epoch: epoch,
        sent_to: to,
        validity: Validity::FromHandOver(mail),
        lifetime: account.organization.policy.reset_link,
    };
    one_time::issue(tx, &app.keys, &app.entropy, issue).await
}

pub fn minutes_of(account: &Account) -> i64 {
    micros(account.organization.policy.reset_link) / 60_000_000
}

/// The account that signs in with this address first, then the others whose mail goes there.
async fn at_mailbox(tx: &mut Tx, email: &Email) -> Result<Vec<Account>, Error> {
    let named = people::by_identifier(tx, &Identifier::Email(email.clone())).await?;
    // Nobody is read twice: most often this adds nothing, for whoever is known as for nobody.
    let others = people::all_sharing_mailbox(tx, email, named.as_ref().map(|named| &named.id)).await?;
    Ok(named.into_iter().chain(others).collect())
}

async fn reset(
    tx: &mut Tx,
    app: &App,
    purpose: Purpose,
    to: Option<&str>,
    first: &Account,
    accounts: &[Account],
) -> Result<OutboxId, Error> {
    if let Some(mail) = invite_again(tx, app, to, accounts).await? {
        return Ok(mail);
    }
    let may = |account: &&Account| opens(purpose, account) || (is_typed_for(purpose) && can_reset(account));
    let able: Vec<&Account> = accounts.iter().filter(may).collect();
    if able.is_empty() {
        return unable(tx, app, to, first).await;
    }
    if is_typed_for(purpose) && able.iter().any(|account| account.suspended().is_some()) {
        return mailboxes::send(tx, app, to, accounts, &able).await;
    }
    // Who has no password yet goes on registering. One of several at a mailbox gets a link like the others: a mail has room
    // for one temporary password.
    if let ([account], Some(to)) = (able.as_slice(), to)
        && account.is_pending()
        && !account.comes_from_sso()
        && let Some(mail) = invitations::send_again(tx, app, account, to).await?
    {
        return Ok(mail);
    }
    let mail = app.office.next_id();
    let mut ways = Vec::new();
    let mut products = Vec::new();
    for account in able {
        let epoch = account.credentials_epoch;
        let link = issue(tx, app, purpose, account, epoch, to.unwrap_or_default(), &mail).await?;
        ways.push(Way { account: account.sign_in_name().to_owned(), link });
        products.extend(queries::products_of(tx, &account.id).await?);
    }
    products.sort();
    products.dedup();
    let without: Vec<&Account> = accounts.iter().filter(|account| lacks_questions(purpose, account)).collect();
    let helpers = match without.first() {
        Some(account) => people::helpers_of(tx, account).await?,
        None => Vec::new(),
    };
    let without = without.into_iter().map(|account| account.sign_in_name().to_owned()).collect();
    let address = to.unwrap_or_default().into();
    let sent_by = match (purpose, first.shared_at) {
        (Purpose::AdministratorsReset, Some(_)) => SentBy::AdministratorOfShared,
        (Purpose::AdministratorsReset, None) => SentBy::Administrator,
        _ => SentBy::Owner,
    };
    let letter = ResetLetter { address, ways, products, minutes: minutes_of(first), without, helpers, sent_by };
    let post = Post { to, letter: &letter, account: Some(&first.id), language: first.language() };
    mail::queue_as(tx, &app.office, &mail, post).await?;
    Ok(mail)
}

/// Somebody new, invited while single sign-on is suspended: there is no second mailbox yet, and nothing to take over.
async fn invite_again(
    tx: &mut Tx,
    app: &App,
    to: Option<&str>,
    accounts: &[Account],
) -> Result<Option<OutboxId>, Error> {
    match (accounts, to) {
        ([account], Some(to))
            if account.suspended().is_some() && account.is_registering() && account.takes_new_password().is_ok() =>
        {
            invitations::send_again(tx, app, account, to).await
        }
        _ => Ok(None),
    }
}

/// Whether **Forgot Password?** leads to a new password.
pub fn can_reset(account: &Account) -> bool {
    opens(Purpose::ResetPassword, account) || opens(Purpose::SecondaryReset, account)
}

/// Whether one link of its owner's asking, in one mail, does: never while two mailboxes have to say yes.
pub fn a_link_resets(account: &Account) -> bool {
    account.suspended().is_none() && opens(Purpose::ResetPassword, account)
}

/// Whether a secret of this purpose may reset an account's password. SSO people's passwords live elsewhere; a shared
/// credential is reset by what its administrators send and by nothing else (product.md C10); whose question comes after the
/// link must have one; and a changed address is nobody's until it is proved.
pub fn opens(purpose: Purpose, account: &Account) -> bool {
    account.takes_new_password().is_ok()
        && (account.shared_at.is_none() || purpose == Purpose::AdministratorsReset)
        && !lacks_questions(purpose, account)
        && !(is_typed_for(purpose) && account.has_unproved_address())
        && !(lost_its_factor(account) && purpose != Purpose::AdministratorsReset)
        && mailboxes::opens(purpose, account)
        && (purpose != Purpose::AnsweredQuestions || questions::may_stand_alone(account))
}

/// Whether its second factor was taken away and nobody has signed in since: a mailbox alone would be all that is left of two factors.
/// Its administrator, who has made sure who asks, can send a link.
pub fn lost_its_factor(account: &Account) -> bool {
    account.factor_removed_at.is_some() && !account.has_second_factor()
}

/// Whether no link of its owner's asking can reset it because a question would come after it, and there is none.
pub fn lacks_question(account: &Account) -> bool {
    lacks_questions(Purpose::ResetPassword, account)
}

/// Whether whoever has such a link has asked for it by a name that anybody may type.
pub fn is_typed_for(purpose: Purpose) -> bool {
    matches!(purpose, Purpose::ResetPassword | Purpose::SecondaryReset)
}

fn lacks_questions(purpose: Purpose, account: &Account) -> bool {
    is_typed_for(purpose) && question_due(account) && !account.has_questions
}

/// Under `email_then_question` a mailed link is half of it: the question is the other half, unless there is the stronger
/// second factor. Administrators are asked like everybody: here the question never is the only proof. Only who has neither
/// questions nor ever had a password is not: they are registering, and set both. Whose password was ended is not registering
/// anew, or a mailbox alone could take the question away with "it wasn't me".
pub fn question_due(account: &Account) -> bool {
    account.organization.policy.recovery == organizations::Recovery::EmailThenQuestion
        && account.suspended().is_none()
        && !account.has_second_factor()
        && (account.has_questions || !account.is_registering())
}

async fn unable(tx: &mut Tx, app: &App, to: Option<&str>, account: &Account) -> Result<OutboxId, Error> {
    if account.has_unproved_address() {
        let account_shown = account.email.clone();
        let letter = UnableLetter { account: account_shown, unproved: true, ..UnableLetter::default() };
        return queue(tx, app, to, Reader::of(account), &letter).await;
    }
    let name = account.sign_in_name().to_owned();
    let organization = &account.organization;
    if account.signs_in_elsewhere() && account.disabled_at.is_none() {
        let contact = organization.contact.clone();
        let (email, organization) = (account.email.clone(), organization.name.clone());
        let letter = PasswordElsewhereLetter { account: name, email, organization, contact };
        return queue(tx, app, to, Reader::of(account), &letter).await;
    }
    let helpers = people::helpers_of(tx, account).await?;
    let shared = account.shared_at.is_some();
    let no_questions = account.disabled_at.is_none() && !shared;
    let no_factor = no_questions && lost_its_factor(account);
    let no_second = no_questions && account.suspended().is_some() && account.second_mailbox.is_none();
    let organization = organization.name.clone();
    let (reader, account, unproved) = (Reader::of(account), name, false);
    let letter = UnableLetter { account, shared, unproved, no_questions, no_second, no_factor, organization, helpers };
    queue(tx, app, to, reader, &letter).await
}

/// Who reads a mail, and in which language.
#[derive(Clone, Copy)]
struct Reader<'a> {
    account: Option<&'a AccountId>,
    language: &'a str,
}

impl<'a> Reader<'a> {
    const NOBODY: Reader<'static> = Reader { account: None, language: UNSAID };

    fn of(account: &'a Account) -> Reader<'a> {
        Reader { account: Some(&account.id), language: account.language() }
    }
}

async fn queue(
    tx: &mut Tx,
    app: &App,
    to: Option<&str>,
    reader: Reader<'_>,
    letter: &(impl Letter + Sync),
) -> Result<OutboxId, Error> {
    let Reader { account, language } = reader;
    mail::queue(tx, &app.office, Post { to, letter, account, language }).await
}
