//! What the fuzz targets do with their input, as a library, so that the tests of every change do the same with the inputs
//! that were kept (`corpus/`), without instruments.

#[path = "../../core/tests/support/agreement.rs"]
#[expect(missing_docs, reason = "a file of the tests of the core")]
pub mod agreement;
#[cfg(test)]
mod corpus;
mod edit;
mod header;
pub mod image;
pub mod request;
