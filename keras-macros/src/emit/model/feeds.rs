//! How a model is given its data, and what it gives back: types, and the checks of their lengths.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::Emit;
use crate::emit::respan;
use crate::graph::Value;
use crate::syntax::pattern::Declared;

impl Emit<'_> {
    /// How inputs are given: the type for `predict`, the type for `infer`, the lengths, and the slices.
    pub(super) fn example(&self) -> (TokenStream, TokenStream, TokenStream, TokenStream) {
        let graph = &self.graph.graph;
        let name = &self.model.name;
        let inputs = self.graph.inputs.len();
        let lens = (0..inputs + self.graph.targets.len()).map(|i| {
            let (len, shape) = (format_ident!("__LEN{}", i), self.root_shape(graph.inputs[i]));
            quote!(const #len: usize = #shape.len();)
        });
        let outputs = self.graph.outputs.iter().enumerate().map(|(i, (_, v))| {
            let (len, shape) = (format_ident!("__OUT{}", i), self.root_shape(*v));
            let at = format_ident!("__OUT_AT{}", i);
            quote! {
                const #len: usize = #shape.len();
                const #at: usize = __keras::output_at(<__Predict<__Root> as __keras::LayerAt>::OUTPUTS, #i);
            }
        });
        let lens = quote! {
            #(#lens)*
            #(#outputs)*
            const __OUTPUTS: usize = __keras::outputs(<__Predict<__Root> as __keras::LayerAt>::OUTPUTS).total(1);
            const __ARENA: usize = __keras::arena::<__Predict<__Root>>();
            const __FREEZE: &'static __keras::infer::Freeze = __keras::infer::freeze_of::<__Predict<__Root>>();
            const __FROZEN: usize = __FREEZE.len;
        };
        if inputs == 1 {
            let feed = match self.graph.declared[0].declared {
                Declared::Unknown => quote!(__keras::Any),
                _ => quote!(__keras::One<__LEN0>),
            };
            return (feed, quote!(&'a [F; __LEN0]), lens, quote!([&x[..]]));
        }
        let types = (0..inputs).map(|i| {
            let len = format_ident!("__LEN{}", i);
            quote!(&'a [F; #len])
        });
        let fields = (0..inputs).map(syn::Index::from);
        (quote!(__keras::Named<#name>), quote!((#(#types,)*)), lens, quote!([#(&x.#fields[..]),*]))
    }

    pub(super) fn predicted(&self) -> (TokenStream, TokenStream) {
        let name = self.name("Outputs");
        let batch = |i: usize, v: Value| {
            let shape = self.root_shape(v);
            quote!(__keras::batch::<Self, F, { __keras::rank(&#shape) }, #i>(rows, __keras::taken(&mut outputs, #i)))
        };
        if let [(_, value)] = self.graph.outputs[..] {
            let (shape, batch) = (self.root_shape(value), batch(0, value));
            return (quote!(__keras::Batch<F, { __keras::rank(&#shape) }>), batch);
        }
        let fields = self.graph.outputs.iter().enumerate().map(|(i, (field, value))| {
            let batch = batch(i, *value);
            quote!(#field: #batch)
        });
        (quote!(#name<F>), quote!(#name { #(#fields),* }))
    }

    /// `impl Dataset<Net, F> for NetData<…>`.
    pub(super) fn dataset(&self) -> TokenStream {
        let names: Vec<&Ident> = self.graph.inputs.iter().chain(&self.graph.targets).collect();
        let model = &self.model.name;
        self.column_impl(&self.name("Data"), &names, &quote!(__keras::Dataset<#model, F>))
    }

    /// `impl Example<Net, F> for NetData<…>`: with a row in each field it is one example.
    pub(super) fn example_data(&self) -> TokenStream {
        let (name, model) = (self.name("Data"), &self.model.name);
        let names: Vec<&Ident> = self.graph.inputs.iter().chain(&self.graph.targets).collect();
        let types = types(names.len());
        let (bounds, checks) =
            self.bounds(&types, |len| quote!(__keras::RowOf<#len>), quote!(__keras::Numbers));
        let arms = arms(&names, |name| quote!(__keras::Numbers::put(&self.#name, out)));
        let header = quote!(impl<F: __keras::Float, #(#types: #bounds),*> __keras::Example<#model, F> for #name<#(#types),*>);
        let body = quote! {{
            fn put(&self, port: usize, out: &mut [F]) {
                const { #checks }
                #arms
            }
        }};
        self.at_name(&header, body)
    }

    pub(super) fn feeds(&self) -> TokenStream {
        if self.graph.inputs.len() == 1 {
            return quote!();
        }
        let names: Vec<&Ident> = self.graph.inputs.iter().collect();
        let model = &self.model.name;
        self.column_impl(
            &self.name("Inputs"),
            &names,
            &quote!(__keras::Feed<__keras::Named<#model>, F>),
        )
    }

    fn column_impl(&self, name: &Ident, names: &[&Ident], what: &TokenStream) -> TokenStream {
        let types = types(names.len());
        let (bounds, checks) =
            self.bounds(&types, |len| quote!(__keras::Rows<F, #len>), quote!(__keras::Column<F>));
        let arms = arms(names, |name| quote!(&self.#name));
        let header =
            quote!(impl<F: __keras::Float, #(#types: #bounds),*> #what for #name<#(#types),*>);
        let body = quote! {{
            fn column(&self, port: usize) -> &dyn __keras::Column<F> {
                const { #checks }
                #arms
            }
        }};
        self.at_name(&header, body)
    }

    /// An `impl` that rustc shows where data does not fit: as the model's name instead of all of the macro.
    fn at_name(&self, header: &TokenStream, body: TokenStream) -> TokenStream {
        let span = self.model.name.span();
        let header = respan(header.clone(), span);
        let body = body.into_iter().map(|mut braces| {
            braces.set_span(span);
            braces
        });
        quote!(#header #(#body)*)
    }

    /// What the types of the columns must be, and the checks of their lengths: `fits` where the length is known.
    fn bounds(
        &self,
        types: &[Ident],
        fits: impl Fn(Ident) -> TokenStream,
        any: TokenStream,
    ) -> (Vec<TokenStream>, TokenStream) {
        let bounds = self.graph.declared.iter().enumerate().map(|(i, port)| match port.declared {
            Declared::Unknown => (any.clone(), false),
            _ => (fits(format_ident!("__LEN{}", i)), true),
        });
        let bounds: Vec<(TokenStream, bool)> = bounds.take(types.len()).collect();
        let known = types.iter().zip(&bounds).filter(|(_, (_, is_known))| *is_known);
        let checks = known.map(|(ty, (bound, _))| quote!(<#ty as #bound>::CHECK));
        let checks = quote!(#(#checks);*);
        (bounds.into_iter().map(|(bound, _)| bound).collect(), checks)
    }
}

/// The names of the types of `count` ports.
fn types(count: usize) -> Vec<Ident> {
    (0..count).map(|i| format_ident!("T{}", i)).collect()
}

/// `match port { 0 => …, _ => … }`: what `of` makes of each field.
fn arms(names: &[&Ident], of: impl Fn(&Ident) -> TokenStream) -> TokenStream {
    let last = names.len().saturating_sub(1);
    let arms = names.iter().enumerate().map(|(i, name)| {
        let value = of(name);
        if i == last { quote!(_ => #value) } else { quote!(#i => #value) }
    });
    quote!(match port { #(#arms),* })
}
