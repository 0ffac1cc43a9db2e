//! A small proxy before PostgreSQL that cuts connections at chosen words.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

#[derive(Clone, Copy, PartialEq)]
pub enum Cut {
    /// When the client says the word, before the server hears it.
    Before(&'static [u8]),
    /// When the server has answered the word, before the client hears it.
    After(&'static [u8]),
    /// Every connection, at once.
    Always,
}

pub struct Proxy {
    pub url: String,
    cut: Arc<Mutex<Vec<Cut>>>,
    unheard: Unheard,
}

/// What clients must have said before any answer goes through.
type Unheard = Arc<Mutex<Vec<&'static [u8]>>>;

impl Proxy {
    /// Stands before the server of `url`.
    pub async fn start(url: &str) -> Self {
        let begin = url.find("://").unwrap() + 3;
        let end = begin + url[begin..].find('/').unwrap();
        let at = url[begin..end].find('@').map_or(begin, |at| begin + at + 1);
        let server = url[at..end].to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (cut, unheard) = (Arc::default(), Unheard::default());
        tokio::spawn(accept(listener, server, Arc::clone(&cut), Arc::clone(&unheard)));
        Self { url: format!("{}{address}{}", &url[..at], &url[end..]), cut, unheard }
    }

    /// Holds all answers back until each of `words` was said.
    pub fn answer_nothing_before(&self, words: &[&'static [u8]]) {
        *self.unheard.lock().unwrap() = words.to_vec();
    }

    /// Each of `cuts` is used up by one connection, except `Always`.
    pub fn cut(&self, cuts: &[Cut]) {
        *self.cut.lock().unwrap() = cuts.to_vec();
    }

    pub fn cuts_left(&self) -> usize {
        self.cut.lock().unwrap().len()
    }
}

async fn accept(listener: TcpListener, server: String, cut: Arc<Mutex<Vec<Cut>>>, unheard: Unheard) {
    while let Ok((client, _)) = listener.accept().await {
        let (cut, unheard) = (Arc::clone(&cut), Arc::clone(&unheard));
        let server = server.clone();
        tokio::spawn(async move {
            let Ok(server) = TcpStream::connect(server).await else {
                return;
            };
            // Both sockets close when this ends.
            let _ = pass(client, server, &cut, &unheard).await;
        });
    }
}

async fn pass(
    mut client: TcpStream,
    mut server: TcpStream,
    cut: &Mutex<Vec<Cut>>,
    unheard: &Mutex<Vec<&'static [u8]>>,
) -> std::io::Result<()> {
    let (mut asked, mut answered) = ([0; 16384], [0; 16384]);
    let mut cut_answer = false;
    loop {
        if cut.lock().unwrap().contains(&Cut::Always) {
            return Ok(());
        }
        let free = unheard.lock().unwrap().is_empty();
        tokio::select! {
            length = client.read(&mut asked) => {
                let said = &asked[..length?];
                unheard.lock().unwrap().retain(|word| !has(said, word));
                match take(cut, said) {
                    Some(Cut::After(_)) => cut_answer = true,
                    Some(_) => return Ok(()),
                    None if said.is_empty() => return Ok(()),
                    None => {}
                }
                server.write_all(said).await?;
            }
            length = server.read(&mut answered), if free => {
                let said = &answered[..length?];
                if said.is_empty() || cut_answer {
                    return Ok(());
                }
                client.write_all(said).await?;
            }
        }
    }
}

/// The first cut whose word was said, used up.
fn take(cuts: &Mutex<Vec<Cut>>, said: &[u8]) -> Option<Cut> {
    let mut cuts = cuts.lock().unwrap();
    let at = cuts.iter().position(|cut| match cut {
        Cut::Before(word) | Cut::After(word) => has(said, word),
        Cut::Always => true,
    })?;
    match cuts[at] {
        Cut::Always => Some(Cut::Always),
        _ => Some(cuts.remove(at)),
    }
}

fn has(said: &[u8], word: &[u8]) -> bool {
    said.windows(word.len()).any(|part| part == word)
}
