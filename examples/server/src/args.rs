//! The command line.

use core::net::SocketAddr;
use core::time::Duration;
use std::path::PathBuf;

use clap::Parser;

use crate::app::Limits;
use crate::engine::EngineOptions;

/// The HTTP APIs of five building systems over one directory. Without options: Maple Court, with keys to try.
#[derive(Clone, Debug, Parser)]
#[command(name = "vestibule-server", version)]
pub struct Args {
    /// Address to listen on; port 0 picks a free one.
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Directory of the journal and the keys file; by default a new temporary one.
    #[arg(long)]
    pub data: Option<PathBuf>,
    /// Estate to begin an empty journal with; by default Maple Court.
    #[arg(long)]
    pub estate: Option<PathBuf>,
    /// Keys file; by default keys.json in the data directory.
    #[arg(long)]
    pub keys: Option<PathBuf>,
    /// Answer every request with a constant, to compare under load.
    #[arg(long)]
    pub constant: bool,
    /// Show passphrases in answers about unit users.
    #[arg(long)]
    pub reveal_passphrases: bool,
    /// Replay the whole journal, compare it with its snapshots, print revision and digest, and end.
    #[arg(long)]
    pub verify: bool,
    /// Least important messages in the log on standard error.
    #[arg(long, default_value_t = tracing::level_filters::LevelFilter::INFO)]
    pub log: tracing::level_filters::LevelFilter,
    /// Most bytes of a body.
    #[arg(long, default_value_t = 64 * 1024)]
    pub max_body_bytes: usize,
    /// Most connections at a time; further ones wait.
    #[arg(long, default_value_t = 1024)]
    pub max_connections: usize,
    /// How long the head of a request may take, and a connection may be idle, in milliseconds.
    #[arg(long, default_value_t = 10_000)]
    pub header_timeout_ms: u64,
    /// How long a request may take, its body included, in milliseconds.
    #[arg(long, default_value_t = 10_000)]
    pub request_timeout_ms: u64,
    /// Most commands that wait for the writer; further ones are refused with 503.
    #[arg(long, default_value_t = 1024)]
    pub queue: usize,
    /// Changes between two snapshots at least; more where a snapshot weighs more than they do.
    #[arg(long, default_value_t = 10_000)]
    pub snapshot_every: u64,
    /// Most pages of 4096 bytes that the journal may have; by default as many as the disk takes.
    #[arg(long)]
    pub journal_max_pages: Option<u32>,
}

impl Args {
    pub(crate) fn limits(&self) -> Limits {
        Limits {
            body_bytes: self.max_body_bytes,
            request: Duration::from_millis(self.request_timeout_ms),
            header: Duration::from_millis(self.header_timeout_ms),
            connections: self.max_connections,
            ..Limits::default()
        }
    }

    pub(crate) fn engine_options(&self) -> EngineOptions {
        EngineOptions {
            queue: self.queue.max(1),
            snapshot_every: self.snapshot_every.max(1),
            ..EngineOptions::default()
        }
    }
}
