//! Laws that every contract and every month must obey. Random contracts are computed twice: by the product, and by a
//! naive evaluator that was written from the rules alone and shares nothing with the product.

mod amended;
mod bands;
mod coverage;
mod money;
mod order;
mod rounding;
mod statements;
mod stories;
mod whole;

pub mod choices;
mod description;
mod naive;
mod product;
mod text;

/// A random contract and a table of random data for it.
pub fn random_contract(
    c: &mut choices::Choices<'_>,
) -> Result<(quidpro::program::Program, String), String> {
    let described = description::contract(c);
    let loaded = product::load(&text::print(&described))?;
    let table = product::csv(&product::data(c, &described));
    Ok((product::program(&loaded).clone(), table))
}
