//! From texts to handles and back, as C looks them up.

use vestibule::{
    IdRef, Image, Key, OrganisationHandle, Principal, PrincipalHandle, Resource, ResourceHandle,
};
use vestibule_c::{
    VESTIBULE_E_ACTING_ORG, VESTIBULE_E_PRINCIPAL, VESTIBULE_E_RESOURCE, VESTIBULE_E_UNKNOWN,
    VESTIBULE_OK, vestibule_status,
};

use crate::tape::Fields;

/// A handle, or the status of looking it up.
pub type Found<T> = Result<T, vestibule_status>;

pub fn find_principal(image: &Image<'_>, text: &str) -> Found<PrincipalHandle> {
    let principal = Principal::parse(text).map_err(|_| VESTIBULE_E_PRINCIPAL)?;
    image.principal(principal).ok_or(VESTIBULE_E_UNKNOWN)
}

pub fn find_resource(image: &Image<'_>, text: &str) -> Found<ResourceHandle> {
    let resource = Resource::parse(text).map_err(|_| VESTIBULE_E_RESOURCE)?;
    image.resource(resource).ok_or(VESTIBULE_E_UNKNOWN)
}

pub fn find_organisation(image: &Image<'_>, text: &str) -> Found<OrganisationHandle> {
    let id = IdRef::parse(text).map_err(|_| VESTIBULE_E_ACTING_ORG)?;
    image.organisation(id).ok_or(VESTIBULE_E_UNKNOWN)
}

pub fn find_key(image: &Image<'_>, text: &str) -> Found<Key> {
    image.key(text).ok_or(VESTIBULE_E_UNKNOWN)
}

/// Something that is looked up before a question with handles. Fields: the text that is looked up; the status, 4 bytes; the text that
/// the handle stands for, empty where there is none.
fn looked_up<T>(asked: &str, found: &Found<T>, name: impl Fn(&T) -> String) -> Fields {
    let status = found.as_ref().err().copied().unwrap_or(VESTIBULE_OK);
    let canonical = found.as_ref().map(name).unwrap_or_default();
    Fields::new().text(asked).status(status).text(&canonical)
}

/// See `looked_up`.
pub fn principal_fields(image: &Image<'_>, asked: &str) -> Fields {
    looked_up(asked, &find_principal(image, asked), |handle| principal_text(image, *handle))
}

/// See `looked_up`.
pub fn resource_fields(image: &Image<'_>, asked: &str) -> Fields {
    looked_up(asked, &find_resource(image, asked), |handle| resource_text(image, *handle))
}

/// See `looked_up`. An organisation on whose behalf a question is asked has the handle that it has as a resource.
pub fn organisation_fields(image: &Image<'_>, asked: &str) -> Fields {
    looked_up(asked, &find_organisation(image, asked), |handle| {
        let resource = ResourceHandle::from_bits(handle.to_bits());
        resource_text(image, resource.expect("an organisation is a resource"))
    })
}

/// See `looked_up`.
pub fn key_fields(image: &Image<'_>, asked: &str) -> Fields {
    looked_up(asked, &find_key(image, asked), |key| image.key_text(*key).to_owned())
}

pub fn principal_text(image: &Image<'_>, handle: PrincipalHandle) -> String {
    let id = image.principal_id(handle).expect("a handle of this image");
    let principal =
        if handle.is_person() { Principal::Person(id) } else { Principal::UnitToken(id) };
    principal.to_string()
}

pub fn resource_text(image: &Image<'_>, handle: ResourceHandle) -> String {
    image.resource_id(handle).expect("a handle of this image").to_string()
}
