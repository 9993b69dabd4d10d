//! What the lobby shows of residents.

use alloc::vec::Vec;

use super::selection::Selection;
use crate::decide::blocked_buildings;
use crate::directory::Directory;
use crate::directory::ids::to_index;
use crate::directory::tables::Residency;
use crate::estate::ResidencyType;
use crate::facts::{Facts, Standing};
use crate::image::SliceKind;
use crate::image::layout::{LobbyRow, TextRef};
use crate::image::write::TextPool;

/// A row for each item of `residents`; none for a person, who needs no lobby.
pub(super) fn frozen_lobby(
    directory: &Directory,
    selection: &Selection,
    residencies: &[u32],
    texts: &mut TextPool,
) -> Vec<LobbyRow> {
    if selection.kind == SliceKind::Person {
        return Vec::new();
    }
    let rows = residencies.iter().map(|number| {
        let row = directory.residencies.get(*number);
        let shown = row.filter(|row| is_shown(directory, selection, row));
        let Some(row) = shown else {
            return LobbyRow { name: TextRef::default(), flags: 0 };
        };
        let calls = if row.receives_calls { LobbyRow::RECEIVES_CALLS } else { 0 };
        let name = directory.lobby_name(*number, row).unwrap_or_default();
        LobbyRow { name: texts.intern(name), flags: LobbyRow::SHOWN | calls }
    });
    rows.collect()
}

/// Whether a residency can be listed at some time, in a lobby of this slice. What time does not change is looked at here: a
/// panel has no name of somebody deleted or blocked.
fn is_shown(directory: &Directory, selection: &Selection, row: &Residency) -> bool {
    let Some(unit) = directory.units.rows.get(to_index(row.unit)) else { return false };
    row.directory_visible
        && row.residency_type != ResidencyType::Guest
        && selection.integrations.has(unit.integration)
        && unit.is_enabled
        && directory.is_live(unit.organisation)
        && directory.standing(row.person) == Some(Standing::Active)
        && !blocked_buildings(directory, row.person).any(|building| building == unit.building)
}
