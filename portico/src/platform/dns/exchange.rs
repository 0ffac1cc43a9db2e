//! One question to one resolver.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::timeout;

use super::Silent;
use super::message::{Said, answer};

const CONNECT: Duration = Duration::from_secs(1);
const ANSWER: Duration = Duration::from_secs(3);
/// What fits into a packet for whoever has not said that more may come.
const MAX_PACKET: usize = 512;

/// # Errors
/// [`Silent`].
pub async fn exchange(resolver: SocketAddr, question: &[u8], id: u16, name: &str) -> Result<Vec<String>, Silent> {
    let said = match timeout(CONNECT, TcpStream::connect(resolver)).await {
        Ok(Ok(stream)) => timeout(ANSWER, over_tcp(stream, question, id, name)).await,
        // Nobody takes connections there, or something in between lets none through.
        _ => timeout(ANSWER, over_udp(resolver, question, id, name)).await,
    };
    match said.unwrap_or(Err(Silent::Late))? {
        Said::Texts(texts) => Ok(texts),
        Said::CutOff => Err(Silent::NoAnswer("it takes no connections, and its answer fits into no packet".to_owned())),
    }
}

async fn over_tcp(mut stream: TcpStream, question: &[u8], id: u16, name: &str) -> Result<Said, Silent> {
    let unreachable = |error: std::io::Error| Silent::Unreachable(error.to_string());
    let length = u16::try_from(question.len()).map_err(|_| Silent::Name)?;
    // In one piece: some resolvers take what comes first for the whole.
    let message = [&length.to_be_bytes(), question].concat();
    stream.write_all(&message).await.map_err(unreachable)?;
    let length = stream.read_u16().await.map_err(unreachable)?;
    let mut bytes = vec![0; usize::from(length)];
    stream.read_exact(&mut bytes).await.map_err(unreachable)?;
    answer(&bytes, id, name).unwrap_or(Err(Silent::Broken))
}

async fn over_udp(resolver: SocketAddr, question: &[u8], id: u16, name: &str) -> Result<Said, Silent> {
    let unreachable = |error: std::io::Error| Silent::Unreachable(error.to_string());
    let any: SocketAddr = match resolver {
        SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
        SocketAddr::V6(_) => (Ipv6Addr::UNSPECIFIED, 0).into(),
    };
    let socket = UdpSocket::bind(any).await.map_err(unreachable)?;
    // From then on the system drops what comes from anybody else.
    socket.connect(resolver).await.map_err(unreachable)?;
    socket.send(question).await.map_err(unreachable)?;
    let mut packet = [0; MAX_PACKET];
    loop {
        let length = match socket.recv(&mut packet).await {
            Ok(length) => length,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(unreachable(error)),
        };
        // What is no answer to this may be a guess of somebody else's: the true one is still to come.
        if let Some(said) = answer(packet.get(..length).unwrap_or_default(), id, name) {
            return said;
        }
    }
}
