//! From what a grant reaches back to its holder: the lists that name candidates for a question.

use super::lists::Lists;
use crate::catalog::Meaning;
use crate::facts::{Access, Form, Grant, Sites};

/// A list of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Hub {
    /// Those with a role that names an integration.
    Site(u32),
    /// Those of them who have staff keys by it.
    SiteStaff(u32),
    /// Those with a role at an organisation that grants something and names no integration.
    Roles(u32),
    /// Those with a permission group in an organisation.
    Groups(u32),
    /// Those of them whose building access is all of the company.
    Company(u32),
    /// Those with a permission group whose building access lists a building.
    Listed(u32),
    /// Those with a role at the platform.
    Platform,
}

/// The lists in which the holder of a grant stands for it.
pub(crate) fn hubs_of(
    grant: &Grant,
    meaning: Option<&Meaning>,
    building_lists: &Lists,
    add: &mut impl FnMut(Hub),
) {
    if let Form::SiteRole { sites: Sites::One(site), .. }
    | Form::OrganisationRole { sites: Sites::One(site), .. } = grant.form
    {
        add(Hub::Site(site));
        if meaning.is_some_and(|meaning| !meaning.site.is_empty()) {
            add(Hub::SiteStaff(site));
        }
    }
    let grants_something = meaning.is_some_and(|meaning| !meaning.is_empty());
    match grant.form {
        Form::SiteRole { sites: Sites::One(_), .. } => {}
        Form::SiteRole { organisation, .. } | Form::OrganisationRole { organisation, .. }
            if grants_something =>
        {
            add(Hub::Roles(organisation));
        }
        Form::Group { organisation, access } => {
            add(Hub::Groups(organisation));
            match access {
                Access::None => {}
                Access::AllOfCompany => add(Hub::Company(organisation)),
                Access::Listed(list) => {
                    building_lists.of(list).iter().for_each(|at| add(Hub::Listed(*at)));
                }
            }
        }
        Form::Platform { .. } => add(Hub::Platform),
        Form::SiteRole { .. }
        | Form::OrganisationRole { .. }
        | Form::Residency { .. }
        | Form::Administrator { .. } => {}
    }
}
