//! The server as its clients see it: every test starts the real binary on a free port.

mod building_users;
mod crash;
mod extensions;
mod hostile;
mod journal;
mod organisations;
mod rate;
mod support;
mod unit_users;
mod users;
mod walk_through;
