//! Something to look at while work takes long: on a terminal only, and only after a moment.

use core::time::Duration;
use std::io::IsTerminal;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work that ends sooner shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);
const TICK: Duration = Duration::from_millis(100);

/// A progress bar on standard error; removed when dropped.
pub struct Progress(Option<Shown>);

struct Shown {
    bar: ProgressBar,
    done: Option<Sender<()>>,
    timer: Option<JoinHandle<()>>,
}

impl Progress {
    /// Progress of something whose end is not known. `what` must be safe to print.
    pub fn spinner(what: String) -> Self {
        Self::start(None, "{spinner} {msg} {elapsed}", what)
    }

    /// Progress through the bytes of a file; a spinner when their number is not known.
    pub fn bytes(what: String, total: Option<u64>) -> Self {
        match total {
            Some(_) => Self::start(total, "{msg} {wide_bar} {bytes} of {total_bytes} {eta}", what),
            None => Self::start(None, "{spinner} {msg} {bytes} {bytes_per_sec}", what),
        }
    }

    /// No progress: the terminal shows the output itself.
    pub const fn none() -> Self {
        Self(None)
    }

    /// So many bytes more are done.
    pub fn advance(&self, bytes: u64) {
        if let Some(shown) = &self.0 {
            shown.bar.inc(bytes);
        }
    }

    fn start(total: Option<u64>, template: &str, what: String) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self::none();
        }
        let Ok(style) = ProgressStyle::with_template(template) else {
            return Self::none();
        };
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden());
        bar.set_style(style);
        bar.set_message(what);
        let (done, wait) = channel();
        let shown = bar.clone();
        let timer = std::thread::Builder::new().spawn(move || {
            if wait.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                shown.set_draw_target(ProgressDrawTarget::stderr());
                shown.enable_steady_tick(TICK);
            }
        });
        match timer {
            Ok(timer) => Self(Some(Shown { bar, done: Some(done), timer: Some(timer) })),
            Err(_) => Self::none(),
        }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        drop(self.done.take());
        if let Some(timer) = self.timer.take() {
            let _ = timer.join();
        }
        self.bar.finish_and_clear();
    }
}
