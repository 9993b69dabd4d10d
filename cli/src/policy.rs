//! What answers: an estate, or an image of one.

use vestibule::{
    Decision, Directory, Explanation, Image, ListItem, ListQuery, ListedResident, LobbyRow,
    OutsideSlice, Principal, Request, Resource, Timestamp,
};

use crate::args::PolicySource;
use crate::estate;
use crate::failure::Failure;
use crate::image::{ImageFile, slice_words};
use crate::input::Source;
use crate::question::flag_failure;

/// What answers. A panel has the image only.
pub enum Policy<'a> {
    /// A directory of an estate.
    Estate(&'a Directory),
    /// An image that was opened.
    Image(&'a Image<'a>),
}

/// The items of a list.
pub type Items<'p> = Box<dyn Iterator<Item = ListItem<'p>> + 'p>;

impl PolicySource {
    /// Reads what is asked, and asks it.
    pub fn ask<T>(
        &self,
        ask: impl FnOnce(&Policy<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        match &self.image {
            Some(image) => {
                let file = ImageFile::read(image)?;
                ask(&Policy::Image(&file.open()?))
            }
            None => ask(&Policy::Estate(&estate::load(self.source()?)?)),
        }
    }

    /// The estate, for a command that no image answers.
    pub fn needs_estate(&self, command: &str) -> Result<&Source, Failure> {
        self.estate.as_ref().ok_or_else(|| {
            flag_failure(&format!(
                "{command}: found --image, expected --estate FILE: an image does not hold what this \
                 needs"
            ))
        })
    }

    /// The file.
    pub fn source(&self) -> Result<&Source, Failure> {
        let source = self.image.as_ref().or(self.estate.as_ref());
        source.ok_or_else(|| flag_failure("--estate FILE or --image FILE is missing; see --help"))
    }
}

impl Policy<'_> {
    /// Decides.
    pub fn decide(&self, request: &Request<'_>) -> Decision {
        match self {
            Self::Estate(directory) => directory.decide(request),
            Self::Image(image) => image.decide(request),
        }
    }

    /// Decides, and says why.
    pub fn explain(&self, request: &Request<'_>) -> Explanation {
        match self {
            Self::Estate(directory) => directory.explain(request),
            Self::Image(image) => image.explain(request),
        }
    }

    /// A list.
    pub fn list<'p>(
        &'p self,
        query: &ListQuery<'p>,
        at: Timestamp,
    ) -> Result<Items<'p>, OutsideSlice> {
        match self {
            Self::Estate(directory) => Ok(directory.list(query, at)),
            Self::Image(image) => image_list(image, query, at),
        }
    }

    /// Whether there is such a person or unit.
    pub fn has_principal(&self, principal: Principal<'_>) -> bool {
        match self {
            Self::Estate(directory) => directory.principal(principal).is_some(),
            Self::Image(image) => image.principal(principal).is_some(),
        }
    }

    /// Whether there is such a place, and it may be asked about.
    pub fn has_resource(&self, resource: Resource<'_>) -> bool {
        match self {
            Self::Estate(directory) => directory.resource(resource).is_some(),
            Self::Image(image) => image.resource(resource).is_some(),
        }
    }

    /// Whether there is such a permission key.
    pub fn has_key(&self, key: &str) -> bool {
        match self {
            Self::Estate(directory) => directory.catalog().key(key).is_some(),
            Self::Image(image) => image.key(key).is_some(),
        }
    }

    /// What can be asked about, in words.
    pub fn extent(&self) -> String {
        match self {
            Self::Estate(_) => "the estate".to_owned(),
            Self::Image(image) => format!("the image, which holds {}", slice_words(image)),
        }
    }
}

/// The lists that an image answers; [`needs_estate`](PolicySource::needs_estate) has refused the others.
fn image_list<'p>(
    image: &'p Image<'p>,
    query: &ListQuery<'p>,
    at: Timestamp,
) -> Result<Items<'p>, OutsideSlice> {
    Ok(match *query {
        ListQuery::Permissions { principal, resource } => {
            Box::new(image.permissions(principal, resource, at)?.map(ListItem::Permission))
        }
        ListQuery::WhoCan { action, resource } => {
            Box::new(image.who_can(action, resource, at)?.map(ListItem::Person))
        }
        ListQuery::WhatCan { person, action } => {
            Box::new(image.what_can(person, action, at)?.map(ListItem::Resource))
        }
        ListQuery::LobbyDirectory { integration } => {
            let units = image.lobby_directory(integration, at)?;
            Box::new(units.map(|unit| {
                let listed = unit.residents();
                let residents = listed.map(|(person, name)| ListedResident { person, name });
                ListItem::LobbyUnit(LobbyRow {
                    unit: unit.unit,
                    number: unit.number,
                    residents: residents.collect(),
                    callable: unit.callable,
                })
            }))
        }
        _ => return Err(OutsideSlice),
    })
}
