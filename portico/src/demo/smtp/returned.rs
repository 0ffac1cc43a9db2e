//! Mail that is taken and sent back: a delivery report (RFC 3464), put where the operator's mail server would put it.

use std::fs;

use mail_parser::MessageParser;

use super::Script;

/// Sends a mail back, if the script has it so.
pub(super) fn send_back(script: &Script, to: &str, raw: &[u8]) {
    let (Some(diagnosis), Some(maildir)) = (script.returned.get(&to.to_ascii_lowercase()), &script.returns_to) else {
        return;
    };
    let parsed = MessageParser::default().parse_headers(raw);
    let Some(id) = parsed.as_ref().and_then(|mail| mail.message_id()) else { return };
    let name = format!("{}.demo", id.split('@').next().unwrap_or_default());
    // Written elsewhere first, as maildirs want it: nobody reads half a report.
    let [draft, ready] = ["tmp", "new"].map(|folder| maildir.join(folder).join(&name));
    let sent = fs::write(&draft, report(to, id, diagnosis)).and_then(|()| fs::rename(&draft, &ready));
    if let Err(error) = sent {
        tracing::warn!(%error, "a mail could not be sent back");
    }
}

fn report(to: &str, id: &str, diagnosis: &str) -> String {
    let status = diagnosis.split(' ').nth(1).unwrap_or("5.0.0");
    format!(
        "From: MAILER-DAEMON@mail.example\r\nSubject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"parts\"\r\n\r\n\
         --parts\r\nContent-Type: text/plain\r\n\r\nYour mail could not be delivered.\r\n\
         --parts\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.example\r\n\r\n\
         Final-Recipient: rfc822; {to}\r\nAction: failed\r\nStatus: {status}\r\nDiagnostic-Code: smtp; {diagnosis}\r\n\r\n\
         --parts\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{id}>\r\n\r\n--parts--\r\n"
    )
}
