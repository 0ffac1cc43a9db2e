//! A name server on loopback that says what a story has put into it. It speaks UDP and TCP, as one of the world does.

use std::collections::{HashMap, HashSet};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use simple_dns::rdata::{RData, TXT};
use simple_dns::{CLASS, Packet, PacketFlag, RCODE, ResourceRecord};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UdpSocket};

/// Clones are the same name server.
#[derive(Clone)]
pub struct Zone {
    address: SocketAddr,
    said: Arc<Mutex<Said>>,
}

#[derive(Default)]
struct Said {
    texts: HashMap<String, Vec<String>>,
    fails: HashSet<String>,
    asked: Vec<(String, bool)>,
}

impl Zone {
    /// Over UDP and TCP.
    pub async fn serve() -> Zone {
        Zone::on(true).await
    }

    /// One that takes no connections.
    pub async fn serve_packets_only() -> Zone {
        Zone::on(false).await
    }

    async fn on(connections: bool) -> Zone {
        loop {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
            let address = listener.local_addr().unwrap();
            // The same number may be taken among the other kind of ports.
            let Ok(socket) = UdpSocket::bind(address).await else { continue };
            let zone = Zone { address, said: Arc::default() };
            tokio::spawn(zone.clone().answer_packets(socket));
            if connections {
                tokio::spawn(zone.clone().answer_connections(listener));
            }
            return zone;
        }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The texts that stand at a name from now on; none: no such name.
    pub fn put(&self, name: &str, texts: &[&str]) {
        let mut said = self.said.lock().unwrap();
        said.fails.remove(name);
        said.texts.insert(name.to_owned(), texts.iter().map(|text| (*text).to_owned()).collect());
    }

    /// It has no answer for a name itself.
    pub fn fail(&self, name: &str) {
        self.said.lock().unwrap().fails.insert(name.to_owned());
    }

    /// What it was asked for, and whether over TCP.
    pub fn asked(&self) -> Vec<(String, bool)> {
        self.said.lock().unwrap().asked.clone()
    }

    async fn answer_packets(self, socket: UdpSocket) {
        let mut packet = [0; 4096];
        while let Ok((length, from)) = socket.recv_from(&mut packet).await {
            let answer = self.answer(&packet[..length], false);
            // A stranger is faster, and guesses the number wrong.
            let mut guess = answer.clone();
            guess[0] ^= 0xff;
            socket.send_to(&guess, from).await.unwrap();
            socket.send_to(&answer, from).await.unwrap();
        }
    }

    async fn answer_connections(self, listener: TcpListener) {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(self.clone().answer_one(stream));
        }
    }

    async fn answer_one(self, mut stream: TcpStream) {
        while let Ok(length) = stream.read_u16().await {
            let mut question = vec![0; usize::from(length)];
            stream.read_exact(&mut question).await.unwrap();
            let answer = self.answer(&question, true);
            stream.write_u16(u16::try_from(answer.len()).unwrap()).await.unwrap();
            stream.write_all(&answer).await.unwrap();
        }
    }

    fn answer(&self, question: &[u8], connection: bool) -> Vec<u8> {
        let asked = Packet::parse(question).unwrap();
        let name = asked.questions[0].qname.clone();
        let mut said = self.said.lock().unwrap();
        said.asked.push((name.to_string(), connection));
        let texts = said.texts.get(&name.to_string()).cloned().unwrap_or_default();
        let mut reply = asked.into_reply();
        for text in &texts {
            let mut record = TXT::new();
            // A string of the DNS has 255 bytes at most; whoever wants more says several.
            for part in text.as_bytes().chunks(255) {
                record.add_string(std::str::from_utf8(part).unwrap()).unwrap();
            }
            reply.answers.push(ResourceRecord::new(name.clone(), CLASS::IN, 60, RData::TXT(record)));
        }
        if said.fails.contains(&name.to_string()) {
            *reply.rcode_mut() = RCODE::ServerFailure;
        } else if texts.is_empty() {
            *reply.rcode_mut() = RCODE::NameError;
        }
        let bytes = reply.build_bytes_vec().unwrap();
        if connection || bytes.len() <= 512 {
            return bytes;
        }
        reply.answers.clear();
        reply.set_flags(PacketFlag::TRUNCATION);
        reply.build_bytes_vec().unwrap()
    }
}
