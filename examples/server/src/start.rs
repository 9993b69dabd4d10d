//! From the command line to a running server, and to its end.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, RwLock};

use tokio::net::TcpListener;
use vestibule::commands::ImportEstate;
use vestibule::{Actor, Context, Directory, Estate, Query, RateBuckets, RateLimits};

use crate::app::{App, Revealed};
use crate::args::Args;
use crate::auth::{DemoKey, Keyring, KeysError, UnitTokens, create_demo_keys};
use crate::effects::Effects;
use crate::engine::{Engine, EngineError, Order};
use crate::journal::{Journal, JournalError, JournalOptions};
use crate::{http, ids, routes};

/// What a new journal begins with where no estate is given.
const MAPLE_COURT: &[u8] = include_bytes!("../../maple-court/estate.json");

/// Why the server does not run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// Of the journal.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// Of the keys.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// There are no keys.
    #[error("no keys file `{}`: give one with --keys", .path.display())]
    NoKeys {
        /// Where one was looked for.
        path: PathBuf,
    },
    /// A file or directory cannot be used.
    #[error("`{}`: {cause}", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// The estate has faults.
    #[error("the estate cannot be loaded:\n{0}")]
    Estate(String),
    /// The first change could not be stored.
    #[error("the estate cannot be imported: {0}")]
    Import(EngineError),
    /// The address cannot be had.
    #[error("cannot listen on `{listen}`: {cause}")]
    Listen {
        /// Which.
        listen: core::net::SocketAddr,
        /// What the system said.
        cause: std::io::Error,
    },
}

/// Runs the server until it is told to stop.
///
/// # Errors
///
/// When it cannot start.
pub async fn run(args: Args) -> Result<(), StartError> {
    let data = data_directory(&args)?;
    let options = JournalOptions { max_pages: args.journal_max_pages };
    let journal = Journal::open(&data.join("journal.sqlite"), options)?;
    if args.verify {
        return verify(&journal);
    }
    let (mut keys, demo) = load_keys(&args, &data)?;
    let revealed = args.reveal_passphrases.then(|| load_secrets(&journal)).transpose()?;
    let restored = journal.restore()?;
    tracing::info!(
        revision = restored.directory.revision(),
        replayed = restored.replayed,
        "restored"
    );
    let is_new = restored.directory.revision() == 0;
    if !is_new {
        let counts = |actor: &Actor| counts(&restored.directory, actor);
        keys.retain(counts);
        UnitTokens::new(&data).retain(counts)?;
    }
    let keys = Arc::new(RwLock::new(keys));
    let effects = Box::new(Effects {
        revealed: revealed.clone(),
        tokens: UnitTokens::new(&data),
        keys: Arc::clone(&keys),
    });
    let engine = Engine::start(journal, restored.directory, args.engine_options(), effects)?;
    if is_new {
        import(&engine, args.estate.as_deref()).await?;
    }
    let limits = args.limits();
    let rates = Mutex::new(RateBuckets::new(RateLimits::DEFAULT));
    let app = Arc::new(App { engine, keys, rates, revealed, limits });
    let router = if args.constant { routes::constant_router } else { routes::router };
    let refused = |cause| StartError::Listen { listen: args.listen, cause };
    let listener = TcpListener::bind(args.listen).await.map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    greet(address, &data, &demo);
    http::serve(listener, router(Arc::clone(&app)), limits, stop_signal()).await;
    tracing::info!("stopping");
    app.engine.stop().await;
    Ok(())
}

fn data_directory(args: &Args) -> Result<PathBuf, StartError> {
    let data = args
        .data
        .clone()
        .unwrap_or_else(|| std::env::temp_dir().join(format!("vestibule-server-{}", ids::ulid())));
    std::fs::create_dir_all(&data)
        .map_err(|cause| StartError::File { path: data.clone(), cause })?;
    Ok(data)
}

fn verify(journal: &Journal) -> Result<(), StartError> {
    let replayed = journal.verify()?;
    let restored = journal.restore()?;
    let digest = replayed.directory.digest();
    if restored.directory.digest() != digest {
        let (path, revision) = (journal.path().into(), restored.directory.revision());
        return Err(JournalError::Diverged { path, revision }.into());
    }
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    println!("revision {} digest {digest}", replayed.directory.revision());
    Ok(())
}

/// The keys, and those that were made just now.
fn load_keys(args: &Args, data: &Path) -> Result<(Keyring, Vec<DemoKey>), StartError> {
    let path = args.keys.clone().unwrap_or_else(|| data.join("keys.json"));
    let is_demo = args.keys.is_none() && args.estate.is_none();
    let demo = match (path.exists(), is_demo) {
        (true, _) => Vec::new(),
        (false, true) => create_demo_keys(&path)?,
        (false, false) => return Err(StartError::NoKeys { path }),
    };
    let mut keys = Keyring::load(&path)?;
    keys.extend(UnitTokens::new(data).load()?);
    Ok((keys, demo))
}

/// Whether a key may count: not the token of a unit that is gone, or of an older generation.
fn counts(directory: &Directory, actor: &Actor) -> bool {
    let context = Context::new(actor.clone(), None, ids::now());
    let is_refused = || {
        let (output_options, pagination) = (Default::default(), Default::default());
        let answer = directory.query(&context, &Query::ListOrgs { output_options, pagination });
        answer.is_err_and(|error| error.code() == "unauthenticated")
    };
    !matches!(actor, Actor::UnitToken { .. }) || !is_refused()
}

fn load_secrets(journal: &Journal) -> Result<Revealed, StartError> {
    Ok(Arc::new(RwLock::new(journal.secrets()?.into_iter().collect())))
}

async fn import(engine: &Engine, path: Option<&Path>) -> Result<(), StartError> {
    let text = match path {
        None => MAPLE_COURT.to_vec(),
        Some(path) => {
            std::fs::read(path).map_err(|cause| StartError::File { path: path.into(), cause })?
        }
    };
    let estate =
        Estate::from_json(&text).map_err(|faults| StartError::Estate(faults.to_string()))?;
    let context = Context {
        actor: None,
        acting_org: None,
        at: ids::now(),
        new_ids: Vec::new(),
        correlation_id: None,
    };
    let command = ImportEstate { estate: Box::new(estate) }.into();
    let order = Order { context, command, secrets: Vec::new() };
    engine.execute(order).await.map(drop).map_err(StartError::Import)
}

/// What a person needs to try it. The only time that keys are shown.
fn greet(address: core::net::SocketAddr, data: &Path, demo: &[DemoKey]) {
    println!("vestibule-server listens on http://{address}");
    println!("its journal and keys are in {}", data.display());
    let Some(first) = demo.iter().find(|key| key.who.starts_with("Leila")) else { return };
    println!("\nkeys, shown this once:");
    for DemoKey { who, key } in demo {
        println!("  {key}  {who}");
    }
    println!("\ntry:");
    println!(
        "  curl -s http://{address}/api/v1/integrations/01JBMC7Q2ZK4N8VX3TRWAHE5DG/building-users \\\n    \
         -H 'Authorization: Bearer {}' -H 'X-Org: linden-homes'",
        first.key
    );
}

async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return core::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
