//! The question and what an answer to it says (RFC 1035). No I/O.

use simple_dns::rdata::RData;
use simple_dns::{CLASS, Name, Packet, PacketFlag, QCLASS, QTYPE, Question, RCODE, TYPE};

use super::Silent;

/// What came back.
#[derive(Debug, PartialEq, Eq)]
pub enum Said {
    Texts(Vec<String>),
    /// It did not fit: to be asked again over TCP.
    CutOff,
}

/// `None` for a name that cannot be asked for.
pub fn question(id: u16, name: &str) -> Option<Vec<u8>> {
    let mut packet = Packet::new_query(id);
    packet.set_flags(PacketFlag::RECURSION_DESIRED);
    let (kind, class) = (QTYPE::TYPE(TYPE::TXT), QCLASS::CLASS(CLASS::IN));
    packet.questions.push(Question::new(Name::new(name).ok()?, kind, class, false));
    packet.build_bytes_vec().ok()
}

/// What an answer says; `None` for what is no answer to this question, which anybody may send.
///
/// # Errors
/// [`Silent::NoAnswer`], [`Silent::Broken`].
pub fn answer(bytes: &[u8], id: u16, name: &str) -> Option<Result<Said, Silent>> {
    let Ok(packet) = Packet::parse(bytes) else {
        // Its first two bytes are the number all the same.
        return bytes.starts_with(&id.to_be_bytes()).then_some(Err(Silent::Broken));
    };
    let asked = Name::new(name).ok()?;
    let ours = packet.id() == id
        && packet.has_flags(PacketFlag::RESPONSE)
        && matches!(packet.questions.as_slice(),
            [one] if one.qname == asked && one.qtype == QTYPE::TYPE(TYPE::TXT) && one.qclass == QCLASS::CLASS(CLASS::IN));
    if !ours {
        return None;
    }
    if packet.has_flags(PacketFlag::TRUNCATION) {
        return Some(Ok(Said::CutOff));
    }
    Some(match packet.rcode() {
        RCODE::NoError => Ok(Said::Texts(texts(packet))),
        RCODE::NameError => Ok(Said::Texts(Vec::new())),
        other => Err(Silent::NoAnswer(format!("{other:?}"))),
    })
}

/// The texts among the answers, whatever other names (CNAME) the resolver has gone over. One that is no UTF-8 is none of ours.
fn texts(packet: Packet<'_>) -> Vec<String> {
    let texts = packet.answers.into_iter().filter_map(|record| match record.rdata {
        RData::TXT(text) if record.class == CLASS::IN => String::try_from(text).ok(),
        _ => None,
    });
    texts.collect()
}

#[cfg(test)]
mod tests {
    use simple_dns::ResourceRecord;
    use simple_dns::rdata::{CNAME, TXT};

    use super::*;

    const NAME: &str = "_portico-challenge.riverside.example";

    fn reply(name: &str, change: impl FnOnce(&mut Packet<'_>)) -> Vec<u8> {
        let question = question(7, name).unwrap();
        let mut packet = Packet::parse(&question).unwrap().into_reply();
        let target = Name::new("elsewhere.example").unwrap();
        let long = "b".repeat(200);
        let split = TXT::new().with_string("a").unwrap().with_string(&long).unwrap();
        let records = [
            RData::CNAME(CNAME(target.clone())),
            RData::TXT(TXT::new().with_string("one").unwrap()),
            RData::TXT(split),
        ];
        packet.answers.extend(records.map(|rdata| ResourceRecord::new(target.clone(), CLASS::IN, 60, rdata)));
        change(&mut packet);
        packet.build_bytes_vec_compressed().unwrap()
    }

    #[test]
    fn texts_are_read_whole_and_over_other_names() {
        let said = answer(&reply(NAME, |_| ()), 7, NAME);
        assert_eq!(said, Some(Ok(Said::Texts(vec!["one".into(), format!("a{}", "b".repeat(200))]))));
    }

    #[test]
    fn nothing_there_is_an_answer_and_a_failure_is_none() {
        let none = reply(NAME, |packet| {
            packet.answers.clear();
            *packet.rcode_mut() = RCODE::NameError;
        });
        assert_eq!(answer(&none, 7, NAME), Some(Ok(Said::Texts(Vec::new()))));
        let failure = reply(NAME, |packet| *packet.rcode_mut() = RCODE::ServerFailure);
        assert!(matches!(answer(&failure, 7, NAME), Some(Err(Silent::NoAnswer(_)))));
        let cut = reply(NAME, |packet| packet.set_flags(PacketFlag::TRUNCATION));
        assert_eq!(answer(&cut, 7, NAME), Some(Ok(Said::CutOff)));
    }

    #[test]
    fn an_answer_to_another_question_is_no_answer() {
        assert_eq!(answer(&reply(NAME, |_| ()), 8, NAME), None);
        assert_eq!(answer(&reply("_portico-challenge.harbor.example", |_| ()), 7, NAME), None);
        assert_eq!(answer(&question(7, NAME).unwrap(), 7, NAME), None, "the question itself");
        assert_eq!(answer(b"", 7, NAME), None);
        assert_eq!(answer(&[0, 7, 1], 7, NAME), Some(Err(Silent::Broken)));
    }
}
